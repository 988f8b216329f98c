"""Every simulator and scenario on disk, each loaded once a process: none of them changes when it is played."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario, load_simulator, read_scenario_names
from lms.content.simulators import Simulator
from lms.plugins import bundled


@cache
def read_simulators() -> Mapping[str, Simulator]:
    """By name, sorted."""
    folders = sorted(path.parent for path in bundled("simulators").glob("*/simulator.yaml"))
    return MappingProxyType({one.name: load_simulator(one) for one in folders})


@cache
def load(name: str) -> Desk:
    """The scenario `simulator/scenario`."""
    return load_scenario(read_simulators(), name)


@cache
def read_names() -> tuple[str, ...]:
    """Of every scenario, `simulator/scenario`, sorted."""
    return tuple(read_scenario_names(read_simulators()))
