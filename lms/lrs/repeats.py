"""What stands twice where each may stand once, found in one walk: whoever sends decides how many there are."""

from __future__ import annotations

from collections.abc import Iterable


def find_repeated(names: Iterable[str]) -> str | None:
    """The first one that was there before; None when each stands once."""
    seen: set[str] = set()
    for one in names:
        if one in seen:
            return one
        seen.add(one)
    return None
