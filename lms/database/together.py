"""Threads that come while another one writes are served together: one transaction, and one wait for the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
J = TypeVar("J")
R = TypeVar("R")


@dataclass
class _Ticket(Generic[J, R]):
    """One thread's job, and what came of it."""

    job: J
    size: int
    done: bool = False
    result: R | None = None
    error: BaseException | None = None


class Gathering(Generic[T, J, R]):
    """`serve` does some jobs in the transaction that `begin` opens, all or none; what came of each, in order.

    Who comes until that is open is served in it: the longer others hold the turn to write, the more are served
    together, and the fewer times the disk is waited for. When it raises for several, each is served alone: whoever
    brought what cannot be kept is told so, the others are served. An error that `is_for_all` says is of the moment
    (no room, no turn) is everybody's.
    """

    def __init__(
        self,
        begin: Callable[[], AbstractContextManager[T]],
        serve: Callable[[T, Sequence[J]], Sequence[R]],
        most: int,
        is_for_all: Callable[[Exception], bool],
    ) -> None:
        self._begin, self._serve, self._most, self._is_for_all = begin, serve, most, is_for_all
        self._waiting: list[_Ticket[J, R]] = []
        self._list, self._turn = threading.Lock(), threading.Lock()

    def bring(self, job: J, size: int = 1) -> R:
        """What came of this job. Together are done jobs of at most `most` in size, or a larger one alone."""
        ticket: _Ticket[J, R] = _Ticket(job, size)
        with self._list:
            self._waiting.append(ticket)
        with self._turn:
            while not ticket.done:
                self._do([])
        if ticket.error is not None:
            raise ticket.error
        return ticket.result  # type: ignore[return-value]

    def count_waiting(self) -> int:
        """How many came and are not being served yet."""
        return len(self._waiting)

    def _take(self) -> list[_Ticket[J, R]]:
        """The next ones, in the order they came; never none."""
        with self._list:
            taken, size = [self._waiting[0]], self._waiting[0].size
            for one in self._waiting[1:]:
                size += one.size
                if size > self._most:
                    break
                taken.append(one)
            del self._waiting[: len(taken)]
        return taken

    def _do(self, tickets: list[_Ticket[J, R]]) -> None:
        """These; none: whoever waits when the transaction is open."""
        try:
            with self._begin() as begun:
                tickets = tickets or self._take()
                results = self._serve(begun, [one.job for one in tickets])
        except BaseException as error:
            tickets = tickets or self._take()
            alone = len(tickets) > 1 and isinstance(error, Exception) and not self._is_for_all(error)
            for one in tickets:
                if alone:
                    self._do([one])
                else:
                    one.error, one.done = error, True
            return
        for one, result in zip(tickets, results, strict=True):
            one.result, one.done = result, True
