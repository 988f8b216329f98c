"""The simulator of the guide is real: written to a folder as it stands there, checked, and played in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lms.content.scenarios import load_scenario
from lms.content.simulators import Mechanics, load_simulator
from lms.content.walks import check_scenario
from tests.simulators.hands import find_part, open_at
from tests.simulators.stage import ROOT, open_stage

GUIDE = (ROOT / "docs/simulators.md").read_text(encoding="utf-8")
FILE = re.compile(r"^`(doorbell/[\w./]+)`\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of simulators that the guide makes."""
    for name, text in FILE.findall(GUIDE):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_simulator_of_the_guide_is_whole_and_passes_the_walks(folder: Path) -> None:
    written = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))
    assert written == [
        f"doorbell/{name}" for name in ("app.css", "app.js", "mechanics.py", "scenarios/sonner.yaml", "simulator.yaml")
    ]
    simulator = load_simulator(folder / "doorbell")
    assert check_scenario(load_scenario({"doorbell": simulator}, "doorbell/sonner")) == []


def test_the_simulator_of_the_guide_plays_in_a_browser(page: Page, folder: Path) -> None:
    with open_stage("doorbell/sonner", folder=folder) as stage:
        faults = open_at(page, stage)
        find_part(page, "door/name").fill("Monique")
        find_part(page, "door/bell").click()
        expect(page.get_by_text("Vous avez sonné 1 fois.")).to_be_visible()
        find_part(page, "door/bell").click()
        expect(page.get_by_text("La porte s'ouvre.")).to_be_visible()
        assert "patience" not in repr(page.evaluate("async () => (await fetch('/island')).json()"))
        assert stage.world["name"] == "Monique"
        assert faults == []


def test_the_guide_names_every_function_of_mechanics() -> None:
    for name in Mechanics.__annotations__:
        assert f"| `{name}(ref" in GUIDE


def test_the_guide_names_everything_in_the_kit() -> None:
    kit = (ROOT / "lms/web/static/desk/kit.js").read_text(encoding="utf-8")
    names = re.search(r"Object\.freeze\(\{ (.*) \}\)", kit)
    assert names
    assert [name for name in names[1].split(", ") if f"`{name}(" not in GUIDE] == []


def test_a_simulator_imports_nothing_from_outside_its_folder() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "simulators").glob("*/*.js")}
    wanted = {(path, one) for path, text in sources.items() for one in re.findall(r'from "([^"]+)"', text)}
    assert [
        one for path, one in wanted if not re.fullmatch(r"\./\w+\.js", one) or not (path.parent / one).is_file()
    ] == []


def test_the_guide_tells_every_gesture_that_a_hand_can_make() -> None:
    hand = (Path(__file__).parent / "hands.py").read_text(encoding="utf-8")
    known = set(re.findall(r'gesture == "(\w+)"', hand))
    known |= {one for group in re.findall(r"gesture in \(([^)]*)\)", hand) for one in re.findall(r"\w+", group)}
    told = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))
    assert told == (known | {"click"}) - {"type", "choose"}
