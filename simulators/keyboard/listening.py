"""A short dictation: what counts is that the words are there; how they are spelt is nobody's business."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

from .aims import Own, find_words

ALIKE = 0.55
DONE = "C'est écrit ? Appuyez sur « J'ai écrit »."


def hear(mine: Own, own: Own, text: str, keys: list[str]) -> Own:
    """What one has written so far; the Enter key ends the line."""
    line = mine["lines"][own["line"]]
    after = {**own, "text": text, "alike": is_alike(text, line["text"]), "note": None, "row": 0}
    return end_line(mine, after, "written") if "Enter" in keys else after


def end_line(mine: Own, own: Own, part: str) -> Own:
    """On to the next line, when about all was written; else one may hear it again."""
    if own["line"] >= len(mine["lines"]):
        return own
    if not own["alike"]:
        return {**own, "note": "hear", "row": 1}
    wrote = [*own["wrote"], own["text"].strip()]
    return {**own, "line": own["line"] + 1, "wrote": wrote, "text": "", "alike": False, "note": None, "row": 0}


def is_alike(text: str, model: str) -> bool:
    """As many words, or nearly, and about the same sounds: accents, capitals and doubled letters do not count."""
    near = SequenceMatcher(None, _sound(text), _sound(model), autojunk=False).ratio() >= ALIKE
    return near and len(text.split()) >= len(model.split()) - 1


def _sound(text: str) -> str:
    plain = [c for c in unicodedata.normalize("NFD", text.casefold()) if c.isalnum()]
    return "".join(c for at, c in enumerate(plain) if at == 0 or plain[at - 1] != c)


def aim_listening(mine: Own, app: str) -> dict[str, Own]:
    """A goal a line: write what is heard, then say that it is written."""
    made: dict[str, Own] = {}
    before: list[str] = []
    for number, line in enumerate(mine["lines"], 1):
        words = find_words(line)
        ended = {"touch": f"{app}/written", "do": "click", "if": {f"{app}.alike": True}, "say": DONE}
        value = [line["text"], *line["text"]]
        typed = {"touch": f"{app}/{line['id']}", "do": "trace", "value": value, "say": words.pop("say")}
        done = {f"{app}.line": {"min": number}}
        made[line["id"]] = {"done": done, "ways": [ended, typed], "needs": before, **words}
        before = [line["id"]]
    return made
