"""Whether two statements say the same (xAPI 1.0.3, part 2, 2.3.1): what a store may change makes no difference."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from lms.database.clock import from_iso

SET_BY_STORE = ("authority", "stored")
FILLED_BY_STORE = ("id", "timestamp", "version")
"""Added where missing: they count when both statements have them."""
_SECONDS = re.compile(r"(\d+)[.,](\d+)S$")


def are_same(one: Mapping[str, Any], other: Mapping[str, Any], without: Collection[str] = ()) -> bool:
    """Logically equal. Attachments of the usage types `without` are left out: a signature is added afterwards."""
    dropped = {*SET_BY_STORE, *(name for name in FILLED_BY_STORE if name not in one or name not in other)}
    first, second = (
        _plain({name: each[name] for name in each if name not in dropped}, without) for each in (one, other)
    )
    return json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


def _plain(statement: Mapping[str, Any], without: Collection[str]) -> dict[str, Any]:
    """The statement with everything that may differ written in one way; JSON tells true from 1, Python does not."""
    plain: dict[str, Any] = {name: _same_numbers(value) for name, value in statement.items()}
    plain["attachments"] = [one for one in plain.get("attachments", ()) if _usage(one) not in without]
    for name, change in _CHANGES.items():
        if name in plain:
            plain[name] = change(plain[name])
    return plain


def _usage(attachment: Any) -> Any:
    return attachment.get("usageType") if isinstance(attachment, Mapping) else None


def _same_numbers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _same_numbers(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_same_numbers(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _instant(value: Any) -> Any:
    """Milliseconds: the same instant may be written in another time zone, or with more digits."""
    try:
        return from_iso(value) // 1000
    except (TypeError, ValueError):
        return value


def _agent(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    plain = dict(value)
    if isinstance(plain.get("mbox"), str):
        box, at, domain = plain["mbox"].rpartition("@")
        plain["mbox"] = box + at + domain.lower()
    if isinstance(plain.get("member"), list):
        members = [_agent(one) for one in plain["member"]]
        plain["member"] = sorted(members, key=lambda one: json.dumps(one, sort_keys=True))
    return plain


def _verb(value: Any) -> Any:
    return _leave_out(value, "display")


def _activity(value: Any) -> Any:
    return _leave_out(value, "definition")


def _leave_out(value: Any, name: str) -> Any:
    return {key: one for key, one in value.items() if key != name} if isinstance(value, dict) else value


def _object(value: Any) -> Any:
    kind = value.get("objectType", "Activity") if isinstance(value, dict) else ""
    if kind == "SubStatement":
        return _plain(value, ())
    return _agent(value) if kind in ("Agent", "Group") else _activity(value)


def _result(value: Any) -> Any:
    """Durations count to a hundredth of a second (4.6; 2.0, 4.2.7)."""
    if not isinstance(value, dict) or not isinstance(value.get("duration"), str):
        return value
    return value | {"duration": _SECONDS.sub(_cut, value["duration"])}


def _cut(seconds: re.Match[str]) -> str:
    kept = seconds[2][:2].rstrip("0")
    return f"{seconds[1]}.{kept}S" if kept else f"{seconds[1]}S"


def _context(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    plain = dict(value)
    for name in ("instructor", "team"):
        plain[name] = _agent(plain.get(name))
    if isinstance(groups := plain.get("contextActivities"), dict):
        plain["contextActivities"] = {
            name: [_activity(one) for one in (held if isinstance(held, list) else [held])]
            for name, held in groups.items()
        }
    return plain


_CHANGES = {
    "id": _lower,
    "timestamp": _instant,
    "actor": _agent,
    "verb": _verb,
    "object": _object,
    "result": _result,
    "context": _context,
}
