from pathlib import Path

import pytest

from lms.content.scenarios import load_scenario
from lms.content.templates_new import build_new_scenario
from lms.content.walks import check_scenario
from lms.errors import NotFound

from .desks import write_desk, write_simulator


@pytest.mark.parametrize("title", ["Un essai", 'Dire : « oui » # et "non"', "l'été"])
def test_a_new_scenario_works_at_once_under_its_own_title(tmp_path: Path, title: str) -> None:
    simulator = write_desk(tmp_path).simulators["box"]
    text = build_new_scenario(simulator, title)
    (simulator.folder / "scenarios" / "nouveau.yaml").write_text(text, encoding="utf-8")
    desk = load_scenario({"box": simulator}, "box/nouveau")
    assert desk.title == title
    assert check_scenario(desk) == []


def test_a_simulator_without_scenario_says_where_to_begin(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"docs/scenarios\.md"):
        build_new_scenario(write_simulator(tmp_path), "Un essai")
