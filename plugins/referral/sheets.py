"""Referral sheets: made with the person, moved on by the professional or the place, erased whole."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from lms.contract.pages import BadRequest, NotFound
from lms.contract.tables import read, write

from . import desk
from .status import LABELS, is_told, may_follow
from .tables import ended, mail, sheet, step

DAY = 24 * 3600 * 1_000_000
LINK_DAYS, KEPT_DAYS = 90, 365
REMIND = {"reminder2": 14, "reminder6": 42}
"""Two and six weeks."""


@dataclass(frozen=True)
class Sheet:
    """One referral, as whoever made it sees it."""

    row: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.row[name]
        except KeyError as error:
            raise AttributeError(name) from error

    @property
    def needs(self) -> list[str]:
        return json.loads(self.row["needs"])  # type: ignore[no-any-return]

    @property
    def welcome(self) -> list[str]:
        return json.loads(self.row["welcome"])  # type: ignore[no-any-return]

    @property
    def news(self) -> list[str]:
        return [one for one in self.row["news"].split(",") if one]

    @property
    def is_over(self) -> bool:
        """Whether the place's link has ended."""
        return bool(self.row["ends"] < desk.instant() or self.row["status"] == "closed")


@dataclass(frozen=True)
class Told:
    """One step as the professional may read it."""

    label: str
    stored: int
    by_place: bool


