"""What a simulator cannot take among the facts of its app is refused where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.errors import ContentError
from tests.content.desks import BOX, NAMED, write_desk

FACTS = NAMED.replace("goals:", "ref:\n  box:\n    lids:\n      - {id: a}\n      - {id: b, colour: {day: 0}}\ngoals:")
FIND = """
def check(ref, app):
    for at, lid in enumerate(ref[app]["lids"]):
        if "colour" in lid:
            yield ("lids", at, "colour"), "no lid is " + lid["colour"][2:6]
"""


def test_a_fault_that_the_simulator_finds_has_its_file_line_and_field(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        write_desk(tmp_path, FACTS, BOX + FIND)
    (fault,) = caught.value.problems
    assert (Path(fault.file).name, fault.field) == ("essai.yaml", "ref.box.lids.1.colour")
    assert fault.line == FACTS[: FACTS.index("colour")].count("\n") + 1
    assert fault.message == "no lid is /11/", "dates are told before the facts are checked"


def test_facts_without_fault_are_taken(tmp_path: Path) -> None:
    assert write_desk(tmp_path, FACTS.replace(", colour: {day: 0}", ""), BOX + FIND).id == "box/essai"


def test_a_check_that_breaks_on_the_facts_is_told_at_their_app(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        write_desk(tmp_path, FACTS.replace("lids", "lid"), BOX + FIND)
    (fault,) = caught.value.problems
    assert (fault.field, fault.message) == ("ref.box", "the simulator box cannot check this: KeyError('lids')")
