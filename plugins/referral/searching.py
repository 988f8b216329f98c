"""Searching the directory: a question read from an address, one query for its answers, one for how many there are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, literal, or_, select

from lms.contract.tables import read

from .communes import Spot, find_spots
from .hours import is_open
from .needs import SHORT, read_needs
from .standard import LOCAL, marks, mask, simplify, vocabularies
from .tables import place

GROUPS = (
    "services", "modalites_acces", "prise_en_charge_specifique", "frais_a_charge", "publics_specifiquement_adresses",
    "modalites_accompagnement",
)  # fmt: skip
RADII = (5, 10, 20, 30, 50, 100)
RADIUS, PAGE, MOST, LOOKED_AT = 20, 20, 400, 1500
KM = 111.195
"""Kilometres a degree of latitude."""
CLOSED = "Ce lieu n'accueille pas de public"


@dataclass(frozen=True)
class Question:
    """What is looked for. `values` by column; `near` is where from; `radius` in kilometres, 0 for anywhere."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    local: Sequence[str] = ()
    words: str = ""
    near: Spot | None = None
    radius: int = RADIUS
    open_now: bool = False
    no_travel: bool = False
    page: int = 1


@dataclass(frozen=True)
class Hit:
    """One place found; `away` in kilometres, None without a place to start from or on the map."""

    id: str
    name: str
    commune: str
    postcode: str
    latitude: float | None
    longitude: float | None
    marks: int
    hours: str
    updated: str
    away: float | None


@dataclass(frozen=True)
class Answer:
    """A page of hits; `total` counts to 401, and is None for «open now»."""

    hits: Sequence[Hit]
    total: int | None
    more: bool


