"""The sheet to take to the real screen: what to bring, which words to look for, the steps that were hard."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lms.contract import Activity, Guide, Scenario, State

MOST = 8
"""Lines of a list: the sheet is one page."""
HARD_TRIES = 2
_QUOTED = re.compile(r"«\s*([^»]+?)\s*»")


def note_hard(state: State, guide: Guide | None) -> State:
    """The state with the goal noted that was missed twice. Only its name is kept."""
    hard = state.get("hard", [])
    if guide is None or guide.goal in hard or state["tries"].get(guide.goal, 0) < HARD_TRIES:
        return state
    return {**state, "hard": [*hard, guide.goal]}


def build_paper(activity: Activity, scenario: Scenario, state: State) -> dict[str, Any]:
    """What stands on paper for this learner. Left out: whatever he typed."""
    told, own = scenario.sentences(), activity.options.get("guide") or {}
    names = {*state.get("hard", ()), *state.get("helped", {})}
    return {
        "bring": list(own.get("bring") or ())[:MOST],
        "words": (list(own.get("words") or ()) or find_words(told.values()))[:MOST],
        "hard": [say for goal, say in told.items() if goal in names][:MOST],
    }


def find_words(sentences: Iterable[str]) -> list[str]:
    """The words of buttons and fields that the guide names, in their order."""
    return list(dict.fromkeys(word for say in sentences for word in _QUOTED.findall(say)))
