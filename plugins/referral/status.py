"""From proposed to closed: what may follow what, who may say it, and what of it comes back."""

from __future__ import annotations

from collections.abc import Sequence

LABELS = {
    "proposed": "Proposée",
    "accepted": "Acceptée",
    "booked": "Rendez-vous pris",
    "came": "Venu·e",
    "excused": "Excusé·e",
    "absent": "Absent·e",
    "following": "Suivi",
    "closed": "Clos",
}
NEXT = {
    "proposed": ("accepted", "booked", "came", "excused", "absent", "closed"),
    "accepted": ("booked", "came", "excused", "absent", "closed"),
    "booked": ("came", "excused", "absent", "booked", "closed"),
    "excused": ("booked", "came", "following", "closed"),
    "absent": ("booked", "came", "following", "closed"),
    "came": ("following", "booked", "closed"),
    "following": ("booked", "closed"),
    "closed": (),
}
SAID_BY_PLACE = ("accepted", "booked", "came", "excused", "absent", "following")
AGREED = {"came": "venue", "excused": "venue", "absent": "venue", "following": "suivi"}
"""Status said by the place → what the person must have agreed to for the professional to read it."""
NEWS = {
    "venue": "Si je suis venu·e",
    "suivi": "Si la suite se passe bien",
    "sait": "Ce que je sais faire maintenant",
}


def may_follow(now: str, then: str, who: str) -> bool:
    """Whether this may be said now, by the professional (`pro`) or the place (`place`)."""
    return then in NEXT.get(now, ()) and (who == "pro" or then in SAID_BY_PLACE)


def is_told(status: str, who: str, news: Sequence[str]) -> bool:
    """Whether the professional reads this step: what the place says of the person, only as she agreed."""
    return who == "pro" or status not in AGREED or AGREED[status] in news
