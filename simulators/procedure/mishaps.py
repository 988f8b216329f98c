"""What may be let happen in a form, made of its own fields: an answer already there and wrong, a code refused. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .site import options

Json = Any
Field = Mapping[str, Json]

THREE = 3


def incidents(ref: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    """Asleep until an author or a trainer wakes them; none for a form that has no such field."""
    fields = {name: one for name, one in ref[app].get("fields", {}).items() if "expect" in one}
    codes = [(name, one) for name, one in fields.items() if one.get("kind") == "code"]
    found = [made for name, one in codes[:1] for made in (_refuse(app, name, one), _lock(app, name))]
    return found + _prefill(app, fields)


def _sleeping(app: str, id: str, title: str, when: Json, changes: Json) -> dict[str, Json]:
    return {"id": f"{app}.{id}", "title": title, "switched": "true", "when": when, "set": changes}


def _refuse(app: str, name: str, field: Field) -> dict[str, Json]:
    """The code was right; it has to be typed once more all the same, as happens on bad days."""
    there = {f"{app}.page": field["page"], f"{app}.notice": None, f"{app}.values.{name}": {"filled": True}}
    changes = {f"{app}.notice": "code", f"{app}.values.{name}": ""}
    return _sleeping(app, "code-refused", "Le code est refusé une fois", there, changes)


def _lock(app: str, name: str) -> dict[str, Json]:
    """Three wrong codes shut the page for a while."""
    there = {f"{app}.tries.{name}": {"min": THREE}, f"{app}.notice": None}
    changes = {f"{app}.notice": "locked", f"{app}.values.{name}": ""}
    return _sleeping(app, "locked", "Trois codes faux ferment la page", there, changes)


def _prefill(app: str, fields: Mapping[str, Field]) -> list[dict[str, Json]]:
    """The first field that can be wrong without looking so: an amount, a date, a choice."""
    wrong = {name: _spoil(one) for name, one in fields.items() if "prefilled" not in one}
    name = next((name for name, value in wrong.items() if value), None)
    if name is None:
        return []
    there = {f"{app}.page": fields[name]["page"], f"{app}.notice": None, f"{app}.values.{name}": {"filled": False}}
    return [
        _sleeping(app, "prefilled", "Une réponse fausse est déjà écrite", there, {f"{app}.values.{name}": wrong[name]})
    ]


def _spoil(field: Field) -> str:
    """A value of the right shape that is not the right one; empty where there is none."""
    expect, kind = str(field["expect"]), field.get("kind", "text")
    if field.get("choices"):
        return next((one for one in options(field) if one != expect), "")
    if kind == "money" and expect[:1].isdigit():
        whole, dot, cents = expect.partition(".")
        return f"{int(whole) + 100}{dot}{cents}"
    if kind == "date" and expect[-1:].isdigit():
        return expect[:-1] + ("1" if expect[-1] != "1" else "2")
    return ""
