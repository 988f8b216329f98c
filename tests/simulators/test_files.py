"""The files of a computer: what each touch does, and its scenario."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.simulators import Simulator, load_simulator
from lms.content.walks import check_scenario
from lms.contract import Refused, State
from tests.content.desks import NOW, follow, touch, touch_all

ROOT = Path(__file__).resolve().parents[2] / "simulators"
REF: dict[str, Any] = {
    "files": {
        "items": [{"id": "bail", "name": "bail.pdf", "folder": "documents"}, {"id": "chat", "name": "chat.jpg"}],
        "later": [{"id": "recu", "name": "recu.pdf"}],
    }
}


@cache
def files() -> Simulator:
    return load_simulator(ROOT / "files")


@pytest.fixture
def enzo() -> tuple[Desk, State]:
    desk = load_scenario({"files": files()}, "files/retrouver-un-fichier")
    return desk, desk.start(NOW, 1)


def after(world: dict[str, Any], *parts: str | tuple[str, str]) -> dict[str, Any]:
    for one in parts:
        part, value = one if isinstance(one, tuple) else (one, None)
        assert part in files().mechanics.parts(REF, world, "files"), part
        world = files().mechanics.touch(REF, world, "files", part, "click", value)
    return world


def rows(world: dict[str, Any]) -> list[str]:
    return [part[4:] for part in files().mechanics.parts(REF, world, "files") if part.startswith("row-")]


def test_no_walk_gets_stuck(enzo: tuple[Desk, State]) -> None:
    assert check_scenario(enzo[0]) == []


def test_the_guide_finds_names_and_stores_the_paper(enzo: tuple[Desk, State]) -> None:
    outcomes = follow(*enzo, most=8)
    assert outcomes[-1].success
    assert outcomes[-1].state["world"]["files"]["names"] == {"quittance": "attestation-hebergement.pdf"}


def test_a_paper_deleted_or_moved_is_still_found_by_the_guide(enzo: tuple[Desk, State]) -> None:
    desk, state = enzo
    open_it = ("files/folder-downloads", "files/row-quittance")
    deleted = touch_all(desk, state, *open_it, "files/delete")
    assert deleted["trapped"] == ["deleted"]
    assert follow(desk, deleted)[-1].success
    moved = touch_all(desk, state, *open_it, "files/move", "files/to-pictures", "files/close")
    assert follow(desk, moved)[-1].success


def test_the_wrong_paper_gets_a_kind_word(enzo: tuple[Desk, State]) -> None:
    desk, state = enzo
    state = touch_all(desk, state, "files/folder-downloads")
    assert touch(desk, state, "files/row-affiche").say.startswith("Presque.")


def test_another_name_that_says_what_it_is_is_as_good(enzo: tuple[Desk, State]) -> None:
    desk, state = enzo
    touches = (
        "files/folder-downloads",
        "files/row-quittance",
        "files/rename",
        ("files/name", "Hébergement chez M Lopes"),
        "files/save",
    )
    state = touch_all(desk, state, *touches, "files/move", "files/to-documents")
    assert desk.guide(state) is None


def test_a_download_lands_in_downloads_and_a_second_one_gets_a_number() -> None:
    world = {"files": {"got": ["recu", "recu"], "folder": "downloads"}}
    assert rows(world) == ["recu", "recu~1"]
    opened = after(world, "row-recu~1", "rename")
    assert opened["files"]["naming"] == "recu (1).pdf"


def test_a_new_name_keeps_its_ending_and_an_empty_one_changes_nothing() -> None:
    opened = after({"files": {"folder": "documents"}}, "row-bail", "rename")
    assert after(opened, ("name", "  contrat   de location "), "save")["files"]["names"] == {
        "bail": "contrat de location.pdf"
    }
    assert after(opened, ("name", "contrat.PDF"), "save")["files"]["names"] == {"bail": "contrat.PDF"}
    assert "names" not in after(opened, ("name", ""), "save")["files"]


def test_a_sign_that_no_name_can_hold_is_refused_with_a_reason() -> None:
    opened = after({"files": {"folder": "documents"}}, "row-bail", "rename")
    with pytest.raises(Refused, match="file-name-sign"):
        after(opened, ("name", "10/05/2026"))


def test_search_looks_in_every_folder_but_the_deleted() -> None:
    world = {"files": {"got": ["recu"], "folder": "downloads"}}
    found = after(world, ("search", "PDF"))
    assert rows(found) == ["bail", "recu"]
    without = after(found, "row-bail", "delete")
    assert rows(after(without, ("search", "pdf"))) == ["recu"]
    assert rows(after(found, "clear")) == ["recu"]


def test_deleted_is_not_lost() -> None:
    world = after(
        {"files": {"folder": "documents"}}, "row-bail", "delete", "folder-deleted", "row-bail", "restore", "close"
    )
    assert rows(after(world, "folder-documents")) == ["bail", "chat"]


def test_a_plain_list_of_files_can_be_read_and_not_changed() -> None:
    plain = {"files": [{"id": "carte", "name": "carte.jpg"}]}
    world = files().mechanics.touch(plain, {"files": {"folder": "documents"}}, "files", "row-carte", "click", None)
    assert files().mechanics.parts(plain, world, "files") == {"close": "click"}
