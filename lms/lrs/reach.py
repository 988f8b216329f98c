"""How far a reader sees: everything, or only statements that it said itself or that have certain terms themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.database.terms import find_terms, name_agent, term


@dataclass(frozen=True)
class Reach:
    """`own`: its name (`name_agent`) as an authority. `groups`: a statement of somebody else has a term of each.

    Without groups it sees nothing but its own. What a statement points at does not count here: whoever points at my
    statement has not said it in my name.
    """

    own: str
    groups: tuple[frozenset[int], ...] = ()

    @property
    def terms(self) -> tuple[tuple[int, ...], ...]:
        """For the index, which finds all that is allowed and some more."""
        own = term("related_agent", self.own)
        return tuple((own, *sorted(group)) for group in self.groups or (frozenset[int](),))

    def allows(self, statement: Mapping[str, Any]) -> bool:
        """Whether this statement, as it is kept, may be seen."""
        if name_agent(statement["authority"]) == self.own:
            return True
        return bool(self.groups) and has_all(statement, self.groups)


def has_all(statement: Mapping[str, Any], groups: Sequence[Sequence[int] | frozenset[int]]) -> bool:
    """Whether the statement itself has one term of each group."""
    own = find_terms(statement) if groups else frozenset()
    return all(not own.isdisjoint(group) for group in groups)
