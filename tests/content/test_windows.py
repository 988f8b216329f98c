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
    ("told", "field", "fault"),
    [
        ("{full: {title: Plein, text: Attendez.}}", "notices.full", "«button» is missing; only session, maintenance"),
        ("{session: {colour: red}}", "notices.session.colour", "unknown key; allowed: title, text, button, when"),
        ("{session: {name: La page}}", "notices.session.name", "unknown key; allowed: title, text, button, when"),
        ("{full: {title: A, text: B., button: C, when: {}}}", "notices.full.when", "allowed: title, text, button"),
        ("{session: oui}", "notices.session", "a window is a mapping of title, text, button, when, not 'oui'"),
        ("{session: [title, text]}", "notices.session", "a window is a mapping"),
        ("[session]", "notices", "must be a mapping"),
        ("{lost: {text: [un, deux]}}", "notices.lost.text", "must be a text, not ['un', 'deux']"),
        (f"{{lost: {{text: '{'mot ' * 13}'}}}}", "notices.lost.text", "at most 12 words"),
        ("{lost: {when: {box.open: 0612}}}", "notices.lost.when.box.open", "put it in quotes"),
        ("{lost: {when: {box.open: {min: oui}}}}", "notices.lost.when", "takes a whole number"),
        ("{lost: {when: oui}}", "notices.lost.when", "a predicate is a mapping of paths to values, or a list of such"),
        (
            "{lost: {when: [oui]}}",
            "notices.lost.when",
            "a predicate is a mapping of paths to values, or a list of such",
        ),
        ("{lost: {when: {bax.open: true}}}", "notices.lost.when", "begins with no app of this desk; there is: box"),
    ],
)
def test_a_window_told_wrong_is_a_fault_of_its_file(tmp_path: Path, told: str, field: str, fault: str) -> None:
    with pytest.raises(ContentError) as found:
        write_desk(tmp_path, NAMED, more=f"notices: {told}\n")
    assert [(one.field, one.line) for one in found.value.problems] == [(field, 3)]
    assert fault in found.value.problems[0].message
    assert found.value.problems[0].file.endswith("simulator.yaml")


@pytest.mark.parametrize(
    ("told", "field", "fault"),
    [
        ("[full]", "ref.box.notices", "must be a mapping of names to windows, {name: {title, text, button}}"),
        ("", "ref.box.notices", "must be a mapping of names to windows"),
        ("{lost: {when: {box.open: true}}}", "ref.box.notices.lost.when", "allowed: title, text, button"),
        ("{lost: {name: Perdu}}", "ref.box.notices.lost.name", "allowed: title, text, button"),
    ],
)
def test_a_window_of_a_scenario_is_held_to_what_is_read_there(
    tmp_path: Path, told: str, field: str, fault: str
) -> None:
    with pytest.raises(ContentError) as found:
        write_desk(tmp_path, NAMED.replace("aim:", f"ref:\n  box:\n    notices: {told}\naim:"))
    assert [(one.field, one.line) for one in found.value.problems] == [(field, 7)]
    assert fault in found.value.problems[0].message


def test_a_window_may_come_when_any_of_several_things_holds(tmp_path: Path) -> None:
    desk = write_desk(tmp_path, more="notices: {lost: {when: [{box.name: Lune}, {box.open: true}]}}\n")
    state = {**desk.start(NOW, 1), "switched": ["desk.lost"]}
    assert touch(desk, state, "box/close").happened == ()
    assert touch(desk, state, "box/open").happened == ("desk.lost",)


def test_what_a_window_says_is_translated_and_spoken(tmp_path: Path) -> None:
    desk = write_desk(tmp_path, OWN, more=MORE)
    assert {"Plus de place", "Attendez.", "Revenir", "Appuyez sur « Revenir »."} <= set(list_said(desk))
    activity = Activity("c/a", "simulation", "Un", "Deux.", (), {"scenario": desk}, "", "", "fr", "1")
    assert {"Plus de place. Attendez.", "Appuyez sur « Revenir »."} <= set(iter_spoken(activity, Simulation()))


def test_a_title_is_a_sentence_for_the_ear() -> None:
    assert say_window("Fermé", "Attendez.") == "Fermé. Attendez."
    assert say_window("Fermé ?", "Attendez.") == "Fermé ? Attendez."
