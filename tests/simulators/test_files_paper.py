"""The files of a computer: sizes and kinds, a counter, a window, the printer, the table and the camera."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.contract import Refused
from tests.content.desks import NOW, follow, touch
from tests.simulators import shelf
from tests.simulators.shelf import read_simulators

ROOT = Path(__file__).resolve().parents[2] / "simulators"
SCENARIOS = sorted(path.stem for path in (ROOT / "files" / "scenarios").glob("*.yaml"))
REF: dict[str, Any] = {
    "files": {
        "window": "yes",
        "deposit": {"title": "Mairie", "limit": "5", "formats": ["jpg", "pdf"]},
        "paper": {"file": "fiche", "title": "Fiche", "lines": [{"id": "nom", "label": "Nom", "value": "Enzo"}]},
        "camera": {look: look for look in ("good", "empty", "cut", "flash", "blurred")},
        "items": [
            {
                "id": "bail",
                "name": "bail.jpg",
                "size": "9",
                "sizes": [{"id": "petite", "label": "Petite", "size": "2"}],
            },
            {"id": "loyer", "name": "loyer.heic", "formats": ["jpg"]},
            {"id": "flou", "name": "flou.jpg", "look": "blurred"},
            {"id": "fiche", "name": "fiche.pdf", "pages": "3"},
        ],
        "later": [{"id": look, "name": f"{look}.jpg"} for look in ("good", "empty", "cut", "flash", "blurred")],
    }
}
START: dict[str, Any] = {"files": {"page": "list", "folder": "documents"}}


def load(name: str) -> Desk:
    return shelf.load(f"files/{name}")


def after(world: dict[str, Any], *touches: str | tuple[str, str]) -> dict[str, Any]:
    mechanics = read_simulators()["files"].mechanics
    for one in touches:
        part, value = one if isinstance(one, tuple) else (one, None)
        parts = mechanics.parts(REF, world, "files")
        assert part in parts, part
        world = mechanics.touch(REF, world, "files", part, parts[part], value)
    return world


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_guide_leads_to_the_end_and_falls_in_no_trap(name: str) -> None:
    desk = load(name)
    ended = follow(desk, desk.start(NOW, 1), most=40)[-1]
    assert ended.success
    assert ended.state["trapped"] == []


@pytest.mark.parametrize(("file", "fault"), [("bail", "heavy"), ("loyer", "format"), ("flou", "unreadable")])
def test_the_counter_says_why_it_takes_no_file(file: str, fault: str) -> None:
    world = after(START, "deposit", f"give-{file}")["files"]
    assert (world["fault"], world["refused"], world["given"]) == (fault, {file: fault}, [])


def test_made_lighter_or_of_another_kind_a_file_is_taken() -> None:
    world = after(START, "row-bail", "resize", "size-petite", "close", "row-loyer", "into-jpg", "close")
    assert after(world, "deposit", "give-bail", "give-loyer")["files"]["given"] == ["bail", "loyer"]
    assert "into-jpg" not in read_simulators()["files"].mechanics.parts(REF, after(world, "row-loyer"), "files")


def test_a_paper_that_one_cannot_read_is_refused_in_the_exercise_too() -> None:
    desk = load("photo-lisible")
    state = touch(desk, desk.start(NOW, 1), "files/deposit").state
    assert touch(desk, state, "files/give-p2").say == "Presque. Les lettres sont floues."


def test_the_printer_takes_what_the_preview_says() -> None:
    preview = after(START, "row-fiche", "print", "sheet-next", ("range", "first"), ("copies", " 2 "))
    assert after(preview, "ink")["files"]["printed"] == [
        {"file": "fiche", "pages": "1", "copies": "2", "range": "first"}
    ]
    assert after(preview, ("range", "all"), "ink")["files"]["printed"][0]["pages"] == "3"


@pytest.mark.parametrize("copies", ["", "0", "10", "deux", "²", "-1", "99999999999999999999"])
def test_a_number_of_copies_that_is_none_is_said_and_not_kept(copies: str) -> None:
    with pytest.raises(Refused, match="copies"):
        after(START, "row-fiche", "print", ("copies", copies))


def test_the_table_is_there_once_the_paper_is_printed() -> None:
    assert "table" not in read_simulators()["files"].mechanics.parts(REF, START, "files")
    printed = after(START, "row-fiche", "print", "ink")
    assert "pen-nom" in read_simulators()["files"].mechanics.parts(REF, after(printed, "close", "table"), "files")


GOOD = (("light", "window"), ("frame", "whole"), ("hold", "rest"))


@pytest.mark.parametrize(
    ("settings", "look"),
    [((), "cut"), (GOOD[1:2], "flash"), (GOOD[:2], "blurred"), (GOOD, "good")],
)
def test_the_picture_shows_how_it_was_taken(settings: tuple[tuple[str, str], ...], look: str) -> None:
    table = after(START, "row-fiche", "print", "ink", "table", "pen-nom", "camera")
    assert after(table, *settings, "shoot", "close")["files"]["got"] == [look]


def test_an_empty_line_stays_empty_on_the_picture() -> None:
    assert after(START, "row-fiche", "print", "ink", "table", "camera", *GOOD, "shoot")["files"]["open"] == "empty"


@pytest.mark.parametrize("away", ["reduce", "shut"])
def test_a_window_put_aside_or_closed_loses_nothing(away: str) -> None:
    world = after(START, "enlarge", away)
    assert read_simulators()["files"].mechanics.parts(REF, world, "files") == {"show": "click"}
    assert after(world, "show")["files"]["page"] == "list"
