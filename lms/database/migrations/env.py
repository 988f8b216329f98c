"""Alembic's environment, told everything by `lms.database.migrate` through `config.attributes`."""

from alembic import context

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    version_table=attributes["version_table"],
    include_name=attributes["include_name"],
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
