"""A screen is seen from afar while the learner agrees, and not a moment longer; on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, update

from lms.database.clock import now
from lms.database.door import transaction
from lms.database.models import ScreenShare
from lms.database.rows import table
from lms.errors import Conflict, NotFound
from lms.learning.sharing import MINUTE, answer_share, ask_share, end_shares, find_watched, leave_share, list_shares
from lms.people.accounts import add_organisation, add_person
from tests.room import Room


class Two:
    """A learner and whoever asks, in one house."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.house = add_organisation(connection, "maison", "Maison")
        self.learner = add_person(connection, self.house, "Monique", ["learner"])
        self.worker = add_person(connection, self.house, "Inès", ["social_worker"])

    def ask(self) -> str:
        return ask_share(self.connection, self.house, self.learner, self.worker)

    def answer(self, id: str, answer: str) -> bool:
        return answer_share(self.connection, self.house, self.learner, id, answer)

    def state(self, id: str) -> str:
        return find_watched(self.connection, self.house, self.worker, id).state

    def shown(self) -> list[str]:
        return [one.state for one in list_shares(self.connection, self.house, self.learner)]

    def move(self, **values: int) -> None:
        self.connection.execute(update(table(ScreenShare)).values(**values))


@pytest.fixture
def two(room: Room) -> Iterator[Two]:
    with transaction() as connection:
        yield Two(connection)


def test_it_is_asked_agreed_to_and_stopped_by_the_learner(two: Two) -> None:
    id = two.ask()
    assert two.state(id) == "asked"
    assert two.shown() == ["asked"]
    assert two.answer(id, "yes")
    assert two.state(id) == "on"
    assert two.shown() == ["on"]
    assert two.answer(id, "stop")
    assert two.state(id) == "over"
    assert two.shown() == []
    assert not two.answer(id, "yes")
    assert two.state(id) == "over"


def test_who_says_no_is_left_in_peace_for_a_while(two: Two) -> None:
    id = two.ask()
    two.answer(id, "no")
    assert two.state(id) == "refused"
    with pytest.raises(Conflict, match="said no"):
        two.ask()
    two.move(ended=now() - 11 * MINUTE)
    assert two.state(two.ask()) == "asked"


@pytest.mark.parametrize("what", [{"asked": 6}, {"seen": 4}])
def test_an_old_question_is_over_and_can_no_longer_be_agreed_to(two: Two, what: dict[str, int]) -> None:
    id = two.ask()
    two.move(**{name: now() - minutes * MINUTE for name, minutes in what.items()})
    assert two.state(id) == "over"
    assert two.shown() == []
    two.answer(id, "yes")
    assert two.state(id) == "over"


@pytest.mark.parametrize("what", [{"agreed": 61}, {"seen": 4}])
def test_it_ends_after_an_hour_and_when_nobody_looks(two: Two, what: dict[str, int]) -> None:
    id = two.ask()
    two.answer(id, "yes")
    two.move(**{name: now() - minutes * MINUTE for name, minutes in what.items()})
    assert two.state(id) == "over"
    assert two.shown() == []


def test_when_the_learner_goes_or_the_other_leaves_it_is_over_and_no_refusal(two: Two) -> None:
    first = two.ask()
    two.answer(first, "yes")
    assert end_shares(two.connection, two.house, two.learner) == 1
    assert two.state(first) == "over"
    second = two.ask()
    leave_share(two.connection, find_watched(two.connection, two.house, two.worker, second))
    assert two.state(second) == "over"
    assert two.state(two.ask()) == "asked"


def test_asking_again_ends_what_was_agreed_to_before(two: Two) -> None:
    first = two.ask()
    two.answer(first, "yes")
    second = two.ask()
    assert (two.state(first), two.state(second)) == ("over", "asked")


def test_nobody_else_finds_or_answers_it(two: Two) -> None:
    id = two.ask()
    other = add_person(two.connection, two.house, "Karim", ["social_worker"])
    elsewhere = add_organisation(two.connection, "ailleurs", "Ailleurs")
    for house, who in ((two.house, other), (elsewhere, two.worker), (two.house, two.learner)):
        with pytest.raises(NotFound):
            find_watched(two.connection, house, who, id)
    assert not answer_share(two.connection, two.house, other, id, "yes")
    assert not answer_share(two.connection, elsewhere, two.learner, id, "yes")
    assert two.state(id) == "asked"
