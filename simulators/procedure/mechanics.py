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
from .faults import find_faults, say_fault
from .mishaps import incidents
from .proposals import KEEP, offered
from .site import edges, fields, hidden, holds, options, pages
from .writing import check, find_shape, settle

__all__ = ["check", "goals", "incidents", "parts", "public", "touch", "values"]

Json = Any
World = dict[str, Json]

LINE, LONGEST = 200, 1000


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    page = _page(ref, world, app)
    shown = fields(ref, world, app, page["id"])
    found = {name: "choose" if field.get("choices") else "type" for name, field in shown.items()}
    found |= {part: "click" for name, field in shown.items() for part in offered(name, field, world.get(app, {}))}
    aside = hidden(page, world)
    found |= {part: "click" for part in edges(ref, app, page) if part not in aside}
    return found | {part: "click" for part in ("send", "download") if page.get(part)}


def _page(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, Json]:
    known = pages(ref, app)
    return known[world.get(app, {}).get("page") or next(iter(known))]


def touch(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json) -> World:
    """The whole new world after one touch."""
    page = _page(ref, world, app)
    if part in ref[app].get("fields", {}):
        return _answer(ref, world, app, part, value)
    if "~" in part:
        return _take(ref, world, app, part)
    if part in ("send", "download"):
        return {"send": _send, "download": _download}[part](ref, world, app, page)
    target = edges(ref, app, page)[part][0]
    if part != "next":
        return _with(world, app, page=target, errors={}, **_wiped(ref, app, target))
    wrong = find_faults(ref, world, app, page["id"], judged=bool(page.get("check")))
    return _reopen(ref, world, app, wrong) if wrong else _with(world, app, page=target, errors={})


def _wiped(ref: Mapping[str, Json], app: str, target: str) -> World:
    """A page that says so forgets every answer."""
    return (
        {"values": {}, "kept": [], "tries": {}, "wrong": [], "receipt": None}
        if pages(ref, app)[target].get("wipe")
        else {}
    )


def _with(world: Mapping[str, Json], app: str, **change: Json) -> World:
    return {**world, app: {**world.get(app, {}), **change}}


def _answer(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, name: str, value: Json) -> World:
    field = ref[app]["fields"][name]
    kind = field.get("kind", "text")
    text = settle(field, str(value or "")[: LONGEST if kind == "long" else LINE])
    if field.get("choices") and text not in ("", *options(field)):
        raise Refused("no-such-choice", "Cette réponse n'est pas dans la liste.")
    if field.get("poor") and re.fullmatch(find_shape(field), text) and not re.fullmatch(field["poor"], text):
        raise Refused("not-of-the-exercise", "Ici, on s'entraîne avec les données de l'exercice.")
    if field.get("never") and re.search(field["never"], text):
        raise Refused("never-here", "Enlevez ce numéro. Un message ne doit pas le dire.")
    return _keep(ref, world, app, name, text)


def _keep(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, name: str, text: str) -> World:
    """The answer as it stands now; what was said twice has to be said anew once it changes."""
    mine = world.get(app, {})
    given = {**mine.get("values", {}), name: text, **(_put_out(ref[app]["fields"], name) if text else {})}
    errors = {other: say for other, say in mine.get("errors", {}).items() if other != name}
    same = text == mine.get("values", {}).get(name)
    kept = [other for other in mine.get("kept", ()) if same or other != name]
    twins = {other: one["same"] for other, one in ref[app]["fields"].items() if "same" in one}
    alike = [other for other, twin in twins.items() if given.get(other) and given[other] == given.get(twin)]
    return _with(world, app, values=given, errors=errors, kept=kept, **({"alike": alike} if twins else {}))


def _put_out(known: Mapping[str, Json], name: str) -> dict[str, str]:
    """«Nothing else» and what it excludes put each other out."""
    others = [other for other, one in known.items() if name in one.get("alone", ())]
    return dict.fromkeys([*known[name].get("alone", ()), *others], "")


def _take(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> World:
    """A line that the site proposes, or what one wrote, kept as it is."""
    name = part.partition("~")[0]
    mine = world.get(app, {})
    line = offered(name, ref[app]["fields"][name], mine)[part]
    if line != KEEP:
        return _keep(ref, world, app, name, line)
    errors = {other: say for other, say in mine.get("errors", {}).items() if other != name}
    return _with(world, app, kept=[*mine.get("kept", ()), name], errors=errors)


def _reopen(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, faults: Mapping[str, str]) -> World:
    """Back to the first field that stops, with a sentence a try: neutral, then a hint, then where."""
    mine, known = world.get(app, {}), ref[app]["fields"]
    given = mine.get("values", {})
    tries = {**mine.get("tries", {}), **{name: mine.get("tries", {}).get(name, 0) + 1 for name in faults}}
    errors = {name: say_fault(known[name], fault, given.get(name) or "", tries[name]) for name, fault in faults.items()}
    return _with(world, app, page=known[next(iter(faults))]["page"], errors=errors, tries=tries)


def _send(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> World:
    """Send for good, or open the form again where an answer is missing or wrong."""
    faults = find_faults(ref, world, app, "", judged=True)
    if faults:
        wrong = [*world[app].get("wrong", ()), *(name for name, fault in faults.items() if fault == "wrong")]
        return _with(_reopen(ref, world, app, faults), app, wrong=[*dict.fromkeys(wrong)])
    number = zlib.crc32(repr(sorted(world[app].get("values", {}).items())).encode()) % 1_000_000
    receipt = f"ENT-{ref[app].get('year', '0000')}-{number:06}"
    return _with(world, app, page=page["then"], errors={}, sent=True, receipt=receipt)


def _download(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> World:
    """The first document whose `when` holds lands among the files; a second time makes a second copy."""
    faults = find_faults(ref, world, app, page["id"], judged=False)
    if faults:
        return _reopen(ref, world, app, faults)
    store, mine = ref[app].get("files", "files"), world.get(app, {})
    file = next(one["file"] for one in page["download"]["files"] if holds(one.get("when", {}), world))
    got = _with(world, store, got=[*world.get(store, {}).get("got", ()), file])
    return _with(got, app, downloads=[*mine.get("downloads", ()), file], errors={})


def public(ref: Json) -> Json:
    """The facts without the answers: what the page needs to draw, and no more."""
    return _hide(ref)


ANSWERS = frozenset(
    {"expect", "hints", "poor", "match", "say", "example", "slips", "never", "avoid", "latest", "after", "alone"}
)


def _hide(ref: Json) -> Json:
    if isinstance(ref, Mapping):
        answers = ANSWERS if "label" in ref and "page" in ref else frozenset[str]()
        return {key: _hide(value) for key, value in ref.items() if key not in answers}
    return [_hide(one) for one in ref] if isinstance(ref, list) else ref


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks: right, empty, and the usual slips."""
    field = ref[app].get("fields", {}).get(part)
    if not field:
        return []
    return ["", *options(field)] if field.get("choices") else ["", field.get("expect", "7"), "151", "12/5/96", "abc"]
