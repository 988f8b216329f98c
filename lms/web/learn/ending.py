"""After an activity: what one can do now, and the sheet to keep."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from lms.errors import NotFound
from lms.web.access import open_to_anybody
from lms.web.learn import pages
from lms.web.learn.attempts import read_own, read_said
from lms.web.learn.island import find_next
from lms.web.learn.telling import find_source, find_teller, tell_paper
from lms.web.learn.voices import find_voice
from lms.web.pages import home_url, render
from lms.web.site import site


@pages.get("/learn/attempts/<attempt_id>/done")
@open_to_anybody
def done(attempt_id: str) -> str | Reply:
    """What one can do now, and the one next thing."""
    attempt = read_own(attempt_id)
    if not attempt.ended:
        return redirect(url_for("learn.show_attempt", attempt_id=attempt_id))
    activity = site().classroom.find_activity(attempt.activity, attempt.who.locale)
    feedback = read_said(attempt, activity)
    say = feedback.say if feedback else find_teller(activity).tell("C'est fait.")
    return render(
        "learn/done.html",
        activity=activity,
        say=say,
        audio=find_voice(say, activity.locale),
        alone=attempt.mode == "alone",
        next=find_next(attempt.who),
        again_url=url_for("learn.begin", activity=activity.id, again=1),
        print_url=url_for("learn.memo", attempt_id=attempt_id),
    )


@pages.get("/learn/attempts/<attempt_id>/memo")
@open_to_anybody
def memo(attempt_id: str) -> str:
    """The sheet to keep, for printing."""
    attempt, classroom = read_own(attempt_id), site().classroom
    activity = classroom.find_activity(attempt.activity, attempt.who.locale)
    kind = classroom.find_type(activity)
    view = kind.print_view(activity) if attempt.erased else kind.print_own(activity, attempt.state)
    if view is None:
        raise NotFound(f"{activity.type} has nothing to print", sentence="Il n'y a rien à imprimer ici.")
    back = home_url() if attempt.ended else url_for("learn.show_attempt", attempt_id=attempt_id)
    return render(
        "learn/memo.html",
        activity=activity,
        view=view,
        data=tell_paper(view.data, activity),
        back_url=back,
        source=find_source(activity),
    )
