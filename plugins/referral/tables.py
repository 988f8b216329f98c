"""The tables of this plugin. Every key begins with the organisation."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, MetaData, String, Table, Text

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
