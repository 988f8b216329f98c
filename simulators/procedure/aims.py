"""Goals of a form: one a field, one a page with the shortest way to it, one to have sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .proposals import FEWEST, KEEP, asks_to_keep, propose
from .site import edges, fields_of, pages
from .writing import SHAPES, find_shape, is_free

Json = Any
Links = Mapping[str, Mapping[str, tuple[str, str]]]
"""By page: part → (page it leads to, words on it)."""

BEGINNING = 4
"""Letters of a line that the guide writes."""


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """A goal a field (`app.field`), a goal a page (`app.at-page`), and `app.sent` where there is something to send."""
    known = pages(ref, app)
    links = {name: _all_edges(ref, app, page) for name, page in known.items()}
    found = {f"{app}.at-{page}": _page_goal(ref, app, page, links) for page in known}
    asked = [(name, field) for page in known for name, field in fields_of(ref, app, page)]
    for name, field in asked:
        found |= _field_goals(app, name, field)
    for page in known.values():
        if page.get("send"):
            needs = [*(f"{app}.{name}" for name, _ in asked if f"{app}.{name}" in found), f"{app}.at-{page['id']}"]
            say = f"Appuyez sur « {page['send']} »."
            done = {f"{app}.sent": True}
            hints = ["Relisez vos réponses.", f"Cherchez « {page['send']} » en bas de la page."]
            sent = {"done": done, "touch": f"{app}/send", "needs": needs, "say": say, "hints": hints}
            found[f"{app}.sent"] = sent | {"competence": "F05", "aim": True}
    return found


def _field_goals(app: str, name: str, field: Mapping[str, Json]) -> dict[str, dict[str, Json]]:
    """A goal, and before it a mere way where the answer is written first and chosen or said twice then."""
    goal = _field_goal(app, name, field)
    ways = _propose_ways(app, name, field) or _keep_ways(app, name, field)
    if not ways:
        return {f"{app}.{name}": goal | _field_touch(app, name, field)}
    written: list[dict[str, Json]] = [way["if"] for way in ways]
    begun = {"done": {"any": [goal["done"], *written]}, "needs": goal["needs"], "hints": goal["hints"], "named": False}
    needs = [*goal["needs"], f"{app}.{name}-begun"]
    return {
        f"{app}.{name}-begun": begun | _field_touch(app, name, field),
        f"{app}.{name}": goal | {"ways": ways, "needs": needs},
    }


def _field_goal(app: str, name: str, field: Mapping[str, Json]) -> dict[str, Json]:
    """The field holds what is expected (or anything of the right shape), or is not asked."""
    kind, expect = field.get("kind", "text"), field.get("expect")
    right = _right(app, name, field)
    goal: dict[str, Json] = {"done": {"any": [{"not": field["when"]}, right]} if field.get("when") else right}
    goal["needs"] = [f"{app}.at-{field['page']}"]
    goal["hints"] = list(field.get("hints", ())) or [
        "Lisez les mots au-dessus de la case.",
        f"Cherchez « {field['label']} ».",
    ]
    goal["competence"] = field.get("competence", "F02" if kind in SHAPES else "F01")
    # What already stands right in the form is no step of its own.
    return goal | {"named": "prefilled" not in field or field["prefilled"] != expect}


def _right(app: str, name: str, field: Mapping[str, Json]) -> dict[str, Json]:
    """What holds once the answer is right, and said twice where the site wants it so."""
    path, expect = f"{app}.values.{name}", field.get("expect")
    exact: Json = {"same": expect} if is_free(field) and expect else expect
    right: dict[str, Json] = {path: {"match": _free(field)} if expect is None else exact}
    if expect is not None and asks_to_keep(field, expect):
        right[f"{app}.kept"] = {"has": name}
    return right | ({f"{app}.alike": {"has": name}} if "same" in field else {})


def _free(field: Mapping[str, Json]) -> str:
    """The shape of an answer of one's own, and how long it may be."""
    size = rf"(?=.{{0,{field['most']}}}\Z)" if "most" in field else ""
    far = f"(?!.*(?i:{field['avoid']}))" if "avoid" in field else ""
    return f"(?s:{size}{far}(?:{find_shape(field)}))"


