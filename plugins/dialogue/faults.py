"""What makes a conversation one that cannot be played, or not worth playing twice: for `lms check`. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .story import LETTERS, find_next, limit

Json = Any

FEWEST_TURNS, FEWEST_ENDINGS = 6, 3


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
    """Everything can be reached with the trust that one has there, and nobody talks for ever."""
    if ring := _find_ring({one["id"]: _leads(one) for one in options["turns"]}):
        yield f"one can go round for ever: {' → '.join(ring)}"
        return
    ways = list(_walk(options))
    reached = {options["turns"][0]["id"], *(to for _, _, to in ways)}
    for one in (*options["turns"], *options["endings"]):
        if one["id"] not in reached:
            yield f"nothing leads to «{one['id']}»"
    taken = {(turn, place) for turn, place, to in ways if to == _choice(options, turn, place)["low"]}
    for one in options["turns"]:
        for place, choice in enumerate(one["choices"]):
            if one["id"] in reached and choice["low"] and (one["id"], place) not in taken:
                yield f"turn «{one['id']}»: «low: {choice['low']}» is never taken; trust never falls so low there"


def _walk(options: Mapping[str, Json]) -> Iterator[tuple[str, int, str]]:
    """Every answer that can be given with every trust that one can have there: (turn, place, where it leads)."""
    turns = {one["id"]: one for one in options["turns"]}
    waiting = [(options["turns"][0]["id"], options["trust"])]
    for name, trust in waiting:
        for place, choice in enumerate(turns[name]["choices"]):
            after = limit(trust + choice["trust"])
            to = find_next(choice, after)
            yield name, place, to
            if to in turns and (to, after) not in waiting:
                waiting.append((to, after))


def _choice(options: Mapping[str, Json], turn: str, place: int) -> Mapping[str, Json]:
    found: Mapping[str, Json] = next(one for one in options["turns"] if one["id"] == turn)["choices"][place]
    return found


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
    if not any(one["good"] for one in options["endings"]):
        yield "no ending is good; one must say «good: true»"
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
