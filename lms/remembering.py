"""Answers that are remembered by a text, where whoever sends decides how long the text is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Found = TypeVar("Found")

LONGEST = 500
"""Characters: what a process remembers must not grow with what is sent to it."""


def remember_short(most: int) -> Callable[[Callable[..., Found]], Callable[..., Found]]:
    """`lru_cache` of `most` answers for a function of texts; a last text longer than `LONGEST` is not kept."""

    def decorate(ask: Callable[..., Found]) -> Callable[..., Found]:
        kept = lru_cache(maxsize=most)(ask)

        @wraps(ask)
        def remembered(*texts: str) -> Found:
            return kept(*texts) if len(texts[-1]) <= LONGEST else ask(*texts)

        return remembered

    return decorate
