"""Places: what was imported, what the house changed, what is searched."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def keys() -> list[sa.Column]:
    """The key of each table."""
    return [
        sa.Column("organisation", sa.String(36), primary_key=True),
        sa.Column("id", sa.String(200), primary_key=True),
    ]


def upgrade() -> None:
    op.create_table(
        "referral_place",
        *keys(),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("commune", sa.String(120), nullable=False),
        sa.Column("postcode", sa.String(5), nullable=False),
        sa.Column("insee", sa.String(5), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("marks", sa.BigInteger(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("updated", sa.String(10), nullable=False),
        sa.Column("words", sa.String(400), nullable=False),
    )
    op.create_index(
        "ix_referral_place_where", "referral_place", ["organisation", "latitude", "longitude", "marks", "id"]
    )
    op.create_index(
        "ix_referral_place_name", "referral_place", ["organisation", "words", "marks", "latitude", "longitude", "id"]
    )
    op.create_index("ix_referral_place_commune", "referral_place", ["organisation", "postcode"])
    op.create_table(
        "referral_record",
        *keys(),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
    )
    op.create_table(
        "referral_edit",
        *keys(),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("author", sa.String(36), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
    )
