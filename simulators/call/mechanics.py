"""A call without a screen: each line is offered while what it asks for is so, and changes the other person. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = Any
Facts = Mapping[str, Json]

CALMEST = 4
HUNG = "Excusez-moi, je n'y arrive pas. Je raccroche."
BACK = {
    "id": "ring",
    "text": "C'est encore moi. Je suis allé trop vite, pardon. On reprend, une chose à la fois.",
    "answer": "Ah, vous me rappelez. Merci. Alors, doucement.",
    "note": "Rappeler et reconnaître sa part : c'est un avantage du téléphone.",
}
SLIPPED = "Presque. Un secret se lisait à voix haute : on coupe d'abord la parole, gentiment."
HIDDEN = ("answer", "note", "learn", "set", "add", "when", "say", "hints", "needs", "words", "marks")


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
        return {**world, app: {**mine, "screen": ref[app]["screen"], "words": _weigh(ref[app]["lines"], mine["said"])}}
    line = next(one for one in ref[app]["lines"] if one["id"] == part)
    after = _say(world, app, line)
    mine = _settle(mine, after[app], line)
    if part == ref[app]["bye"]:
        mine["over"] = True
    return _offer(ref, {**after, app: mine}, app)


def _weigh(lines: Iterable[Facts], said: Sequence[str]) -> dict[str, Json]:
    """The words one chose: those that the other cannot know, with what to say instead, and the landmarks given."""
    chosen = sorted((one for one in lines if one["id"] in said), key=lambda one: said.index(one["id"]))
    unknown = [{"word": word, "say": say} for one in chosen for word, say in one.get("words", {}).items()]
    return {"unknown": unknown, "marks": [*dict.fromkeys(mark for one in chosen for mark in one.get("marks", ()))]}


def _say(world: Facts, app: str, line: Facts) -> dict[str, Json]:
    """What a line sets and adds, and that it was said."""
    after = dict(world)
    for path, value in line.get("set", {}).items():
        after = _replace(after, path.split("."), value)
    for path, value in line.get("add", {}).items():
        after = _replace(after, path.split("."), (_find(after, path) or 0) + value)
    mine = after[app]
    known = [*mine["known"], line["learn"]] if "learn" in line else mine["known"]
    jargon = mine["jargon"] + (1 if "words" in line else 0)
    return {**after, app: {**mine, "said": [*mine["said"], line["id"]], "known": known, "jargon": jargon}}


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
    """A line with `say` is a goal; it needs the lines that make its `when` so, and somebody on the line.

    Raises ValueError where a line weighs a word that it does not say.
    """
    for one in ref[app]["lines"]:
        _check_words(one)
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


def _check_words(line: Facts) -> None:
    for word in (*line.get("words", ()), *line.get("marks", ())):
        if word.lower() not in line["text"].lower():
            raise ValueError(f"«{word}» is not in the text of the line «{line['id']}»")


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
