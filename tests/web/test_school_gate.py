"""A student meets the same dates on a school's page and where the exercises are: begin, go on, answer, join."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from lms.database.clock import now
from lms.learning.attempts import Who, read_attempt, start_attempt
from lms.learning.days import say_day
from lms.learning.pairs import begin_pair
from lms.learning.school.assignments import move_assignment, read_assignment
from lms.learning.seats import read_places
from lms.web.school.days import type_day
from tests.web.house import DAY, House
from tests.web.test_school import read, reading, writing


def move(house: House, opens: int, due: int, *, late: bool = False) -> tuple[str, str]:
    """The days of the module, as they are said."""
    with writing(house) as connection:
        given = read_assignment(connection, house.here.id, house.here.school.module)
        move_assignment(connection, given, now() + opens, now() + due, late)
    with house.app.test_request_context():
        return say_day(now() + opens), say_day(now() + due)


def student(house: House) -> FlaskClient:
    return house.as_role(house.here, "student")


def find_lessons(house: House) -> tuple[str, ...]:
    """The activities of the module that is assigned."""
    with house.app.app_context():
        course = house.app.extensions["lms"].classroom.catalogue.find_course("accompagner")
        return tuple(next(one for one in course.modules if one.id == "detecter").activities)


def find_lesson(house: House) -> str:
    """The first of them."""
    return find_lessons(house)[0]


def begin(house: House) -> tuple[str, str]:
    """An attempt of the student, and its token."""
    with house.app.app_context():
        who = Who(house.here.id, house.here.people["student"])
        made = start_attempt(house.app.extensions["lms"].classroom, who, find_lesson(house), "alone")
    with reading(house) as connection:
        return made, read_attempt(connection, house.here.id, made).token


def wait_for_a_partner(house: House) -> str:
    """Somebody who is no student begins an exercise of the module for two; the code on his screen."""
    with house.app.app_context():
        classroom, who = house.app.extensions["lms"].classroom, Who(house.here.id, house.here.people["trainer"])
        found = [classroom.find_activity(name) for name in find_lessons(house)]
        activity = next(one for one in found if classroom.find_type(one).seats(one))
        seat = next(iter(classroom.find_type(activity).seats(activity)))
        made = begin_pair(classroom, who, activity.id, "assisted", seat)
    with reading(house) as connection:
        return next(one.code for one in read_places(connection, house.here.id, made) if one.code)


def doors(house: House, attempt: str) -> dict[str, Any]:
    """By door, what a student gets who knocks at it."""
    browser, event = student(house), "01890a5d-ac96-774b-bcce-b302099a8057"
    return {
        "begin": browser.get(f"/learn/begin/{find_lesson(house)}"),
        "choose": browser.post(f"/learn/begin/{find_lesson(house)}", data={"mode": "alone"}),
        "again": browser.post(f"/learn/attempts/{attempt}/again"),
        "show": browser.get(f"/learn/attempts/{attempt}"),
        "respond": browser.post(f"/learn/attempts/{attempt}", data={"event": event, "do": "next"}),
    }


def test_before_the_opening_every_door_says_the_day_that_the_schools_page_says(house: House) -> None:
    attempt, _ = begin(house)
    opens, _ = move(house, DAY, 3 * DAY)
    said = f"Ce travail ouvre le {opens}."
    assert said in read(student(house).get(f"/school/me/assignments/{house.here.school.module}"))
    for name, answer in doors(house, attempt).items():
        assert answer.status_code == 403, name
        assert said in read(answer), name


def test_after_the_end_and_its_hours_every_door_says_when_it_was_due(house: House) -> None:
    attempt, _ = begin(house)
    _, due = move(house, -3 * DAY, -DAY)
    said = f"Ce travail était à rendre le {due}. Demandez un délai à votre formateur·rice."
    page = read(student(house).get(f"/school/me/assignments/{house.here.school.module}"))
    assert said in page
    assert "/learn/begin/" not in page
    for name, answer in doors(house, attempt).items():
        assert answer.status_code == 403, name
        assert said in read(answer), name


@pytest.mark.parametrize(("due", "late"), [(DAY, False), (-DAY, True)])
def test_while_it_is_open_or_late_work_is_taken_all_doors_are(house: House, due: int, late: bool) -> None:
    attempt, _ = begin(house)
    move(house, -3 * DAY, due, late=late)
    assert {
        name: answer.status_code for name, answer in doors(house, attempt).items() if answer.status_code > 302
    } == {}


def test_what_is_under_way_at_the_end_goes_on_but_nothing_new_begins(house: House) -> None:
    attempt, _ = begin(house)
    move(house, -3 * DAY, -DAY // 24)
    answers = doors(house, attempt)
    found = {name: answer.status_code for name, answer in answers.items()}
    assert found == {"begin": 302, "choose": 403, "again": 403, "show": 200, "respond": 302}
    assert answers["begin"].location == f"/learn/attempts/{attempt}"
    assert student(house).get(f"/learn/begin/{find_lesson(house)}?again=1").status_code == 403
    assert student(house).get(f"/learn/begin/{find_lessons(house)[1]}").status_code == 403


def test_the_schools_page_leads_back_to_what_was_begun_as_long_as_it_may_be_ended(house: House) -> None:
    begin(house)
    path = f"/school/me/assignments/{house.here.school.module}"
    move(house, -3 * DAY, -DAY // 24)
    page = read(student(house).get(path))
    assert "Ce travail était à rendre le " in page
    assert "Reprendre" in page
    first, *others = (f'href="/learn/begin/{name}"' for name in find_lessons(house))
    assert first in page
    assert not [one for one in others if one in page]
    move(house, -3 * DAY, -DAY)
    assert "Reprendre" not in read(student(house).get(path))


def test_events_with_a_token_meet_the_end_too_and_read_the_sentence(house: House) -> None:
    attempt, token = begin(house)
    event = {"id": "01890a5d-ac96-774b-bcce-b302099a8058", "rev": 0, "response": {"do": "next"}}
    body = {"token": f"{house.here.id}.{token}", "events": [event]}
    path = f"/learn/attempts/{attempt}/events"
    assert house.visit().post(path, json=body).status_code == 200
    move(house, -3 * DAY, -DAY)
    event["id"] = "01890a5d-ac96-774b-bcce-b302099a8059"
    answer = house.visit().post(path, json=body)
    assert answer.status_code == 403
    assert json.loads(answer.data)["error"]["sentence"].startswith("Ce travail était à rendre le ")


def test_an_event_of_before_the_end_finds_its_first_answer_after_it_and_a_new_one_is_told_to_wait(house: House) -> None:
    attempt, token = begin(house)
    event = {"id": "01890a5d-ac96-774b-bcce-b302099a8058", "rev": 0, "response": {"do": "next"}}
    body = {"token": f"{house.here.id}.{token}", "events": [event]}
    path = f"/learn/attempts/{attempt}/events"
    first = student(house).post(path, json=body)
    move(house, -3 * DAY, -DAY)
    again = student(house).post(path, json=body)
    assert again.status_code == 200
    told = ("rev", "acknowledged", "feedback", "world", "ended")
    assert [again.get_json()[name] for name in told] == [first.get_json()[name] for name in told]
    assert again.get_json()["acknowledged"] == [event["id"]]
    body["events"] = [event, event | {"id": "01890a5d-ac96-774b-bcce-b302099a8059"}]
    refused = student(house).post(path, json=body)
    assert (refused.status_code, refused.get_json()["error"]["later"]) == (403, True)
    wrong = student(house).post(path, json=body | {"token": f"{house.here.id}.wrong"})
    assert (wrong.status_code, "later" in wrong.get_json()["error"]) == (403, False)


def test_a_form_of_before_the_end_posted_again_after_it_is_no_new_answer(house: House) -> None:
    attempt, _ = begin(house)
    form = {"event": "01890a5d-ac96-774b-bcce-b302099a8057", "do": "next"}
    assert student(house).post(f"/learn/attempts/{attempt}", data=form).status_code == 302
    move(house, -3 * DAY, -DAY)
    assert student(house).post(f"/learn/attempts/{attempt}", data=form).status_code == 302


def test_a_student_who_joins_is_asked_as_whoever_goes_on(house: House) -> None:
    def type_code() -> int:
        return student(house).post("/learn/join", data={"code": wait_for_a_partner(house)}).status_code

    assert type_code() == 302
    move(house, -3 * DAY, -DAY // 24)
    assert type_code() == 302, "within the hours of grace"
    move(house, -3 * DAY, -DAY)
    assert type_code() == 403
    move(house, DAY, 3 * DAY)
    assert type_code() == 403


def test_a_delay_that_the_teacher_grants_opens_the_exercise_again(house: House) -> None:
    move(house, -3 * DAY, -DAY)
    teacher, person = house.as_role(house.here, "teacher"), house.here.people["student"]
    path = f"/school/assignments/{house.here.school.module}"
    assert f"{path}/students/{person}/time" in read(teacher.get(path))
    day = type_day(now() + 2 * DAY)
    assert teacher.post(f"{path}/students/{person}/time", data={"due": day}).status_code == 302
    assert student(house).get(f"/learn/begin/{find_lesson(house)}").status_code in (200, 302)


def test_a_delay_to_a_day_before_the_end_is_refused_with_the_day(house: House) -> None:
    _, due = move(house, -3 * DAY, 3 * DAY)
    teacher, person = house.as_role(house.here, "teacher"), house.here.people["student"]
    path = f"/school/assignments/{house.here.school.module}/students/{person}/time"
    early = teacher.post(path, data={"due": type_day(now() + DAY)})
    assert f"Un délai n'avance pas la date. Choisissez le {due}, ou plus tard." in read(early)
    assert teacher.post(path, data={"due": type_day(now() + 3 * DAY)}).status_code == 302


def test_whoever_accompanies_people_and_is_no_student_is_never_asked(house: House) -> None:
    move(house, DAY, 3 * DAY)
    worker = house.as_role(house.here, "social_worker")
    assert worker.get(f"/learn/begin/{find_lesson(house)}").status_code in (200, 302)
