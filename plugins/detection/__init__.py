"""«Détecter»: three questions, then twelve if needed, said aloud together; a hypothesis that people decide on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lms.contract import Job, Panel, hookimpl
from lms.contract.tables import Tables

from . import asking, keeping, records, results, wording
from .door import STAFF, pages
from .storing import TABLES, forget_old

CONTRACT = 1
__all__ = ["asking", "keeping", "records", "results", "wording"]
DAY = 24 * 3600


@hookimpl
def register_blueprints() -> Sequence[Any]:
    return [pages]


@hookimpl
def register_panels() -> Sequence[Panel]:
    say = "Trois questions, puis douze si besoin. Trois minutes, ensemble."
    return [
        Panel("detection", "Faire le point avec une personne", say, "detection.home", "bulle", frozenset(STAFF), 10)
    ]


@hookimpl
def register_tables() -> Tables:
    return TABLES


@hookimpl
def register_jobs() -> Sequence[Job]:
    return [Job("detection-forget", DAY, forget_old)]
