"""Seats of an attempt that two people play."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a seat; attempts say whether they have any."""
    op.add_column("attempt", sa.Column("paired", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "seat",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("attempt_id", sa.String(length=36), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "attempt_id", "seat", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_organisation_id_person_id"), "seat", ["organisation_id", "person_id"])
    op.create_index(op.f("ix_seat_organisation_id_code"), "seat", ["organisation_id", "code"])
    op.create_index(op.f("ix_seat_seen"), "seat", ["seen"])


def downgrade() -> None:
    """Everybody plays alone again."""
    op.drop_table("seat")
    op.drop_column("attempt", "paired")
