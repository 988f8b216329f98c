"""Where an attempt begins: a fresh world, or the one that an earlier visit left, and the sentence that says so."""

from __future__ import annotations

from lms.contract import AttemptFacts, Scenario, State

CHANGED = "L'exercice a changé. Une page neuve est prête."


def begin_world(scenario: Scenario, facts: AttemptFacts) -> State:
    """A kept world where one fits; else the prepared one, so that nobody waits for an earlier exercise.

    A demonstration plays on a world of its own.
    """
    if facts.mode != "show":
        if facts.kept and (state := scenario.resume(facts.kept, facts.seed)):
            return {**state, "note": say_return(scenario.days)}
        if facts.outdated:
            return {**scenario.start(facts.now, facts.seed), "note": CHANGED}
    return scenario.start(facts.now, facts.seed)


def say_return(days: int) -> str:
    """What a learner reads who comes back to his own work."""
    found = "Vous retrouvez votre travail."
    if not days:
        return found
    return f"{'Un jour a' if days == 1 else f'{days} jours ont'} passé. {found}"


def drop_note(state: State) -> State:
    """The sentence of the beginning is read once."""
    return {name: one for name, one in state.items() if name != "note"} if "note" in state else state
