"""«Séances»: the sheets of each course for whoever leads a session, to read and to print."""

from __future__ import annotations

from flask import url_for

from lms.content.catalogue import Course
from lms.errors import NotFound
from lms.web.access import needs
from lms.web.pages import render
from lms.web.site import site
from lms.web.teach import pages
from lms.web.teach.freshness import READERS, say_day


@pages.get("/teach/sessions")
@needs(*READERS)
def sessions() -> str:
    """All sheets, course by course."""
    courses = [one for one in site().classroom.catalogue.courses.values() if one.sessions]
    return render("teach/sessions.html", courses=[{"title": one.title, "sessions": _list(one)} for one in courses])


def _list(course: Course) -> list[dict[str, object]]:
    return [
        {"session": one, "url": url_for("teach.session_sheet", course=course.id, number=one.number)}
        for one in course.sessions
    ]


@pages.get("/teach/sessions/<course>/<int:number>")
@needs(*READERS)
def session_sheet(course: str, number: int) -> str:
    """One sheet; printed it is one or two pages."""
    found = site().classroom.catalogue.find_course(course)
    one = next((one for one in found.sessions if one.number == number), None) if found else None
    if found is None or one is None:
        raise NotFound(f"no session {number} of {course!r}", sentence="Cette séance n'existe pas.")
    named = [found.activities[name] for name in one.activities]
    return render(
        "teach/session.html",
        course=found,
        session=one,
        activities=[{"title": each.title, "url": url_for("learn.begin", activity=each.id)} for each in named],
        verified_on=say_day(one.verified_on),
        count=len(found.sessions),
        back_url=url_for("teach.sessions"),
    )
