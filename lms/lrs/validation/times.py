"""Instants as xAPI writes them: ISO 8601 in 1.0.3, RFC 3339 in 2.0; and the same instant in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

_RFC3339 = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_NO_OFFSET = ("-00:00", "-0000", "-00")
"""«UTC, but where it was said is not known» is no offset in xAPI (1.0.3, part 2, 4.5)."""


def find_moment(text: str) -> datetime | None:
    """The instant, aware; without a zone it is UTC. None when it is no ISO 8601 instant."""
    if "T" not in text.upper() or (text.endswith(_NO_OFFSET) and not text.endswith(("T-00", "T-0000"))):
        return None
    try:
        found = datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def iso_instant(value: Any) -> str:
    """An instant of xAPI 1.0.3."""
    return "" if type(value) is str and find_moment(value) else "an ISO 8601 instant is needed"


def rfc_instant(value: Any) -> str:
    """An instant of xAPI 2.0."""
    right = type(value) is str and _RFC3339.fullmatch(value) and find_moment(value)
    return "" if right else "an RFC 3339 instant is needed, such as 2026-11-26T10:00:00.123Z"


def to_utc(text: str) -> str:
    """The same instant of RFC 3339 in UTC, with as many digits; as it was when UTC or out of the calendar."""
    found, moment = _RFC3339.fullmatch(text), find_moment(text)
    if found is None or moment is None or not moment.utcoffset():
        return text
    try:
        moved = moment.astimezone(UTC)
    except OverflowError:
        return text
    return f"{moved:%Y-%m-%dT%H:%M:%S}{found[3] or ''}Z" if moved.year >= 1000 else text
