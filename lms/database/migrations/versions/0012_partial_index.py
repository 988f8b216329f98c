"""Statements of partners are in no index by person: they name none."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NAME = "ix_statement_organisation_id_person_id_activity_happened"
COLUMNS = ["organisation_id", "person_id", "activity", "happened"]


def upgrade() -> None:
    """Only rows that are asked for by person stay in the index."""
    somebody = sa.text("person_id IS NOT NULL")
    op.drop_index(NAME, "statement")
    op.create_index(NAME, "statement", COLUMNS, postgresql_where=somebody, sqlite_where=somebody)


def downgrade() -> None:
    """Every row is in the index."""
    op.drop_index(NAME, "statement")
    op.create_index(NAME, "statement", COLUMNS)
