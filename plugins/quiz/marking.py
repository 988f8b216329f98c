"""What an answer to a question is worth. The browser sees answers shuffled and lettered, never which one is right."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("one", "several", "order", "match", "picture")
SEVERAL = "Plusieurs réponses sont possibles."
NEUTRAL = "Regardez encore une fois."
SAID_BY_THE_PAGE = ("Presque.", "Oui.")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Question:
    """One question as this learner sees it: `order[i]` is the written place of the i-th answer shown.

    What is `given` is a list of letters: those chosen; for `order` and `match`, the choice of each line ("" for none).
    """

    kind: str
    ask: str
    say: str
    hint: str
    answers: tuple[Mapping[str, Any], ...]
    order: tuple[int, ...]
    mates: tuple[int, ...]

    @property
    def right(self) -> list[str]:
        """What the right answer would be given as."""
        if self.kind == "order":
            return [LETTERS[self.order.index(place)] for place in range(len(self.answers))]
        if self.kind == "match":
            return [LETTERS[self._find_mate(place)] for place in self.order]
        return [LETTERS[i] for i, place in enumerate(self.order) if self.answers[place]["right"]]

    @property
    def more(self) -> str:
        """What is said after the question itself."""
        return SEVERAL if self.kind == "several" else ""

    def read(self, response: Mapping[str, Any]) -> list[str]:
        """The letters of a response; what is no letter of this question counts as nothing."""
        known = set(LETTERS[: len(self.answers)])
        if self.kind in ("order", "match"):
            given = [str(response.get(f"line-{line}", "")) for line in range(len(self.answers))]
            return [one if one in known else "" for one in given] if any(given) else []
        found = response.get("answer", [])
        return sorted(known & {str(one) for one in (found if isinstance(found, list) else [found])})

    def complete(self, given: Sequence[str]) -> bool:
        """Whether there is an answer to judge."""
        return bool(given) and all(given)

    def is_right(self, given: Sequence[str]) -> bool:
        """Whether this is the answer; for `match`, texts that read the same are the same."""
        if self.kind == "match":
            return [self._text_with(one) for one in given] == [self.answers[place]["with"] for place in self.order]
        return list(given) == self.right

    def advise(self, given: Sequence[str], level: str) -> str:
        """One sentence after an answer that is not right: neutral, then a hint, then where, then the answer."""
        if level == "hint":
            return self._say_of(given) or self.hint or self._say_count(given)
        if level == "where":
            return "Regardez ce qui est encadré."
        if level == "shown":
            return "Voici la réponse. Choisissez-la, puis continuez."
        return NEUTRAL

    def present(self, given: Sequence[str], level: str) -> dict[str, Any]:
        """JSON for the page: answers in the order shown, what is chosen, and where to look."""
        look = self._find_look(given, level)
        shown = [
            {
                "value": LETTERS[i],
                "text": self.answers[place]["text"],
                "picture": self.answers[place]["picture"],
                "chosen": LETTERS[i] in given if self.kind not in ("order", "match") else False,
                "look": LETTERS[i] in look,
            }
            for i, place in enumerate(self.order)
        ]
        mates = [{"value": LETTERS[i], "text": self.answers[place]["with"]} for i, place in enumerate(self.mates)]
        told = {"kind": self.kind, "ask": self.ask, "more": self.more, "answers": shown, "mates": mates}
        say = [self.ask, self.more, *(end_sentence(str(one["text"])) for one in (*shown, *mates))]
        return told | {"say": [one for one in say if one], "lines": self._lines(given, level)}

    def _lines(self, given: Sequence[str], level: str) -> list[dict[str, Any]]:
        """For `order` and `match`: each line's choice, and whether to look at it again."""
        if self.kind not in ("order", "match"):
            return []
        chosen = list(given) or [""] * len(self.answers)
        lines = zip(chosen, self.right, strict=True)
        told = [{"chosen": one, "look": level == "where" and one != right, "shown": right} for one, right in lines]
        return told if level == "shown" else [{**line, "shown": ""} for line in told]

    def _find_look(self, given: Sequence[str], level: str) -> set[str]:
        if self.kind in ("order", "match") or level not in ("where", "shown"):
            return set()
        if level == "shown":
            return set(self.right)
        if self.kind == "several":
            return set(self.right) ^ set(given)
        others = [LETTERS[i] for i in range(len(self.answers)) if LETTERS[i] not in {*self.right, *given}]
        return {*self.right, *others[:1]}

    def _say_of(self, given: Sequence[str]) -> str:
        if self.kind in ("order", "match"):
            return ""
        chosen = [self.answers[self.order[LETTERS.index(one)]] for one in given]
        return next((bare(one["say"]) for one in chosen if not one["right"] and one["say"]), "")

    def _say_count(self, given: Sequence[str]) -> str:
        if self.kind == "order":
            return f"D'abord : « {self.answers[0]['text']} »."
        if self.kind == "match":
            good = sum(
                self._text_with(one) == self.answers[p]["with"] for one, p in zip(given, self.order, strict=True)
            )
            return (
                f"{good} sur {len(self.answers)} vont déjà ensemble." if good else "Lisez chaque ligne encore une fois."
            )
        if self.kind == "several":
            count = len(self.right)
            return f"Il y a {count} bonnes réponses." if count > 1 else "Il y a une seule bonne réponse."
        return "Relisez la question, puis chaque réponse."

    def _find_mate(self, place: int) -> int:
        return self.mates.index(place)

    def _text_with(self, letter: str) -> str:
        return str(self.answers[self.mates[LETTERS.index(letter)]]["with"])


