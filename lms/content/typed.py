"""Texts that are typed into a desk: not too long, and nothing real in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lms.content.fictional import find_real, iter_texts, say_refused
from lms.contract import Refused

LONGEST_TEXT = 4000


def check_typed(value: Any, persona: Mapping[str, Any] | None) -> None:
    """Every text in a value, however it was brought: keys pressed in a drill are typing too. Raises Refused."""
    for text in iter_texts(value):
        if len(text) > LONGEST_TEXT:
            raise Refused("too-long", "Ce texte est trop long. Écrivez moins.")
        if code := find_real(text):
            raise Refused(code, say_refused(persona["prenom"] if persona else None))
