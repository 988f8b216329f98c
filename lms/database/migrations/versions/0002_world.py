"""Worlds that an exercise leaves for a later one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a learner, persona and name."""
    op.create_table(
        "world",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("persona", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("activity", sa.String(length=160), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("clock", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", "persona", "name", name=op.f("pk_world")),
    )
    op.create_index(op.f("ix_world_stored"), "world", ["stored"])


def downgrade() -> None:
    """Exercises begin from their prepared worlds again."""
    op.drop_table("world")
