"""Figures of the house without anybody in them: what counts fewer than five people is not shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from lms.contract.tables import read

from .storing import RECORD

LEAST = 5


def count_house(organisation: str) -> tuple[int, Counter[int], Counter[str]]:
    """(people, by decided profile, by flag and need) of what is kept in this organisation."""
    wanted = select(RECORD.c.decided, RECORD.c.flags, RECORD.c.needs).where(RECORD.c.organisation == organisation)
    rows = read(wanted)
    profiles = Counter(row["decided"] for row in rows)
    flags = Counter(one for row in rows for one in {*json.loads(row["flags"]), *json.loads(row["needs"])})
    return len(rows), profiles, flags


def hide_few(total: int, counts: Mapping[Any, int]) -> dict[Any, int | None]:
    """Counts of groups that make up the total; None for fewer than five people.

    Where a single group is hidden the total would give it away: then the next smallest is hidden too.
    """
    if total < LEAST:
        return dict.fromkeys(counts)
    shown = {name: count if count >= LEAST else None for name, count in counts.items()}
    hidden = [name for name, count in shown.items() if count is None]
    left = sorted((count, str(name), name) for name, count in shown.items() if count is not None)
    if 0 < sum(counts[name] for name in hidden) < LEAST and left:
        shown[left[0][2]] = None
    return shown


def hide_share(total: int, count: int) -> int | None:
    """A count of people beside their total; None when it, or the rest, is fewer than five people."""
    return count if count >= LEAST and total - count >= LEAST else None
