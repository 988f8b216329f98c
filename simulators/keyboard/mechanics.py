"""What typed keys do to a line to copy, to a word to mend, to a small form.

A trace is a list of words: first the text as it now stands in the field, then the keys that were pressed since the
last trace: one letter or sign each, or `Backspace`, `Delete`, `ArrowLeft`, `ArrowRight`, `Home`, `End`, `Tab`,
`Shift+Tab`, `CapsLock` (it was on; where `lock` stands: it was struck), `Mouse` (the field was reached by a click),
`Enter`, `Control+A`, `Control+C`, `Control+V`, `Part`. The text decides; keys only tell how one got there.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from lms.contract import Refused

from .aims import Own, aim_fields, aim_lines, count_shared, start_text
from .listening import aim_listening, end_line, hear
from .pasting import ACTIONS, aim_pasting, paste, press_action

LONGEST = 120
SLACK = 40
COMPETENCES = {"mend": "K02", "signs": "K04", "fields": "K05", "marks": "K03", "paste": "K06"}
LAYOUTS = ("azerty", "qwerty", "pave")
AIMS = {"fields": aim_fields, "listen": aim_listening, "paste": aim_pasting}

NOTES = {
    "caps": ["La touche Verr Maj est allumée. Appuyez dessus une fois."],
    "pad": ["Le pavé n'écrit pas. Appuyez une fois sur Verr Num."],
    "case": ["Presque. Regardez la grande lettre."],
    "accent": ["Presque. Regardez l'accent."],
    "long": ["Presque. Il y a des lettres en trop à la fin."],
    "look": [
        "Presque. Comparez avec le modèle, lettre après lettre.",
        "Effacez jusqu'à la bonne lettre, puis continuez.",
    ],
    "mouse": ["Bien visé. Essayez aussi avec la touche Tab."],
    "hear": ["Écoutez encore. Écrivez tous les mots que vous entendez."],
    "part": ["Presque. Toute la ligne doit changer de couleur."],
    "none": ["Rien n'est choisi. Cliquez d'abord dans une ligne."],
    "empty": ["Rien n'est copié encore. Copiez d'abord la ligne."],
    "other": ["Presque. Cette case attend une autre ligne."],
}


def parts(ref: Own, world: Own, app: str) -> dict[str, str]:
    """The line to write now, or all the fields of the form, and the choice of the drawn keyboard."""
    mine, own = ref[app], world[app]
    if mine["kind"] == "paste":
        return {each["id"]: "trace" for each in mine["sources"] + mine["targets"]} | dict.fromkeys(ACTIONS, "click")
    on_screen = {"layout": "choose"}
    if mine["kind"] == "listen":
        on_screen["written"] = "click"
    if mine["kind"] == "fields":
        return on_screen | {field["id"]: "trace" for field in mine["fields"]}
    line = _line(mine, own)
    return on_screen | ({line["id"]: "trace"} if line else {})


def touch(ref: Own, world: Own, app: str, part: str, do: str, value: Any) -> Own:
    """The world after keys were pressed in a field, or another keyboard was chosen."""
    mine, own = ref[app], world[app]
    if do == "choose":
        return {**world, app: _choose_layout(own, value)}
    if do == "click":
        act = press_action if mine["kind"] == "paste" else end_line
        return {**world, app: act(mine, own, part)}
    text, keys = _read(value)
    if mine["kind"] == "paste":
        return {**world, app: paste(mine, own, part, keys)}
    if mine["kind"] == "fields":
        return {**world, app: _fill(mine, own, part, text, keys)}
    if mine["kind"] == "listen":
        return {**world, app: hear(mine, own, _keep(text, mine["lines"][own["line"]]["text"]), keys)}
    return {**world, app: _write(mine, own, text, keys)}


def goals(ref: Own, app: str) -> dict[str, Own]:
    """One goal a line; for a form, one a field and one each way between fields."""
    mine = ref[app]
    made = AIMS.get(mine["kind"], aim_lines)(mine, app)
    for goal in made.values():
        if "ways" not in goal:
            goal.setdefault("do", "trace")
        goal["competence"] = COMPETENCES.get(mine["kind"], "K01")
    return made


def public(ref: Own) -> Own:
    """Models are there to be copied: only our own words stay behind."""
    shown = dict(ref)
    for member in ("lines", "fields", "targets"):
        if member in ref:
            shown[member] = [
                {k: v for k, v in each.items() if k not in ("say", "hints", "lock", "from", "steps")}
                for each in ref[member]
            ]
    return shown | {"notes": NOTES}


def values(ref: Own, world: Own, app: str, part: str) -> list[Any]:
    """Keys worth pressing at random: the model, bits of it, slips, silence."""
    if part == "layout":
        return list(LAYOUTS)
    mine = ref[app]
    if mine["kind"] == "paste":
        return [[""], *(["", key] for key in ("Control+A", "Control+C", "Control+V", "Part", "Control+Z"))]
    things = mine.get("fields") or mine["lines"]
    model = next(each["text"] for each in things if each["id"] == part)
    typed: list[Any] = [
        [model, *model],
        [model[:2], *model[:2]],
        [model.upper()],
        [model + "x", "x"],
        ["", "Backspace"],
        ["qz"],
    ]
    return [*typed, [model, "Tab"], [model, "Shift+Tab"], [model[:1], "Mouse"], [""]]


def _read(value: Any) -> tuple[str, list[str]]:
    sound = isinstance(value, list) and value and len(value) <= LONGEST and all(isinstance(each, str) for each in value)
    if not sound or any(len(key) > 12 for key in value[1:]):
        raise Refused("trace", "Ces touches ne sont pas arrivées. Recommencez.")
    return value[0], value[1:]


def _keep(text: str, model: str) -> str:
    """The text, unless it wanders far from the model: that would be somebody's own words, and stays unkept."""
    if len(_stranger(text, model)) > SLACK:
        raise Refused("too-far", "Ici, recopiez le modèle. N'écrivez rien de personnel.")
    return text


