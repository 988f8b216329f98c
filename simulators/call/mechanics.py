"""A call without a screen: each line is offered while what it asks for is so, and changes the other person. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Json = Any
Facts = Mapping[str, Json]

CALMEST = 4
UNKNOWN = {
    "navigateur": "la fenêtre où s'ouvrent les pages",
    "URL": "l'adresse, dans la barre tout en haut",
    "onglet": "la petite languette, en haut",
    "pop-up": "la petite fenêtre qui s'est mise devant",
    "cookies": "la question sur les traces",
    "2FA": "le code reçu",
    "uploader": "joindre la photo",
    "Rafraîchissez": "la flèche qui tourne, en haut",
    "format de saisie": "les chiffres, comme la main les écrit",
    "soumettre": "appuyer sur le bouton bleu",
    "s'authentifier": "dire qui l'on est",
    "arrière-plan": "sans fermer la page",
    "exploitable": "on ne peut pas le lire",
    "lien": "les mots bleus",
    "dématérialisé": "par internet",
    "portail": "le site",
    "motif": "pourquoi vous appelez",
    "créneau": "l'heure",
}
"""Words of the trade, and what stands there for whoever sees the page: module MS5, «lexique à distance»."""
LANDMARKS = (
    "tout en haut", "tout en bas", "phrase en rouge", "bouton bleu", "barre penchée", "Sous le titre", "sous le titre",
    "petite enveloppe", "petit dessin", "Sous la photo", "En haut du téléphone", "sous « merci »", "la flèche",
    "la petite croix", "Sous le 3230", "sur la lettre", "grande feuille",
)  # fmt: skip
"""Where a thing stands, what it looks like: words with which somebody finds it who is not seen."""
HUNG = "Excusez-moi, je n'y arrive pas. Je raccroche."
BACK = {
    "id": "ring",
    "text": "C'est encore moi. Je suis allé trop vite, pardon. On reprend, une chose à la fois.",
    "answer": "Ah, vous me rappelez. Merci. Alors, doucement.",
    "note": "Rappeler et reconnaître sa part : c'est un avantage du téléphone.",
}
SLIPPED = "Presque. Un secret se lisait à voix haute : on coupe d'abord la parole, gentiment."
HIDDEN = ("answer", "note", "learn", "set", "add", "when", "say", "hints", "needs")


def parts(ref: Facts, world: Facts, app: str) -> dict[str, str]:
    """What can be said, or pressed, now."""
    mine = world[app]
    if mine["ringing"]:
        return {"pick-up": "click"}
    if mine["over"]:
        return {"look": "click"}
    return {"ring": "click"} if mine["hung"] else dict.fromkeys(mine["offer"], "click")


def touch(ref: Facts, world: Facts, app: str, part: str, do: str, value: Json) -> dict[str, Json]:
    """The whole new world after one line."""
    mine = dict(world[app])
    if part == "pick-up":
        mine |= {"ringing": False, "talk": [{"theirs": ref[app]["opening"]}]}
        return _offer(ref, {**world, app: mine}, app)
    if part == "ring":
        mine |= {"hung": False, "mood": 2, "talk": [*mine["talk"], _tell(BACK)]}
        return _offer(ref, {**world, app: mine}, app)
    if part == "look":
        said = " ".join(one["mine"] for one in mine["talk"] if "mine" in one)
        return {**world, app: {**mine, "screen": ref[app]["screen"], "words": weigh(said)}}
    line = next(one for one in ref[app]["lines"] if one["id"] == part)
    after = _say(world, app, line)
    mine = _settle(mine, after[app], line)
    if part == ref[app]["bye"]:
        mine["over"] = True
    return _offer(ref, {**after, app: mine}, app)


def weigh(said: str) -> dict[str, Json]:
    """The words one chose: those that the other cannot know, with what to say instead, and the landmarks given."""
    unknown = [{"word": word, "say": say} for word, say in UNKNOWN.items() if re.search(rf"\b{word}\b", said)]
    marks = sorted({one.lower() for one in LANDMARKS if one in said}, key=said.lower().index)
    return {"unknown": unknown, "marks": marks}


def _say(world: Facts, app: str, line: Facts) -> dict[str, Json]:
    """What a line sets and adds, and that it was said."""
    after = dict(world)
    for path, value in line.get("set", {}).items():
        after = _replace(after, path.split("."), value)
    for path, value in line.get("add", {}).items():
        after = _replace(after, path.split("."), (_find(after, path) or 0) + value)
    mine = after[app]
    known = [*mine["known"], line["learn"]] if "learn" in line else mine["known"]
    return {**after, app: {**mine, "said": [*mine["said"], line["id"]], "known": known}}


def _settle(before: Facts, mine: dict[str, Json], line: Facts) -> dict[str, Json]:
    """Mood within its bounds; a secret that was left unstopped; a person who hangs up."""
    told = _tell(line)
    if before["alarm"] and mine["alarm"]:
        mine = {**mine, "heard": True, "mood": mine["mood"] - 1}
        told |= {"note": SLIPPED}
    mood = max(0, min(CALMEST, mine["mood"]))
    if mood == 0:
        told |= {"theirs": f"{told['theirs']} {HUNG}"}
    return {**mine, "mood": mood, "hung": mood == 0, "talk": [*mine["talk"], told]}


def _tell(line: Facts) -> dict[str, Json]:
    return {"mine": line["text"], "theirs": line["answer"], "note": line.get("note", "")}


def _offer(ref: Facts, world: dict[str, Json], app: str) -> dict[str, Json]:
    mine = world[app]
    offer = [] if mine["hung"] or mine["over"] else [one["id"] for one in ref[app]["lines"] if _open(one, world, app)]
    return {**world, app: {**mine, "offer": offer}}


def _open(line: Facts, world: Facts, app: str) -> bool:
    wanted = line.get("when", {}).items()
    return line["id"] not in world[app]["said"] and all(_find(world, path) == value for path, value in wanted)


def _find(world: Json, path: str) -> Json:
    for step in path.split("."):
        world = world.get(step) if isinstance(world, Mapping) else None
    return world


def _replace(world: Json, steps: Sequence[str], value: Json) -> dict[str, Json]:
    held = dict(world or {})
    held[steps[0]] = _replace(held.get(steps[0]), steps[1:], value) if len(steps) > 1 else value
    return held


def goals(ref: Facts, app: str) -> dict[str, dict[str, Json]]:
    """A line with `say` is a goal; it needs the lines that make its `when` so, and somebody on the line."""
    lines = [one for one in ref[app]["lines"] if "say" in one]
    talking = {
        "done": {f"{app}.ringing": False, f"{app}.hung": False},
        "ways": [
            {"touch": f"{app}/ring", "if": {f"{app}.hung": True}, "say": "Rappelez, et excusez-vous."},
            {"touch": f"{app}/pick-up", "say": "Décrochez."},
        ],
        "named": False,
    }
    look = {
        "done": {f"{app}.screen": {"not": None}},
        "touch": f"{app}/look",
        "needs": [ref[app]["bye"]],
        "say": "Regardez maintenant son écran.",
        "hints": ["L'appel est fini : son écran se montre.", "Comparez avec ce que vous aviez compris."],
    }
    return {f"{app}.talking": talking, "look": look} | {one["id"]: _aim(one, lines, app) for one in lines}


def _aim(line: Facts, lines: Sequence[Facts], app: str) -> dict[str, Json]:
    wanted = [item for item in line.get("when", {}).items() if item[1] is not None]
    before = [one["id"] for one in lines if any(item in one.get("set", {}).items() for item in wanted)]
    needs = [*before, *line.get("needs", ()), f"{app}.talking"]
    told = {"say": line["say"], "hints": line["hints"]}
    return {"done": {f"{app}.said": {"has": line["id"]}}, "touch": f"{app}/{line['id']}", "needs": needs} | told


def public(ref: Facts) -> dict[str, Json]:
    """The words one may say; neither what they bring nor the screen."""
    lines = [{key: value for key, value in one.items() if key not in HIDDEN} for one in ref["lines"]]
    return {key: value for key, value in ref.items() if key != "screen"} | {"lines": lines}
