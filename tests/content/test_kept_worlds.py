"""A second visit: what is kept of a first one, where the clock stands, and what `lms check` says of the pair."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.walks import check_visit
from lms.contract import KeptWorld
from lms.errors import ContentError

from .desks import NAMED, NOW, follow, touch_all, write_desk, write_simulator

FIRST = NAMED + "keeps_world: boite\n"
SECOND = """
title: Fermer la boîte
persona: monique
apps: {box: box, other: box}
needs_world: {name: boite, days: 1, set: {front: box, box.open: true, box.told: {day: -1}}}
start: {box: {open: true, name: Prête}, other: {open: false}}
aim: [closed]
goals:
  closed: {done: {box.open: false}, touch: box/close, say: Fermez la boîte.}
"""


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    return write_pair(tmp_path, FIRST, SECOND)


def write_pair(folder: Path, first: str, second: str) -> tuple[Desk, Desk]:
    simulator = write_simulator(folder)
    for name, text in (("un", first), ("deux", second)):
        (simulator.folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_scenario({"box": simulator}, "box/un"), load_scenario({"box": simulator}, "box/deux")


def leave(first: Desk) -> KeptWorld:
    kept = first.keep(follow(first, first.start(NOW, 1))[-1].state)
    assert kept is not None
    return kept


def test_a_later_visit_finds_what_was_left_and_a_later_day(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    state = second.resume(leave(first), 1)
    assert state is not None
    assert state["world"]["box"] == {"open": True, "name": "Lune", "told": "21/11/2026"}
    assert (state["world"]["front"], state["world"]["other"]) == ("box", {"open": False})
    assert (state["clock"], second.public(state)["today"]) == ("2026-11-22", "2026-11-22")
    assert follow(second, state)[-1].success


def test_a_first_visit_needs_no_other(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    assert (first.needed, second.needed) == (None, ("monique", "boite"))
    assert second.keep(second.start(NOW, 1)) is None
    assert second.start(NOW, 1)["world"]["box"]["name"] == "Prête"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "autre"},
        {"persona": "samuel"},
        {"simulators": {"box": "safe"}},
        {"world": {}},
    ],
)
def test_a_world_that_does_not_fit_is_not_taken(desks: tuple[Desk, Desk], change: dict[str, object]) -> None:
    first, second = desks
    assert second.resume(replace(leave(first), **change), 1) is None


def test_a_world_in_which_nothing_is_left_to_do_is_not_taken(tmp_path: Path) -> None:
    first, second = write_pair(tmp_path, FIRST, SECOND.replace("box.open: true, box", "box.open: false, box"))
    assert second.resume(leave(first), 1) is None
    assert "the aim is reached already" in check_visit(first, second)[0].message


def test_the_pair_is_walked_from_what_the_first_leaves(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    assert check_visit(*desks) == []
    stuck = SECOND.replace("touch: box/close", "touch: box/open").replace("box.open: true, box", "box.open: true, box")
    first, second = write_pair(tmp_path / "stuck", FIRST, stuck)
    assert "stuck" in check_visit(first, second)[0].message


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("needs_world: {name: boite, days: bientôt}", "how many days later"),
        ("needs_world: {days: 1}", "the name of a kept world is needed"),
        ("needs_world: {name: boite, set: {lit.open: true}}", "lit"),
        ("needs_world: {name: boite, day: 1}", "day"),
        ("keeps_world: [boite]", "named with letters"),
        ("keeps_world: une boîte à moi", "named with letters"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, written: str, told: str) -> None:
    with pytest.raises(ContentError) as caught:
        write_desk(tmp_path, f"{NAMED}{written}\n")
    assert told in str(caught.value.problems[0])


def test_the_first_visit_goes_on_while_the_second_is_open(desks: tuple[Desk, Desk]) -> None:
    first, _ = desks
    before = first.start(NOW, 1)
    kept = first.keep(touch_all(first, before, "box/open"))
    assert kept is not None
    assert kept.world["box"] == {"open": True}
    assert before["world"]["box"] == {}
