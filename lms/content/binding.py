"""A scenario on one day: dates told, forms compiled to goals, predicates built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from lms.content.bound import Bound
from lms.content.dates import has_dates, resolve_dates
from lms.content.goal_specs import (
    DeskNames,
    GoalSpec,
    Place,
    build_goal,
    check_keys,
    check_sentence,
    needs_of,
    rename_goal,
    rename_id,
    rename_incident,
)
from lms.content.goals import Goal, find_cycle, iter_needed
from lms.content.incidents import Changes, Incident, Trap
from lms.content.predicates import Test, find_paths
from lms.content.seats import NO_SEATS, Seats, find_first
from lms.content.simulators import Simulator
from lms.content.windows import build_incidents, read_windows
from lms.errors import Problem

Json = Any

TRAP_KEYS = frozenset({"id", "when", "say"})
INCIDENT_KEYS = frozenset({"id", "title", "when", "if", "set", "add", "switched"})


@dataclass(frozen=True)
class Plan:
    """A scenario as written, before its dates are told: what `bind` needs."""

    place: Place
    tree: Mapping[str, Json]
    apps: Mapping[str, Simulator]
    titles: Mapping[str, str]
    seats: Seats = field(default_factory=lambda: NO_SEATS)


def has_plan_dates(plan: Plan) -> bool:
    """Whether the scenario differs from day to day."""
    return has_dates(dict(plan.tree)) or any(has_dates([dict(one.lib), dict(one.start)]) for one in plan.apps.values())


def bind(plan: Plan, today: date, problems: list[Problem]) -> Bound:
    """The scenario on one day: dates told, forms compiled to goals, predicates built."""
    place = Place(plan.place.file, plan.place.line, (), problems)
    tree = _resolve(dict(plan.tree), today, place)
    ref = {app: tree.get("ref", {}).get(app, {}) for app in plan.apps}
    names = DeskNames(plan.titles, ("front", "seat") if plan.seats else ("front",))
    specs = _gather_goals(plan, tree, ref, today, place)
    needs = {name: needs_of(spec.spec) for name, spec in specs.items()}
    if ring := find_cycle(needs):
        specs[ring[0]].place.at("needs").refuse(f"a goal needs itself: {' → '.join(ring)}")
        return _bound_nothing(ref)
    aim = _read_aim(tree, specs, place.at("aim"))
    named = tuple(name for name, spec in specs.items() if spec.named)
    goals = {name: _build(specs[name], names, specs) for name in iter_needed(needs, (*aim, *named))}
    return Bound(
        ref=ref,
        start=_build_start(plan, tree, today),
        goals=MappingProxyType(goals),
        aim=aim,
        traps=_build_all_traps(tree, names, place),
        incidents=_build_all_incidents(plan, tree, names, place),
        returning=_read_returning(tree.get("needs_world"), names, place.at("needs_world")),
        windows=read_windows(plan.apps, ref, place),
    )


def _build(spec: GoalSpec, names: DeskNames, specs: Mapping[str, GoalSpec]) -> Goal:
    return build_goal(spec, names, frozenset(specs))


def _bound_nothing(ref: dict[str, Json]) -> Bound:
    return Bound(ref, {}, MappingProxyType({}), (), (), ())


def _resolve(tree: dict[str, Json], today: date, place: Place) -> dict[str, Json]:
    resolved: dict[str, Json] = {}
    for key, child in tree.items():
        try:
            resolved[key] = resolve_dates(child, today)
        except (ValueError, OverflowError) as error:
            place.at(key).refuse(f"a date such as {{day: -20}} cannot be told here: {error}")
            resolved[key] = [] if isinstance(child, list) else {}
    return resolved


def _gather_goals(
    plan: Plan,
    tree: Mapping[str, Json],
    ref: dict[str, Json],
    today: date,
    place: Place,
) -> dict[str, GoalSpec]:
    """Goals of libraries, then of forms, then of the scenario, which may complete what the others say."""
    specs: dict[str, GoalSpec] = {}
    for app, simulator in plan.apps.items():
        source = Place(simulator.source.file, simulator.source.line, ("lib",), place.problems)
        for name, spec in simulator.lib.items():
            renamed = rename_goal(resolve_dates(spec, today), simulator.name, app)
            _add_goal(
                specs,
                rename_id(name, simulator.name, app),
                renamed,
                source.at(name),
                named=False,
            )
    for app, simulator in plan.apps.items():
        for name, spec in _goals_of(simulator, ref, app, place.at("ref", app)).items():
            # A form makes ways as well as goals; `named: False` keeps a way out of the steps.
            named = not isinstance(spec, Mapping) or spec.get("named", True)
            told = {key: one for key, one in spec.items() if key != "named"} if isinstance(spec, Mapping) else spec
            _add_goal(specs, name, told, place.at("ref", app, name), named=bool(named))
    for name, spec in tree.get("goals", {}).items():
        _add_goal(specs, name, spec, place.at("goals", name), named=True)
    return specs


def _goals_of(simulator: Simulator, ref: dict[str, Json], app: str, place: Place) -> dict[str, Json]:
    if simulator.mechanics.goals is None:
        return {}
    try:
        found = simulator.mechanics.goals(ref, app)
    except Exception as error:
        place.refuse(f"the simulator {simulator.name} cannot make goals of this: {error!r}")
        return {}
    return found if isinstance(found, dict) else {}


def _add_goal(specs: dict[str, GoalSpec], name: str, spec: Json, place: Place, named: bool) -> None:
    if not isinstance(spec, Mapping):
        place.refuse("a goal is a mapping with `done` and `touch`")
        return
    before = specs.get(name)
    whole = dict({**before.spec, **spec} if before else spec)
    named = whole.pop("named", named) not in (False, "false")
    specs[name] = GoalSpec(name, whole, place, named)


def _read_aim(tree: Mapping[str, Json], specs: Mapping[str, GoalSpec], place: Place) -> tuple[str, ...]:
    aim = tree.get("aim")
    if aim is None:
        aim = [name for name, spec in specs.items() if spec.spec.get("aim") is True]
    if not isinstance(aim, list) or not aim:
        place.refuse("name the goals that decide success, such as [sent]")
        return ()
    for index, name in enumerate(aim):
        if name not in specs:
            place.at(index).refuse(f"no goal «{name}»; there is: {', '.join(specs)}")
    return tuple(name for name in aim if name in specs)


def _build_start(plan: Plan, tree: Mapping[str, Json], today: date) -> dict[str, Json]:
    start = tree.get("start", {})
    world: dict[str, Json] = {"front": start.get("front", next(iter(plan.apps), ""))}
    if plan.seats:
        seat = find_first(plan.seats, start)
        world = {"front": start.get("front", plan.seats[seat].apps[0]), "seat": seat}
    for app, simulator in plan.apps.items():
        world[app] = {
            **resolve_dates(dict(simulator.start), today),
            **start.get(app, {}),
        }
    return world


def _build_all_traps(tree: Mapping[str, Json], names: DeskNames, place: Place) -> tuple[Trap, ...]:
    traps = []
    seen: set[str] = set()
    for index, spec in enumerate(tree.get("traps", [])):
        here = place.at("traps", index)
        if _check_item(spec, TRAP_KEYS, seen, here):
            check_sentence(spec.get("say"), here.at("say"))
            test, line = names.build_test(spec["when"], here.at("when")), here.line(here.steps)
            traps.append(Trap(spec["id"], test, str(spec.get("say")), find_paths(spec["when"]), line))
    return tuple(traps)


def _build_all_incidents(plan: Plan, tree: Mapping[str, Json], names: DeskNames, place: Place) -> tuple[Incident, ...]:
    """Those of the scenario, then those that each simulator of the desk brings along or makes of its facts."""
    ref = {app: tree.get("ref", {}).get(app, {}) for app in plan.apps}
    told = [(place.at("incidents", index), spec) for index, spec in enumerate(tree.get("incidents", []))]
    for app, simulator in plan.apps.items():
        source = Place(simulator.source.file, simulator.source.line, ("incidents",), place.problems)
        found = enumerate(rename_incident(one, simulator.name, app) for one in simulator.incidents)
        told += [(source.at(index), spec) for index, spec in found]
        told += [(place.at("ref", app), spec) for spec in _incidents_of(simulator, ref, app, place.at("ref", app))]
    seen: set[str] = set()
    own = [_build_incident(spec, names, here) for here, spec in told if _check_item(spec, INCIDENT_KEYS, seen, here)]
    return (*own, *build_incidents(plan.apps, names, seen, place.problems))


def _incidents_of(simulator: Simulator, ref: Mapping[str, Json], app: str, place: Place) -> list[Json]:
    if simulator.mechanics.incidents is None:
        return []
    try:
        return simulator.mechanics.incidents(ref, app)
    except Exception as error:
        place.refuse(f"the simulator {simulator.name} cannot make incidents of this: {error!r}")
        return []


def _build_incident(spec: Mapping[str, Json], names: DeskNames, place: Place) -> Incident:
    if not ("set" in spec or "add" in spec):
        place.refuse("an incident needs `set` or `add`: what happens?")
    switched = str(spec.get("switched", "false"))
    if switched not in ("true", "false"):
        place.at("switched").refuse("must be true or false")
    whens = {key: spec[key] for key in ("when", "if") if key in spec}
    tests = [names.build_test(when, place.at(key)) for key, when in whens.items()]
    sets, adds = (_read_changes(spec.get(key, {}), names, place.at(key)) for key in ("set", "add"))
    reads = frozenset[str]().union(*map(find_paths, whens.values()))
    told = str(spec.get("title", ""))
    return Incident(spec["id"], _both(tests), sets, adds, switched == "true", reads, place.line(place.steps), told)


def _check_item(spec: Json, keys: frozenset[str], seen: set[str], place: Place) -> bool:
    if not isinstance(spec, Mapping):
        place.refuse(f"must be a mapping of {', '.join(sorted(keys))}")
        return False
    check_keys(spec, keys, place)
    if not isinstance(spec.get("id"), str) or not spec["id"]:
        place.at("id").refuse("an id is needed: it goes into statements")
        return False
    if spec["id"] in seen:
        place.at("id").refuse(f"the id «{spec['id']}» is written twice")
    seen.add(spec["id"])
    if "when" not in spec:
        place.refuse("`when` is needed: a predicate over the world")
        return False
    return True


def _read_changes(spec: Json, names: DeskNames, place: Place) -> Changes:
    if not isinstance(spec, Mapping):
        place.refuse("must be a mapping of paths to values")
        return ()
    for path in spec:
        names.check_path(path, place.at(path))
    return tuple((tuple(path.split(".")), value) for path, value in spec.items())


def _read_returning(spec: Json, names: DeskNames, place: Place) -> Changes:
    return _read_changes(spec.get("set", {}), names, place.at("set")) if isinstance(spec, Mapping) else ()


def _both(tests: list[Test]) -> Test:
    return lambda world: all(test(world) for test in tests)
