"""«Détecter»: three questions, then twelve if needed, said aloud together; a hypothesis that people decide on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lms.contract import Panel, hookimpl

from . import asking, results
from .door import STAFF, pages

CONTRACT = 1
__all__ = ["asking", "results"]


@hookimpl
def register_blueprints() -> Sequence[Any]:
    return [pages]


@hookimpl
def register_panels() -> Sequence[Panel]:
    say = "Trois questions, puis douze si besoin. Trois minutes, ensemble."
    return [
        Panel("detection", "Faire le point avec une personne", say, "detection.home", "bulle", frozenset(STAFF), 10)
    ]
