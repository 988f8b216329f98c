"""Seeing a learner's rehearsal screen from afar: asked, agreed to, shown while it lasts, ended by the learner at once.

Who is not the trainer sees nothing without it. It ends by itself: when nobody answers, when whoever looked has left,
after an hour, and when the learner goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update
from sqlalchemy.orm import aliased

from lms.database.clock import now
from lms.database.ids import new_id
from lms.database.models import Person, ScreenShare
from lms.database.prepared import find_rows
from lms.database.rows import table
from lms.errors import Conflict, NotFound

MINUTE = 60 * 1_000_000
ASK_LASTS = 5 * MINUTE
LASTS = 60 * MINUTE
LEFT_AFTER = 3 * MINUTE
"""Whose page did not ask for so long does not look any more; a page in view asks every two seconds."""
NOTED_EVERY = 20 * 1_000_000
CALM_AFTER_NO = 10 * MINUTE
"""Who said no is not asked again by the same person for a while."""


@dataclass(frozen=True)
class Share:
    """One time that somebody asked, with both first names."""

    organisation: str
    id: str
    person: str
    watcher: str
    asked: int
    agreed: int | None
    ended: int | None
    seen: int
    person_name: str
    watcher_name: str

    @property
    def state(self) -> str:
        """asked, on, refused or over."""
        instant = now()
        if self.ended:
            return "over" if self.agreed else "refused"
        if instant - self.seen > LEFT_AFTER:
            return "over"
        if self.agreed:
            return "on" if instant - self.agreed < LASTS else "over"
        return "asked" if instant - self.asked < ASK_LASTS else "over"

    @property
    def is_due(self) -> bool:
        """Whether it is to be noted again that somebody looks."""
        return self.state in ("asked", "on") and now() - self.seen > NOTED_EVERY


def ask_share(connection: Connection, organisation: str, person: str, watcher: str) -> str:
    """Ask; the id. What the same person had asked before ends. Raises Conflict soon after a no."""
    mine = (table(ScreenShare).c.organisation_id == organisation,)
    pair = (*mine, ScreenShare.person_id == person, ScreenShare.watcher_id == watcher)
    refused = (ScreenShare.agreed.is_(None), ScreenShare.ended > now() - CALM_AFTER_NO)
    if connection.execute(select(ScreenShare.id).where(*pair, *refused)).first() is not None:
        sentence = "Cette personne a dit non il y a peu. Parlez-lui d'abord, puis attendez dix minutes."
        raise Conflict(f"{person} said no to {watcher}", sentence=sentence)
    instant, made = now(), new_id()
    open_ones = update(table(ScreenShare)).where(*pair, ScreenShare.ended.is_(None))
    connection.execute(open_ones.values(ended=instant, agreed=instant))
    row = {"organisation_id": organisation, "id": made, "person_id": person, "watcher_id": watcher}
    connection.execute(insert(table(ScreenShare)), row | {"asked": instant, "seen": instant})
    return made


def _select() -> Select[Any]:
    """A share with both first names."""
    learner, watcher, share = aliased(Person), aliased(Person), table(ScreenShare)
    return (
        select(*share.columns, learner.first_name.label("person_name"), watcher.first_name.label("watcher_name"))
        .join(learner, (learner.organisation_id == share.c.organisation_id) & (learner.id == share.c.person_id))
        .join(watcher, (watcher.organisation_id == share.c.organisation_id) & (watcher.id == share.c.watcher_id))
        .where(share.c.organisation_id == bindparam("organisation"))
        .order_by(share.c.asked.desc())
    )


_WATCHED = _select().where(ScreenShare.watcher_id == bindparam("who"), ScreenShare.id == bindparam("id"))
_OPEN = _select().where(ScreenShare.person_id == bindparam("who"), ScreenShare.ended.is_(None))
"""Built once: every learner at work asks for the second every two seconds."""


def find_watched(connection: Connection, organisation: str, watcher: str, id: str) -> Share:
    """What this person asked for. Raises NotFound for what somebody else asked."""
    found = find_rows(connection, _WATCHED, {"organisation": organisation, "who": watcher, "id": id})
    if not found:
        raise NotFound(f"no share {id!r} of {watcher!r}", sentence="Cette demande n'existe plus.")
    return Share(*found[0])


def list_shares(connection: Connection, organisation: str, person: str) -> Sequence[Share]:
    """Whoever asks to see this learner's screen, or sees it now."""
    rows = find_rows(connection, _OPEN, {"organisation": organisation, "who": person})
    return [one for row in rows if (one := Share(*row)).state in ("asked", "on")]


def answer_share(connection: Connection, organisation: str, person: str, id: str, answer: str) -> bool:
    """The learner says yes, no or stop; False when it was over already."""
    share = table(ScreenShare)
    mine = (share.c.organisation_id == organisation, share.c.person_id == person, share.c.id == id)
    open_one = update(share).where(*mine, share.c.ended.is_(None))
    if answer == "yes":
        fresh = (share.c.agreed.is_(None), share.c.asked > now() - ASK_LASTS)
        return connection.execute(open_one.where(*fresh).values(agreed=now())).rowcount == 1
    return connection.execute(open_one.values(ended=now())).rowcount == 1


def end_shares(connection: Connection, organisation: str, person: str) -> int:
    """The learner goes: nobody sees this screen any more; how many did."""
    share = table(ScreenShare)
    mine = (share.c.organisation_id == organisation, share.c.person_id == person, share.c.ended.is_(None))
    instant = now()
    return connection.execute(update(share).where(*mine).values(ended=instant, agreed=instant)).rowcount


def leave_share(connection: Connection, share: Share) -> None:
    """Whoever looked, or asked, stops; that is no refusal."""
    mine = (table(ScreenShare).c.organisation_id == share.organisation, table(ScreenShare).c.id == share.id)
    ended = {"ended": now(), "agreed": share.agreed or share.asked}
    connection.execute(update(table(ScreenShare)).where(*mine, ScreenShare.ended.is_(None)).values(**ended))


def note_watching(connection: Connection, share: Share) -> None:
    """The page of whoever looks is open."""
    mine = (table(ScreenShare).c.organisation_id == share.organisation, table(ScreenShare).c.id == share.id)
    connection.execute(update(table(ScreenShare)).where(*mine).values(seen=now()))
