"""One small scheduler: jobs by name and interval, each run once though several processes serve.

A row `lease` says who runs a job and until when; taking it is one conditional write. In `lms serve` a thread asks.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from flask import Flask
from sqlalchemy import Connection, delete, select, tuple_, update

from lms.contract.mail import sender_in_use
from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Attempt, Event, Lease, Nudge, ScreenShare, Seat, Throttle, World
from lms.database.partitions import make_partitions
from lms.database.rows import insert_missing, table
from lms.errors import StorageBusy
from lms.partners.preparing import build_preparing
from lms.partners.relay import Pace, Relay
from lms.plugins import Plugins
from lms.plugins.listeners import lend, lend_door
from lms.settings import Settings

logger = logging.getLogger("lms.worker")

LEASE = 5 * 60 * 1_000_000
DAY = 24 * 3600 * 1_000_000
HOUR = 3600 * 1_000_000
PAUSE_SECONDS = 20
RELAY_PAUSE_SECONDS = 3


@dataclass(frozen=True)
class Work:
    """One job: how often (microseconds), and what it does inside a transaction; it returns how much it did."""

    name: str
    every: int
    run: Callable[[Connection], int] | None = None
    apart: Callable[[], int] | None = None
    """In place of `run`: no transaction is open around it."""


def find_work(settings: Settings, plugins: Plugins) -> Mapping[str, Work]:
    """The core's jobs and those of plugins."""
    works = [
        Work("erase-typed", HOUR, lambda connection: erase_typed(connection, settings.erase_typed_after_days)),
        Work("erase-guests", HOUR, lambda connection: erase_guests(connection, settings.guests_kept_hours)),
        Work("erase-events", DAY, lambda connection: erase_events(connection, settings.events_kept_days)),
        Work("make-partitions", DAY, lambda connection: len(make_partitions(connection))),
    ]
    for job in plugins.jobs.values():
        every = job.every_seconds * 1_000_000
        if job.apart:
            works.append(Work(job.name, every, apart=_apart(job.run, settings)))
        else:
            works.append(Work(job.name, every, _of_plugin(job.run)))
    return {work.name: work for work in works}


def _of_plugin(run: Callable[[], object]) -> Callable[[Connection], int]:
    def inside(connection: Connection) -> int:
        with lend(connection):
            found = run()
        return found if isinstance(found, int) else 0

    return inside


def _apart(run: Callable[[], object], settings: Settings) -> Callable[[], int]:
    def inside() -> int:
        from lms import mail  # the libraries of mail would add to every start

        token = sender_in_use.set(partial(mail.send, settings))
        try:
            with lend_door():
                found = run()
        finally:
            sender_in_use.reset(token)
        return found if isinstance(found, int) else 0

    return inside


def erase_typed(connection: Connection, days: int) -> int:
    """Attempts ended N days ago, or left N days ago, lose what was typed; statements hold none of it."""
    instant = now()
    before = instant - days * DAY
    last = select(Event.stored).where(Event.organisation_id == Attempt.organisation_id, Event.attempt_id == Attempt.id)
    left = ~last.where(Event.stored > before).exists() & (Attempt.started < before)
    old = Attempt.erased.is_(None) & ((Attempt.ended < before) | (Attempt.ended.is_(None) & left))
    erased = {"state": "{}", "erased": instant, "rev": Attempt.rev + 1}  # `rev`: whoever is judging now judges again
    connection.execute(delete(Seat).where(Seat.seen < before))
    connection.execute(delete(World).where(World.stored < before))  # what was typed stands in there too
    return connection.execute(update(Attempt).where(old).values(erased)).rowcount


def erase_guests(connection: Connection, hours: int) -> int:
    """Attempts of visitors go whole, with their events and the worlds they left."""
    before = now() - hours * HOUR
    old = select(Attempt.organisation_id, Attempt.id).where(Attempt.guest, Attempt.started < before)
    connection.execute(delete(World).where(World.guest, World.stored < before))
    connection.execute(delete(Event).where(tuple_(Event.organisation_id, Event.attempt_id).in_(old)))
    return connection.execute(delete(Attempt).where(Attempt.guest, Attempt.started < before)).rowcount


