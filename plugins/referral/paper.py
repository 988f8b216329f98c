"""What is printed or read aside: the guide of a commune, and the doors beyond digital."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from flask import request
from sqlalchemy import select

from lms.contract.pages import needs, render, viewer
from lms.contract.tables import read

from .desk import READERS, pages, today
from .directory import TITLES, show_place
from .places import Place, read_places
from .searching import find_near, receives_people
from .tables import place

BEYOND = Path(__file__).parent / "data/au-dela.json"
MOST_PRINTED = 60
SHOWN = tuple(TITLES[name] for name in ("services", "prise_en_charge_specifique", "frais_a_charge"))
"""What a person reads on a counter; how a professional refers stands on the page of the place."""


@pages.get("/guide")
@needs(*READERS)
def guide() -> Any:
    """Places of a commune or postal code that receive people, on a sheet to be printed and left on a counter."""
    house, text = viewer().organisation, request.args.get("ou", "").strip()[:80]
    spots = find_near(house, text)
    found: Sequence[Place] = (
        list(read_places(house, _find_ids(house, spots[0].postcode, spots[0].insee)).values()) if spots else []
    )
    return render(
        "referral/guide.html",
        text=text,
        spots=spots,
        places=[show_place(one) for one in found],
        shown=SHOWN,
        day=today(),
        beyond=read_beyond(),
    )


def _find_ids(organisation: str, postcode: str, insee: str) -> list[str]:
    same = (place.c.postcode == postcode) | (place.c.insee == insee) if insee else place.c.postcode == postcode
    wanted = select(place.c.id).where(place.c.organisation == organisation, receives_people(), same)
    return [one["id"] for one in read(wanted.order_by(place.c.words).limit(MOST_PRINTED))]


@pages.get("/beyond")
@needs(*READERS)
def beyond() -> Any:
    """Needs that no digital place answers: whom to turn to, with source and date."""
    return render("referral/beyond.html", cards=read_beyond())


@cache
def read_beyond() -> list[dict[str, Any]]:
    """The cards, each with its source and the day it was looked at."""
    found: list[dict[str, Any]] = json.loads(BEYOND.read_text(encoding="utf-8"))["fiches"]
    return found
