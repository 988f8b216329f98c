"""Words of a referral that several pages and papers share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lms.contract import MONTHS

from .hours import DAYS, tell_clock

CONTACTS = {"telephone": "Par téléphone", "mail": "Par mail", "pro": "Par moi, qui l'accompagne"}
WELCOMES = (
    "A besoin d'écouter plutôt que de lire", "Le français est une langue nouvelle", "Grand texte",
    "Accès en fauteuil ou sans marche", "Besoin de temps", "Plutôt en fin de journée", "Plutôt le matin",
    "Vient avec un enfant",
)  # fmt: skip
LETTERS = {
    "waiting": "Le mail attend de partir.",
    "taken": "Le mail part.",
    "leaving": "Le mail part.",
    "sent": "Le mail est parti.",
    "failed": "Le mail n'est pas parti, malgré plusieurs essais. Téléphonez au lieu.",
    "unsure": "Nous ne savons pas si le mail est arrivé : la ligne a coupé. Téléphonez au lieu avant de renvoyer.",
}


def tell_letter(state: str, reason: str) -> str:
    """How it is with the mail; the reason where it waits after a try, or was given up."""
    if state == "waiting" and reason:
        return f"{reason} Le mail est gardé, et repartira seul. En attendant, vous pouvez téléphoner."
    return f"{reason} {LETTERS[state]}".strip() if state == "failed" else LETTERS.get(state, "")


def tell_appointment(text: str) -> str:
    """`2026-12-03T14:30` as one says it: jeudi 3 décembre à 14 h 30."""
    if not text:
        return ""
    at = datetime.fromisoformat(text)
    return f"{tell_day(text)} à {tell_clock(at)}"


def tell_day(text: str) -> str:
    """The day of an appointment: jeudi 3 décembre."""
    at = datetime.fromisoformat(text)
    number = "1er" if at.day == 1 else str(at.day)
    return f"{list(DAYS.values())[at.weekday()]} {number} {MONTHS[at.month - 1]}"


def tell_contact(one: Any) -> str:
    """How the person wishes to be reached."""
    if one.contact == "pro":
        return f"par {one.sender_name}, qui l'accompagne ({one.sender_phone or one.sender_mail})"
    return f"{CONTACTS[one.contact].lower()} : {one.contact_value}"
