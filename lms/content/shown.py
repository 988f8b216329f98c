"""What the browser gets of a scenario to draw its desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lms.content.simulators import Simulator

Json = Any


def show_facts(
    title: str,
    persona: Mapping[str, Json] | None,
    clock: str,
    apps: Mapping[str, tuple[str, Simulator]],
    ref: Mapping[str, Json],
) -> dict[str, Json]:
    """Apps (title and simulator by app), facts without answers, persona, today, title."""
    return {
        "title": title,
        "persona": dict(persona) if persona else None,
        "today": clock,
        "apps": [{"app": app, "simulator": one.name, "title": told} for app, (told, one) in apps.items()],
        "ref": {app: _hide_answers(one, ref[app]) for app, (_, one) in apps.items()},
    }


def _hide_answers(simulator: Simulator, ref: Json) -> Json:
    hide = simulator.mechanics.public
    return ref if hide is None else hide(ref)
