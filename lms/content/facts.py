"""Facts of an app that its simulator cannot take as they are meant: each is told where it is written."""

from __future__ import annotations

from collections.abc import Mapping

from lms.content.goal_specs import Place
from lms.content.simulators import Simulator
from lms.content.world_paths import Json


def check_facts(apps: Mapping[str, Simulator], ref: Mapping[str, Json], place: Place) -> None:
    """Refuse what `check` of a simulator finds among the facts of its app, dates told."""
    for app, simulator in apps.items():
        if simulator.mechanics.check is None:
            continue
        try:
            found = [*simulator.mechanics.check(ref, app)]
        except Exception as error:
            place.at(app).refuse(f"the simulator {simulator.name} cannot check this: {error!r}")
            continue
        for steps, fault in found:
            place.at(app, *steps).refuse(fault)