def erase_events(connection: Connection, days: int) -> int:
    """Compact events, old nudges, forgotten pauses, and who asked yesterday to see a screen."""
    before = now() - days * DAY
    connection.execute(delete(ScreenShare).where(ScreenShare.asked < now() - DAY))
    connection.execute(delete(Nudge).where(Nudge.stored < before))
    connection.execute(delete(Throttle).where(Throttle.since < now() - DAY))
    return connection.execute(delete(Event).where(Event.stored < before)).rowcount


def take_lease(connection: Connection, work: Work, holder: str) -> bool:
    """Whether this process runs the job now: it is due, and nobody else holds it."""
    instant = now()
    insert_missing(connection, Lease, [{"name": work.name, "holder": "", "until": 0, "ran": 0}])
    due = (Lease.name == work.name) & (Lease.until < instant) & (Lease.ran + work.every <= instant)
    taken = update(Lease).where(due).values(holder=holder, until=instant + LEASE, ran=instant)
    return connection.execute(taken).rowcount == 1


def run_due(works: Mapping[str, Work], holder: str) -> dict[str, int]:
    """Run what is due; how much each did. A job that fails is logged, and the others run all the same.

    Where the database was busy nothing is wrong with the job: it is due again at the next look.
    """
    done = {}
    for work in works.values():
        try:
            count = run_once(work, holder)
        except StorageBusy as busy:
            logger.warning("job %s waits: %s", work.name, busy)
            continue
        except Exception:
            logger.exception("job %s failed; it is tried again at its next turn", work.name)
            continue
        if count is not None:
            done[work.name] = count
    return done


def run_once(work: Work, holder: str) -> int | None:
    """Run one job under its lease; None when another process has it or it is not due."""
    with transaction() as connection:
        if not take_lease(connection, work, holder):
            return None
    free = {"until": 0}
    try:
        if work.apart is not None:
            return work.apart()
        assert work.run is not None
        with transaction() as connection:
            return work.run(connection)
    except StorageBusy:
        free["ran"] = 0
        raise
    finally:
        with transaction() as connection:
            mine = (Lease.name == work.name) & (Lease.holder == holder)
            connection.execute(update(Lease).where(mine).values(free))


def find_due(connection: Connection, works: Mapping[str, Work]) -> list[str]:
    """Names of the jobs that are due; read only, so that idle processes never take the write lock."""
    instant = now()
    rows = {row.name: row for row in connection.execute(select(table(Lease)))}
    return [
        name
        for name, work in works.items()
        if name not in rows or (rows[name].until < instant and rows[name].ran + work.every <= instant)
    ]


def start_thread(app: Flask, works: Mapping[str, Work]) -> threading.Event:
    """The scheduler of one server process; set the event to stop it."""
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(app, works, stop), name="lms-worker", daemon=True)
    thread.start()
    return stop


def open_relay(app: Flask) -> Relay:
    """The relay of one process, inside an application context."""
    classroom = app.extensions["lms"].classroom
    settings: Settings = classroom.settings
    return Relay(
        engine=db.engine,
        secret_key=str(app.config["SECRET_KEY"]),
        prepare=build_preparing(classroom.plugins, settings.identity_iri),
        pace=Pace(give_up=settings.relay_days * DAY),
    )


def start_relay(app: Flask) -> threading.Event:
    """Send to partners from a thread of this process; set the event to stop it."""
    stop = threading.Event()
    threading.Thread(target=_send, args=(app, stop), name="lms-relay", daemon=True).start()
    return stop


def _send(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        relay = open_relay(app)
        while not stop.wait(RELAY_PAUSE_SECONDS):
            try:
                relay.run(stop.is_set)
            except StorageBusy as busy:
                logger.warning("the relay waits: %s", busy)
            except Exception:
                logger.exception("the relay could not look for what is to be sent")


def _watch(app: Flask, works: Mapping[str, Work], stop: threading.Event) -> None:
    holder = f"{os.getpid()}-{threading.get_ident()}"
    while not stop.wait(PAUSE_SECONDS):
        try:
            with app.app_context():
                watch_once(works, holder)
        except Exception:
            logger.exception("the scheduler could not look for work")


def watch_once(works: Mapping[str, Work], holder: str) -> dict[str, int]:
    """One look: run what is due."""
    with db.engine.connect() as connection:
        due = find_due(connection, works)
    return run_due({name: works[name] for name in due}, holder) if due else {}
