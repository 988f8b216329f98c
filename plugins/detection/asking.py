"""Pages of the questions: three, then twelve if one answer was weak. One question a page, one tap an answer."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.contract.pages import BadRequest, NotFound, needs, render, viewer

from .door import SHAPERS, STAFF, pages, show
from .draft import (
    Draft,
    drop_draft,
    find_draft,
    find_unanswered,
    keep_draft,
    list_flash,
    read_answer,
)
from .grid import Grid, Question
from .scoring import REFUSED
from .shaping import find_grid

UNREADABLE = "Touchez une réponse, ou «Ne souhaite pas répondre»."


@pages.get("/")
@needs(*STAFF)
def home() -> str:
    """Begin, go on with what was begun, or look at what was kept."""
    draft = find_draft()
    begun = draft is not None and bool(draft.answers)
    go_on = find_next(find_grid(), draft) if draft and begun else ""
    return render("detection/home.html", begun=begun, go_on=go_on, shapes=bool(viewer().roles & set(SHAPERS)))


@pages.post("/begin")
@needs(*STAFF)
def begin() -> Response:
    """A fresh draft; the one before is gone. `grid` goes straight to the twelve questions."""
    keep_draft(Draft())
    grid = find_grid()
    first = grid.questions if request.form.get("to") == "grid" else grid.flash
    return redirect(url_for("detection.ask", name=first[0].id))


@pages.post("/forget")
@needs(*STAFF)
def forget() -> Response:
    """Everything answered is gone."""
    drop_draft()
    return redirect(url_for("detection.home"))


@pages.get("/questions/<name>")
@needs(*STAFF)
def ask(name: str) -> str | Response:
    """One question, with the answer given before if there is one."""
    grid, draft = find_grid(), find_draft()
    question = find_question(grid, name)
    if draft is None:
        return redirect(url_for("detection.home"))
    return show("question", **describe(grid, question, draft))


@pages.post("/questions/<name>")
@needs(*STAFF)
def answer(name: str) -> Response:
    """Keep the answer in the session and go on. Raises BadRequest for what is none."""
    grid = find_grid()
    question = find_question(grid, name)
    draft = find_draft()
    if draft is None:
        return redirect(url_for("detection.home"))
    given = read_answer(question, request.form.getlist("answer"))
    if given is None:
        raise BadRequest(f"{name}: {request.form.getlist('answer')!r} is no answer", sentence=UNREADABLE)
    draft.answers[name] = given
    draft.decided = None  # a changed answer is a new hypothesis
    keep_draft(draft)
    return redirect(find_after(grid, question))


@pages.get("/flash")
@needs(*STAFF)
def flash_end() -> str | Response:
    """After the three questions: on to the twelve, or a calm end."""
    grid, draft = find_grid(), find_draft()
    if draft is None:
        return redirect(url_for("detection.home"))
    if (left := find_unanswered(grid.flash, draft)) is not None:
        return redirect(url_for("detection.ask", name=left.id))
    weak, unsaid = list_flash(grid, draft)
    return show("flash", weak=weak, unsaid=unsaid, first=grid.questions[0].id, last=grid.flash[-1].id)


def find_question(grid: Grid, name: str) -> Question:
    """Raises NotFound."""
    question = grid.find(name)
    if question is None:
        raise NotFound(f"no question {name!r}")
    return question


def find_list(grid: Grid, question: Question) -> tuple[Question, ...]:
    """The flash or the grid, whichever this question belongs to."""
    return grid.flash if question in grid.flash else grid.questions


def find_after(grid: Grid, question: Question) -> str:
    """Where this question leads."""
    asked = find_list(grid, question)
    at = asked.index(question) + 1
    if at < len(asked):
        return url_for("detection.ask", name=asked[at].id)
    return url_for("detection.flash_end" if asked is grid.flash else "detection.result")


def find_before(grid: Grid, question: Question, draft: Draft) -> str:
    """Where «Retour» leads; the first question of the grid goes back to the flash if it was asked."""
    asked = find_list(grid, question)
    at = asked.index(question)
    if at:
        return url_for("detection.ask", name=asked[at - 1].id)
    flashed = asked is grid.questions and grid.flash[-1].id in draft.answers
    return url_for("detection.ask", name=grid.flash[-1].id) if flashed else url_for("detection.home")


def find_next(grid: Grid, draft: Draft) -> str:
    """Where somebody who was interrupted goes on."""
    in_grid = any(one.id in draft.answers for one in grid.questions)
    asked = grid.questions if in_grid else grid.flash
    left = find_unanswered(asked, draft)
    if left is not None:
        return url_for("detection.ask", name=left.id)
    return url_for("detection.result" if in_grid else "detection.flash_end")


def describe(grid: Grid, question: Question, draft: Draft) -> dict[str, Any]:
    """What the page of a question shows."""
    asked, given = find_list(grid, question), draft.answers.get(question.id)
    return {
        "question": question,
        "chosen": given if isinstance(given, list) else [given],
        "answered": given is not None,
        "refused": given == REFUSED,
        "none": given == [],
        "step": asked.index(question) + 1,
        "steps": len(asked),
        "back": find_before(grid, question, draft),
        "after": find_after(grid, question),
    }
