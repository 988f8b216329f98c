"""The plugin's only table."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table("every_heard", sa.Column("what", sa.String(200)))
