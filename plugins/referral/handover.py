"""Pages of the handover: the sheet filled in with the person, the card, the follow-up, the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask import Response, redirect, request, url_for

from lms.contract.pages import (
    BadRequest,
    find_known,
    find_pictogram,
    needs,
    render,
    viewer,
)

from . import desk
from .card import build_card
from .desk import WORKERS, pages
from .directory import name_need, show_place, tell_phone
from .filling import MOST_NEEDS, pack_form, read_form
from .needs import SHORT, read_needs
from .places import Place, read_place
from .sheets import (
    Sheet,
    add_sheet,
    erase_sheet,
    find_letter,
    find_sheet,
    hash_token,
    list_sheets,
    move,
    read_sender,
    read_steps,
    renew_letter,
    tell_status,
)
from .status import LABELS, NEWS, NEXT
from .wording import CONTACTS, WELCOMES, tell_appointment, tell_contact, tell_letter


@pages.get("/new/<path:id>")
@needs(*WORKERS)
def new_form(id: str) -> Any:
    """The sheet, with what is known already: needs that were looked for, how one signed the last time."""
    who = viewer()
    asked = [name_need(one) for one in request.args.getlist("besoin")][:MOST_NEEDS]
    given = {**read_sender(who.organisation, who.person), "needs": asked, "news": list(NEWS)}
    return _show_form(read_place(who.organisation, id), given, {})


@pages.post("/new/<path:id>")
@needs(*WORKERS)
def new(id: str) -> Any:
    """Keep it, with the person's agreement; the letter goes by itself."""
    who = viewer()
    found = read_place(who.organisation, id)
    given, wrong = read_form(found)
    if wrong:
        return _show_form(found, given, wrong), 400
    made, token = add_sheet(who.organisation, who.person, pack_form(found, given), request.form.get("form", "")[:60])
    return redirect(url_for("referral.sheet", id=made, lien=token or None))


def _show_form(found: Place, given: Mapping[str, Any], wrong: Mapping[str, str]) -> str:
    needs_known = [label for label, _, _ in SHORT.values()]
    listed = [*dict.fromkeys([*given.get("needs", []), *needs_known])]
    return render(
        "referral/new.html",
        place=found,
        given=given,
        wrong=wrong,
        needs=listed,
        welcomes=WELCOMES,
        contacts=CONTACTS,
        news=NEWS,
        can_mail=bool(found.all("courriels")),
        phone=tell_phone(found.get("telephone")),
        first_day=desk.today().isoformat(),
        last_day=(desk.today() + timedelta(days=180)).isoformat(),
    )


@pages.get("/sheets")
@needs(*WORKERS)
def sheets() -> Any:
    """One's own referrals: whom to call today first."""
    who = viewer()
    rows = []
    for one in list_sheets(who.organisation, who.person):
        days = (desk.today() - desk.local(one.created).date()).days
        late = one.status not in ("closed", "following", "came") and days >= 14
        rows.append(
            {
                "sheet": one,
                "status": tell_status(one),
                "days": days,
                "late": late,
                "when": tell_appointment(one.appointment),
            }
        )
    return render("referral/sheets.html", rows=rows)


@pages.get("/sheets/<id>")
@needs(*WORKERS)
def sheet(id: str) -> Any:
    """One referral: where it stands, what comes next, the card."""
    one = _own(id)
    letter = find_letter(one)
    return render(
        "referral/sheet.html",
        one=one,
        contact=tell_contact(one),
        when=tell_appointment(one.appointment),
        status=tell_status(one),
        steps=[(told, desk.local(told.stored).strftime("%d/%m/%Y")) for told in read_steps(one)],
        next=[(name, LABELS[name]) for name in NEXT[one.status]],
        letter=tell_letter(letter.state, letter.reason),
        may_resend=letter.state in ("failed", "unsure"),
        news=[NEWS[name] for name in one.news],
        known=_list_known(one),
        link=_find_link(one),
    )


def _own(id: str) -> Sheet:
    return find_sheet(viewer().organisation, id, viewer().person)


def _find_link(one: Sheet) -> str:
    """The place's link, shown once, just after the sheet was made: only its hash is kept."""
    token = request.args.get("lien", "")
    return f"{one.address}/referral/answer/{token}" if token and hash_token(token) == one.token else ""


def _list_known(one: Sheet) -> list[str]:
    """What the person shows now, of the needs of this sheet, when she agreed to have it told."""
    if not one.learner or "sait" not in one.news:
        return []
    services = {service for label, service, _ in SHORT.values() if {label, service} & set(one.needs)}
    how = {1: "avec quelqu'un", 2: "avec un coup de main", 3: "seul·e", 4: "et l'explique"}
    return [
        f"{known.name}, {how[min(known.mastery, 4)]}"
        for known in find_known(one.organisation, one.learner)
        if known.name in one.needs or services & set(read_needs([known.competence]).values.get("services", ()))
    ]


@pages.post("/sheets/<id>/status")
@needs(*WORKERS)
def set_status(id: str) -> Any:
    """The professional says what happened."""
    move(_own(id), request.form.get("status", ""), "pro", read_day(request.form))
    return redirect(url_for("referral.sheet", id=id))


def read_day(form: Mapping[str, str]) -> str:
    """Day and hour of a form as an appointment; empty without. Raises BadRequest for half of one."""
    day, hour = form.get("day", "").strip(), form.get("hour", "").strip()
    if not day and not hour:
        return ""
    try:
        date.fromisoformat(day)
        return datetime.fromisoformat(f"{day}T{hour}").strftime("%Y-%m-%dT%H:%M")
    except ValueError as error:
        raise BadRequest("half a date", sentence="Il faut un jour et une heure. Ou laissez les deux vides.") from error


@pages.post("/sheets/<id>/withdraw")
@needs(*WORKERS)
def withdraw(id: str) -> Any:
    """The person takes her agreement back: everything goes, and a place that was written to is told."""
    erase_sheet(_own(id))
    return redirect(url_for("referral.sheets"))


@pages.post("/sheets/<id>/resend")
@needs(*WORKERS)
def resend(id: str) -> Any:
    """A person decides, after a letter that is not known to have gone; the place gets a new link, the old one ends."""
    renew_letter(_own(id))
    return redirect(url_for("referral.sheet", id=id))


@pages.get("/sheets/<id>/card.pdf")
@needs(*WORKERS)
def card(id: str) -> Any:
    """The card to print."""
    one = _own(id)
    found = read_place(one.organisation, one.place)
    made = build_card(one.name, one.appointment, found, show_place(found)["phone"], find_pictogram)
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=carte.pdf"})
