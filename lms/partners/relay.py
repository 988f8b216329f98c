"""The relay: what waits in the outbox goes to partners, in batches, with the ids it has here.

Killed at any instant, it goes on: rows are taken for some minutes and come back by themselves; what a partner got
twice has the same id, so that it keeps it once. Nothing is held in the database while a partner is spoken to.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from lms.database.clock import now
from lms.database.door import write_to
from lms.lrs.kept import Kept, find_kept
from lms.lrs.letters import write_letter
from lms.partners.delivery import Client, Letter, Verdict
from lms.partners.outbox import Due, Result, claim, find_due, settle
from lms.partners.preparing import Prepare
from lms.partners.registry import Target, read_target

logger = logging.getLogger("lms.relay")

SECOND = 1_000_000
DAY = 24 * 3600 * SECOND


@dataclass(frozen=True)
class Pace:
    """How much at once, and how long to wait after a failure: doubled each time, from `first` to `longest` (µs).

    `lease` is how long a taken row stays away when whoever took it dies; `give_up` after how long a row is parked.
    `stop_at` refusals in a row with nothing kept stop a round: the partner is wrong then, not the statements.
    """

    batch: int = 100
    first: int = 20 * SECOND
    longest: int = 3600 * SECOND
    lease: int = 300 * SECOND
    give_up: int = 14 * DAY
    stop_at: int = 20

    def pause(self, failures: int) -> int:
        """After this many failures before; some processes sooner than others, so that they do not come together."""
        wait: int = min(self.longest, self.first * 2 ** min(failures, 20))
        return round(wait * random.uniform(0.8, 1.2))  # noqa: S311


@dataclass
class Relay:
    """One process's relay."""

    engine: Engine
    secret_key: str
    prepare: Prepare
    client: Client = field(default_factory=Client)
    pace: Pace = field(default_factory=Pace)

    def run(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Send until nothing is due, or `stopped`; how many statements the partners kept."""
        count = 0
        while not stopped():
            with self.engine.connect() as connection:
                due = find_due(connection)
            if not due:
                return count
            for one in due:
                count += self.send_some(one)
        return count

    def send_some(self, due: Due) -> int:
        """One batch for one partner; how many it kept."""
        with write_to(self.engine) as connection:
            taken = claim(connection, due, self.pace.batch, self.pace.lease)
        if not taken:
            return 0
        ages = {row.statement_id: row.stored for row in taken}
        result = self._deliver(due, list(ages), ages)
        with write_to(self.engine) as connection:
            settle(connection, due, result)
        self._tell(due, result)
        return len(result.kept)

    def _deliver(self, due: Due, ids: Sequence[str], ages: Mapping[str, int]) -> Result:
        failures = 0
        try:
            with self.engine.connect() as connection:
                target = read_target(connection, self.secret_key, due.organisation, due.partner)
                kept = find_kept(connection, due.organisation, ids)
            failures = target.failures
            ready = self.prepare(target, kept)
        except Exception as error:  # a plugin, a lost key: nothing unfiltered goes out, and the reason is told
            logger.exception("relay: %s could not be prepared", due.partner)
            return Result(later=ids, error=f"{type(error).__name__}: {error}", pause=self.pace.pause(failures))
        withheld = sorted(set(ids) - {one.id for one in ready})
        sent = send_all(self.client, target, ready, self.pace.stop_at)
        return self._judge(sent, target, withheld, ages)

    def _judge(self, sent: Sent, target: Target, withheld: Sequence[str], ages: Mapping[str, int]) -> Result:
        """What waits longer than `give_up` is parked with the last answer instead of waiting on."""
        old = [one for one in sent.later if ages[one] < now() - self.pace.give_up]
        pause = max(self.pace.pause(target.failures), round(sent.wait * SECOND)) if sent.error else 0
        return Result(
            kept=sent.kept,
            withheld=withheld,
            refused=[*sent.refused, *((one, f"given up: {sent.error}") for one in old)],
            later=[one for one in sent.later if one not in old],
            error=sent.error,
            pause=pause,
        )

    def _tell(self, due: Due, result: Result) -> None:
        if result.error:
            logger.warning("relay: %s: %s; again in %d s", due.partner, result.error, result.pause // SECOND)
        for statement, answer in result.refused:
            logger.warning("relay: %s refuses %s: %s", due.partner, statement, answer)


@dataclass
class Sent:
    """What came of a batch, as it goes."""

    kept: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    error: str = ""
    wait: float = 0.0


def send_all(client: Client, target: Target, ready: Sequence[Kept], stop_at: int) -> Sent:
    """Send; a batch that is refused is halved until the one statement at fault stands alone."""
    sent = Sent()
    waiting = _cut(ready)
    while waiting:
        batch = waiting.pop()
        ids = [one.id for one in batch]
        if sent.error or (len(sent.refused) >= stop_at and not sent.kept):
            sent.error = sent.error or sent.refused[-1][1]
            sent.later += ids
            continue
        verdict = client.post(target, Letter(ids, *write_letter(target.organisation, batch)))
        if verdict.kind == "kept":
            sent.kept += ids
        elif verdict.kind == "later":
            sent.later += ids
            sent.error, sent.wait = verdict.told or "no answer", verdict.wait
        elif len(batch) > 1:
            half = len(batch) // 2
            waiting += [batch[half:], batch[:half]]
        else:
            _settle_one(client, target, ids[0], verdict, sent)
    if sent.error and len(sent.refused) >= stop_at and not sent.kept:
        sent.later += [one for one, _ in sent.refused]
        sent.refused = []
    return sent


def _cut(ready: Sequence[Kept]) -> list[Sequence[Kept]]:
    """Statements with attachments go alone: only one's bytes are in memory at a time."""
    plain = [one for one in ready if not one.may_attach]
    return [*([one] for one in ready if one.may_attach), *([plain] if plain else [])]


def _settle_one(client: Client, target: Target, statement: str, verdict: Verdict, sent: Sent) -> None:
    """A statement that is refused alone: 409 may only mean that the partner has it."""
    if verdict.status == 409 and client.holds(target, statement):
        sent.kept.append(statement)
    else:
        sent.refused.append((statement, verdict.told))
