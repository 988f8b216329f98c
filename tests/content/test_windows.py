"""Windows over an app: told by its simulator or its scenario, refused where they are told wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.spoken import iter_spoken
from lms.content.untranslated import list_said
from lms.content.windows import say_window
from lms.contract import Activity
from lms.errors import ContentError
from plugins.simulation import Simulation
from tests.content.desks import NAMED, NOW, follow, touch, write_desk

MORE = "notices: {session: {}, lost: {when: {box.open: true}}}\n"
OWN = NAMED.replace(
    "aim:", "ref: {box: {notices: {full: {title: Plus de place, text: Attendez., button: Revenir}}}}\naim:"
)


def test_an_incident_of_the_scenario_brings_a_window_of_its_own_and_the_guide_leads_out(tmp_path: Path) -> None:
    told = "incidents:\n  - {id: full, when: {box.open: true}, set: {box.notice: full}}\n"
    desk = write_desk(tmp_path, OWN + told)
    opened = touch(desk, desk.start(NOW, 1), "box/open")
    window = desk.window(opened.state)
    assert window is not None
    assert (window.title, window.part) == ("Plus de place", "box/notice")
    assert touch(desk, opened.state, "box/name", "Lune").stale
    assert follow(desk, opened.state)[-1].success


def test_a_window_waits_for_its_own_when_and_comes_once(tmp_path: Path) -> None:
    desk = write_desk(tmp_path, NAMED, more=MORE)
    state = {**desk.start(NOW, 1), "switched": ["desk.lost"]}
    closed = touch(desk, state, "box/open")
    assert closed.happened == ("desk.lost",)
    again = touch(desk, touch(desk, closed.state, "box/notice").state, "box/close")
    assert (again.happened, desk.window(again.state)) == ((), None)


def test_no_window_is_offered_where_the_simulator_names_none(tmp_path: Path) -> None:
    assert write_desk(tmp_path).switches(write_desk(tmp_path).start(NOW, 1)) == ()


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("notices: {full: {title: Plein}}\n", "«text» is missing"),
        ("notices: {session: {colour: red}}\n", "unknown key «colour»"),
        ("notices: {session: oui}\n", "a window is a mapping"),
        ("notices: [session]\n", "must be a mapping"),
        (f"notices: {{lost: {{text: '{'mot ' * 13}'}}}}\n", "at most 12 words"),
        ("notices: {lost: {when: {box.open: 0612}}}\n", "put it in quotes"),
        ("notices: {lost: {when: {box.open: {min: oui}}}}\n", "takes a whole number"),
    ],
)
def test_a_window_told_wrong_is_a_fault_of_its_file(tmp_path: Path, told: str, fault: str) -> None:
    with pytest.raises(ContentError) as found:
        write_desk(tmp_path, NAMED, more=told)
    assert any(fault in str(one) and "simulator.yaml" in one.file for one in found.value.problems)


def test_what_a_window_says_is_translated_and_spoken(tmp_path: Path) -> None:
    desk = write_desk(tmp_path, OWN, more=MORE)
    assert {"Plus de place", "Attendez.", "Revenir", "Appuyez sur « Revenir »."} <= set(list_said(desk))
    activity = Activity("c/a", "simulation", "Un", "Deux.", (), {"scenario": desk}, "", "", "fr", "1")
    assert {"Plus de place. Attendez.", "Appuyez sur « Revenir »."} <= set(iter_spoken(activity, Simulation()))


def test_a_title_is_a_sentence_for_the_ear() -> None:
    assert say_window("Fermé", "Attendez.") == "Fermé. Attendez."
    assert say_window("Fermé ?", "Attendez.") == "Fermé ? Attendez."
