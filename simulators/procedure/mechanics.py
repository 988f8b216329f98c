"""Forms and small sites told in YAML: pages, fields, a last button, a receipt. Pure.

What `ref[app]` holds is told in simulator.yaml. Pages that are mere ids follow each other and the last one sends.
What is typed is taken generously and kept in one form: 12/05/1996, 912.40.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Any

from lms.contract import Refused

from .aims import goals
from .mishaps import incidents
from .site import NOTICES, edges, fields, hidden, holds, notices, options, pages
from .writing import SHAPES, find_shape, normalise

__all__ = ["goals", "incidents", "parts", "public", "touch", "values"]

Json = Any
World = dict[str, Json]


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    if world.get(app, {}).get("notice") in notices(ref, app):
        return {"notice": "click"}
    page = _page(ref, world, app)
    shown = fields(ref, world, app, page["id"])
    found = {name: "choose" if field.get("choices") else "type" for name, field in shown.items()}
    aside = hidden(page, world)
    found |= {part: "click" for part in edges(ref, app, page) if part not in aside}
    return found | {part: "click" for part in ("send", "download") if page.get(part)}


def _page(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, Json]:
    known = pages(ref, app)
    return known[world.get(app, {}).get("page") or next(iter(known))]


def touch(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json) -> World:
    """The whole new world after one touch."""
    if part == "notice":
        return _with(world, app, notice=None)
    page = _page(ref, world, app)
    if part in ref[app].get("fields", {}):
        return _answer(ref, world, app, part, value)
    if part in ("send", "download"):
        return {"send": _send, "download": _download}[part](ref, world, app, page)
    target = edges(ref, app, page)[part][0]
    if part != "next":
        return _with(world, app, page=target, errors={}, **_wiped(ref, app, target))
    wrong = _faults(ref, world, app, page["id"], judged=bool(page.get("check")))
    return _reopen(ref, world, app, wrong) if wrong else _with(world, app, page=target, errors={})


def _wiped(ref: Mapping[str, Json], app: str, target: str) -> World:
    """A page that says so forgets every answer."""
    return {"values": {}, "tries": {}, "wrong": [], "receipt": None} if pages(ref, app)[target].get("wipe") else {}


def _with(world: Mapping[str, Json], app: str, **change: Json) -> World:
    return {**world, app: {**world.get(app, {}), **change}}


def _answer(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, name: str, value: Json) -> World:
    field, mine = ref[app]["fields"][name], world.get(app, {})
    text = normalise(field.get("kind", "text"), str(value or "")[:200])
    if field.get("choices") and text not in ("", *options(field)):
        raise Refused("no-such-choice", "Cette réponse n'est pas dans la liste.")
    if field.get("poor") and re.fullmatch(find_shape(field), text) and not re.fullmatch(field["poor"], text):
        raise Refused("not-of-the-exercise", "Ici, on s'entraîne avec les données de l'exercice.")
    errors = {other: say for other, say in mine.get("errors", {}).items() if other != name}
    return _with(world, app, values={**mine.get("values", {}), name: text}, errors=errors)


def _faults(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: str, judged: bool) -> dict[str, str]:
    """What stops here: field → `empty`, `shape`, or `wrong` when the answers are `judged` too."""
    given, found = world.get(app, {}).get("values", {}), {}
    order = list(pages(ref, app))
    asked = fields(ref, world, app, page).items()
    for name, field in sorted(asked, key=lambda item: order.index(item[1]["page"])):
        value = given.get(name) or ""
        if not value and field.get("optional"):
            continue
        if not value or not re.fullmatch(find_shape(field), value):
            found[name] = "shape" if value else "empty"
        elif judged and "expect" in field and value.casefold() != field["expect"].casefold():
            found[name] = "wrong"
    return found


def _reopen(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, faults: Mapping[str, str]) -> World:
    """Back to the first field that stops, with a sentence a try: neutral, then a hint, then where."""
    mine, known = world.get(app, {}), ref[app]["fields"]
    tries = {**mine.get("tries", {}), **{name: mine.get("tries", {}).get(name, 0) + 1 for name in faults}}
    errors = {name: _say(known[name], fault, tries[name]) for name, fault in faults.items()}
    return _with(world, app, page=known[next(iter(faults))]["page"], errors=errors, tries=tries)


def _say(field: Mapping[str, Json], fault: str, tries: int) -> str:
    if fault == "empty":
        zero = ["Pour zéro, écrivez 0."] if field.get("kind") == "money" else []
        ladder = ["Il manque une réponse ici.", *zero, *field.get("hints", ())[-1:]]
    elif fault == "shape":
        ladder = ["Presque. Regardez cette réponse.", *SHAPES.get(field.get("kind", ""), ("", "", ""))[1:]]
    else:
        ladder = ["Presque. Relisez cette réponse.", *field.get("hints", ())]
    sentences = [say for say in ladder if say]
    return str(sentences[min(tries, len(sentences)) - 1])


def _send(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> World:
    """Send for good, or open the form again where an answer is missing or wrong."""
    faults = _faults(ref, world, app, "", judged=True)
    if faults:
        wrong = [*world[app].get("wrong", ()), *(name for name, fault in faults.items() if fault == "wrong")]
        return _with(_reopen(ref, world, app, faults), app, wrong=[*dict.fromkeys(wrong)])
    number = zlib.crc32(repr(sorted(world[app].get("values", {}).items())).encode()) % 1_000_000
    receipt = f"ENT-{ref[app].get('year', '0000')}-{number:06}"
    return _with(world, app, page=page["then"], errors={}, sent=True, receipt=receipt)


def _download(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> World:
    """The first document whose `when` holds lands among the files; a second time makes a second copy."""
    faults = _faults(ref, world, app, page["id"], judged=False)
    if faults:
        return _reopen(ref, world, app, faults)
    store, mine = ref[app].get("files", "files"), world.get(app, {})
    file = next(one["file"] for one in page["download"]["files"] if holds(one.get("when", {}), world))
    got = _with(world, store, got=[*world.get(store, {}).get("got", ()), file])
    return _with(got, app, downloads=[*mine.get("downloads", ()), file], errors={})


def public(ref: Json) -> Json:
    """The facts without the answers: what the page needs to draw, and no more."""
    told = {"notices": {**NOTICES, **ref.get("notices", {})}} if isinstance(ref, Mapping) and "pages" in ref else {}
    return told | _hide(ref) if told else _hide(ref)


def _hide(ref: Json) -> Json:
    if isinstance(ref, Mapping):
        answers = {"expect", "hints", "poor", "match", "say", "example"} if "label" in ref and "page" in ref else set()
        return {key: _hide(value) for key, value in ref.items() if key not in answers}
    return [_hide(one) for one in ref] if isinstance(ref, list) else ref


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks: right, empty, and the usual slips."""
    field = ref[app].get("fields", {}).get(part)
    if not field:
        return []
    return ["", *options(field)] if field.get("choices") else ["", field.get("expect", "7"), "151", "12/5/96", "abc"]
