"""What was answered so far: in the browser's session alone, for an hour. Nothing of it is in the database."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import session

from .advice import CHOICE, WISH, Found
from .grid import Grid, Question
from .scoring import REFUSED, find_profile, find_scores

KEY = "detection"
LASTS = 3600
"""Seconds: long enough for a call that interrupts, short enough for a phone that is left behind."""

Given = str | list[str]


@dataclass
class Draft:
    """Answers by question: an answer's id, a list of them, or «-» for «ne souhaite pas répondre»."""

    answers: dict[str, Given] = field(default_factory=dict)
    decided: int | None = None
    reason: str = ""

    def points(self) -> Mapping[str, int | None]:
        """The scored answers."""
        return {name: int(one) for name, one in self.answers.items() if isinstance(one, str) and one.isdigit()}

    def found(self, grid: Grid) -> Found:
        """What the answers say."""
        flags = {one.id: given if isinstance(given := self.answers.get(one.id), list) else None for one in grid.flags}
        return Found(find_scores(grid, self.points()), flags, self.points().get(WISH) == CHOICE)

    def proposed(self, grid: Grid) -> int | None:
        """The computed hypothesis."""
        return find_profile(find_scores(grid, self.points()))


def find_draft() -> Draft | None:
    """What this browser holds; None when nothing was begun, or too long ago."""
    kept: Any = session.get(KEY)
    if not isinstance(kept, dict):
        return None
    if time.time() - kept.get("at", 0) > LASTS:
        drop_draft()
        return None
    return Draft(dict(kept.get("answers", {})), kept.get("decided"), kept.get("reason", ""))


def keep_draft(draft: Draft) -> None:
    """Write it into the session, its hour begins anew."""
    kept = {"answers": draft.answers, "decided": draft.decided, "reason": draft.reason}
    session[KEY] = {"at": int(time.time()), **kept}


def drop_draft() -> None:
    """Nothing is left of it."""
    session.pop(KEY, None)


def read_answer(question: Question, given: Sequence[str]) -> Given | None:
    """What a form says, as it is kept; None when it is no answer to this question."""
    if REFUSED in given:
        return REFUSED
    allowed = [one.id for one in question.answers]
    chosen = [one for one in allowed if one in given]
    if question.several:
        return chosen
    return chosen[0] if len(chosen) == 1 else None


def list_flash(grid: Grid, draft: Draft) -> tuple[bool, bool]:
    """(weak, unsaid): whether any answer of the flash was weak, and whether any was not given."""
    weak = unsaid = False
    for question in grid.flash:
        given = draft.answers.get(question.id, REFUSED)
        unsaid = unsaid or given == REFUSED
        weak = weak or any(one.id == given and not one.strong for one in question.answers)
    return weak, unsaid


def find_unanswered(questions: Sequence[Question], draft: Draft) -> Question | None:
    """The next question without an answer."""
    return next((one for one in questions if one.id not in draft.answers), None)
