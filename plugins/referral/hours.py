"""Opening hours as OpenStreetMap writes them: are they open, until when, and what to print.

A library reads them (opening-hours-py); it is large and imported at the first question.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
DAYS = {
    "Mo": "lundi",
    "Tu": "mardi",
    "We": "mercredi",
    "Th": "jeudi",
    "Fr": "vendredi",
    "Sa": "samedi",
    "Su": "dimanche",
}
WORDS = {"PH": "jours fériés", "SH": "vacances scolaires", "off": "fermé", "closed": "fermé", "open": "ouvert"}
ORDER = tuple(DAYS)
SPAN = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)-(Mo|Tu|We|Th|Fr|Sa|Su)\b")
FOREIGN = re.compile(r"\b(?:week|easter|sun\w+|dusk|dawn|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|[\[+]")
"""What we have no French words for: such a rule is shown as it is written."""
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})\b")


@lru_cache(maxsize=4096)
def _parse(text: str) -> Any:
    """The library's object; None where the text is not in that format."""
    from opening_hours import OpeningHours

    try:
        return OpeningHours(text, timezone=PARIS, country="FR", max_interval_days=366)
    except Exception:  # its error for what it cannot read is no SyntaxError, though its papers say so
        return None


def is_readable(text: str) -> bool:
    """Whether these hours are in the format."""
    return _parse(text) is not None


def is_open(text: str, at: datetime) -> bool | None:
    """Whether it is open then; None when nobody knows."""
    hours = _parse(text) if text else None
    return None if hours is None else bool(hours.is_open(at.astimezone(PARIS)))


def tell_now(text: str, at: datetime) -> str:
    """«Ouvert jusqu'à 12 h», «Fermé, ouvre lundi à 9 h»; empty when nobody knows."""
    hours, here = (_parse(text) if text else None), at.astimezone(PARIS)
    if hours is None:
        return ""
    change = hours.next_change(here)
    if hours.is_open(here):
        return f"Ouvert jusqu'à {tell_clock(change)}" if change and change.date() == here.date() else "Ouvert"
    if change is None or change - here > timedelta(days=14):
        return "Fermé"
    return f"Fermé, ouvre {tell_day(change, here)} à {tell_clock(change)}"


def tell_day(then: datetime, now: datetime) -> str:
    """«aujourd'hui», «demain», or the name of the day, with its number when it is over a week away."""
    away = (then.date() - now.date()).days
    name = list(DAYS.values())[then.weekday()]
    return "aujourd'hui" if away == 0 else "demain" if away == 1 else name if away < 7 else f"{name} {then.day}"


def tell_clock(at: datetime) -> str:
    """«9 h», «14 h 30»."""
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}" if at.minute else f"{at.hour}\u00a0h"


def tell_week(text: str) -> list[str]:
    """One line a rule, in French words; the text itself where it is written otherwise."""
    if not text or not is_readable(text):
        return [text] if text else []
    return [_tell_rule(one.strip()) for one in text.split(";") if one.strip()]


def _tell_rule(rule: str) -> str:
    if FOREIGN.search(rule):
        return rule
    told = SPAN.sub(lambda found: f"du {DAYS[found[1]]} au {DAYS[found[2]]}", rule)
    for code, word in {**DAYS, **WORDS}.items():
        told = re.sub(rf"\b{code}\b", word, told)
    told = CLOCK.sub(_tell_hours, told).replace("24/7", "jour et nuit")
    told = re.sub(r",\s*(?=de )", " et ", told).replace(",", ", ")
    told = re.sub(r"\s+", " ", told)
    return (told[:1].upper() + told[1:]).strip()


def _tell_hours(found: re.Match[str]) -> str:
    start, end = (
        f"{int(hour)}\u00a0h\u00a0{minute}" if minute != "00" else f"{int(hour)}\u00a0h"
        for hour, minute in ((found[1], found[2]), (found[3], found[4]))
    )
    return f"de {start} à {end}"
