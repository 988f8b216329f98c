"""How a simulator's `mechanics.py` is loaded, with the files beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.simulators import load_simulator
from lms.errors import ContentError
from tests.content.desks import BOX, write_simulator


def test_mechanics_import_the_files_beside_them(tmp_path: Path) -> None:
    write_simulator(tmp_path)
    place = tmp_path / "box"
    (place / "mechanics.py").write_text(f"from .lid import WORD\n{BOX}\ndef public(ref):\n    return WORD\n")
    (place / "lid.py").write_text("WORD = 'lid'\n")
    hide = load_simulator(place).mechanics.public
    assert hide is not None
    assert hide({}) == "lid"


def test_two_simulators_of_one_name_keep_their_own_files(tmp_path: Path) -> None:
    found = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write_simulator(tmp_path / name)
        place = tmp_path / name / "box"
        (place / "mechanics.py").write_text(f"from .lid import WORD\n{BOX}\ndef public(ref):\n    return WORD\n")
        (place / "lid.py").write_text(f"WORD = {name!r}\n")
        found.append(load_simulator(place).mechanics.public)
    assert [hide({}) for hide in found if hide] == ["one", "other"]


def test_a_file_that_is_not_there_is_told_of_the_mechanics_that_want_it(tmp_path: Path) -> None:
    write_simulator(tmp_path)
    (tmp_path / "box" / "mechanics.py").write_text(f"from .lid import WORD\n{BOX}")
    with pytest.raises(ContentError, match=r"mechanics\.py:1: .*lid"):
        load_simulator(tmp_path / "box")
