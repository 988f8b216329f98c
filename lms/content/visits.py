"""A later visit: what of a kept world fits on a desk, and what day it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lms.contract import KeptWorld


def take_apps(kept: KeptWorld, made_by: Mapping[str, str]) -> dict[str, Any]:
    """The apps that both desks have by the same name, made by the same simulator."""
    return {app: one for app, one in kept.world.items() if app in made_by and made_by[app] == kept.simulators.get(app)}


def find_later(clock: str, days: int) -> str:
    """The day (ISO date) so many days after."""
    return (date.fromisoformat(clock) + timedelta(days=days)).isoformat()
