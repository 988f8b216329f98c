"""Every page that a person can see, by who sees it."""

from __future__ import annotations

from collections.abc import Iterator

from flask.testing import FlaskClient

from lms.database.ids import new_id
from tests.web.house import COURSE, EXERCISE, LESSON, QUIZ, House


def iter_pages(house: House) -> Iterator[tuple[FlaskClient, str, int]]:
    """(browser, path, status) of every kind of page, those of errors too."""
    yield from ((house.visit(), path, status) for path, status in VISITOR_PAGES)
    named = house.visit()
    named.post("/learn/code", data={"code": house.here.workshop.code})
    yield named, "/learn/name", 200
    learner, here = house.as_role(house.here, "learner"), house.here
    yield from ((learner, path, 200) for path in ("/learn/", "/learn/help", f"/learn/begin/{COURSE}/m03-exercice"))
    for name in (LESSON, QUIZ, EXERCISE):
        yield learner, f"/learn/attempts/{here.attempts[name]}", 200
        yield learner, f"/learn/attempts/{here.attempts[name]}/memo", 200
    yield learner, f"/learn/attempts/{finish_lesson(house)}/done", 200
    yield learner, "/teach/", 403
    guest = house.visit(guest=new_id())
    yield from ((guest, path, 200) for path in ("/learn/try", f"/learn/begin/{EXERCISE}"))
    yield house.as_role(here, "author"), "/learn/", 200
    trainer, workshop = house.as_role(here, "trainer"), f"/teach/workshops/{here.workshop.id}"
    person = here.learners[0].person
    for path in ("/teach/", "/teach/statements", workshop, f"{workshop}/board", f"{workshop}?card={person}"):
        yield trainer, path, 200
    yield trainer, f"/teach/learners/{person}", 200
    yield trainer, f"/teach/learners/{here.learners[1].person}", 200
    for path in (
        "/teach/sessions",
        f"/teach/sessions/{COURSE}/1",
        "/teach/reviews",
        f"/teach/different/{EXERCISE}",
        f"/teach/different/{EXERCISE}?told=1",
    ):
        yield trainer, path, 200
    teacher, promotion = house.as_role(here, "teacher"), f"/school/promotions/{here.school.promotion}"
    for path in ("/school/", promotion, f"{promotion}/students", f"{promotion}/calendar"):
        yield teacher, path, 200
    yield teacher, f"{promotion}/students/{here.people['student']}", 200
    for path in (f"assignments/{here.school.written}", f"works/{here.school.work}"):
        yield teacher, f"/school/{path}", 200
    for path in ("marking", "results", "attestations", f"students/{here.people['student']}/portfolio"):
        yield teacher, f"{promotion}/{path}", 200
    student = house.as_role(here, "student")
    for path in ("/school/me", *(f"/school/me/assignments/{one}" for one in (here.school.module, here.school.written))):
        yield student, path, 200
    yield student, "/school/me/portfolio", 200
    yield house.visit(), f"/attestation?code={here.school.code}", 200
    yield house.visit(), "/attestation?code=nothing", 200
    yield house.as_role(here, "administrator"), "/admin/", 200
    yield (
        house.as_role(here, "administrator"),
        f"/teach/statements?attempt={here.attempts[LESSON]}&did=initialized",
        200,
    )
    yield house.as_role(here, "administrator"), f"/admin/partners/{here.partner}", 200
    yield from iter_detection(house)


def iter_detection(house: House) -> Iterator[tuple[FlaskClient, str, int]]:
    """Detection from the first question to the paper, after weak answers."""
    worker = house.as_role(house.here, "social_worker")
    yield worker, "/detection/", 200
    worker.post("/detection/begin")
    for name, answer in zip(("f1", "f2", "f3"), ("avec", "non", "pour"), strict=True):
        yield worker, f"/detection/questions/{name}", 200
        worker.post(f"/detection/questions/{name}", data={"answer": answer})
    yield worker, "/detection/flash", 200
    for number in range(1, 13):
        yield worker, f"/detection/questions/q{number}", 200
        worker.post(f"/detection/questions/q{number}", data={"answer": "1" if number < 10 else ["protection"]})
    yield worker, "/detection/result", 200
    worker.post("/detection/result", data={"profile": "3"})
    for path in ("", "plan", "paper", "keep", "figures", "words"):
        yield worker, f"/detection/{path}", 200
    kept = worker.post("/detection/keep", data={"called": "Zoé", "agreed": "yes", "action": "a-deux"})
    yield worker, kept.headers["Location"], 200
    yield worker, "/detection/records", 200
    yield worker, "/social/together", 200
    asked = {"code": house.here.workshop.code, "name": house.here.learners[1].label}
    yield worker, worker.post("/social/together", data=asked).headers["Location"], 200
    for path in ("", "urgence", "avec", "mandat"):
        yield worker, f"/postures/{path}", 200


VISITOR_PAGES = (
    ("/", 200),
    ("/account/sign-in", 200),
    ("/account/sign-in?next=/teach/", 200),
    ("/learn/goodbye", 200),
    ("/learn/help", 200),
    ("/c/000000", 400),
    ("/nowhere", 404),
    ("/learn/code", 405),
)


def finish_lesson(house: House) -> str:
    """Read a lesson to its end; the attempt."""
    client, attempt = house.as_role(house.here, "learner"), house.here.attempts[LESSON]
    for _ in range(20):
        answer = client.post(f"/learn/attempts/{attempt}", data={"event": new_id(), "do": "next"})
        if answer.headers["Location"].endswith("/done"):
            return attempt
    raise AssertionError("the lesson never ends")
