import copy
from typing import Any

import pytest

from lms.content.incidents import Incident, apply_incident, run_incidents
from lms.content.predicates import build_predicate


def incident(name: str, when: Any, sets: Any = (), adds: Any = (), switched: bool = False) -> Incident:
    return Incident(name, build_predicate(when, pytest.fail), sets, adds, switched)


@pytest.mark.parametrize(
    ("old", "added", "new"),
    [
        ({"n": 2}, -1, 1),
        ({}, 1, 1),
        ({"n": None}, 1, 1),
        ({"n": ["a"]}, "b", ["a", "b"]),
        ({"n": ["a"]}, "a", ["a"]),
        ({"n": ["a"]}, ["a", "b"], ["a", "b"]),
        ({}, "a", ["a"]),
        ({"n": [1]}, 2, [1, 2]),
    ],
)
def test_a_number_is_added_and_a_member_appended_once(old: Any, added: Any, new: Any) -> None:
    world = {"box": old}
    before = copy.deepcopy(world)
    assert apply_incident(incident("i", {}, adds=((("box", "n"), added),)), world)["box"]["n"] == new
    assert world == before


def test_one_incident_may_set_off_the_next_and_none_runs_twice() -> None:
    chain = (
        incident("second", {"box.a": True}, sets=((("box", "b"), True),)),
        incident("first", {"box.open": True}, sets=((("box", "a"), True),)),
    )
    world, happened = run_incidents(chain, {"box": {"open": True}}, [], [])
    assert happened == ["first", "second"]
    assert world == {"box": {"open": True, "a": True, "b": True}}
    assert run_incidents(chain, {"box": {"open": True}}, happened, []) == ({"box": {"open": True}}, [])


def test_a_switched_one_sleeps_until_it_is_named() -> None:
    sleeping = (incident("cut", {}, sets=((("box", "offline"), True),), switched=True),)
    assert run_incidents(sleeping, {}, [], []) == ({}, [])
    assert run_incidents(sleeping, {}, [], ["cut"]) == ({"box": {"offline": True}}, ["cut"])
