from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.predicates import build_predicate, find_paths
from lms.content.world_paths import find_value, rename_app, replace_value

WORLD = {
    "front": "mail",
    "mail": {
        "page": "write",
        "draft": None,
        "sent": [{"re": "m1", "files": ["f1", "f2"], "body": "Voici la facture."}, {"re": None, "min": 4}],
        "count": 3,
        "on": True,
        "zero": 0,
        "text": "  ",
    },
}


def holds(spec: Any, world: Any = WORLD) -> bool:
    faults: list[str] = []
    test = build_predicate(spec, faults.append)
    assert faults == []
    return test(world)


@pytest.mark.parametrize(
    "spec",
    [
        {"front": "mail", "mail.page": "write"},
        {"mail": {"page": "write"}},
        {"mail.draft": None},
        {"mail.nowhere.at.all": None},
        {"mail.count": {"min": 3, "max": 3}},
        {"mail.sent": {"min": 2}},
        {"mail.page": {"in": ["list", "write"]}},
        {"mail.draft": {"in": [None, "x"]}},
        {"mail.sent.0.files": {"has": "f1"}},
        {"mail.sent.0.files": {"has": ["f1", "f2"]}},
        {"mail.sent.0.files": ["f1", "f2"]},
        {"mail.sent": {"some": {"re": "m1", "files": {"has": "f1"}, "body": {"words": 3}}}},
        {"mail.sent": {"some": {"re": "m1", "not": {"files": {"has": "f9"}}}}},
        {"mail.sent": {"some": {".min": 4}}},
        {"not": {"mail.page": "list"}},
        {"mail.page": {"not": "list"}},
        {"not": {"mail.page": "list", "front": "mail"}},
        {"mail.text": {"filled": False}},
        {"mail.zero": {"filled": True}},
        {"mail.page": {"match": "wr.te"}},
        {"mail.page": {"same": " WRITE "}},
        {"mail.sent.0.body": {"same": "voici, LA   facturé"}},
        {"any": [{"mail.page": "list"}, {"mail.count": 3}]},
        {"mail.page": {"any": ["list", "write"]}},
        {"all": [{"mail.page": "write"}, {"mail.count": 3}]},
        [{"mail.page": "list"}, {"mail.page": "write"}],
    ],
)
def test_predicates_that_hold(spec: Any) -> None:
    assert holds(spec)


@pytest.mark.parametrize(
    "spec",
    [
        {"front": "mail", "mail.page": "list"},
        {"mail.on": 1},
        {"mail.count": "3"},
        {"mail.zero": False},
        {"mail.count": {"min": 4}},
        {"mail.on": {"min": 1}},
        {"mail.page": {"min": 1}},
        {"mail.sent": {"some": {"re": "m1", "body": {"words": 4}}}},
        {"mail.draft": {"has": "x"}},
        {"mail.page": {"match": "wr"}},
        {"mail.text": {"filled": True}},
        {"mail.text": {"words": 1}},
        {"mail.draft.to": "x"},
        {"mail.sent.7": {"filled": True}},
        [{"mail.page": "list"}, {"mail.count": 4}],
    ],
)
def test_predicates_that_do_not_hold(spec: Any) -> None:
    assert not holds(spec)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("mail", "a predicate is a mapping"),
        ([], "a predicate is a mapping"),
        (["mail"], "a predicate is a mapping"),
        ({"mail.count": {"min": "3"}}, "`min` takes a whole number"),
        ({"mail.count": {"max": True}}, "`max` takes a whole number"),
        ({"mail.page": {"in": "list"}}, "`in` takes a list"),
        ({"mail.page": {"words": None}}, "`words` takes a whole number"),
        ({"mail.page": {"match": 12}}, "`match` takes a regular expression"),
        ({"mail.page": {"match": "("}}, "no regular expression"),
        ({"mail.page": {"filled": "yes"}}, "`filled` takes true or false"),
        ({"mail.page": {"same": 1}}, "`same` takes a text"),
        ({"mail.page": {"has": {"a": 1}}}, "`has` takes a value"),
        ({"any": {"mail.page": "x"}}, "`any` takes a list"),
        ({"mail.page": {}}, "{} holds always"),
        ({"mail..page": 1}, "is no path"),
    ],
)
def test_a_wrong_argument_is_told_with_what_is_allowed(spec: Any, said: str) -> None:
    faults: list[str] = []
    assert not build_predicate(spec, faults.append)(WORLD) or said == "{} holds always"
    assert any(said in fault for fault in faults)


def test_paths_of_a_predicate_are_those_of_the_world() -> None:
    spec = {"mail.sent": {"some": {"re": "m1"}}, "not": {"mail.draft": None}, "any": [{"front": "a"}, {"form.x": 1}]}
    assert find_paths(spec) == {"mail.sent", "mail.draft", "front", "form.x"}


def test_a_predicate_can_be_told_for_another_app() -> None:
    spec = {"mail.sent": {"some": {"mail.x": 1}}, "not": [{"mail": None}], "front": "mail", "mailbox.a": 1}
    assert rename_app(spec, "mail", "box") == {
        "box.sent": {"some": {"mail.x": 1}},
        "not": [{"box": None}],
        "front": "box",
        "mailbox.a": 1,
    }


WORLDS = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)
SPECS = st.sampled_from(
    [{"min": 1}, {"has": "a"}, {"some": {"a": 1}}, {"filled": True}, {"words": 1}, {"match": "a*"}, {"in": [1, None]}]
)


@given(WORLDS, st.sampled_from(["a", "a.b", "b.0.c"]), SPECS)
def test_whatever_the_world_not_answers_the_contrary(world: Any, path: str, spec: Any) -> None:
    assert holds({path: spec}, world) is not holds({path: {"not": spec}}, world)
    assert holds({"not": {path: spec}}, world) is holds({path: {"not": spec}}, world)


@given(st.dictionaries(st.sampled_from("abc"), WORLDS, max_size=3), st.sampled_from(["a", "a.b", "c.b.a"]), WORLDS)
def test_a_replaced_value_is_found_and_the_old_world_stays(world: dict[str, Any], path: str, value: Any) -> None:
    before = repr(world)
    new = replace_value(world, tuple(path.split(".")), value)
    assert find_value(new, path) == value
    assert repr(world) == before
