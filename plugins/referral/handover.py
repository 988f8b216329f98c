"""Pages of the handover: the sheet filled in with the person, the card, the follow-up, the end."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask import Response, redirect, request, url_for

from lms.contract.pages import (
    BadRequest,
    address,
    find_known,
    find_learner,
    find_pictogram,
    needs,
    render,
    viewer,
)

from . import desk
from .card import build_card
from .desk import WORKERS, pages
from .directory import name_need, show_place, tell_phone
from .forbidden import find_forbidden
from .needs import SHORT, read_needs
from .places import Place, read_place
from .sheets import (
    Sheet,
    add_sheet,
    erase_sheet,
    find_sheet,
    hash_token,
    list_sheets,
    move,
    read_letters,
    read_sender,
    read_steps,
    renew_letter,
    tell_status,
)
from .status import LABELS, NEWS, NEXT
from .wording import CONTACTS, LETTERS, WELCOMES, tell_appointment, tell_contact

MAIL = re.compile(r"^[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}\.[^@\s,;<>\".]{2,}$")
PHONE = re.compile(r"^\+?[\d .]{10,20}$")
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
MOST_NEEDS = 3


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
    made, token = add_sheet(who.organisation, who.person, _pack(found, given), request.form.get("form", "")[:60])
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


def read_form(found: Place) -> tuple[dict[str, Any], dict[str, str]]:
    """What was filled in, and a sentence for each field that has to be looked at again."""
    form = request.form
    texts = {
        name: " ".join(form.get(name, "").split())[:most]
        for name, most in (
            ("name", 40),
            ("contact_value", 120),
            ("goal", 280),
            ("sender_name", 80),
            ("sender_mail", 120),
            ("sender_phone", 30),
            ("day", 10),
            ("hour", 5),
            ("code", 10),
            ("card_name", 40),
        )
    }
    given: dict[str, Any] = texts | {
        "contact": form.get("contact", "pro"),
        "needs": form.getlist("need")[:MOST_NEEDS],
        "welcome": [one for one in form.getlist("welcome") if one in WELCOMES],
        "news": [one for one in form.getlist("news") if one in NEWS],
        "how": "mail" if form.get("how") == "mail" and found.all("courriels") else "print",
        "agreed": bool(form.get("agreed")),
        "learner": "",
    }
    return given, dict(_find_wrong(given))


def _find_wrong(given: dict[str, Any]) -> Any:
    if not given["name"] or any(one.isdigit() or one == "@" for one in given["name"]):
        yield "name", "Écrivez un prénom, ou une initiale. Rien d'autre."
    if given["contact"] not in CONTACTS:
        given["contact"] = "pro"
    if given["contact"] == "telephone" and not PHONE.match(given["contact_value"]):
        yield "contact_value", "Écrivez le numéro de téléphone, ou choisissez « Par moi »."
    if given["contact"] == "mail" and not MAIL.match(given["contact_value"]):
        yield "contact_value", "Écrivez l'adresse mail en entier, ou choisissez « Par moi »."
    if given["contact"] == "pro":
        given["contact_value"] = ""
    if len(request.form.getlist("need")) > MOST_NEEDS:
        yield "need", "Trois besoins au plus : le lieu commence par l'essentiel."
    if what := find_forbidden(" ".join([given["name"], given["goal"], *given["needs"]])):
        yield "goal", f"Nous n'avons rien gardé : cela ressemble à {what}. Le lieu n'en a pas besoin. Enlevez-le."
    if not given["sender_name"]:
        yield "sender_name", "Le lieu doit savoir qui oriente : votre prénom, votre service."
    if given["sender_mail"] and not MAIL.match(given["sender_mail"]):
        yield "sender_mail", "Cette adresse mail n'est pas complète."
    if given["how"] == "mail" and not (given["sender_mail"] or given["sender_phone"]):
        yield "sender_phone", "Pour que le lieu vous réponde : un téléphone ou un mail."
    if not given["agreed"]:
        yield "agreed", "Lisez ceci avec la personne. Sans son accord, rien n'est gardé."
    yield from _find_wrong_day(given)
    yield from _find_wrong_card(given)


def _find_wrong_day(given: dict[str, Any]) -> Any:
    given["appointment"] = ""
    if not (given["day"] or given["hour"]):
        return
    try:
        at = datetime.fromisoformat(f"{given['day']}T{given['hour']}")
    except ValueError:
        yield "day", "Il faut un jour et une heure. Ou laissez les deux vides."
        return
    if not desk.today() <= at.date() <= desk.today() + timedelta(days=366):
        yield "day", "Ce jour est passé, ou à plus d'un an. Regardez la date."
    given["appointment"] = at.strftime("%Y-%m-%dT%H:%M")


def _find_wrong_card(given: dict[str, Any]) -> Any:
    if not (given["code"] or given["card_name"]):
        return
    found = find_learner(given["code"], given["card_name"])
    if found is None:
        yield "code", "Aucune carte de votre maison ne porte ce code et ce prénom. Regardez la carte, ou laissez vide."
    given["learner"] = found or ""


def _pack(found: Place, given: Mapping[str, Any]) -> dict[str, Any]:
    """The row of the sheet."""
    plain = ("name", "learner", "contact", "contact_value", "goal", "how", "appointment")
    plain += ("sender_name", "sender_mail", "sender_phone")
    return {name: given[name] for name in plain} | {
        "place": found.id,
        "place_name": found.name,
        "needs": json.dumps([one[:80] for one in given["needs"]], ensure_ascii=False),
        "welcome": json.dumps(given["welcome"], ensure_ascii=False)[:300],
        "news": ",".join(one for one in given["news"] if one != "sait" or given["learner"]),
        "consented": desk.today().strftime("%d/%m/%Y"),
        "recipient": (found.all("courriels") or [""])[0][:254],
        "address": address(),
    }


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
    letters = read_letters(one)
    return render(
        "referral/sheet.html",
        one=one,
        contact=tell_contact(one),
        when=tell_appointment(one.appointment),
        status=tell_status(one),
        steps=[(told, desk.local(told.stored).strftime("%d/%m/%Y")) for told in read_steps(one)],
        next=[(name, LABELS[name]) for name in NEXT[one.status]],
        letter=LETTERS.get(letters.get("sheet", ""), ""),
        may_resend=letters.get("sheet") in ("failed", "unsure"),
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
    services = {service for label, service, _ in SHORT.values() if label in one.needs}
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
