"""The decision aid: every way ends in a posture, and says what the module teaches."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from lms.plugins import bundled, load_plugins
from lms.settings import Settings


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Any:
    load_plugins(Settings(home=tmp_path_factory.mktemp("home")), bundled("plugins"))
    return importlib.import_module("lms_plugins.postures.tree").read_tree()


def iter_ways(tree: Any, name: str, said: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(answers, end) of every way from here."""
    if name in tree.ends:
        yield said, tree.ends[name]
        return
    question = tree.questions[name]
    yield from iter_ways(tree, question.yes, (*said, f"{name}:yes"))
    yield from iter_ways(tree, question.no, (*said, f"{name}:no"))


def test_every_way_ends_in_few_questions(tree: Any) -> None:
    ways = list(iter_ways(tree, tree.start))
    assert len(ways) == len(tree.ends)
    assert max(len(said) for said, _ in ways) <= 4


def test_the_ways_are_those_of_the_module(tree: Any) -> None:
    ends = {said: (end.id, end.posture) for said, end in iter_ways(tree, tree.start)}
    assert ends["urgence:no", "envie:yes"] == ("apprendre", "apprendre")
    assert ends["urgence:no", "envie:no", "duree:yes"] == ("avec", "avec")
    assert ends["urgence:no", "envie:no", "duree:no", "protection:no"] == ("mandat", "pour")
    assert ends["urgence:no", "envie:no", "duree:no", "protection:yes"] == ("representant", "pour")
    urgent = {posture for said, (_, posture) in ends.items() if said[0] == "urgence:yes"}
    assert urgent == {"avec", "pour"}


def test_a_protected_person_is_never_led_to_a_signature(tree: Any) -> None:
    said = " ".join(tree.ends["representant"].now)
    assert "Ne faites pas signer de mandat." in said


def test_every_end_says_what_to_do_now_and_after(tree: Any) -> None:
    for end in tree.ends.values():
        assert end.now
        assert end.after
        assert end.tell.startswith("«")


def test_a_tree_that_does_not_hold_together_is_refused(tree: Any) -> None:
    check = importlib.import_module("lms_plugins.postures.tree").check_tree
    question = tree.questions["envie"]
    for broken in (replace(question, yes="nowhere"), replace(question, yes="avec")):
        with pytest.raises(ValueError, match="tree"):
            check(replace(tree, questions={**tree.questions, "envie": broken}))
    with pytest.raises(ValueError, match="no posture"):
        check(replace(tree, postures={}))