def read_question(args: Any, spots: Sequence[Spot]) -> Question:
    """The question that an address asks; what is not understood is left out."""
    wanted = read_needs([*args.getlist("besoin"), *args.getlist("need")])
    for column in GROUPS:
        for value in args.getlist(column):
            if value in vocabularies()[column]:
                wanted.add(column, value)
    radius = args.get("rayon", str(RADIUS))
    page = args.get("page", "1")
    return Question(
        values=wanted.values,
        local=[one for one in LOCAL if args.get(one)],
        words=simplify(args.get("mots", ""))[:60],
        near=spots[0] if spots else None,
        radius=int(radius) if radius.isdigit() and int(radius) in (0, *RADII) else RADIUS,
        open_now=bool(args.get("ouvert")),
        no_travel=bool(args.get("sans_deplacement")) or wanted.no_travel,
        page=min(int(page), MOST // PAGE) if page.isdigit() and page != "0" else 1,
    )


def find_near(organisation: str, text: str) -> list[Spot]:
    """Communes that are meant; for one that France does not have, the middle of the house's own places there."""
    found = find_spots(text) if text.strip() else []
    return found or (_find_own(organisation, text) if text.strip() else [])


def _find_own(organisation: str, text: str) -> list[Spot]:
    code, name = "".join(one for one in text if one.isdigit()), simplify("".join(x for x in text if not x.isdigit()))
    wanted = select(
        func.min(place.c.commune).label("name"), func.min(place.c.postcode).label("code"),
        func.avg(place.c.latitude).label("latitude"), func.avg(place.c.longitude).label("longitude"),
    ).where(place.c.organisation == organisation, place.c.latitude.is_not(None))  # fmt: skip
    if len(code) == 5:
        wanted = wanted.where(place.c.postcode == code)
    elif name:
        wanted = wanted.where(func.lower(place.c.commune) == text.strip().lower())
    else:
        return []
    row = read(wanted)[0]
    if row["latitude"] is None:
        return []
    return [Spot(row["name"], row["code"], "", float(row["latitude"]), float(row["longitude"]), False)]


def search(organisation: str, question: Question, now: datetime) -> Answer:
    """One page of places that answer. An index alone says which; only those shown are read whole."""
    columns = [place.c.id, place.c.hours] if question.open_now else [place.c.id]
    wanted = _order(select(*columns).where(*find_conditions(organisation, question)), question)
    if question.open_now:
        rows = read(wanted.where(_has(marks()["hours"])).limit(LOOKED_AT))
        found, total = _find_open(rows, question.page * PAGE + 1, now), None
    else:
        found = [row["id"] for row in read(wanted.limit(MOST + 1))]
        total = len(found)
    start = (question.page - 1) * PAGE
    shown = found[start : start + PAGE]
    return Answer(_read_hits(organisation, shown, question), total, len(found) > start + PAGE)


def _find_open(rows: Sequence[Mapping[str, Any]], enough: int, now: datetime) -> list[str]:
    """Hours are read place by place, the nearest first, until there are enough."""
    found: list[str] = []
    for row in rows:
        if is_open(row["hours"], now):
            found.append(row["id"])
        if len(found) == enough:
            break
    return found


def _read_hits(organisation: str, ids: Sequence[str], question: Question) -> list[Hit]:
    wanted = select(
        place.c.id, place.c.name, place.c.commune, place.c.postcode, place.c.latitude, place.c.longitude, place.c.marks,
        place.c.hours, place.c.updated,
    )  # fmt: skip
    rows = read(wanted.where(place.c.organisation == organisation, place.c.id.in_(ids))) if ids else []
    found = {row["id"]: _build(row, question) for row in rows}
    return [found[id] for id in ids]


def find_conditions(organisation: str, question: Question) -> Any:
    """What each place found must be: one bit test a group of filters."""
    yield place.c.organisation == organisation
    for column, values in question.values.items():
        if column == "publics_specifiquement_adresses":
            everybody = ~_has(mask(column, vocabularies()[column]))
            yield or_(_has(mask(column, values)), everybody)
        elif values:
            yield _has(mask(column, values))
    for name in question.local:
        yield _has(marks()[name])
    if CLOSED not in question.values.get("modalites_acces", ()):
        yield receives_people()
    for word in question.words.split():
        yield place.c.words.contains(word, autoescape=True)
    yield from _find_where(question)


def receives_people() -> ColumnElement[bool]:
    """What a place is that is not closed to the public."""
    return ~_has(mask("modalites_acces", [CLOSED]))


def _find_where(question: Question) -> Any:
    inside = _is_inside(question.near, question.radius) if question.near and question.radius else None
    if question.no_travel:
        remote = _has(mask("modalites_accompagnement", ["À distance"]))
        comes = _has(mask("itinerance", ["Itinérant"]))
        yield or_(remote, comes if inside is None else and_(comes, inside))
    elif inside is not None:
        yield inside


def _has(bits: int) -> ColumnElement[bool]:
    return place.c.marks.op("&")(literal(bits, BigInteger)) != 0


def _is_inside(near: Spot, radius: int) -> ColumnElement[bool]:
    """A box first, which the index answers, then the circle."""
    up, aside = radius / KM, radius / (KM * math.cos(math.radians(near.latitude)))
    box = and_(
        place.c.latitude.between(near.latitude - up, near.latitude + up),
        place.c.longitude.between(near.longitude - aside, near.longitude + aside),
    )
    return and_(box, _squared(near) <= up * up)


def _squared(near: Spot) -> Any:
    """The square of the distance, in degrees of latitude; right to a percent within a hundred kilometres."""
    narrow = math.cos(math.radians(near.latitude)) ** 2
    up, aside = place.c.latitude - near.latitude, place.c.longitude - near.longitude
    return up * up + aside * aside * narrow


def _order(rows: Select[Any], question: Question) -> Select[Any]:
    if question.near is None:
        return rows.order_by(place.c.words, place.c.id)
    return rows.order_by(place.c.latitude.is_(None), _squared(question.near), place.c.id)


def _build(row: Mapping[str, Any], question: Question) -> Hit:
    away = None
    if question.near and row["latitude"] is not None:
        away = measure(question.near.latitude, question.near.longitude, row["latitude"], row["longitude"])
    return Hit(**row, away=away)


def measure(latitude: float, longitude: float, other: float, aside: float) -> float:
    """Kilometres between two points, along the ground (haversine)."""
    a, b = math.radians(latitude), math.radians(other)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(aside - longitude) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def list_needs() -> list[dict[str, str]]:
    """The needs in plain words, for the form."""
    return [{"code": code, "label": label, "pictogram": picture} for code, (label, _, picture) in SHORT.items()]
