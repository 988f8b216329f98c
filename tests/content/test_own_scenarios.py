"""An instance adds scenarios to a simulator that is not its own."""

from __future__ import annotations

from pathlib import Path

from lms.content.scenarios import load_scenario, read_scenario_names
from lms.content.simulators import add_scenarios

from .desks import NAMED, write_desk


def write_own(root: Path, simulator: str, name: str) -> Path:
    file = root / simulator / "scenarios" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(NAMED, encoding="utf-8")
    return file


def test_a_folder_that_holds_only_scenarios_adds_them(tmp_path: Path) -> None:
    simulators = dict(write_desk(tmp_path / "bundled").simulators)
    write_own(tmp_path / "own", "box", "nouveau")
    assert add_scenarios(simulators, tmp_path / "own") == []
    assert read_scenario_names(simulators) == ["box/essai", "box/nouveau"]
    assert load_scenario(simulators, "box/nouveau").title == "Donner un nom"


def test_scenarios_for_a_simulator_that_does_not_exist_are_a_fault(tmp_path: Path) -> None:
    simulators = dict(write_desk(tmp_path / "bundled").simulators)
    write_own(tmp_path / "own", "bax", "nouveau")
    told = [str(one) for one in add_scenarios(simulators, tmp_path / "own")]
    assert told == [f"{tmp_path}/own/bax: no simulator «bax» to add scenarios to; there is: box"]


def test_a_scenario_cannot_take_the_name_of_another(tmp_path: Path) -> None:
    simulators = dict(write_desk(tmp_path / "bundled").simulators)
    file = write_own(tmp_path / "own", "box", "essai")
    told = [str(one) for one in add_scenarios(simulators, tmp_path / "own")]
    assert told == [f"{file}: two scenarios are named «box/essai»"]
