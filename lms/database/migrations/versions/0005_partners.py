"""A partner has several credentials; what is sent to it has settings, and says how it goes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def list_relay() -> list[sa.Column[Any]]:
    """What is sent to a partner, and how it goes."""
    return [
        sa.Column("relay_key", sa.String(length=250), nullable=False, server_default=""),
        sa.Column("relay_secret", sa.Text(), nullable=False, server_default=""),
        sa.Column("relay_version", sa.String(length=10), nullable=False, server_default="1.0.3"),
        sa.Column("relay_what", sa.String(length=10), nullable=False, server_default="own"),
        sa.Column("relay_filter", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("pseudonym", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("relay_failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("relay_next", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("relay_error", sa.Text(), nullable=False, server_default=""),
        sa.Column("relay_sent", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("relay_last", sa.BigInteger(), nullable=False, server_default="0"),
    ]


def list_keys() -> list[sa.Column[Any]]:
    """Columns of `partner` that are now columns of `partner_credential`."""
    return [
        sa.Column(name, sa.String(length=size)) for name, size in (("key", 64), ("secret_hash", 64), ("scopes", 250))
    ]


def upgrade() -> None:
    """Each partner keeps its key: the credential has the partner's id."""
    op.create_table(
        "partner_credential",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("partner_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_until", sa.BigInteger(), nullable=False),
        sa.Column("scopes", sa.String(length=250), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("courses", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("revoked", sa.BigInteger(), nullable=True),
        sa.Column("last_used", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_partner_credential")),
        sa.UniqueConstraint("key", name=op.f("uq_partner_credential_key")),
    )
    op.create_index(
        op.f("ix_partner_credential_organisation_id_partner_id"),
        "partner_credential",
        ["organisation_id", "partner_id"],
    )
    op.execute(
        """INSERT INTO partner_credential (organisation_id, id, partner_id, key, secret_hash, previous_hash,
               previous_until, scopes, groups, courses, origins, created, revoked)
           SELECT organisation_id, id, id, key, secret_hash, '', 0, scopes, '', '', '', created, revoked FROM partner"""
    )
    with op.batch_alter_table("partner") as change:
        change.drop_constraint(op.f("uq_partner_key"), type_="unique")
        for name in ("key", "secret_hash", "scopes"):
            change.drop_column(name)
        for column in list_relay():
            change.add_column(column)
    op.create_index(
        op.f("ix_outbox_organisation_id_partner_id_next_try"), "outbox", ["organisation_id", "partner_id", "next_try"]
    )


def downgrade() -> None:
    """The first key of each partner stays; the others, and all that was set of the relay, are forgotten."""
    op.drop_index(op.f("ix_outbox_organisation_id_partner_id_next_try"), "outbox")
    with op.batch_alter_table("partner") as change:
        for column in list_relay():
            change.drop_column(column.name)
        for column in list_keys():
            change.add_column(column)
    op.execute("DELETE FROM partner WHERE id NOT IN (SELECT id FROM partner_credential)")
    for name in ("key", "secret_hash", "scopes"):
        op.execute(
            f"UPDATE partner SET {name} = (SELECT {name} FROM partner_credential c WHERE c.id = partner.id)"  # noqa: S608
        )
    with op.batch_alter_table("partner") as change:
        for name in ("key", "secret_hash", "scopes"):
            change.alter_column(name, nullable=False)
        change.create_unique_constraint(op.f("uq_partner_key"), ["key"])
    op.drop_table("partner_credential")
