"""Ways to every page of a browser, from wherever one is: a link, a tab, else the address bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .sites import links, pages

Json = Any
Goal = dict[str, Json]

TABS_SEEN = 5


def build_goals(ref: Mapping[str, Json], app: str) -> dict[str, Goal]:
    """`app.ready`; by page `app.facing-<page>` (something may stand before it) and `app.at-<page>` (nothing does)."""
    clear = {f"{app}.offline": {"in": [None, False]}, f"{app}.wall": {"in": [None, False]}}
    found: dict[str, Goal] = {f"{app}.ready": {"done": clear, "ways": _clearing(app)}}
    for page in pages(ref, app).values():
        name, here = page["id"], {f"{app}.page": page["id"]}
        ways = _leading(ref, app, name)
        found[f"{app}.typed-{name}"] = _typed(app, page)
        found[f"{app}.facing-{name}"] = {
            "done": here | {f"{app}.offline": {"in": [None, False]}},
            "ways": _retry(app) + ways,
        }
        found[f"{app}.at-{name}"] = {"done": here | clear, "ways": [_only(way, here) for way in _clearing(app)] + ways}
    return {name: goal | {"named": False} for name, goal in found.items()}


def _retry(app: str) -> list[Goal]:
    return [{"touch": f"{app}/retry", "if": {f"{app}.offline": True}, "say": "Appuyez sur « Réessayer »."}]


def _clearing(app: str) -> list[Goal]:
    """What takes away a lost line, a window, a banner that waits."""
    return [
        *_retry(app),
        {"touch": f"{app}/close-popup", "if": {f"{app}.popup": {"filled": True}}, "say": "Fermez cette fenêtre."},
        {"touch": f"{app}/refuse", "if": {f"{app}.wall": True}, "say": "Répondez à la question sur les cookies."},
    ]


def _only(way: Goal, here: Goal) -> Goal:
    return way | {"if": {**here, **way["if"]}}


def _typed(app: str, page: Mapping[str, Json]) -> Goal:
    words = " ".join(page["words"][0]) if "words" in page else str(page["address"])
    say = f"En haut, écrivez « {words} »." if "words" in page else f"En haut, écrivez {words}"
    return {"done": {f"{app}.typed": words}, "touch": f"{app}/address", "do": "type", "value": words, "say": say}


def _leading(ref: Mapping[str, Json], app: str, wanted: str) -> list[Goal]:
    """Ways to a page: the tab where it is, a link of the page in front, else its address."""
    title = str(pages(ref, app)[wanted]["title"])
    ways = [_tab(app, wanted, title, rank) for rank in range(TABS_SEEN)]
    ways += [
        {
            "touch": f"{app}/link-{name}",
            "if": {f"{app}.page": other},
            "needs": [f"{app}.ready"],
            "say": f"Appuyez sur « {link['label']} ».",
        }
        for other in pages(ref, app)
        for name, link in links(ref, app, other).items()
        if link.get("to") == wanted and not link.get("window")
    ]
    return [*ways, {"touch": f"{app}/go", "needs": [f"{app}.typed-{wanted}"], "say": "Appuyez sur « Aller »."}]


def _tab(app: str, wanted: str, title: str, rank: int) -> Goal:
    there = {f"{app}.tabs.{rank}.page": wanted, "not": {f"{app}.tab": rank}}
    return {"touch": f"{app}/tab-{rank}", "if": there, "say": f"Revenez à l'onglet « {title} »."}
