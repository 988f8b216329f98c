"""A conversation told as turns: what was said so far, what it did to the other person, where it leads. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Any

LOWEST, HIGHEST = 0, 4
MOODS = ("en colère ou en larmes", "sur ses gardes", "attentive, sans plus", "plus calme", "soulagée")
TRUSTS = ("rompue", "fragile", "à construire", "là", "solide")
"""Words for 0 to 4; «la personne est …», «la confiance est …»."""

LETTERS = "abcdefgh"


@dataclass(frozen=True)
class Turn:
    """One thing that the other person says, and what one may answer."""

    id: str
    says: str
    stage: str
    choices: tuple[Mapping[str, Json], ...]


@dataclass(frozen=True)
class Ending:
    """How a conversation may end; `good` decides success."""

    id: str
    title: str
    text: str
    good: bool


@dataclass(frozen=True)
class Moment:
    """One exchange as it happened: what was said, what was answered, and where the two people stood after it."""

    turn: Turn
    choice: Mapping[str, Json]
    mood: int
    trust: int


@dataclass(frozen=True)
class Story:
    """The whole conversation, as its author wrote it."""

    turns: Mapping[str, Turn]
    endings: Mapping[str, Ending]
    first: str
    mood: int
    trust: int

    def play(self, said: Sequence[int]) -> tuple[list[Moment], str]:
        """What happened with these answers (their written places, in order), and the turn or ending reached."""
        at, mood, trust, moments = self.first, self.mood, self.trust, []
        for place in said:
            turn = self.turns[at]
            choice = turn.choices[place]
            mood, trust = limit(mood + choice["mood"]), limit(trust + choice["trust"])
            at = find_next(choice, trust)
            moments.append(Moment(turn, choice, mood, trust))
        return moments, at

    def order(self, turn: Turn, seed: int) -> list[int]:
        """The written places of a turn's answers as this person sees them: the best is not always the first."""
        places = list(range(len(turn.choices)))
        random.Random(f"{seed}/{turn.id}").shuffle(places)  # noqa: S311
        return places


def find_next(choice: Mapping[str, Json], trust: int) -> str:
    """Where an answer leads: `low` instead of `next` when little trust is left."""
    return str(choice["low"] if choice["low"] and trust <= 1 else choice["next"])


def limit(value: int) -> int:
    return max(LOWEST, min(HIGHEST, value))


def build_story(options: Mapping[str, Json]) -> Story:
    """The story of an activity's options."""
    turns = [Turn(one["id"], one["says"], one["stage"], tuple(one["choices"])) for one in options["turns"]]
    endings = [Ending(one["id"], one["title"], one["text"], one["good"]) for one in options["endings"]]
    return Story(
        {one.id: one for one in turns},
        {one.id: one for one in endings},
        turns[0].id,
        options["mood"],
        options["trust"],
    )


def find_score(moments: Sequence[Moment]) -> float:
    """Points given, of those that the same turns could have given."""
    most = sum(max(one["points"] for one in moment.turn.choices) for moment in moments)
    return round(sum(moment.choice["points"] for moment in moments) / most, 2) if most else 1.0
