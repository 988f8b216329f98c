"""Referral sheets, their steps, letters that wait, links that have ended."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    text = sa.String
    op.create_table(
        "referral_sheet",
        sa.Column("organisation", text(36), primary_key=True),
        sa.Column("id", text(36), primary_key=True),
        *[
            sa.Column(name, text(length), nullable=False)
            for name, length in (
                ("author", 36),
                ("place", 200),
                ("place_name", 250),
                ("name", 40),
                ("learner", 36),
                ("contact", 12),
                ("contact_value", 120),
                ("needs", 300),
                ("welcome", 300),
                ("goal", 280),
                ("how", 10),
                ("consented", 10),
                ("news", 60),
                ("appointment", 16),
                ("status", 12),
                ("sender_name", 80),
                ("sender_mail", 120),
                ("sender_phone", 30),
                ("recipient", 254),
                ("address", 200),
                ("token", 64),
            )
        ],
        *[sa.Column(name, sa.BigInteger(), nullable=False) for name in ("ends", "created", "changed")],
    )
    op.create_index("ix_referral_sheet_author", "referral_sheet", ["organisation", "author", "created"])
    op.create_index("ix_referral_sheet_token", "referral_sheet", ["token"], unique=True)
    op.create_table(
        "referral_step",
        sa.Column("organisation", text(36), primary_key=True),
        sa.Column("sheet", text(36), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("status", text(12), nullable=False),
        sa.Column("who", text(6), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "referral_mail",
        sa.Column("organisation", text(36), primary_key=True),
        sa.Column("sheet", text(36), primary_key=True),
        sa.Column("kind", text(12), primary_key=True),
        sa.Column("recipient", text(254), nullable=False),
        sa.Column("secret", text(64), nullable=False),
        sa.Column("state", text(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("moved", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_referral_mail_due", "referral_mail", ["state", "due"])
    op.create_table(
        "referral_ended",
        sa.Column("token", text(64), primary_key=True),
        sa.Column("stored", sa.BigInteger(), nullable=False),
    )
