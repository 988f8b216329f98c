"""Versions of xAPI: what a header names, what is followed, what is answered."""

from __future__ import annotations

import re

from lms.errors import BadRequest

OLD, NEW = "1.0.3", "2.0.0"
"""The two that are followed: xAPI 1.0.3, and IEEE 9274.1.1 (xAPI 2.0)."""

UNDERSTOOD = ("1.0.0", "1.0.1", "1.0.2", OLD, NEW)
HEADER = "X-Experience-API-Version"
_FAMILIES = {"1.0": OLD, "2.0": NEW}
_NAMED = re.compile(r"(1\.0|2\.0)(\.[0-9]{1,4})?")


def find_version(named: str) -> str | None:
    """What is followed for a version in a header, an address or a setting; None when it is not understood."""
    found = _NAMED.fullmatch(named)
    return _FAMILIES[found[1]] if found else None


def read_version(named: str) -> str:
    """What is followed for the version in a header. Raises BadRequest."""
    found = find_version(named)
    if found is None:
        raise BadRequest(f"{HEADER} {named!r}; allowed: {', '.join(UNDERSTOOD)}")
    return found
