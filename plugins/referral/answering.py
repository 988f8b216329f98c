"""The place's own page: one referral, without account, by the link of its letter."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from lms.contract.pages import BadRequest, open_to_anybody, render

from .desk import pages
from .handover import read_day
from .sheets import Sheet, find_by_token, move
from .status import LABELS, may_follow
from .wording import tell_appointment, tell_contact

GONE = 410
OFFERED = ("accepted", "booked", "came", "excused", "absent", "following")
WORDS = {
    "accepted": "Nous pouvons accueillir cette personne",
    "booked": "Nous avons un rendez-vous",
    "came": "La personne est venue",
    "excused": "La personne a prévenu, elle n'a pas pu venir",
    "absent": "La personne n'est pas venue",
    "following": "La suite est prévue avec elle",
}


@pages.get("/answer/<token>")
@open_to_anybody
def answer_form(token: str) -> Any:
    """What was sent, and what may be answered now. Opened twice it shows the same."""
    one = find_by_token(token)
    if one is None or one.is_over:
        return render("referral/ended.html", erased=one is None), GONE
    return show(one, token, bool(request.args.get("merci")))


@pages.post("/answer/<token>")
@open_to_anybody
def answer(token: str) -> Any:
    """The place says what happened."""
    one = find_by_token(token)
    if one is None or one.is_over:
        return render("referral/ended.html", erased=one is None), GONE
    status, at = request.form.get("status", ""), read_day(request.form)
    if status == "booked" and not (at or one.appointment):
        raise BadRequest("booked without a day", sentence="Dites le jour et l'heure du rendez-vous.")
    move(one, status, "place", at)
    return redirect(url_for("referral.answer_form", token=token, merci=1))


def show(one: Sheet, token: str, thanks: bool) -> str:
    """Only this referral, only what the person agreed to have sent."""
    return render(
        "referral/answer.html",
        one=one,
        token=token,
        thanks=thanks,
        status=LABELS[one.status],
        contact=tell_contact(one),
        when=tell_appointment(one.appointment),
        offered=[(name, WORDS[name]) for name in OFFERED if may_follow(one.status, name, "place")],
    )
