"""What is proposed: actions by the grid's rules, and the needs that places and paths are looked for with. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .grid import Grid, list_words
from .scoring import Scores

CHOICE, WISH = 0, "q9"
"""«Non, et c'est mon choix» to the question about learning."""


@dataclass(frozen=True)
class Found:
    """What the answers said, once: scores, flags by question (None: not answered), whether learning was declined."""

    scores: Scores
    flags: Mapping[str, Sequence[str] | None]
    declined: bool = False

    @property
    def ticked(self) -> frozenset[str]:
        """Every flag, of all questions."""
        return frozenset(one for chosen in self.flags.values() for one in chosen or ())

    @property
    def protected(self) -> bool:
        """Somebody represents or assists this person by law: acted on at once, never kept."""
        return "protection" in self.ticked


def find_needs(grid: Grid, found: Found) -> list[str]:
    """Ids of the needs that hold whatever the profile, in the grid's order."""
    answered = found.flags.get("q12")
    holds = {
        "access": found.scores.lacks_access,
        "motivation": found.scores.motivate_first and not found.declined,
        "choice": found.declined,
        "cannot-move": answered is not None and "deplacement" not in answered,
        "relative": "proche" in found.ticked,
    }
    return [one.id for one in grid.needs.values() if holds[one.when]]


def list_actions(grid: Grid, profile: int | None, needs: Sequence[str]) -> list[str]:
    """Ids of what is proposed: first what the needs ask for, then the profile's own, each once."""
    own = grid.profiles[profile].actions if profile in grid.profiles else ()
    asked = [action for name in needs if name in grid.needs for action in grid.needs[name].actions]
    return list(dict.fromkeys([*asked, *own]))


def list_house(grid: Grid, profile: int | None, needs: Sequence[str]) -> list[str]:
    """What the house itself has for that: a workshop, a day, a place, in its own words."""
    own = [grid.profiles[profile].house] if profile in grid.profiles else []
    return [one for one in (*(grid.needs[name].house for name in needs if name in grid.needs), *own) if one]


def list_needs(grid: Grid, profile: int | None, flags: Sequence[str], needs: Sequence[str]) -> list[str]:
    """Competence ids and words of the directory, to find places, workshops and paths with."""
    asked = [word for name in needs if name in grid.needs for word in grid.needs[name].words]
    asked += [word for question in grid.flags for word in list_words(question, flags)]
    if profile in grid.profiles:
        asked += [*grid.profiles[profile].words, *grid.profiles[profile].competences]
    return list(dict.fromkeys(asked))


def list_kept(grid: Grid, ticked: frozenset[str]) -> list[str]:
    """Flags that may be kept with consent; a protection measure never is."""
    return [one.id for question in grid.flags for one in question.answers if one.id in ticked and one.kept]
