"""Threads that write at the same instant share a transaction; whoever brings what cannot be kept stands alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from lms.database.together import Gathering
from lms.errors import BadRequest, StorageBusy

AT_ONCE = 6


class Desk:
    """Serves numbers; how they were served together is kept. Number 13 cannot be kept, 99 finds no turn."""

    def __init__(self, most: int = 100) -> None:
        self.served: list[list[int]] = []
        self.begun, self.go = threading.Event(), threading.Event()
        self.open, self.waiting = threading.Event(), threading.Event()
        self.open.set()
        self.ended = 0
        self.gathering: Gathering[str, int, str] = Gathering(
            self.begin, self.serve, most, lambda error: isinstance(error, StorageBusy)
        )

    @contextmanager
    def begin(self) -> Iterator[str]:
        self.waiting.set()
        if not self.open.wait(5):
            raise StorageBusy("never open")
        yield "begun"
        self.ended += 1

    def serve(self, begun: str, numbers: Sequence[int]) -> list[str]:
        assert begun == "begun"
        self.begun.set()
        self.go.wait(5)
        self.served.append(list(numbers))
        if 99 in numbers:
            raise StorageBusy("no turn")
        if 13 in numbers:
            raise BadRequest("13")
        return [f"kept {one}" for one in numbers]

    def bring_all(self, numbers: Sequence[int], size: int = 1) -> list[str | Exception]:
        """The first is under way while the others come."""
        with ThreadPoolExecutor(len(numbers)) as pool:
            asked = [pool.submit(self.bring, numbers[0], size)]
            self.begun.wait(5)
            asked += [pool.submit(self.bring, one, size) for one in numbers[1:]]
            while self.gathering.count_waiting() < len(numbers) - 1:
                time.sleep(0.001)
            self.go.set()
            return [one.result(5) for one in asked]

    def bring(self, number: int, size: int) -> str | Exception:
        try:
            return self.gathering.bring(number, size)
        except Exception as error:
            return error


def test_who_comes_while_one_is_served_is_served_with_the_others() -> None:
    desk = Desk()
    numbers = list(range(AT_ONCE))
    assert desk.bring_all(numbers) == [f"kept {one}" for one in numbers]
    assert [sorted(one) for one in desk.served] == [[0], numbers[1:]]


def test_who_comes_while_the_turn_is_waited_for_is_served_in_it() -> None:
    desk = Desk()
    desk.open.clear()
    desk.go.set()
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(desk.bring, 0, 1)]
        assert desk.waiting.wait(5)
        asked += [pool.submit(desk.bring, one, 1) for one in (1, 2)]
        while desk.gathering.count_waiting() < 3:
            time.sleep(0.001)
        desk.open.set()
        assert [one.result(5) for one in asked] == ["kept 0", "kept 1", "kept 2"]
    assert [sorted(one) for one in desk.served] == [[0, 1, 2]]
    assert desk.ended == 1


def test_a_turn_that_is_never_had_is_told_to_all_who_wait() -> None:
    desk = Desk()
    desk.open.wait = lambda timeout=None: False  # type: ignore[method-assign]
    assert isinstance(desk.bring(0, 1), StorageBusy)
    assert (desk.served, desk.ended, desk.gathering.count_waiting()) == ([], 0, 0)


def test_what_cannot_be_kept_is_refused_alone_and_the_others_are_kept() -> None:
    desk = Desk()
    found = desk.bring_all([0, 12, 13, 14])
    assert [found[0], found[1], found[3]] == ["kept 0", "kept 12", "kept 14"]
    assert isinstance(found[2], BadRequest)
    assert sorted(desk.served[2:]) == [[12], [13], [14]]


def test_an_error_of_the_moment_is_everybodys_and_nobody_waits_for_it_once_more() -> None:
    desk = Desk()
    found = desk.bring_all([0, 1, 99, 2])
    assert found[0] == "kept 0"
    assert all(isinstance(one, StorageBusy) for one in found[1:])
    assert len(desk.served) == 2


def test_no_more_are_served_together_than_fit() -> None:
    desk = Desk(most=100)
    assert len(desk.bring_all(list(range(AT_ONCE)), size=40)) == AT_ONCE
    assert [len(one) for one in desk.served] == [1, 2, 2, 1]


@pytest.mark.parametrize("size", [1, 1000])
def test_one_alone_is_served_whatever_its_size(size: int) -> None:
    desk = Desk()
    desk.go.set()
    assert desk.gathering.bring(7, size) == "kept 7"
