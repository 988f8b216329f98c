"""Seats of a desk: who sits there, and which apps are seen from there. One learner alone plays them all in turn.

Of two people each stays in his own: the state then keeps in `fronts`, by seat, the app that is in front there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lms.content.goal_specs import Place, check_keys
from lms.content.goals import DESK
from lms.contract import State

Json = Any
SEAT_KEYS = frozenset({"title", "apps"})
PREFIX = "seat-"
"""`desk/seat-<name>` is the touch that goes to a seat."""
FEWEST = 2


@dataclass(frozen=True)
class Seat:
    """One place at the desk; an app may be seen from several."""

    title: str
    apps: tuple[str, ...]


Seats = Mapping[str, Seat]
NO_SEATS: Seats = MappingProxyType({})


def read_seats(tree: Mapping[str, Json], titles: Mapping[str, str], place: Place) -> Seats:
    """The seats of a scenario; what is wrong with them goes to `place`."""
    spec = tree.get("seats")
    if spec is None:
        return NO_SEATS
    if not isinstance(spec, dict) or len(spec) < FEWEST:
        place.refuse("name two seats at least, such as {pro: {title: …, apps: […]}, usager: {title: …, apps: […]}}")
        return NO_SEATS
    before = len(place.problems)
    seats = {name: _read_seat(name, one, titles, place.at(name)) for name, one in spec.items()}
    for app in titles:
        if not any(app in seat.apps for seat in seats.values()):
            place.refuse(f"the app «{app}» is seen from no seat")
    start = tree.get("start", {})
    start = start if isinstance(start, Mapping) else {}
    if (first := start.get("seat")) is not None and first not in seats:
        place.refuse(f"start.seat: no seat «{first}»; there is: {', '.join(seats)}")
    elif (front := start.get("front")) in titles and not seats[find_first(seats, start)].apps.count(front):
        place.refuse(f"start.front: «{front}» is not seen from the first seat")
    return NO_SEATS if len(place.problems) > before else MappingProxyType(seats)


def _read_seat(name: str, spec: Json, titles: Mapping[str, str], place: Place) -> Seat:
    told = spec if isinstance(spec, dict) else {}
    check_keys(told, SEAT_KEYS, place)
    if not name.replace("-", "_").isidentifier():
        place.refuse(f"«{name}» cannot name a seat")
    title, apps = told.get("title"), told.get("apps")
    if not isinstance(title, str) or not title.strip():
        place.at("title").refuse("who sits there? A first name, or «le professionnel»")
    if not isinstance(apps, list) or not apps:
        place.at("apps").refuse("name the apps that are seen from this seat")
        apps = []
    for app in apps:
        if app not in titles:
            place.at("apps").refuse(f"no app «{app}» on this desk; there is: {', '.join(titles)}")
    return Seat(str(title), tuple(str(app) for app in apps))


def find_first(seats: Seats, start: Mapping[str, Json]) -> str:
    """The seat that one begins in: the one that `start.seat` names, else the first."""
    return str(start.get("seat") or next(iter(seats)))


def find_seat(seats: Seats, here: str, app: str) -> str:
    """From where this app is seen: from here if it is, else from the first seat that has it."""
    return here if app in seats[here].apps else next(name for name, one in seats.items() if app in one.apps)


def move(seats: Seats, world: Json, seat: str) -> Json:
    """Somebody changes places; an app that is seen from both stays in front."""
    apps = seats[seat].apps
    return {**world, "seat": seat, "front": world["front"] if world["front"] in apps else apps[0]}


def follow_front(seats: Seats, world: Json) -> Json:
    """A touch or an incident brought an app to the front that is seen from another seat: the seat goes with it."""
    return {**world, "seat": find_seat(seats, world["seat"], world["front"])} if seats else world


def sit(seats: Seats, state: State, seat: str) -> State:
    """The state as it is seen from one seat of two people; `""` when one person plays on alone."""
    world, fronts = state["world"], state.get("fronts")
    if not seat:
        return {name: one for name, one in state.items() if name != "fronts"}
    if fronts is None:
        fronts = {name: world["front"] if world["front"] in one.apps else one.apps[0] for name, one in seats.items()}
    return {**state, "fronts": fronts, "world": {**world, "seat": seat, "front": fronts[seat]}}


def keep_apart(seats: Seats, state: State, world: Json) -> tuple[State, Json]:
    """After a touch each of two people keeps his own app in front; what rings for the other rings there."""
    seat, front = world["seat"], world["front"]
    fronts = {**state["fronts"], find_seat(seats, seat, front): front}
    return {**state, "fronts": fronts}, {**world, "front": fronts[seat]}


def say_turn(title: str) -> str:
    """What who waits for the other is told: «C'est au tour de Chloé.»"""
    return f"C'est au tour {say_of(title)}."


def part_of(seat: str) -> str:
    """The touch that goes to a seat."""
    return f"{DESK}/{PREFIX}{seat}"


def say_seat(title: str) -> str:
    """What leads to another seat: «Passez à la place du professionnel.»"""
    return f"Passez à la place {say_of(title)}."


def say_now(title: str) -> str:
    """What is said once one sits there: «Maintenant, vous êtes le professionnel.»"""
    return f"Maintenant, vous êtes {title}."


def say_of(title: str) -> str:
    """«de Monique», «du professionnel», «des aidants», «d'Enzo»."""
    for article, short in (("le ", "du "), ("les ", "des ")):
        if title.startswith(article):
            return short + title.removeprefix(article)
    return f"d'{title}" if title[:1].lower() in "aeéèêhiou" else f"de {title}"


def show_seats(seats: Seats, here: str, *, pair: bool) -> dict[str, Json]:
    """What the desk draws of them: where one is, and the touches that go elsewhere."""
    others = [
        {"part": part_of(name), "say": say_seat(one.title)} for name, one in seats.items() if name != here and not pair
    ]
    title = seats[here].title
    return {
        "here": here,
        "title": title[:1].upper() + title[1:],
        "say": f"Vous êtes à la place {say_of(title)}.",
        "now": say_now(title),
        "others": others,
    }
