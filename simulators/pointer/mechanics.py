"""Drills of the mouse: what can be touched, and what a gesture does. How gestures are told stands in gestures.py."""

from __future__ import annotations

from typing import Any

from .aims import AIMS as SIMPLE_AIMS
from .aims import HELD, drag_to
from .frames import aim_frame, judge_frame, press_button
from .gestures import JUDGES as SIMPLE_JUDGES
from .gestures import Own, choose_answer, find_tolerance, put_down, read_trace
from .scenes import aim_scene, find_seen, judge_scene
from .sorting import aim_sorting, judge_card, undo

COMPETENCE = {
    "hover": "M01",
    "ladder": "M02",
    "double": "M03",
    "drag": "M04",
    "scroll": "M05",
    "sort": "M04",
    "frame": "M05",
}
JUDGES = SIMPLE_JUDGES | {"scene": judge_scene, "sort": judge_card, "frame": judge_frame}
AIMS = SIMPLE_AIMS | {"scene": aim_scene, "sort": aim_sorting, "frame": aim_frame}
CLICKS = {"scroll": choose_answer, "drag": put_down, "sort": undo, "frame": press_button}

NOTES = {
    "press": ["Posez seulement la flèche. Ne cliquez pas."],
    "brief": ["Presque. Laissez la flèche posée un instant."],
    "beside": ["Presque. Amenez la flèche au milieu, puis cliquez.", "Posez la main. Visez le milieu, puis cliquez."],
    "once": [
        "Un clic, c'est choisi. Pour ouvrir : deux clics vite.",
        "Cliquez deux fois de suite, sans bouger la main.",
        "Autre façon : un clic, puis la touche Entrée.",
    ],
    "twice": ["Ici, un seul clic. Le deuxième ne compte pas."],
    "left": [
        "C'est le bouton gauche. Essayez le bouton droit de la souris.",
        "Autre façon : la touche Entrée. Ou un doigt qui reste posé.",
    ],
    "right": ["C'est le bouton droit. Ici, prenez le bouton gauche."],
    "away": ["La flèche est sortie : le menu s'est fermé. Rouvrez-le."],
    "slow": ["Presque. Nous vous laissons plus de temps entre les deux clics."],
    "slip": ["La flèche a bougé entre les clics. Posez le poignet.", "Autre façon : un clic, puis la touche Entrée."],
    "held": [HELD],
    "first": ["Rien n'a bougé : il n'y a rien à annuler."],
    "empty": ["Prenez d'abord une chose sur la table."],
    "nowhere": ["Lâchez le bouton au-dessus d'une place."],
    "wrong": ["Presque. Lisez les mots sous chaque place."],
    "unread": ["La réponse est en bas de la page. Descendez d'abord."],
    "frame": ["Le texte du cadre a une suite. Amenez la flèche dedans."],
    "agree": ["Presque. Cochez d'abord la case sous le cadre."],
    "other": ["Presque. Relisez les dernières lignes de la page."],
}


def parts(ref: Own, world: Own, app: str) -> dict[str, str]:
    """Parts on the screen now, and what one does with each."""
    mine, own = ref[app], world[app]
    kind = mine["kind"]
    if kind == "ladder":
        return {"target": "trace"}
    if kind == "frame":
        return {"page": "trace", "frame": "trace", "agree": "click", "send": "click"}
    if kind == "scroll":
        return {"notice": "trace"} | {answer["id"]: "click" for answer in mine["answers"]}
    if kind == "scene":
        return {item["id"]: "trace" for item in find_seen(mine, own)}
    left = {item["id"]: "trace" for item in mine["items"] if item["id"] not in own.get("placed", ())}
    return (
        left
        | {shelf["id"]: "click" for shelf in mine.get("shelves", [])}
        | ({"undo": "click"} if "undo" in mine else {})
    )


def touch(ref: Own, world: Own, app: str, part: str, do: str, value: Any) -> Own:
    """The world after one gesture. Whatever the trace says, a miss is only a note."""
    mine, own = ref[app], world[app]
    if do == "trace":
        judge = JUDGES[mine["kind"]]
        return {**world, app: judge(mine, own, part, read_trace(value))}
    return {**world, app: CLICKS[mine["kind"]](mine, own, part)}


def goals(ref: Own, app: str) -> dict[str, Own]:
    """A goal for each thing of the drill, so that a scenario only lists things."""
    mine = ref[app]
    made: dict[str, Own] = AIMS[mine["kind"]](mine, app)
    for goal in made.values():
        goal.setdefault("do", "trace")
        goal["competence"] = COMPETENCE.get(mine["kind"]) or mine["competence"]
    return made


def public(ref: Own) -> Own:
    """What the browser may know: not where things go, not which answer is right."""
    hidden = {"why", "shelf", "right", "hints", "say", "needs"}
    shown = dict(ref)
    for member in ("items", "answers"):
        if member in ref:
            shown[member] = [{k: v for k, v in thing.items() if k not in hidden} for thing in ref[member]]
    for item in shown.get("items", ()):
        if "then" in item:
            item["then"] = True
    if ref["kind"] == "sort":
        shown["items"] = sorted(shown["items"], key=lambda item: str(item["id"]))
    return shown | {"notes": _notes(ref), "tolerance": find_tolerance(ref)}


def values(ref: Own, world: Own, app: str, part: str) -> list[Any]:
    """Gestures worth trying at random on a part: good ones, clumsy ones, empty ones."""
    tries: list[Any] = [
        [],
        [["over", 0, 0, 0], ["over", 2, 1, 400]],
        [["over", 0, 0, 0], ["over", 0, 0, 40]],
        [["press", 4, 3, 0], ["lift", 5, 3, 90]],
        [["press", 900, 0, 0], ["lift", 900, 0, 90]],
        [["press", 0, 0, 0], ["lift", 0, 0, 80], ["press", 1, 0, 300], ["lift", 1, 0, 380]],
        [["press", 0, 0, 0], ["lift", 0, 0, 80], ["press", 30, 0, 300], ["lift", 30, 0, 380]],
        [["press", 0, 0, 0], ["lift", 0, 0, 80], ["press", 0, 0, 1500], ["lift", 0, 0, 1580]],
        [["right", 0, 0, 0]],
        [["leave", 0, 200, 700]],
        [["key", "Enter"]],
        [["scroll", 0, 600]],
        [["scroll", 600, 0]],
    ]
    places = ref[app].get("shelves", []) + (ref[app]["items"] if ref[app]["kind"] == "sort" else [])
    return tries + [drag_to(place["id"]) for place in places]


def _notes(mine: Own) -> dict[str, list[str]]:
    why = {item["id"]: item.get("why") or item.get("then", {}).get("why") for item in mine.get("items", [])}
    return NOTES | {f"wrong-{name}": [said] for name, said in why.items() if said}
