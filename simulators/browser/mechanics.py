"""A browser: type an address or words, follow a link, go back, keep tabs, answer a banner, close a window. Pure.

What `ref[app]` holds is told in simulator.yaml. `page`, `popup` and `wall` of the world follow from the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lms.contract import Refused

from .aims import build_goals
from .cookies import answer, ask_again, banner, banner_parts, tick, walled
from .sites import asks, facts, find_results, find_typed, has_box, home, link_id, links, popup, site
from .sites import pages as pages_of

Json = Any
World = dict[str, Json]

MOST_TABS = 5
LONGEST = 120


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    mine = _read(ref, world, app)
    found = _frame_parts(mine) | {f"favourite-{page}": "click" for page in mine.get("favourites", ())}
    if mine.get("offline"):
        return found | {"retry": "click"}
    if mine.get("popup"):
        more = popup(ref, app, mine["page"]).get("links", ())
        return found | {"close-popup": "click"} | {f"link-{link_id(link)}": "click" for link in more}
    if mine.get("blocked"):
        found |= {"allow": "click", "ignore": "click"}
    if banner(ref, app, mine):
        found |= banner_parts(ref, app, mine)
    elif site(ref, app, mine["page"])[1].get("banner"):
        found["cookies"] = "click"
    return found if walled(ref, app, mine) else found | _page_parts(ref, app, mine["page"])


def _frame_parts(mine: Mapping[str, Json]) -> dict[str, str]:
    """The browser itself: tabs, back, address, padlock, favourites."""
    tabs, now = mine["tabs"], mine["tabs"][mine["tab"]]
    found = {"address": "type", "go": "click", "padlock": "click", "star": "click"}
    found |= {f"tab-{rank}": "click" for rank in range(len(tabs)) if rank != mine["tab"]}
    if len(tabs) > 1:
        found |= {f"shut-{rank}": "click" for rank in range(len(tabs))}
    if len(tabs) < MOST_TABS:
        found["newtab"] = "click"
    return found | {part: "click" for part, way in (("back", "past"), ("forward", "next")) if now[way]}


def _page_parts(ref: Mapping[str, Json], app: str, page: str) -> dict[str, str]:
    found = {f"link-{link}": "click" for link in links(ref, app, page)}
    found |= {f"answer-{ask['id']}": "choose" for ask in asks(ref, app, page)}
    return found | ({"query": "type", "search": "click"} if has_box(ref, app, page) else {})


def _read(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    """This app's world with its tabs, which a scenario need not tell."""
    mine = dict(world.get(app, {}))
    mine["page"] = mine.get("page") or home(ref, app)
    mine["tab"] = mine.get("tab") or 0
    mine["tabs"] = mine.get("tabs") or [_tab(mine["page"])]
    return mine


def _tab(page: str) -> World:
    return {"page": page, "past": [], "next": []}


def touch(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json) -> World:
    """The whole new world after one touch."""
    mine = _read(ref, world, app)
    verb, _, what = part.partition("-")
    if verb == "link":
        return _follow(ref, world, app, mine, what)
    change = MANY[verb](ref, app, mine, what, value) if what and verb in MANY else SINGLE[part](ref, app, mine, value)
    return {**world, app: _settle(ref, app, {**mine, **change})}


def _settle(ref: Mapping[str, Json], app: str, mine: World) -> World:
    """What follows from the page that is now in front."""
    page = mine["tabs"][mine["tab"]]["page"]
    moved = page != mine["page"]
    mine = {**mine, "page": page} | (
        {"typed": None, "info": False, "choosing": False, "blocked": None} if moved else {}
    )
    opens = bool(popup(ref, app, page)) and page not in mine.get("closed", ())
    mine |= {"popup": page if opens else None, "seen": _with(mine, "seen", page)}
    return {**mine, "wall": bool(opens or walled(ref, app, mine))}


def _with(mine: Mapping[str, Json], name: str, one: Json) -> list[Json]:
    return [*dict.fromkeys([*(mine.get(name) or ()), one])]


def _visit(mine: Mapping[str, Json], page: str) -> World:
    """The tab in front goes to a page; where one was stays behind «Retour»."""
    tabs, now = list(mine["tabs"]), mine["tabs"][mine["tab"]]
    if page != now["page"]:
        tabs[mine["tab"]] = {"page": page, "past": [*now["past"], now["page"]][-20:], "next": []}
    return {"tabs": tabs, "typed": None, "blocked": None}


def _open_tab(mine: Mapping[str, Json], page: str) -> World:
    if len(mine["tabs"]) >= MOST_TABS:
        return _visit(mine, page)
    return {"tabs": [*mine["tabs"], _tab(page)], "tab": len(mine["tabs"])}