def _stranger(text: str, model: str) -> str:
    """The middle of the text, once what it shares with the model at both ends is set aside."""
    first = count_shared(text, model)
    last = count_shared(text[first:][::-1], model[first:][::-1])
    return text[first : len(text) - last]


def _choose_layout(own: Own, value: Any) -> Own:
    if value not in LAYOUTS:
        raise Refused("layout", "Choisissez AZERTY ou QWERTY.")
    return {**own, "layout": value}


def _line(mine: Own, own: Own) -> Own | None:
    return mine["lines"][own["line"]] if own["line"] < len(mine["lines"]) else None


def _write(mine: Own, own: Own, text: str, keys: list[str]) -> Own:
    line = mine["lines"][own["line"]]
    text = _keep(text, line["text"])
    if "caps" in own and keys.count("CapsLock") % 2:
        own = {**own, "caps": not own["caps"]}
    if not _same(mine, text, line["text"]):
        return _note({**own, "text": text}, _slip(mine, text, line["text"], keys))
    after = own["line"] + 1
    coming = mine["lines"][after] if after < len(mine["lines"]) else {}
    return {**own, "line": after, "text": start_text(coming), "note": None, "row": 0}


def _same(mine: Own, text: str, model: str) -> bool:
    """Capitals count only where they are the lesson; a space at the end never does."""
    text = text.strip()
    return text == model if mine.get("exact") else text.casefold() == model.casefold()


def _slip(mine: Own, text: str, model: str, keys: list[str]) -> str | None:
    """Which kind word to say; nothing while the text is on its way."""
    small, wanted = (text, model) if mine.get("exact") else (text.casefold(), model.casefold())
    if wanted.startswith(small):
        return None
    if small.startswith(wanted):
        return "long"
    begun = wanted[: len(small)]
    if small.casefold() == begun.casefold():
        return (
            "caps"
            if ("CapsLock" in keys and "lock" not in mine) or (small == begun.swapcase() and len(small) > 1)
            else "case"
        )
    if _bare(small) == _bare(begun):
        return "accent"
    return None if mine["kind"] == "mend" and not keys else "look"


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


def _note(own: Own, note: str | None) -> Own:
    row = own.get("row", 0) + 1 if note and own.get("note") == note else 1
    return {**own, "note": note, "row": min(row, 9) if note else 0}


def _fill(mine: Own, own: Own, part: str, text: str, keys: list[str]) -> Own:
    order = [field["id"] for field in mine["fields"]]
    model = mine["fields"][order.index(part)]["text"]
    text = _keep(text, model)
    own = {**own, "values": {**own["values"], part: text}}
    good = [each for each in own["good"] if each != part] + ([part] if _same(mine, text, model) else [])
    own = _note({**own, "good": good}, _slip(mine, text, model, keys) if part not in good else None)
    for key in keys:
        own = _leave(own, order, part, key)
    return own


def _leave(own: Own, order: list[str], part: str, key: str) -> Own:
    """Tab goes to the next field, Shift+Tab to the one before; a click gets there too, but is not the lesson."""
    at = order.index(part)
    if key == "Tab" and at + 1 < len(order):
        return {**own, "focus": order[at + 1], "tabbed": _with(own["tabbed"], order[at + 1])}
    if key == "Shift+Tab" and at:
        return {**own, "focus": order[at - 1], "returned": _with(own["returned"], order[at - 1])}
    if key == "Mouse":
        return _note({**own, "focus": part}, "mouse")
    return own


def _with(names: list[str], name: str) -> list[str]:
    return names if name in names else [*names, name]
