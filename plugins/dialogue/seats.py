"""Two people at one conversation: one answers, the other says the words of the person and tells what he felt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lms.contract import Feedback, Outcome, State

PRO, PERSON = "pro", "person"

FEELINGS = {
    "open": "Je me suis senti·e écouté·e.",
    "same": "Cela ne m'a rien fait.",
    "closed": "Je me suis refermé·e.",
}
"""What whoever plays the person may say of the answer he just heard."""


def tell_seats(who: str) -> dict[str, str]:
    """Who sits where."""
    return {PRO: "le professionnel", PERSON: who}


def show_person(state: State, count: int) -> dict[str, Any]:
    """For whoever plays the person: he does not read the comment before he has said what he felt."""
    if state.get("seat") != PERSON:
        return {"quiet": False, "feelings": []}
    asked = count and not find_felt(state, count - 1)
    feelings = [{"value": name, "text": text} for name, text in FEELINGS.items()]
    return {"quiet": True, "feelings": feelings if asked else []}


def find_felt(state: State, number: int) -> str:
    """What the one who played the person felt at this exchange; empty where he said nothing."""
    return FEELINGS.get(state.get("felt", {}).get(str(number), ""), "")


def note_feeling(state: State, response: Mapping[str, Any], count: int) -> Outcome:
    """Of the last answer alone, and only by whoever plays the person; it stays with the talk and makes no statement."""
    feeling, about = str(response["felt"]), str(response.get("about", ""))
    if state.get("seat") != PERSON or feeling not in FEELINGS or about != str(count - 1):
        return Outcome(state, stale=True)
    felt = {**state.get("felt", {}), about: feeling}
    say = "C'est noté pour en parler après."
    return Outcome({**state, "felt": felt}, feedback=Feedback("info", say))
