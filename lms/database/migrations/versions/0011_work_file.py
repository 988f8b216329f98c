"""Photos and PDF files that a student joins to a work."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a file, its bytes in it: they are backed up, and erased, with the work."""
    op.create_table(
        "work_file",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("work_id", sa.String(length=36), nullable=False),
        sa.Column("media", sa.String(length=40), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_work_file")),
    )
    op.create_index(op.f("ix_work_file_organisation_id_work_id"), "work_file", ["organisation_id", "work_id"])


def downgrade() -> None:
    """Works are words alone."""
    op.drop_table("work_file")
