"""The one door: what is submitted is judged once, whoever sends it however often."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text, update

from lms.database.door import transaction
from lms.database.models import Attempt, Event, Live, Outbox, Partner, Progress, Statement, StatementKey
from lms.errors import Conflict, NotAllowed, NotFound
from lms.learning import submit as module
from lms.learning.attempts import AttemptNow, Who, resume_or_start
from lms.learning.events import read_feedback
from lms.learning.submit import Answer, Response, submit
from lms.partners.credentials import add_credential
from tests.room import ACTIVITY, Room, count_rows, read_rows

ADD = {"do": "add", "value": 1}
END = {"do": "end"}


def at_once(count: int, act: Callable[[int], Any], room: Room) -> list[Any]:
    """Results of `act(0…count-1)` begun at the same instant in threads."""
    gate, results = threading.Barrier(count), [None] * count

    def run(at: int) -> None:
        with room.app.app_context():
            gate.wait()
            try:
                results[at] = act(at)
            except Exception as error:
                results[at] = error

    threads = [threading.Thread(target=run, args=(at,)) for at in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return results


def test_the_same_event_twice_counts_once_and_is_answered_the_same(room: Room) -> None:
    attempt, event = room.begin(), str(uuid.uuid4())
    first = room.send(attempt, ADD, ids=[event])
    second = room.send(attempt, ADD, ids=[event])
    assert (first.attempt.state["total"], first.attempt.rev) == (1, 1)
    assert (second.attempt, second.feedback, second.acknowledged) == (first.attempt, first.feedback, (event,))
    assert count_rows(Event) == 1
    assert count_rows(Statement) == 2  # initialized, achieved


def test_the_same_event_twice_in_one_batch_counts_once(room: Room) -> None:
    attempt, event = room.begin(), str(uuid.uuid4())
    answer = room.send(attempt, ADD, ADD, ids=[event, event])
    assert (answer.attempt.state["total"], answer.attempt.rev, answer.acknowledged) == (1, 1, (event,))


def test_eight_different_events_at_the_same_instant_are_all_counted(room: Room) -> None:
    attempt = room.begin()
    results = at_once(8, lambda _: room.send(attempt, ADD), room)
    assert [one for one in results if isinstance(one, Exception)] == []
    after = room.read(attempt)
    assert (after.state["total"], after.rev, count_rows(Event)) == (8, 8, 8)


def test_one_event_eight_times_at_the_same_instant_counts_once(room: Room) -> None:
    attempt, event = room.begin(), str(uuid.uuid4())
    results = at_once(8, lambda _: room.send(attempt, ADD, ids=[event]), room)
    assert {(one.attempt.state["total"], one.attempt.rev, one.feedback.say) for one in results} == {(1, 1, "Total 1")}
    assert (room.read(attempt).rev, count_rows(Event), count_rows(Statement)) == (1, 1, 2)


def test_a_stale_part_is_answered_with_the_state_and_changes_nothing(room: Room) -> None:
    attempt = room.begin()
    room.send(attempt, ADD)
    answer = room.send(attempt, {"do": "gone"})
    assert (answer.stale, answer.attempt.state["total"]) == (True, 1)
    assert [row["code"] for row in sorted(read_rows(Event), key=lambda row: row["rev"])] == ["", "stale"]


def test_two_tabs_that_saw_the_same_rev_both_count(room: Room) -> None:
    attempt = room.begin()
    first, second = room.send(attempt, ADD, rev=0), room.send(attempt, ADD, rev=0)
    assert (first.attempt.rev, second.attempt.rev, second.attempt.state["total"]) == (1, 2, 2)


def test_a_reload_finds_the_same_attempt_and_its_last_word(room: Room) -> None:
    attempt = room.begin()
    said = room.send(attempt, ADD).feedback
    assert resume_or_start(room.classroom, room.who, ACTIVITY, "alone") == attempt
    with transaction() as connection:
        assert read_feedback(connection, room.read(attempt)) == said


def test_after_the_end_nothing_more_is_judged_and_the_queue_is_emptied(room: Room) -> None:
    attempt, late = room.begin(), str(uuid.uuid4())
    room.send(attempt, ADD, END)
    answer = room.send(attempt, ADD, ids=[late])
    assert (answer.attempt.state["total"], answer.stale, answer.acknowledged) == (1, True, (late,))
    assert count_rows(Event) == 2


def test_what_stands_behind_the_end_in_a_batch_is_acknowledged_too(room: Room) -> None:
    attempt, ids = room.begin(), [str(uuid.uuid4()) for _ in range(3)]
    answer = room.send(attempt, ADD, END, ADD, ids=ids)
    assert (answer.acknowledged, answer.attempt.state["total"], count_rows(Event)) == (tuple(ids), 1, 2)


def test_somebody_elses_attempt_is_refused_and_unknown_ones_are_not_found(room: Room) -> None:
    attempt = room.begin()
    with pytest.raises(NotAllowed):
        submit(room.classroom, room.organisation, attempt, [Response(str(uuid.uuid4()), 0, ADD)], lambda _: False)
    with pytest.raises(NotFound):
        submit(room.classroom, "another-organisation", attempt, [Response(str(uuid.uuid4()), 0, ADD)], lambda _: True)
    assert (room.read(attempt).rev, count_rows(Event)) == (0, 0)


class TooLate(NotAllowed):
    pass


def test_whether_it_is_too_late_is_asked_of_what_is_new_alone(room: Room) -> None:
    attempt, first = room.begin(), str(uuid.uuid4())
    asked: list[int] = []

    def send(*ids: str, late: bool = False) -> Answer:
        def check(seen: AttemptNow) -> None:
            asked.append(seen.rev)
            if late:
                raise TooLate("closed")

        responses = [Response(id, 0, ADD) for id in ids]
        return submit(room.classroom, room.organisation, attempt, responses, lambda _: True, check_time=check)

    before = send(first)
    again = send(first, late=True)
    assert (again.attempt, again.feedback, again.acknowledged) == (before.attempt, before.feedback, (first,))
    assert asked == [0], "what was judged before is answered without asking"
    with pytest.raises(TooLate):
        send(first, str(uuid.uuid4()), late=True)
    assert (asked, room.read(attempt).rev, count_rows(Event)) == ([0, 1], 1, 1)
    room.send(attempt, END)
    assert send(str(uuid.uuid4()), late=True).stale, "after the end of the attempt nothing is judged anyway"
    assert asked == [0, 1]


def test_a_writer_who_was_overtaken_is_not_asked_again_whether_it_is_too_late(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt, asked = room.begin(), []
    claims = iter([False, False])
    claim = module._claim
    monkeypatch.setattr(module, "_claim", lambda *given: next(claims, None) is None and claim(*given))
    sent = [Response(str(uuid.uuid4()), 0, ADD)]
    submit(room.classroom, room.organisation, attempt, sent, lambda _: True, check_time=lambda seen: asked.append(seen))
    assert len(asked) == 1
    assert room.read(attempt).rev == 1


def test_an_attempt_of_other_content_or_of_erased_text_is_not_judged(room: Room) -> None:
    attempt = room.begin()
    for values in ({"revision": "before"}, {"revision": room.read(attempt).revision, "erased": 1, "state": "{}"}):
        with transaction() as connection:
            connection.execute(update(Attempt).values(values))
        with pytest.raises(Conflict):
            room.send(attempt, ADD)
    assert count_rows(Event) == 0


def test_statement_progress_live_and_outbox_are_written_together(room: Room) -> None:
    with transaction() as connection:
        add_credential(connection, room.organisation, "Département")
        connection.execute(update(Partner).values(relay_url="https://partner.invalid/xapi"))
    attempt = room.begin()
    room.send(attempt, ADD, END)
    statements = {row["id"] for row in read_rows(Statement)}
    assert len(statements) == 3
    assert {row["id"] for row in read_rows(StatementKey)} == statements
    assert {row["statement_id"] for row in read_rows(Outbox)} == statements
    assert [(row["succeeded"], row["attempts"]) for row in read_rows(Progress)] == [(True, 1)]
    assert [(row["ended"], row["rev"]) for row in read_rows(Live)] == [(True, 2)]


@pytest.mark.parametrize(
    "broken", ["event", "statement", "statement_key", "outbox", "progress", "learner_home", "live"]
)
def test_when_one_of_them_cannot_be_written_none_is(room: Room, broken: str) -> None:
    with transaction() as connection:
        add_credential(connection, room.organisation, "Département")
        connection.execute(update(Partner).values(relay_url="https://partner.invalid/xapi"))
    attempt = room.begin()
    tables = (Event, Statement, StatementKey, Outbox, Progress, Live)
    before = [read_rows(one) for one in tables]
    with transaction() as connection:
        connection.execute(text(f"ALTER TABLE {broken} RENAME TO away"))
    with pytest.raises(Exception, match=r"(?i)no such table|does not exist"):
        room.send(attempt, ADD, END)
    with transaction() as connection:
        connection.execute(text(f"ALTER TABLE away RENAME TO {broken}"))
    assert [read_rows(one) for one in tables] == before
    assert (room.read(attempt).rev, room.read(attempt).state["total"]) == (0, 0)
    assert room.send(attempt, ADD, END).attempt.rev == 2  # nothing accepted was lost, and it goes on


def test_a_visitor_leaves_no_statement_no_progress_and_nothing_on_the_board(room: Room) -> None:
    guest = Who("guest", str(uuid.uuid4()), guest=True)
    attempt = room.begin(who=guest)
    submit(
        room.classroom, "guest", attempt, [Response(str(uuid.uuid4()), 0, one) for one in (ADD, END)], lambda _: True
    )
    assert [count_rows(one) for one in (Statement, Progress, Live)] == [0, 0, 0]


def test_typed_text_stands_in_the_state_and_nowhere_else(room: Room) -> None:
    attempt = room.begin()
    room.send(attempt, {"do": "type", "part": "form/name", "value": "Secret-Word"}, END)
    assert room.read(attempt).state["typed"] == "Secret-Word"
    for model in (Event, Statement, Live, Progress):
        assert "Secret-Word" not in repr(read_rows(model))


def test_characters_that_a_database_refuses_do_no_harm(room: Room) -> None:
    attempt = room.begin()
    room.send(attempt, {"do": "type", "part": "a\0b\ud800", "value": "x\0y\ud800"})
    assert room.read(attempt).state["typed"] == "x\0y?"
    assert [row["part"] for row in read_rows(Event)] == ["ab?"]


def test_whoever_never_gets_a_turn_is_told_so_and_nothing_is_written(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = room.begin()
    monkeypatch.setattr(module, "_claim", lambda *_: False)
    with pytest.raises(Conflict, match="40 writers were faster"):
        room.send(attempt, ADD)
    assert (count_rows(Event), count_rows(Statement)) == (0, 1)