def _field_touch(app: str, name: str, field: Mapping[str, Json]) -> dict[str, Json]:
    """How the answer is written or chosen; the beginning of a line where lines are proposed."""
    kind, expect = field.get("kind", "text"), field.get("expect")
    do, shown = ("choose", _words_of(field, expect)) if field.get("choices") else ("type", _show(kind, expect or ""))
    say = field.get("say") or f"« {field['label']} » : {'choisissez' if do == 'choose' else 'écrivez'} {shown}."
    value = expect if expect is not None else field.get("example", "")
    if "suggest" in field and "keep" not in field:
        value = value[:BEGINNING]
    typed = {"touch": f"{app}/{name}", "do": do, "value": value, "say": say}
    if "same" not in field:
        return typed
    # Whoever chose a password of his own writes it again; only where the two differ is the example written over it.
    near = [{f"{app}.values.{name}": {"filled": False}}, {f"{app}.values.{field['same']}": value}]
    return {"ways": [typed | {"if": {"any": near}}, typed | {"touch": f"{app}/{field['same']}"}]}


def _propose_ways(app: str, name: str, field: Mapping[str, Json]) -> list[dict[str, Json]]:
    """From every beginning of the line expected: the line itself."""
    expect = str(field.get("expect", ""))
    ways: list[dict[str, Json]] = []
    if "keep" in field:
        return ways
    for size in range(len(expect) - 1, FEWEST - 1, -1):
        lines = propose(field, expect[:size])
        if expect in lines:
            told = {f"{app}.values.{name}": {"same": expect[:size].strip()}}
            touch = f"{app}/{name}~{lines.index(expect) + 1}"
            ways.append({"touch": touch, "if": told, "say": f"Choisissez « {expect} »."})
    return ways


def _keep_ways(app: str, name: str, field: Mapping[str, Json]) -> list[dict[str, Json]]:
    expect = field.get("expect")
    if expect is None or not asks_to_keep(field, expect):
        return []
    there = {f"{app}.values.{name}": {"same": expect}, f"{app}.kept": {"not": {"has": name}}}
    say = f"Appuyez sur « {field['keep']['label']} »."
    return [{"touch": f"{app}/{name}~{KEEP}", "if": there, "say": say}]


def _words_of(field: Mapping[str, Json], value: Json) -> str:
    named = {one["value"]: one["label"] for one in field["choices"] if isinstance(one, Mapping)}
    return f"« {named.get(value, value)} »"


def _show(kind: str, value: str) -> str:
    return value.replace(".", ",") if kind == "money" else value


def _page_goal(ref: Mapping[str, Json], app: str, wanted: str, links: Links) -> dict[str, Json]:
    """From every other page, the first touch of the shortest way here; fields that bar all ways come first."""
    known, nearer = pages(ref, app), _first_edges(links, wanted)
    ways: list[dict[str, Json]] = []
    entry = next(iter(known))
    for page in known:
        if first := nearer.get(page):
            say = f"Appuyez sur « {first[1]} »."
            seen = _shows(known[page], first[0])
            ways.append({"touch": f"{app}/{first[0]}", "if": _is_at(app, page, entry) | seen, "say": say})
    # Nothing leads back to a form's only page, or its first, nor needs to.
    if not ways:
        ways.append({"touch": f"desk/{app}", "say": f"Allez dans « {known[wanted]['title']} »."})
    barred = [page for page in known if page != wanted and not _reaches(links, entry, wanted, without=page)]
    needs = [f"{app}.{name}" for page in barred for name, _ in fields_of(ref, app, page)]
    return {"done": _is_at(app, wanted, entry), "ways": ways, "needs": needs, "named": False}


def _shows(page: Mapping[str, Json], part: str) -> dict[str, Json]:
    """When a card of this page is there to be touched."""
    found = (card.get("when", {}) for card in page.get("cards", ()) if f"go-{card['to']}" == part)
    return dict(next(found, {}))


def _is_at(app: str, page: str, entry: str) -> dict[str, Json]:
    # Before the first touch the world may name no page: the first one is shown.
    return {f"{app}.page": {"in": [None, page]} if page == entry else page}


def _all_edges(ref: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> dict[str, tuple[str, str]]:
    """The links of a page, and the last button to what comes after it."""
    sending = {"send": (page["then"], page["send"])} if page.get("send") else {}
    return edges(ref, app, page) | sending


def _first_edges(links: Links, wanted: str) -> dict[str, tuple[str, str]]:
    """Breadth first from the page wanted, backwards: of each other page the link by which it was met."""
    found: dict[str, tuple[str, str]] = {}
    reached = [wanted]
    for target in reached:
        for page, leads in links.items():
            first = next(((part, words) for part, (to, words) in leads.items() if to == target), None)
            if first and page not in reached:
                found[page] = first
                reached.append(page)
    return found


def _reaches(links: Links, start: str, wanted: str, without: str) -> bool:
    """Whether a way leads there when the `next` of one page stays shut."""
    reached = [start]
    for page in reached:
        for part, (to, _) in links[page].items():
            if to not in reached and not (part in ("next", "send") and page == without):
                reached.append(to)
    return wanted in reached
