"""Letters: what they say, and the job that sends each once, whenever the machine stops."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import and_, or_, select, update

from lms.contract.mail import Letter, MailNotSent, MailUnsure, send
from lms.contract.pages import NotFound
from lms.contract.tables import begin, read, write

from . import desk
from .sheets import Sheet, find_sheet
from .tables import mail
from .wording import tell_appointment, tell_contact

logger = logging.getLogger("lms.plugins.referral")

MINUTE = 60 * 1_000_000
TAKEN_FOR = 10 * MINUTE
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
"""Minutes before a letter that was refused is tried again; after the last it is left to a person."""
AT_ONCE = 20
LONGEST_REASON = 200


def send_waiting() -> int:
    """Send what is due; how many went. Each letter is taken, marked as leaving, then as sent: three transactions."""
    return sum(_send_one(key) for key in _find_due())


def _find_due() -> list[Mapping[str, Any]]:
    """Letters that wait, and those that a machine took and then stopped before any of the text went."""
    instant = desk.instant()
    waiting = and_(mail.c.state == "waiting", mail.c.due <= instant)
    left = and_(mail.c.state == "taken", mail.c.moved < instant - TAKEN_FOR)
    with begin():
        lost = and_(mail.c.state == "leaving", mail.c.moved < instant - TAKEN_FOR)
        write(update(mail).where(lost).values(state="unsure", secret="", moved=instant))
        return list(read(select(mail).where(or_(waiting, left)).order_by(mail.c.due).limit(AT_ONCE)))


def _send_one(row: Mapping[str, Any]) -> int:
    if not _mark(row, row["state"], "taken", tries=row["tries"] + 1):
        return 0
    with begin():
        letter = compose(row)
    if letter is None:
        return _mark(row, "taken", "failed") and 0
    try:
        send(letter, lambda: _leave(row))
    except MailNotSent as error:
        logger.warning("letter %s.%s has not gone: %s", row["sheet"], row["kind"], error)
        return _put_back(row, error.sentence)
    except MailUnsure:
        _mark(row, "leaving", "unsure", secret="")
        return 0
    except Exception:
        _put_back(row, MailNotSent.sentence)
        raise
    _mark(row, "leaving", "sent", secret="", reason="")
    return 1


def _leave(row: Mapping[str, Any]) -> None:
    """From here on it may have gone; should the machine stop now, it is not sent again by itself."""
    if not _mark(row, "taken", "leaving"):
        raise MailNotSent("another process took this letter, or its referral was erased")


def _put_back(row: Mapping[str, Any], reason: str) -> int:
    """It is kept, and tried again later, until it was tried often enough."""
    tries, told = row["tries"], {"reason": reason[:LONGEST_REASON]}
    if tries >= len(PAUSES):
        _mark(row, ("taken", "leaving"), "failed", **told)
    else:
        _mark(row, ("taken", "leaving"), "waiting", due=desk.instant() + PAUSES[tries] * MINUTE, **told)
    return 0


def _mark(row: Mapping[str, Any], before: str | tuple[str, ...], after: str, **values: Any) -> bool:
    """One conditional write in a transaction of its own: whether this process was the one to make it."""
    states = (before,) if isinstance(before, str) else before
    key = [mail.c[name] == row[name] for name in ("organisation", "sheet", "kind")]
    changed = update(mail).where(*key, mail.c.state.in_(states))
    if after == "taken":
        changed = changed.where(mail.c.moved == row["moved"])
    with begin():
        return write(changed.values(state=after, moved=desk.instant(), **values)) == 1


def compose(row: Mapping[str, Any]) -> Letter | None:
    """The letter of this row; None when what it is about is no more."""
    id = f"{row['sheet']}.{row['kind']}"
    if row["kind"] == "withdrawn":
        return Letter(id, row["recipient"], f"Orientation {row['sheet'][:8]} : à effacer", WITHDRAWN)
    try:
        one = find_sheet(row["organisation"], row["sheet"])
    except NotFound:
        return None
    subject, text = WRITTEN[row["kind"]](one, row)
    return Letter(id, row["recipient"], subject, text, one.sender_mail if row["kind"] == "sheet" else "")


WITHDRAWN = """Bonjour,

La personne a retiré son accord pour cette orientation.
Le lien ne montre plus rien. Merci d'effacer le mail précédent, et ce que vous avez noté.

Déclic
"""


def _write_sheet(one: Sheet, row: Mapping[str, Any]) -> tuple[str, str]:
    """What the person agreed to have sent, and nothing more."""
    lines = [
        "Bonjour,",
        "",
        f"{one.sender_name} vous oriente une personne, avec son accord du {one.consented}.",
        "",
        f"Prénom : {one.name}",
        f"Pour la joindre : {tell_contact(one)}",
        *(f"Besoin : {need}" for need in one.needs),
        *(f"Pour l'accueil : {care}" for care in one.welcome),
        *([f"Dans ses mots : « {one.goal} »"] if one.goal else []),
        *([f"Rendez-vous : {tell_appointment(one.appointment)}"] if one.appointment else []),
        "",
        "Pour répondre en deux clics, sans compte :",
        f"{one.address}/referral/answer/{row['secret']}",
        "Ce lien ne montre que cette orientation. Il finit dans trois mois.",
        "",
        f"{one.sender_name} · {one.sender_phone or one.sender_mail}",
    ]
    return f"Fiche de prescription : {one.place_name}", "\n".join(lines) + "\n"


def _write_reminder(one: Sheet, row: Mapping[str, Any]) -> tuple[str, str]:
    """No name in it: a mailbox is often read by several."""
    weeks = "deux" if row["kind"] == "reminder2" else "six"
    lines = [
        "Bonjour,",
        "",
        f"Il y a {weeks} semaines, vous avez orienté quelqu'un vers : {one.place_name}.",
        "Avez-vous des nouvelles ? Un appel aide souvent.",
        "Si la personne n'est pas venue : qu'est-ce qui a empêché ? Un autre horaire, un autre lieu ?",
        "",
        f"{one.address}/referral/sheets/{one.id}",
        "",
        "Déclic",
    ]
    return "Prendre des nouvelles d'une orientation", "\n".join(lines) + "\n"


WRITTEN: dict[str, Callable[[Sheet, Mapping[str, Any]], tuple[str, str]]] = {
    "sheet": _write_sheet,
    "reminder2": _write_reminder,
    "reminder6": _write_reminder,
}
