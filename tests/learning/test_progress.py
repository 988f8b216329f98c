"""Progress is folded from statements: any order gives the same, and only what Déclic says counts."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update

from lms.contract import Standing
from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import LearnerHome, Progress, Statement
from lms.database.rows import table
from lms.learning import evidence
from lms.learning.progress import COUNTED, Line, fold, read_standings, rebuild, refold, snapshot, unpack
from lms.lrs.parsing import parse_statements
from lms.lrs.receiving import Sender, build_entries, receive
from lms.lrs.store import VOIDED, Entry, store_entries
from lms.lrs.vocabulary import verb_iri
from tests.room import ACTIVITY, Room, count_rows, read_rows

DAY = 24 * 3600 * 1_000_000
MORNING = int(datetime(2026, 11, 21, 9, tzinfo=UTC).timestamp()) * 1_000_000
MODES = ("show", "guided", "assisted", "alone", "")
HELPS = ("none", "hint", "where", "shown")

LINES = st.builds(
    Line,
    happened=st.integers(MORNING, MORNING + 3 * DAY),
    id=st.uuids().map(str),
    verb=st.sampled_from(("initialized", "completed", "passed", "failed")),
    registration=st.sampled_from(("r1", "r2", "r3")),
    success=st.sampled_from((True, False, None)),
    completion=st.sampled_from((True, False, None)),
    mode=st.sampled_from(MODES),
    help=st.sampled_from(HELPS),
)


@given(st.lists(LINES, max_size=12), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_fold_the_same(lines: list[Line], chance: Any) -> None:
    shuffled = lines + chance.choices(lines, k=len(lines)) if lines else []
    chance.shuffle(shuffled)
    assert fold("a", shuffled) == fold("a", lines)


def won(mode: str, help: str = "none", day: int = 0, success: bool | None = True) -> Line:
    return Line(MORNING + day * DAY, f"{mode}-{help}-{day}", "passed", "r", success, True, mode, help)


@pytest.mark.parametrize(
    ("mastery", "lines"),
    [
        (0, []),
        (0, [won("show", "shown")]),
        (0, [won("alone", success=False)]),
        (0, [won("guided", success=None)]),
        (1, [won("guided", "hint")]),
        (2, [won("assisted", "where")]),
        (2, [won("assisted")]),
        (2, [won("alone")]),
        (2, [won("alone", "hint"), won("alone", "hint", day=1)]),
        (2, [won("alone"), Line(MORNING + 1, "again", "passed", "r2", True, True, "alone", "none")]),
        (3, [won("alone"), won("alone", day=1)]),
        (3, [won("alone", day=1), won("guided", day=2), won("alone", day=9)]),
        (3, [won(""), won("", day=1)]),
    ],
)
def test_mastery_is_that_of_the_national_words(mastery: int, lines: list[Line]) -> None:
    assert fold("a", lines)[0].mastery == mastery


def test_the_least_help_of_a_success_is_kept() -> None:
    assert fold("a", [won("assisted", "shown"), won("assisted", "hint", 1)])[1] == "hint"
    assert fold("a", [won("alone", success=False)])[1] == ""
    assert fold("a", []) == (Standing("a"), "")


def test_attempts_are_counted_by_registration() -> None:
    begun = [Line(MORNING, name, "initialized", registration, None, None, "", "none")
             for name, registration in (("1", "r1"), ("2", "r1"), ("3", "r2"))]  # fmt: skip
    assert fold("a", begun)[0].attempts == 2


def test_a_success_stands_on_the_learners_home(room: Room) -> None:
    room.send(room.begin("guided"), {"do": "end", "mode": "guided"})
    room.send(room.begin(), {"do": "end"})
    with db.engine.connect() as connection:
        standing = read_standings(connection, room.organisation, room.person)[ACTIVITY]
    assert (standing.attempts, standing.mastery, standing.completed, standing.succeeded) == (2, 2, True, True)
    (row,) = read_rows(Progress)
    assert (
        Standing(ACTIVITY, *(row[name] for name in ("attempts", "mastery", "completed", "succeeded", "last")))
        == standing
    )


def fill(room: Room, rounds: int = 3) -> None:
    for at in range(rounds):
        attempt = room.begin("guided")
        room.send(attempt, {"do": "add"}, {"do": "end", "mode": ("guided", "assisted", "alone")[at % 3]})
    room.begin()


def test_a_rebuild_makes_the_same_rows(room: Room) -> None:
    fill(room)
    with transaction() as connection:
        before = snapshot(connection)
        assert rebuild(connection) == 1
        assert snapshot(connection) == before
    assert len(before) == 2


def test_a_rebuild_repairs_what_was_changed_by_hand(room: Room) -> None:
    fill(room)
    with transaction() as connection:
        before = snapshot(connection)
        connection.execute(update(Progress).values(mastery=0, attempts=99))
        connection.execute(table(LearnerHome).delete())
        assert snapshot(connection) != before
        rebuild(connection)
        assert snapshot(connection) == before


def test_statements_that_arrive_in_another_order_fold_the_same(room: Room, tmp_path: Any) -> None:
    """As after a merge: the same statements, stored later and the other way round."""
    fill(room)
    rows = read_rows(Statement)
    with db.engine.connect() as connection:
        before = snapshot(connection)
    moved = [row | {"organisation_id": "there", "stored": now() + at} for at, row in enumerate(reversed(rows))]
    with transaction() as connection:
        connection.execute(insert(table(Statement)), moved)
        rebuild(connection)
        after = snapshot(connection)
    for key, values in before.items():
        assert after[("there", *key[1:])] == values


def test_voided_statements_leave_the_fold(room: Room) -> None:
    room.send(room.begin(), {"do": "end"})
    passed = next(row for row in read_rows(Statement) if row["verb"] == verb_iri("passed"))
    entry = Entry("v", now(), VOIDED, passed["id"], "{}", evidence.AUTHORITY, "{}", refers=passed["id"])
    with transaction() as connection:
        store_entries(connection, room.organisation, [entry])
        standing = refold(connection, room.organisation, room.person, ACTIVITY)
    assert (standing.succeeded, standing.completed, standing.mastery, standing.attempts) == (False, False, 0, 1)
    with transaction() as connection:
        before = snapshot(connection)
        rebuild(connection)
        assert snapshot(connection) == before
    assert count_rows(Statement) == 3


def test_what_a_partner_posts_never_moves_progress(room: Room) -> None:
    attempt = room.begin()
    with transaction() as connection:
        before = snapshot(connection)
    bodies = [json.loads(row["body"]) for row in read_rows(Statement)]
    posted = bodies[0] | {"verb": {"id": verb_iri("passed")}, "result": {"success": True, "completion": True}}
    posted["context"] = {"registration": attempt}
    posted.pop("id")
    with transaction() as connection:
        who, given = Sender(room.organisation, "partner", "{}"), parse_statements(json.dumps(posted))
        receive(connection, who.organisation, given, build_entries(who, given))
        rebuild(connection)
        assert snapshot(connection) == before
        refold(connection, room.organisation, room.person, ACTIVITY)
        assert snapshot(connection) == before
    assert [row["verb"] in COUNTED for row in read_rows(Statement)] == [True, True]


def test_learners_that_work_at_the_same_instant_lose_nothing(room: Room) -> None:
    """Two activities' worth of folding in one home row, while a rebuild runs."""
    gate, faults = threading.Barrier(5), list[str]()

    def work(at: int) -> None:
        with room.app.app_context():
            gate.wait()
            try:
                if at == 4:
                    with transaction() as connection:
                        rebuild(connection)
                    return
                for _ in range(3):
                    room.send(room.begin(), {"do": "end"})
            except Exception as error:
                faults.append(repr(error))

    threads = [threading.Thread(target=work, args=(at,)) for at in range(5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    (home,) = read_rows(LearnerHome)
    assert unpack(home["standings"])[ACTIVITY].attempts == 12
    with transaction() as connection:
        before = snapshot(connection)
        rebuild(connection)
        assert snapshot(connection) == before


def test_two_days_alone_are_told_apart_by_the_day() -> None:
    late = datetime(2026, 11, 21, 23, 59, tzinfo=UTC)
    lines = [
        won("alone"),
        Line(
            int((late + timedelta(minutes=2)).timestamp()) * 1_000_000, "n", "passed", "r", True, True, "alone", "none"
        ),
    ]
    assert fold("a", lines)[0].mastery == 3