def _follow(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, mine: World, what: str) -> World:
    """A link leads to a page, to another app of the desk, or to a download."""
    inside = popup(ref, app, mine["page"]).get("links", ()) if mine.get("popup") else ()
    link = {link_id(one): one for one in inside}.get(what) or links(ref, app, mine["page"])[what]
    if inside:
        mine = {**mine, "closed": _with(mine, "closed", mine["page"])}
    front, change = {}, {}
    if "app" in link:
        front = {"front": link["app"]}
    elif "file" in link:
        store = str(facts(ref, app).get("files", "files"))
        front = {store: {**world.get(store, {}), "got": [*world.get(store, {}).get("got", ()), link["file"]]}}
        change = {"downloaded": _with(mine, "downloaded", link["file"])}
    elif link.get("window"):
        change = {"blocked": link["to"]}
    else:
        change = _open_tab(mine, link["to"]) if link.get("new") else _visit(mine, link["to"])
    return {**world, **front, app: _settle(ref, app, {**mine, **change})}


def _write(ref: Mapping[str, Json], app: str, mine: World, name: str, value: Json) -> World:
    text = str(value or "")
    if len(text) > LONGEST:
        raise Refused("too-long", "Ce texte est très long. Écrivez moins de mots.")
    return {name: text}


def _go(ref: Mapping[str, Json], app: str, mine: World, value: Json) -> World:
    """The address bar takes an address or words to search."""
    typed = str(mine.get("typed") or "").strip()
    if not typed:
        return {"typed": None}
    kind, page = find_typed(ref, app, typed)
    log = "addressed" if kind == "address" else "searched"
    return _visit(mine, page) | {log: _with(mine, log, page)}


def _search(ref: Mapping[str, Json], app: str, mine: World, value: Json) -> World:
    if not str(mine.get("query") or "").strip():
        return {}
    page = find_results(ref, app, mine["query"])
    return _visit(mine, page) | {"searched": _with(mine, "searched", page)}


def _walk(taken: str, left: str) -> Callable[..., World]:
    def walk(ref: Mapping[str, Json], app: str, mine: World, value: Json) -> World:
        tabs, now = list(mine["tabs"]), mine["tabs"][mine["tab"]]
        *rest, page = now[taken]
        tabs[mine["tab"]] = {"page": page, taken: rest, left: [*now[left], now["page"]]}
        return {"tabs": tabs, "typed": None}

    return walk


def _shut(ref: Mapping[str, Json], app: str, mine: World, what: str, value: Json) -> World:
    rank = int(what)
    tabs = [tab for place, tab in enumerate(mine["tabs"]) if place != rank]
    return {"tabs": tabs, "tab": min(mine["tab"] - (rank < mine["tab"]), len(tabs) - 1), "typed": None}


def _star(ref: Mapping[str, Json], app: str, mine: World, value: Json) -> World:
    page, kept = mine["page"], mine.get("favourites") or []
    if page not in pages_of(ref, app):
        return {}
    return {"favourites": [one for one in kept if one != page] if page in kept else [*kept, page]}


def _answer(ref: Mapping[str, Json], app: str, mine: World, what: str, value: Json) -> World:
    known = {one["value"] for ask in asks(ref, app, mine["page"]) if ask["id"] == what for one in ask["choices"]}
    if value not in known:
        raise Refused("no-choice", "Choisissez une réponse de la liste.")
    return {"answers": {**mine.get("answers", {}), what: value}}


MANY: dict[str, Callable[..., World]] = {
    "tab": lambda ref, app, mine, what, value: {"tab": int(what), "typed": None},
    "shut": _shut,
    "favourite": lambda ref, app, mine, what, value: _visit(mine, what),
    "purpose": tick,
    "answer": _answer,
}
SINGLE: dict[str, Callable[..., World]] = {
    "address": lambda ref, app, mine, value: _write(ref, app, mine, "typed", value),
    "query": lambda ref, app, mine, value: _write(ref, app, mine, "query", value),
    "go": _go,
    "search": _search,
    "back": _walk("past", "next"),
    "forward": _walk("next", "past"),
    "newtab": lambda ref, app, mine, value: _open_tab(mine, home(ref, app)),
    "padlock": lambda ref, app, mine, value: {
        "info": not mine.get("info"),
        "checked": _with(mine, "checked", mine["page"]),
    },
    "star": _star,
    "accept": answer("accepted"),
    "refuse": answer("refused"),
    "choose": lambda ref, app, mine, value: {"choosing": True, "allowed": []},
    "keep": answer("chosen"),
    "cookies": ask_again,
    "close-popup": lambda ref, app, mine, value: {"closed": _with(mine, "closed", mine["page"])},
    "allow": lambda ref, app, mine, value: _open_tab(mine, mine["blocked"]) | {"blocked": None},
    "ignore": lambda ref, app, mine, value: {"blocked": None},
    "retry": lambda ref, app, mine, value: {"offline": False},
}


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks."""
    if part.startswith("answer-"):
        return [one["value"] for ask in asks(ref, app, world[app]["page"]) for one in ask["choices"]]
    if part.startswith("purpose-"):
        return ["yes", ""]
    known = [str(page["address"]) for page in pages_of(ref, app).values() if "address" in page]
    words = [" ".join(page["words"][0]) for page in pages_of(ref, app).values() if "words" in page]
    return ["", "inconnu.example", "bonjour", *known[:3], *words[:2]]


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """`app.ready`, and the way to every page: `app.facing-<page>`, `app.at-<page>`."""
    return build_goals(ref, app)
