"""The desk of whoever accompanies: a course that one takes by oneself, and help for two seats."""

from __future__ import annotations

from sqlalchemy import func, select

from lms.database.db import db
from lms.database.models import Enrolment
from tests.web.house import House


def count_enrolments(house: House, person: str) -> int:
    with house.app.app_context(), db.engine.connect() as connection:
        wanted = select(func.count()).select_from(Enrolment).where(Enrolment.person_id == person)
        return connection.execute(wanted).scalar_one()


def test_who_takes_the_course_by_herself_goes_on_with_it_at_home(house: House) -> None:
    worker, person = house.as_role(house.here, "social_worker"), house.here.people["social_worker"]
    before = count_enrolments(house, person)
    for _ in range(2):
        answer = worker.post("/social/courses/accompagner", follow_redirects=True)
        assert answer.request.path == "/learn/"
        assert "/learn/begin/accompagner/ms1-" in answer.text
    assert count_enrolments(house, person) == before + 1


def test_only_a_course_for_professionals_is_taken_so(house: House) -> None:
    worker = house.as_role(house.here, "social_worker")
    assert worker.post("/social/courses/premiers-pas").status_code == 404
    assert worker.post("/social/courses/nothing").status_code == 404


def test_each_seat_has_its_help(house: House) -> None:
    page = house.as_role(house.here, "social_worker").get("/social/seats").text
    for place in ("à la place du professionnel", "à la place de la personne"):
        assert place in page
    assert 'href="/social/seats"' in house.as_role(house.here, "social_worker").get("/social/").text
