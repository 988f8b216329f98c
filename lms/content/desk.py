"""A compiled scenario: a desk of apps over one world. Everything here is pure; the state handed in is never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lms.content.advances import count_try, tell_advance
from lms.content.bound import Bound
from lms.content.goals import DESK, find_step
from lms.content.guides import guide_to
from lms.content.incidents import change_world, run_incidents
from lms.content.seats import (
    NO_SEATS,
    PREFIX,
    Seats,
    follow_front,
    keep_apart,
    move,
    part_of,
    show_seats,
    sit,
)
from lms.content.shown import show_facts
from lms.content.simulators import Simulator
from lms.content.typed import check_typed
from lms.content.visits import find_later, take_apps
from lms.content.windows import close_window, find_window
from lms.content.written import Written
from lms.contract import Advance, Guide, KeptWorld, Refused, State, Switch, Window

Json = Any

DAYS_KEPT = 8
"""Bound days kept in memory; a workshop needs one, attempts resumed later a few more."""


@dataclass(frozen=True)
class Desk:
    """Implements `lms.contract.Scenario`; `simulators` and `titles` are by app."""

    id: str
    title: str
    file: str
    titles: Mapping[str, str]
    simulators: Mapping[str, Simulator]
    persona: Mapping[str, Json] | None
    needs_world: str
    days: int
    keeps_world: str
    dated: bool
    bind: Callable[[date], Bound]
    checked: Bound
    seats: Seats = field(default_factory=lambda: NO_SEATS)
    _days: dict[str, Bound] = field(default_factory=dict, repr=False, compare=False)
    _shown: dict[str, Mapping[str, Json]] = field(default_factory=dict, repr=False, compare=False)

    def on(self, clock: str) -> Bound:
        """The scenario on the day of an attempt's clock (ISO date)."""
        if not self.dated:
            return self.checked
        bound = self._days.get(clock)
        if bound is None:
            bound = self.bind(date.fromisoformat(clock))
            if len(self._days) >= DAYS_KEPT:
                self._days.clear()
            self._days[clock] = bound
        return bound

    def start(self, now: datetime, seed: int) -> State:
        """A fresh state; `clock` is the day of `now` and stays."""
        clock = now.date().isoformat()
        return self._begin(clock, dict(self.on(clock).start), seed)

    @property
    def needed(self) -> tuple[str, str] | None:
        """Persona and name of the kept world that it goes on from."""
        return (self._persona_id, self.needs_world) if self.needs_world else None

    def needed_by(self, other: Desk) -> bool:
        """Whether another scenario goes on from the world that this one keeps."""
        return (self._persona_id, self.keeps_world) == other.needed

    @property
    def _made_by(self) -> dict[str, str]:
        return {app: one.name for app, one in self.simulators.items()}

    @property
    def _persona_id(self) -> str:
        return str(self.persona["id"]) if self.persona else ""

    def resume(self, kept: KeptWorld, seed: int) -> State | None:
        """A later visit, some days on: the apps that both desks have are as they were left, the others as prepared."""
        taken = take_apps(kept, self._made_by)
        if (kept.persona, kept.name) != self.needed or not taken:
            return None
        clock = find_later(kept.clock, self.days)
        bound = self.on(clock)
        world = change_world({**bound.start, **taken}, bound.returning)
        return None if bound.is_reached(world) else self._begin(clock, world, seed)

    def keep(self, state: State) -> KeptWorld | None:
        """Every app of the desk as it is now, if the scenario keeps its world."""
        if not self.keeps_world:
            return None
        world = {app: state["world"][app] for app in self.simulators}
        return KeptWorld(self._persona_id, self.keeps_world, state["clock"], self._made_by, world)

    def _begin(self, clock: str, world: Json, seed: int) -> State:
        bound = self.on(clock)
        met = [name for name, goal in bound.goals.items() if goal.done(world)]
        return {
            "clock": clock,
            "seed": seed,
            "world": world,
            "met": met,
            "given": [name for name in met if bound.goals[name].named and name not in bound.aim],
            "trapped": [],
            "fired": [],
            "tries": {},
        }

    def parts(self, state: State) -> dict[str, str]:
        """What can be touched now, `app/part`, and how: the parts of the app in front, and the other apps."""
        world = state["world"]
        front = world["front"]
        own = self._list_parts(self.on(state["clock"]), world)
        parts = {f"{front}/{part}": do for part, do in own.items()}
        seen = self._list_seen(world)
        parts |= {f"{DESK}/{app}": "click" for app in seen if app != front}
        others = () if "fronts" in state else (seat for seat in self.seats if seat != world["seat"])
        return parts | {part_of(seat): "click" for seat in others}

    def _list_parts(self, bound: Bound, world: Json) -> dict[str, str]:
        """The parts of the app in front; only the button of a window that stands over it."""
        front = world["front"]
        if window := find_window(bound.windows, world, front):
            return {window.part.partition("/")[2]: "click"}
        return self.simulators[front].mechanics.parts(bound.ref, world, front)

    def window(self, state: State) -> Window | None:
        """What stands over the app in front, None when nothing does."""
        world = state["world"]
        return find_window(self.on(state["clock"]).windows, world, world["front"])

    def sit(self, state: State, seat: str) -> State:
        """The state as one of two people sees it; `""` for one alone."""
        return sit(self.seats, state, seat)

    def titles_of_seats(self) -> dict[str, str]:
        """Who sits at this desk, by seat; nobody in particular where it has no seats."""
        return {name: one.title for name, one in self.seats.items()}

    def _list_seen(self, world: Json) -> tuple[str, ...]:
        """The apps that are seen from the seat in front; all where there are no seats."""
        return self.seats[world["seat"]].apps if self.seats else tuple(self.simulators)

    def seen(self, state: State) -> Mapping[str, Json]:
        """The part of the world that whoever sits there may see."""
        world: Mapping[str, Json] = state["world"]
        if not self.seats:
            return world
        shown = {"front", "seat", *self._list_seen(world)}
        return {name: one for name, one in world.items() if name in shown}

    def advance(self, state: State, event: Mapping[str, Json], now: datetime, seed: int) -> Advance:
        """Apply `{part, do, value}`; a part that is not there is stale, what mechanics refuse is not kept."""
        bound = self.on(state["clock"])
        before = state["world"]
        part, value = event.get("part"), event.get("value")
        do = self._find_do(bound, state, part)
        if (
            do is None
            or self._is_elsewhere(event, before, do)
            or event.get("do", do) != do
            or not isinstance(part, str)
        ):
            return Advance(state, stale=True, success=bound.is_reached(before))
        step = find_step(bound.goals, bound.aim, before)
        guide = guide_to(step, state, self.titles, self.seats, self.window(state)) if step else None
        if guide and not guide.part:
            step = guide = None  # it is the other's turn: whatever one does meanwhile is no wrong touch
        try:
            touched = self._touch(bound, before, part, do, value)
        except Refused as refusal:
            tried = {**state, "tries": count_try(state["tries"], step)}
            return Advance(tried, refused=refusal.code, say=refusal.say, success=bound.is_reached(before))
        world, happened = run_incidents(bound.incidents, touched, state["fired"], state.get("switched", ()))
        if "fronts" in state:
            state, world = keep_apart(self.seats, state, world)
        return tell_advance(bound, state, follow_front(self.seats, world), happened, step, (part, do, value), guide)

    def _is_elsewhere(self, event: Mapping[str, Json], world: Json, do: str) -> bool:
        """Whether this touch was made on another page, or from another seat, than the one that is there now.

        Parts of several pages may have one name: a tab left open elsewhere must not press the button of this page.
        A gesture is left out, it may follow another before that one is answered; so are the ways to other apps.
        """
        if self.seats and event.get("seat", world["seat"]) != world["seat"]:
            return True
        free = do == "trace" or str(event.get("part")).startswith(f"{DESK}/")
        return not free and event.get("here", here := self._find_here(world)) != here

    def here(self, state: State) -> str:
        """Where one is: the app in front, and the page that it shows."""
        return self._find_here(state["world"])

    def _find_here(self, world: Json) -> str:
        front = world["front"]
        return " ".join([front, *(str(world[front].get(one)) for one in self.simulators[front].place)])

    def guide(self, state: State) -> Guide | None:
        """The next touch towards the aim, through `desk/<app>` when another app is in front."""
        bound = self.on(state["clock"])
        step = find_step(bound.goals, bound.aim, state["world"])
        return guide_to(step, state, self.titles, self.seats, self.window(state)) if step else None

    def switches(self, state: State) -> tuple[Switch, ...]:
        """Incidents that sleep until the state names them."""
        on = state.get("switched", ())
        found = (one for one in self.on(state["clock"]).incidents if one.switched)
        return tuple(Switch(one.id, one.title, one.id in on) for one in found)

    def steps(self, state: State) -> tuple[int, int]:
        """Aims and named goals reached at any time, and how many there are."""
        return self.on(state["clock"]).count_steps(state)

    def public(self, state: State) -> Mapping[str, Json]:
        """What the browser gets: apps, facts without answers, persona, today, title. The same all through a day."""
        clock, seat, pair = state["clock"], state["world"].get("seat", "") if self.seats else "", "fronts" in state
        key = f"{clock} {seat} {pair}"
        shown = self._shown.get(key)
        if shown is None:  # another thread may clear at any time: what was built here is what is returned
            apps = {app: (self.titles[app], self.simulators[app]) for app in self._list_seen(state["world"])}
            seats = {"seats": show_seats(self.seats, seat, pair=pair)} if self.seats else {}
            shown = Written(show_facts(self.title, self.persona, clock, apps, self.on(clock).ref), **seats)
            if len(self._shown) >= DAYS_KEPT:
                self._shown.clear()
            self._shown[key] = shown
        return shown

    def competences(self, goal: str) -> tuple[str, ...]:
        """Competences that a goal shows; none for an unknown one."""
        found = self.checked.goals.get(goal)
        return found.competences if found else ()

    def wanted(self, state: State, part: str) -> tuple[str, ...]:
        """The texts that goals want in this part."""
        return self.on(state["clock"]).list_wanted(part)

    def is_last(self, state: State, part: str) -> bool:
        """Whether this touch brings the aim when all it needs is there."""
        return self.on(state["clock"]).is_last(part)

    def sentences(self) -> dict[str, str]:
        """What the guide says first for each goal that counts as a step."""
        return self.checked.list_said()

    def _find_do(self, bound: Bound, state: State, touch: Json) -> str | None:
        world = state["world"]
        app, slash, part = touch.partition("/") if isinstance(touch, str) else ("", "", "")
        if app == DESK:
            seat = part.removeprefix(PREFIX)
            if part.startswith(PREFIX) and seat in self.seats:
                return "click" if seat != world["seat"] and "fronts" not in state else None
            return "click" if part in self._list_seen(world) else None
        if not slash or app != world["front"]:
            return None
        return self._list_parts(bound, world).get(part)

    def _touch(self, bound: Bound, world: Json, touch: str, do: str, value: Json) -> Json:
        app, _, part = touch.partition("/")
        if app == DESK:
            seat = part.removeprefix(PREFIX)
            return {**world, "front": part} if part in self.simulators else move(self.seats, world, seat)
        if find_window(bound.windows, world, app):
            return close_window(world, app)
        check_typed(value, self.persona)
        if do in ("type", "choose") and not isinstance(value, str):
            value = ""
        return self.simulators[app].mechanics.touch(bound.ref, world, app, part, do, value)
