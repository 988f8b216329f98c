"""Counting words of what learners read: at most twelve in a sentence."""

from __future__ import annotations

import re

MOST_WORDS = 12

_END = re.compile(r"(?<=[.!?…])\s+(?=\S)")
_WORD = re.compile(r"[^\s«»\"]*\w[^\s«»\"]*")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [sentence for sentence in _END.split(text.strip()) if sentence]


def count_words(text: str) -> int:
    """Words between spaces; signs standing alone do not count."""
    return len(_WORD.findall(text))


def find_long(text: str) -> str | None:
    """The first sentence of more than twelve words, None when there is none."""
    return next((one for one in split_sentences(text) if count_words(one) > MOST_WORDS), None)
