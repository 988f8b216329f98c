"""What stops an answer, and the sentence that says so: neutral first, then a hint, then where. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .proposals import asks_to_keep, is_listed
from .site import fields, pages
from .writing import SHAPES, find_shape, is_expected

Json = Any
Field = Mapping[str, Json]


def find_faults(
    ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: str, judged: bool
) -> dict[str, str]:
    """What stops on a page, or anywhere (``): field → kind of fault; `wrong` only when the answers are `judged` too."""
    order, mine = list(pages(ref, app)), world.get(app, {})
    asked = fields(ref, world, app, page).items()
    found = {}
    for name, field in sorted(asked, key=lambda item: order.index(item[1]["page"])):
        fault = _find_fault(name, field, mine)
        if not fault and judged and _is_wrong(name, field, mine.get("values", {})):
            fault = "wrong"
        if fault:
            found[name] = fault
    return found


def _find_fault(name: str, field: Field, mine: Mapping[str, Json]) -> str:
    given = mine.get("values", {})
    value = given.get(name) or ""
    if not value:
        return "" if field.get("optional") or _is_put_out(field, given) else "empty"
    if not re.fullmatch(find_shape(field), value, re.DOTALL):
        return "shape"
    if "most" in field and len(value) > int(field["most"]):
        return "long"
    if "avoid" in field and re.search(field["avoid"], value, re.IGNORECASE):
        return "near"
    if "latest" in field and _is_later(value, field["latest"]):
        return "late"
    if "after" in field and _is_earlier(value, given.get(field["after"]) or ""):
        return "before"
    if "same" in field and value != given.get(field["same"]):
        return "twin"
    if name not in mine.get("kept", ()) and asks_to_keep(field, value):
        return "keep"
    return "" if is_listed(field, value) or field.get("keep") else "unlisted"


def _is_wrong(name: str, field: Field, given: Mapping[str, Json]) -> bool:
    """Another answer than the one expected, or something ticked in its place."""
    if "expect" not in field:
        return False
    value = given.get(name) or ""
    return bool(value and not is_expected(field, value)) or bool(field["expect"] and _is_put_out(field, given))


def _is_later(value: str, latest: str) -> bool:
    """A day after the last one that is allowed; 31/02 is no day, and the expected answer judges it."""
    try:
        return datetime.strptime(value, "%d/%m/%Y") > datetime.strptime(latest, "%d/%m/%Y")
    except ValueError:
        return False


def _is_put_out(field: Field, given: Mapping[str, Json]) -> bool:
    """Whether «nothing else» is left because something else was ticked."""
    return any(given.get(other) for other in field.get("alone", ()))


def _is_earlier(value: str, first: str) -> bool:
    """Whether a period ends before it begins: two days, or two months."""
    for shape in ("%d/%m/%Y", "%m/%Y"):
        try:
            return datetime.strptime(value, shape) < datetime.strptime(first, shape)
        except ValueError:
            continue
    return False


def say_fault(field: Field, fault: str, value: str, tries: int) -> str:
    """One sentence, a nearer one each time."""
    slip = next((one["say"] for one in field.get("slips", ()) if value and re.fullmatch(one["is"], value)), "")
    hints = list(field.get("hints", ()))
    if slip:
        ladder = [slip, *hints]
    elif fault in ("empty", "shape", "keep"):
        ladder = {"empty": _say_empty, "shape": _say_shape, "keep": _say_keep}[fault](field, hints)
    else:
        ladder = [SAID[fault], *hints]
    sentences = [say for say in ladder if say]
    return str(sentences[min(tries, len(sentences)) - 1])


SAID = {
    "wrong": "Presque. Relisez cette réponse.",
    "near": "Presque. Ce mot de passe parle de vous.",
    "late": "Presque. Cette date n'est pas encore passée.",
    "before": "Presque. La fin vient après le début.",
    "long": "Ce texte est trop long. Enlevez une phrase.",
    "twin": "Presque. Les deux réponses ne sont pas pareilles.",
    "unlisted": "Choisissez une ligne de la liste.",
}


def _say_empty(field: Field, hints: list[str]) -> list[str]:
    zero = ["Pour zéro, écrivez 0."] if field.get("kind") == "money" else []
    return ["Il manque une réponse ici.", *zero, *hints[-1:]]


def _say_shape(field: Field, hints: list[str]) -> list[str]:
    return ["Presque. Regardez cette réponse.", *SHAPES.get(field.get("kind", ""), ("", "", ""))[1:]]


def _say_keep(field: Field, hints: list[str]) -> list[str]:
    words = f"Appuyez sur « {field['keep']['label']} »"
    return [f"{words}, ou choisissez une ligne." if field.get("suggest") else f"{words}, ou changez."]
