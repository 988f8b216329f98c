"""The declarative base and what rows share that are merged between instances."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import BigInteger, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Id = Annotated[str, mapped_column(String(36))]
Instant = Annotated[int, mapped_column(BigInteger)]
LongText = Annotated[str, mapped_column(Text)]


class Base(DeclarativeBase):
    """Base of all core models."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Mergeable:
    """Last writer wins by `changed` (hybrid clock); a deleted row stays, as a tombstone."""

    changed: Mapped[Instant]
    origin: Mapped[Id]
    deleted_at: Mapped[Instant | None]
