"""What is to be looked at again, and who looked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a report, or a review that was done."""
    op.create_table(
        "review",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("activity", sa.String(length=160), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("seen_by", sa.String(length=36), nullable=True),
        sa.Column("seen", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_review")),
    )


def downgrade() -> None:
    """Reports are forgotten."""
    op.drop_table("review")
