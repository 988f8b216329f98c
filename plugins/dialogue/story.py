"""A conversation told as turns: what was said so far, what it did to the other person, where it leads. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Any

LOWEST, HIGHEST = 0, 4
MOODS = ("en colère ou en larmes", "sur ses gardes", "attentive, sans plus", "plus calme", "soulagée")
TRUSTS = ("rompue", "fragile", "à construire", "là", "solide")
"""Words for 0 to 4; «la personne est …», «la confiance est …»."""

LETTERS = "abcdefgh"
FEWEST_TURNS, FEWEST_ENDINGS = 6, 3


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
            mood, trust = _limit(mood + choice["mood"]), _limit(trust + choice["trust"])
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


def _limit(value: int) -> int:
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


def find_faults(options: Mapping[str, Json]) -> Iterator[str]:
    """What makes a conversation one that cannot be played, or that teaches to pick the longest answer."""
    names = [one["id"] for one in (*options["turns"], *options["endings"])]
    for name in sorted({one for one in names if names.count(one) > 1}):
        yield f"two turns or endings are called «{name}»"
    unknown = sorted({to for one in options["turns"] for to in _leads(one) if to not in names})
    for name in unknown:
        yield f"an answer leads to «{name}», which is no turn and no ending; there is: {', '.join(names)}"
    for one in options["turns"]:
        if not 2 <= len(one["choices"]) <= len(LETTERS):
            yield f"turn «{one['id']}» has {len(one['choices'])} answers; 2 to {len(LETTERS)} are needed"
    if not unknown and len(set(names)) == len(names):
        yield from _find_faults_of_paths(options)
        yield from _find_faults_of_shape(options)


def _leads(turn: Mapping[str, Json]) -> set[str]:
    return {to for one in turn["choices"] for to in (one["next"], one["low"]) if to}


def _find_faults_of_paths(options: Mapping[str, Json]) -> Iterator[str]:
    """Everything can be reached, and nobody talks for ever."""
    leads = {one["id"]: _leads(one) for one in options["turns"]}
    reached = [options["turns"][0]["id"]]
    for name in reached:
        reached += [to for to in sorted(leads.get(name, ())) if to not in reached]
    for one in (*options["turns"], *options["endings"]):
        if one["id"] not in reached:
            yield f"nothing leads to «{one['id']}»"
    if ring := _find_ring(leads):
        yield f"one can go round for ever: {' → '.join(ring)}"


def _find_ring(leads: Mapping[str, set[str]]) -> list[str]:
    """Turns that lead back to themselves; empty when every way ends."""
    settled: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in settled or name not in leads:
            return []
        found = next((ring for to in sorted(leads[name]) if (ring := walk(to, [*path, name]))), [])
        settled.add(name)
        return found

    return next((ring for name in leads if (ring := walk(name, []))), [])


def _find_faults_of_shape(options: Mapping[str, Json]) -> Iterator[str]:
    """A conversation worth playing twice: long enough, several ends, answers that matter."""
    turns, choices = options["turns"], [one for turn in options["turns"] for one in turn["choices"]]
    if len(turns) < FEWEST_TURNS or len(options["endings"]) < FEWEST_ENDINGS:
        yield f"{len(turns)} turns, {len(options['endings'])} endings; {FEWEST_TURNS} and {FEWEST_ENDINGS} are needed"
    turning = sum(1 for turn in turns for one in turn["choices"] if one["low"] or one["next"] != _usual(turn))
    if turning * 3 < len(choices):
        yield f"{turning} of {len(choices)} answers change what comes next; a third is needed"
    longest = [turn for turn in turns if _longest_is_best(turn)]
    if len(longest) * 2 > len(turns):
        yield f"the longest answer is the best in {len(longest)} of {len(turns)} turns; half is the most"


def _usual(turn: Mapping[str, Json]) -> str:
    """Where most answers of a turn lead."""
    leads = [one["next"] for one in turn["choices"]]
    return str(max(leads, key=leads.count))


def _longest_is_best(turn: Mapping[str, Json]) -> bool:
    longest = max(turn["choices"], key=lambda one: len(one["text"]))
    return bool(longest["points"] == max(one["points"] for one in turn["choices"]))