def build_question(written: Mapping[str, Any], seed: int) -> Question:
    """A question shuffled by `seed`; to put in order never shows the right order first."""
    answers = tuple(written["answers"])
    dice = random.Random(seed)  # noqa: S311  (a shuffle is no secret)
    order = _shuffle(len(answers), dice)
    mates = _shuffle(len(answers), dice) if written["kind"] == "match" else ()
    while len(answers) > 1 and written["kind"] == "order" and order == tuple(range(len(answers))):
        order = _shuffle(len(answers), dice)
    say = " ".join(bare(one) for one in (*_praise(written), written["say"]) if one)
    return Question(written["kind"], written["ask"], say, bare(written["hint"] or ""), answers, order, mates)


def _praise(written: Mapping[str, Any]) -> list[str]:
    """What the one right answer says for itself, before the rule that the question tells."""
    return [one["say"] for one in written["answers"] if one["right"]] if written["kind"] in ("one", "picture") else []


def list_spoken(written: Mapping[str, Any]) -> list[str]:
    """Every piece of a question that may be said aloud, in whatever order it is shown."""
    return list(build_question(written, 0).present([], "none")["say"])


def end_sentence(text: str) -> str:
    """A voice falls at a full stop; between answers it should."""
    return text if text[-1:] in ".!?…" else f"{text}."


def bare(say: str) -> str:
    """A sentence without the word that the page itself puts before it."""
    for word in SAID_BY_THE_PAGE:
        say = say.removeprefix(word).lstrip()
    return say


def find_faults(written: Mapping[str, Any]) -> list[str]:
    """Faults that the kinds of the options cannot tell."""
    kind, answers = written["kind"], written["answers"]
    right = sum(1 for one in answers if one.get("right"))
    faults = []
    if not 2 <= len(answers) <= 5:
        faults.append(f"{len(answers)} answers; write 2 to 5")
    if kind in ("one", "picture") and right != 1:
        faults.append(f"{right} answers are right; exactly one must say «right: true»")
    if kind == "several" and not right:
        faults.append("no answer is right; at least one must say «right: true»")
    if kind == "match" and not all(one.get("with") for one in answers):
        faults.append("every answer needs «with: …», the text it goes with")
    if kind == "picture" and not all(one.get("picture") for one in answers):
        faults.append("every answer needs «picture: …», a pictogram of the theme")
    if len({one["text"] for one in answers}) < len(answers):
        faults.append("two answers have the same text")
    return faults


def _shuffle(count: int, dice: random.Random) -> tuple[int, ...]:
    places = list(range(count))
    dice.shuffle(places)
    return tuple(places)
