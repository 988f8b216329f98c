"""The form of a referral: what was filled in, a sentence for what has to be looked at again, the row that is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import request

from lms.contract.pages import address, find_learner

from . import desk
from .forbidden import find_forbidden
from .places import Place
from .status import NEWS
from .wording import CONTACTS, WELCOMES

MAIL = re.compile(r"^[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}\.[^@\s,;<>\".]{2,}$")
PHONE = re.compile(r"^\+?[\d .]{10,20}$")
MOST_NEEDS = 3


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


def pack_form(found: Place, given: Mapping[str, Any]) -> dict[str, Any]:
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
