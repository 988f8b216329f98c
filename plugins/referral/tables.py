"""The tables of this plugin. Every key begins with the organisation."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

place = Table(
    "referral_place",
    metadata,
    Column("organisation", String(36), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("name", String(250), nullable=False),
    Column("commune", String(120), nullable=False),
    Column("postcode", String(5), nullable=False),
    Column("insee", String(5), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("marks", BigInteger, nullable=False),
    Column("hours", Text, nullable=False),
    Column("updated", String(10), nullable=False),
    Column("words", String(400), nullable=False),
    Index("ix_referral_place_where", "organisation", "latitude", "longitude", "marks", "id"),
    Index("ix_referral_place_name", "organisation", "words", "marks", "latitude", "longitude", "id"),
    Index("ix_referral_place_commune", "organisation", "postcode"),
)
"""What is searched: narrow rows, as the import and the local edit together say it."""

record = Table(
    "referral_record",
    metadata,
    Column("organisation", String(36), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("digest", String(32), nullable=False),
    Column("fields", Text, nullable=False),
)
"""The row of the file, as it was imported: JSON by column of the standard."""

edit = Table(
    "referral_edit",
    metadata,
    Column("organisation", String(36), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("author", String(36), nullable=False),
    Column("changed", BigInteger, nullable=False),
)
"""What somebody of the house knows better: a layer over the record, which no import touches."""

sheet = Table(
    "referral_sheet",
    metadata,
    Column("organisation", String(36), primary_key=True),
    Column("id", String(36), primary_key=True),
    *[
        Column(name, String(length), nullable=False)
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
    *[Column(name, BigInteger, nullable=False) for name in ("ends", "created", "changed")],
    Index("ix_referral_sheet_author", "organisation", "author", "created"),
    Index("ix_referral_sheet_token", "token", unique=True),
)
"""A referral, with the least that the welcome needs. `token` is the hash of the place's link."""

step = Table(
    "referral_step",
    metadata,
    Column("organisation", String(36), primary_key=True),
    Column("sheet", String(36), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("status", String(12), nullable=False),
    Column("who", String(6), nullable=False),
    Column("stored", BigInteger, nullable=False),
)
"""What happened, and whether the professional or the place said it."""

mail = Table(
    "referral_mail",
    metadata,
    Column("organisation", String(36), primary_key=True),
    Column("sheet", String(36), primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("recipient", String(254), nullable=False),
    Column("secret", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("moved", BigInteger, nullable=False),
    Column("reason", String(200), nullable=False, server_default=""),
    Index("ix_referral_mail_due", "state", "due"),
)
"""Letters to send, one of each kind a sheet: waiting, taken, leaving, then sent, unsure or failed.

`reason` says why the last try failed.
"""

ended = Table(
    "referral_ended",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("stored", BigInteger, nullable=False),
)
"""Links whose referral was erased: whoever opens one is told so, and nothing else is kept."""
