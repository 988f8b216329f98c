"""Copy and paste: choose a line, copy it, put it into a case; by keys, or by the buttons of the menu.

`sources: [{id, label, text}]`, `targets: [{id, label, from, steps: {select, copy, paste: {say, hints}}}]`; `by` is
keys or menu: what the guide shows. Both ways are open. Only lines of the exercise are pasted, nobody's own clipboard.
"""

from __future__ import annotations

from .aims import Own

ACTIONS = ("all", "copy", "paste")
NEAR = ["Une ligne où l'on est a un bord épais.", "Au clavier : Tab, puis Entrée."]
FOCUS = {True: "Cliquez d'abord dans la ligne à copier.", False: "Cliquez dans la case à remplir."}


def paste(mine: Own, own: Own, part: str, keys: list[str]) -> Own:
    """Keys struck in a line or a case."""
    own = {**own, "focus": part, "note": None, "row": 0}
    for key in keys:
        if key == "Part":
            own = {**own, "selected": None, "note": "part", "row": 1}
        elif key in ("Control+A", "Control+C", "Control+V"):
            own = press_action(mine, own, {"A": "all", "C": "copy", "V": "paste"}[key[-1]])
    return own


def press_action(mine: Own, own: Own, part: str) -> Own:
    """«Tout sélectionner», «Copier», «Coller», on the line or the case where one is."""
    source = own["focus"] in [each["id"] for each in mine["sources"]]
    target = next((each for each in mine["targets"] if each["id"] == own["focus"]), None)
    if part == "all":
        return _well(own, selected=own["focus"]) if source else _note(own, "none")
    if part == "copy":
        return _well(own, clip=own["selected"]) if own["selected"] else _note(own, "none")
    if not target:
        return _note(own, "none")
    if not own["clip"]:
        return _note(own, "empty")
    after = _well(own, values={**own["values"], target["id"]: own["clip"]})
    return after if own["clip"] == target["from"] else _note(after, "other")


def _well(own: Own, **change: object) -> Own:
    return {**own, "note": None, "row": 0, **change}


def _note(own: Own, note: str) -> Own:
    return {**own, "note": note, "row": 1}


def aim_pasting(mine: Own, app: str) -> dict[str, Own]:
    """For each case: choose the line, copy it, paste it there. What is pasted needs neither any more."""
    made: dict[str, Own] = {}
    before: list[str] = []
    by_menu = mine["by"] == "menu"
    for target in mine["targets"]:
        name, source, steps = target["id"], target["from"], target["steps"]
        filled = {f"{app}.values.{name}": source}
        copied = {f"{app}.clip": source}
        goals = {
            f"select-{name}": ([{f"{app}.selected": source}, copied, filled], source, "all", "Control+A", before),
            f"copy-{name}": ([copied, filled], source, "copy", "Control+C", [f"select-{name}"]),
            name: ([filled], name, "paste", "Control+V", [f"copy-{name}"]),
        }
        for goal, (done, place, action, keys, needs) in goals.items():
            words = steps[goal.partition("-")[0]] if goal != name else steps["paste"]
            if by_menu:
                made[f"in-{goal}"] = _enter(app, place, done, needs, FOCUS[action != "paste"])
                needs = [*needs, f"in-{goal}"]
            made[goal] = {"done": done, "needs": needs} | _touch(app, place, action, keys, words, by_menu)
        before = [name]
    return made


def _touch(app: str, place: str, action: str, keys: str, words: Own, by_menu: bool) -> Own:
    if not by_menu:
        return {"touch": f"{app}/{place}", "value": ["", keys], **words}
    return {"touch": f"{app}/{action}", "do": "click", **words}


def _enter(app: str, place: str, done: list[Own], needs: list[str], say: str) -> Own:
    """To be in the line where the button is to act: a step of its own, so that the right click counts as one."""
    here = {"done": [{f"{app}.focus": place}, *done], "touch": f"{app}/{place}", "do": "trace", "value": [""]}
    return here | {"say": say, "hints": NEAR, "needs": needs, "named": False}
