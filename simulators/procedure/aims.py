"""Goals of a form: one a field, one a page with the shortest way to it, one to have sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .site import edges, fields_of, notices, pages
from .writing import SHAPES, find_shape

Json = Any


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """A goal a field (`app.field`), a goal a page (`app.at-page`), and `app.sent` where there is something to send."""
    known = pages(ref, app)
    found = {f"{app}.at-{page}": _page_goal(ref, app, page) for page in known}
    asked = [(name, field) for page in known for name, field in fields_of(ref, app, page)]
    found |= {f"{app}.{name}": _field_goal(app, name, field) for name, field in asked}
    for page in known.values():
        if page.get("send"):
            needs = [*(f"{app}.{name}" for name, _ in asked if f"{app}.{name}" in found), f"{app}.at-{page['id']}"]
            say = f"Appuyez sur « {page['send']} »."
            done = {f"{app}.sent": True}
            hints = ["Relisez vos réponses.", f"Cherchez « {page['send']} » en bas de la page."]
            sent = {"done": done, "touch": f"{app}/send", "needs": needs, "say": say, "hints": hints}
            found[f"{app}.sent"] = sent | {"competence": "F05", "aim": True}
    return found


def _field_goal(app: str, name: str, field: Mapping[str, Json]) -> dict[str, Json]:
    """The field holds what is expected (or anything of the right shape), or is not asked."""
    path, kind = f"{app}.values.{name}", field.get("kind", "text")
    expect = field.get("expect")
    exact: Json = {"same": expect} if kind == "text" and expect else expect
    right = {path: {"match": find_shape(field)} if expect is None else exact}
    done = {"any": [{"not": field["when"]}, right]} if field.get("when") else right
    do, shown = ("choose", _words_of(field, expect)) if field.get("choices") else ("type", _show(kind, expect or ""))
    verb = "choisissez" if do == "choose" else "écrivez"
    goal = {"done": done, "touch": f"{app}/{name}", "do": do, "needs": [f"{app}.at-{field['page']}"]}
    goal["value"] = expect if expect is not None else field.get("example", "")
    goal["say"] = field.get("say") or f"« {field['label']} » : {verb} {shown}."
    goal["hints"] = list(field.get("hints", ())) or [
        "Lisez les mots au-dessus de la case.",
        f"Cherchez « {field['label']} ».",
    ]
    goal["competence"] = field.get("competence", "F02" if kind in SHAPES else "F01")
    # What already stands right in the form is no step of its own.
    return goal | {"named": "prefilled" not in field or field["prefilled"] != expect}


def _words_of(field: Mapping[str, Json], value: Json) -> str:
    named = {one["value"]: one["label"] for one in field["choices"] if isinstance(one, Mapping)}
    return f"« {named.get(value, value)} »"


def _show(kind: str, value: str) -> str:
    return value.replace(".", ",") if kind == "money" else value


def _page_goal(ref: Mapping[str, Json], app: str, wanted: str) -> dict[str, Json]:
    """From every other page, the first touch of the shortest way here; fields that bar all ways come first."""
    known = pages(ref, app)
    ways = [_close_way(app, name, told) for name, told in notices(ref, app).items()]
    entry = next(iter(known))
    for page in known:
        first = None if page == wanted else _first_edge(ref, app, page, wanted)
        if first:
            say = f"Appuyez sur « {first[1]} »."
            seen = _shows(known[page], first[0])
            ways.append({"touch": f"{app}/{first[0]}", "if": _is_at(app, page, entry) | seen, "say": say})
    # Nothing leads back to a form's only page, nor needs to.
    if len(known) == 1:
        ways.append({"touch": f"desk/{app}", "say": f"Allez à « {known[wanted]['title']} »."})
    barred = [page for page in known if page != wanted and not _reaches(ref, app, entry, wanted, without=page)]
    needs = [f"{app}.{name}" for page in barred for name, _ in fields_of(ref, app, page)]
    done = _is_at(app, wanted, entry) | {f"{app}.notice": None}
    return {"done": done, "ways": ways, "needs": needs, "named": False}


def _shows(page: Mapping[str, Json], part: str) -> dict[str, Json]:
    """When a card of this page is there to be touched."""
    found = (card.get("when", {}) for card in page.get("cards", ()) if f"go-{card['to']}" == part)
    return dict(next(found, {}))


def _close_way(app: str, name: str, told: Mapping[str, Json]) -> dict[str, Json]:
    """A window over the page is closed first."""
    say = f"Appuyez sur « {told['button']} »."
    return {"touch": f"{app}/notice", "if": {f"{app}.notice": name}, "say": say}


def _is_at(app: str, page: str, entry: str) -> dict[str, Json]:
    # Before the first touch the world may name no page: the first one is shown.
    return {f"{app}.page": {"in": [None, page]} if page == entry else page}


def _all_edges(ref: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> dict[str, tuple[str, str]]:
    """The links of a page, and the last button to what comes after it."""
    sending = {"send": (page["then"], page["send"])} if page.get("send") else {}
    return edges(ref, app, page) | sending


def _first_edge(ref: Mapping[str, Json], app: str, start: str, wanted: str) -> tuple[str, str] | None:
    """Breadth first from the page wanted, backwards, until the start is met."""
    known, reached = pages(ref, app), [wanted]
    for target in reached:
        for page in known.values():
            for part, (to, words) in _all_edges(ref, app, page).items():
                if to == target and page["id"] == start:
                    return part, words
                if to == target and page["id"] not in reached:
                    reached.append(page["id"])
    return None


def _reaches(ref: Mapping[str, Json], app: str, start: str, wanted: str, without: str) -> bool:
    """Whether a way leads there when the `next` of one page stays shut."""
    known, reached = pages(ref, app), [start]
    for page in reached:
        for part, (to, _) in _all_edges(ref, app, known[page]).items():
            if to not in reached and not (part in ("next", "send") and page == without):
                reached.append(to)
    return wanted in reached
