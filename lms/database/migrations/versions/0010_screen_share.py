"""Who looks at a learner's screen from afar, asked and agreed to."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row each time somebody asks."""
    op.create_table(
        "screen_share",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("watcher_id", sa.String(length=36), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.BigInteger(), nullable=True),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_screen_share")),
    )
    op.create_index(
        op.f("ix_screen_share_organisation_id_person_id_ended"),
        "screen_share",
        ["organisation_id", "person_id", "ended"],
    )
    op.create_index(op.f("ix_screen_share_asked"), "screen_share", ["asked"])


def downgrade() -> None:
    """Nobody looks from afar."""
    op.drop_table("screen_share")
