"""Why a learner does not get on: told to the trainer with an exercise that fits, and sent to the learner on a tap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from lms.database.db import db
from lms.learning.attempts import Who, read_attempt, start_attempt
from tests.web.house import COURSE, House

BESIDE = {"beside": 4, "again": 3}
ACTIVITY = f"{COURSE}/e03-exercice"


def begin(house: House) -> str:
    with house.app.app_context():
        classroom = house.app.extensions["lms"].classroom
        return start_attempt(classroom, Who(house.here.id, house.here.people["learner"]), ACTIVITY, "assisted")


def post_event(house: House, attempt: str, measures: Any) -> None:
    """A touch of the right part, by the road that the browser takes."""
    with house.app.app_context(), db.engine.connect() as connection:
        token = f"{house.here.id}.{read_attempt(connection, house.here.id, attempt).token}"
    event = {"id": str(uuid4()), "rev": 0, "response": {"help": "lost", "measures": {"trap": 50}}, "measures": measures}
    client = house.as_role(house.here, "learner")
    answer = client.post(f"/learn/attempts/{attempt}/events", json={"token": token, "events": [event]})
    assert answer.status_code == 200, answer.get_data(as_text=True)


def read_traces(house: House, attempt: str) -> Mapping[str, Any]:
    with house.app.app_context(), db.engine.connect() as connection:
        found: Mapping[str, Any] = read_attempt(connection, house.here.id, attempt).state.get("traces", {})
        return found


def test_the_trainer_reads_why_and_sends_the_exercise_that_fits(house: House) -> None:
    attempt = begin(house)
    post_event(house, attempt, BESIDE)
    trainer, person = house.as_role(house.here, "trainer"), house.here.people["learner"]
    shown = trainer.get(f"/teach/learners/{person}/screen.json").get_json()["proposal"]
    assert "vise juste à côté. Proposez : " in shown["say"]
    assert shown["activity"] == f"{COURSE}/m02-exercice"
    sent = trainer.post(f"/teach/learners/{person}/nudge.json", json={"kind": "offer", "part": shown["activity"]})
    assert sent.status_code == 200
    told = house.as_role(house.here, "learner").get("/learn/nudges?after=0").get_json()["nudges"][-1]
    assert told["url"] == f"/learn/begin/{COURSE}/m02-exercice"
    assert told["text"] in shown["say"]


def test_the_board_says_why_only_of_somebody_who_seeks(house: House) -> None:
    attempt = begin(house)
    post_event(house, attempt, BESIDE)
    board = f"/teach/workshops/{house.here.workshop.id}/live.json"
    trainer, learner = house.as_role(house.here, "trainer"), house.as_role(house.here, "learner")
    person = house.here.people["learner"]

    def find_row() -> dict[str, Any]:
        rows = trainer.get(board).get_json()["rows"]
        return next(row for row in rows if row["id"] == person)

    assert (find_row()["urgency"], find_row()["cause"]) == ("working", "")
    learner.post("/learn/desk/call", json={})
    assert "Proposez : " in find_row()["cause"]
    assert find_row()["offer"] == f"{COURSE}/m02-exercice"
    trainer.post(f"/teach/learners/{person}/nudge", data={"kind": "offer", "part": find_row()["offer"]})
    assert (find_row()["urgency"], find_row()["cause"]) == ("working", "")


def test_an_exercise_that_does_not_exist_is_not_sent(house: House) -> None:
    person = house.here.people["learner"]
    answer = house.as_role(house.here, "trainer").post(
        f"/teach/learners/{person}/nudge.json", json={"kind": "offer", "part": "nowhere/nothing"}
    )
    assert answer.status_code == 400


def test_measures_are_bounded_and_what_is_no_count_is_left_out(house: House) -> None:
    attempt = begin(house)
    for bad in ("text", [1], {"beside": "Monique", "dwell": -3, "heard": True, "unknown": 4}, {"x": None}):
        post_event(house, attempt, bad)
    assert read_traces(house, attempt) == {}
    post_event(house, attempt, {"dwell": 10**12, "beside": 10**12, "missed": 1.5})
    assert list(read_traces(house, attempt).values()) == [{"dwell": 180_000, "beside": 99}]
