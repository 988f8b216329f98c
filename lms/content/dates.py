"""Dates relative to an attempt's frozen clock: `{day: -20}`, `{month: -2, as: mois}`, `{{day: -20}}` inside a text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from lms.contract import MONTHS

_IN_TEXT = re.compile(r"\{\{\s*(day|month)\s*:\s*([+-]?\d+)\s*(?:\|\s*([^}]+?)\s*)?\}\}")
_KEYS = frozenset({"day", "month", "as"})


def is_date(tree: Any) -> bool:
    """Whether a mapping is a relative date: `day` or `month` (or both), and perhaps `as`."""
    return isinstance(tree, dict) and bool(tree) and tree.keys() <= _KEYS and ("day" in tree or "month" in tree)


def has_dates(tree: Any) -> bool:
    """Whether any relative date stands in the tree."""
    if isinstance(tree, dict):
        return is_date(tree) or any(has_dates(child) for child in tree.values())
    if isinstance(tree, list):
        return any(has_dates(child) for child in tree)
    return isinstance(tree, str) and _IN_TEXT.search(tree) is not None


def resolve_dates(tree: Any, today: date) -> Any:
    """A copy of the tree with every relative date written out as text. ValueError on a count that is no number."""
    if is_date(tree):
        return write_date(
            today,
            int(tree.get("day", 0)),
            int(tree.get("month", 0)),
            _default_form(tree),
        )
    if isinstance(tree, dict):
        return {key: resolve_dates(child, today) for key, child in tree.items()}
    if isinstance(tree, list):
        return [resolve_dates(child, today) for child in tree]
    if isinstance(tree, str) and "{{" in tree:
        return _IN_TEXT.sub(lambda found: _write_found(found, today), tree)
    return tree


def write_date(today: date, days: int, months: int, form: str) -> str:
    """A day so many days and months from today. Forms: `mois`, `jour`, `iso`, or any strftime pattern in digits."""
    day = shift_months(today, months) + timedelta(days=days)
    if form == "mois":
        return f"{MONTHS[day.month - 1]} {day.year}"
    if form == "jour":
        number = "1er" if day.day == 1 else str(day.day)
        return f"{number} {MONTHS[day.month - 1]} {day.year}"
    return day.isoformat() if form == "iso" else day.strftime(form)


def shift_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def _default_form(tree: dict[str, Any]) -> str:
    return str(tree.get("as", "%d/%m/%Y" if "day" in tree else "mois"))


def _write_found(found: re.Match[str], today: date) -> str:
    unit, count, form = found.groups()
    spec = {unit: count} | ({"as": form} if form else {})
    return str(resolve_dates(spec, today))