def hash_token(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_sheet(organisation: str, author: str, given: Mapping[str, Any], form: str = "") -> tuple[str, str]:
    """Keep a referral; (id, token of the place's link). The same form twice makes one, and has no token again."""
    id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{organisation} {author} {form}")) if form else str(uuid.uuid4())
    if read(select(sheet.c.id).where(sheet.c.organisation == organisation, sheet.c.id == id)):
        return id, ""
    instant, token = desk.instant(), secrets.token_urlsafe(32)
    row = {
        "organisation": organisation, "id": id, "author": author, "status": "proposed", "token": hash_token(token),
        "ends": instant + LINK_DAYS * DAY, "created": instant, "changed": instant,
    }  # fmt: skip
    write(insert(sheet), row | dict(given))
    _add_step(organisation, id, "proposed", "pro")
    if given["appointment"]:
        move(find_sheet(organisation, id), "booked", "pro")
    if given["how"] == "mail":
        add_mail(organisation, id, "sheet", given["recipient"], secret=token)
    if given["sender_mail"]:
        for kind, days in REMIND.items():
            add_mail(organisation, id, kind, given["sender_mail"], days=days)
    return id, token


def add_mail(organisation: str, id: str, kind: str, recipient: str, secret: str = "", days: int = 0) -> None:
    """A letter to send; the worker takes it from here."""
    instant = desk.instant()
    row = {"organisation": organisation, "sheet": id, "kind": kind, "recipient": recipient, "secret": secret}
    write(insert(mail), row | {"state": "waiting", "tries": 0, "due": instant + days * DAY, "moved": instant})


def find_sheet(organisation: str, id: str, author: str = "") -> Sheet:
    """A referral of this house; with `author`, only one of her own. Raises NotFound."""
    wanted = select(sheet).where(sheet.c.organisation == organisation, sheet.c.id == id)
    rows = read(wanted.where(sheet.c.author == author) if author else wanted)
    if not rows:
        raise NotFound(f"no referral {id}", sentence="Ce suivi n'est pas là, ou ses informations ont été effacées.")
    return Sheet(rows[0])


def list_sheets(organisation: str, author: str) -> list[Sheet]:
    """Her own referrals, open ones first, the oldest first among them."""
    mine = select(sheet).where(sheet.c.organisation == organisation, sheet.c.author == author)
    return [Sheet(row) for row in read(mine.order_by(sheet.c.status == "closed", sheet.c.created).limit(300))]


def find_by_token(token: str) -> Sheet | None:
    """The one referral of a place's link; None when it was erased. Raises NotFound for a link that never was."""
    hashed = hash_token(token)
    rows = read(select(sheet).where(sheet.c.token == hashed))
    if rows:
        return Sheet(rows[0])
    if read(select(ended.c.token).where(ended.c.token == hashed)):
        return None
    raise NotFound("no such link", sentence="Ce lien n'est pas complet. Copiez-le en entier depuis le mail.")


def move(one: Sheet, status: str, who: str, appointment: str = "") -> None:
    """The next step. The same step twice is one. Raises BadRequest for one that cannot follow."""
    if status not in LABELS:
        raise BadRequest(f"no status {status!r}")
    if one.status == status and (status != "booked" or appointment in ("", one.appointment)):
        return
    if not may_follow(one.status, status, who):
        said = f"« {LABELS[status]} » ne peut pas suivre « {LABELS[one.status]} »."
        raise BadRequest(f"{one.status} → {status} by {who}", sentence=said)
    mine = (sheet.c.organisation == one.organisation, sheet.c.id == one.id)
    changes = {"status": status, "changed": desk.instant()} | ({"appointment": appointment} if appointment else {})
    write(update(sheet).where(*mine).values(changes))
    _add_step(one.organisation, one.id, status, who)
    if status == "closed":
        forget_waiting(one)


def forget_waiting(one: Sheet) -> None:
    """Reminders that nobody needs any more."""
    mine = (mail.c.organisation == one.organisation, mail.c.sheet == one.id)
    write(delete(mail).where(*mine, mail.c.state == "waiting", mail.c.kind.in_(list(REMIND))))


def _add_step(organisation: str, id: str, status: str, who: str) -> None:
    mine = (step.c.organisation == organisation, step.c.sheet == id)
    number = read(select(func.count().label("n")).select_from(step).where(*mine))[0]["n"]
    row = {"organisation": organisation, "sheet": id, "number": number, "status": status, "who": who}
    write(insert(step), row | {"stored": desk.instant()})


def read_steps(one: Sheet) -> list[Told]:
    """The history, without what the person did not agree to have told."""
    mine = (step.c.organisation == one.organisation, step.c.sheet == one.id)
    rows = read(select(step).where(*mine).order_by(step.c.number))
    told = []
    for row in rows:
        shown = is_told(row["status"], row["who"], one.news)
        told.append(Told(LABELS[row["status"]] if shown else "Le lieu a répondu", row["stored"], row["who"] == "place"))
    return told


def tell_status(one: Sheet) -> str:
    """Where it stands, as the professional may read it."""
    return read_steps(one)[-1].label


def erase_sheet(one: Sheet, warn: bool = True) -> None:
    """Everything goes; the link says so from now on. A place that was written to is told to forget too."""
    mine = (mail.c.organisation == one.organisation, mail.c.sheet == one.id)
    written = read(
        select(mail.c.recipient).where(*mine, mail.c.kind == "sheet", mail.c.state.in_(["sent", "unsure", "leaving"]))
    )
    write(delete(mail).where(*mine))
    write(delete(step).where(step.c.organisation == one.organisation, step.c.sheet == one.id))
    write(delete(sheet).where(sheet.c.organisation == one.organisation, sheet.c.id == one.id))
    if not read(select(ended.c.token).where(ended.c.token == one.token)):
        write(insert(ended), {"token": one.token, "stored": desk.instant()})
    if written and warn:
        add_mail(one.organisation, one.id, "withdrawn", written[0]["recipient"])


def forget_old() -> int:
    """Twelve months after the last thing that happened nothing is kept; how many went."""
    before = desk.instant() - KEPT_DAYS * DAY
    old: Sequence[Mapping[str, Any]] = read(select(sheet).where(sheet.c.changed < before).limit(500))
    for row in old:
        erase_sheet(Sheet(row), warn=False)
    write(delete(mail).where(mail.c.state.in_(["sent", "failed", "unsure"]), mail.c.moved < before))
    write(delete(ended).where(ended.c.stored < before))
    return len(old)


def forget_person(organisation: str, person: str) -> int:
    """Somebody was erased: the referrals of a learner go, and those that a professional made; how many."""
    hers = (sheet.c.learner == person) | (sheet.c.author == person)
    rows = read(select(sheet).where(sheet.c.organisation == organisation, hers))
    for row in rows:
        erase_sheet(Sheet(row))
    return len(rows)


def read_sender(organisation: str, author: str) -> Mapping[str, str]:
    """How she signed the last time."""
    mine = select(sheet).where(sheet.c.organisation == organisation, sheet.c.author == author)
    rows = read(mine.order_by(sheet.c.created.desc()).limit(1))
    names = ("sender_name", "sender_mail", "sender_phone")
    return {name: rows[0][name] if rows else "" for name in names}


@dataclass(frozen=True)
class Sent:
    """How it is with a letter: its state, and why the last try failed."""

    state: str = ""
    reason: str = ""


def find_letter(one: Sheet) -> Sent:
    """How it is with the letter that brings this sheet to the place; empty where none was written."""
    mine = (mail.c.organisation == one.organisation, mail.c.sheet == one.id, mail.c.kind == "sheet")
    found = read(select(mail.c.state, mail.c.reason).where(*mine))
    return Sent(**found[0]) if found else Sent()


def day_of(instant: int) -> date:
    """The day of an instant, where the people are."""
    return desk.local(instant).date()


def renew_letter(one: Sheet) -> None:
    """Send the sheet again, with a new link. Only where the first letter is not known to have gone."""
    token = secrets.token_urlsafe(32)
    key = (mail.c.organisation == one.organisation, mail.c.sheet == one.id, mail.c.kind == "sheet")
    again = update(mail).where(*key, mail.c.state.in_(["failed", "unsure"]))
    instant = desk.instant()
    values = {"state": "waiting", "tries": 0, "due": instant, "moved": instant, "secret": token, "reason": ""}
    if write(again.values(**values)):
        mine = (sheet.c.organisation == one.organisation, sheet.c.id == one.id)
        write(update(sheet).where(*mine).values(token=hash_token(token)))
