"""Scenarios on disk, compiled: a desk of apps, what one aims at, and everything that was wrong in the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from lms.content.binding import Plan, bind, has_plan_dates
from lms.content.desk import Desk
from lms.content.doubles import check_doubles
from lms.content.facts import check_facts
from lms.content.goal_specs import Place, check_keys
from lms.content.goals import DESK
from lms.content.links import check_links
from lms.content.personas import find_persona, read_personas
from lms.content.predicates import OPERATORS
from lms.content.seats import read_seats
from lms.content.simulators import Simulator, load_simulator
from lms.content.yaml_source import Source, read_yaml, type_tree
from lms.errors import ContentError, NotFound, Problem

__all__ = [
    "Simulator",
    "build_scenario",
    "load_scenario",
    "load_simulator",
    "read_scenario_names",
]

Json = Any

KEYS = frozenset(
    {
        "title",
        "persona",
        "apps",
        "seats",
        "ref",
        "start",
        "aim",
        "goals",
        "traps",
        "incidents",
        "needs_world",
        "keeps_world",
    }
)
WORLD_KEYS = frozenset({"name", "days", "set"})
APP_KEYS = frozenset({"simulator", "title"})

MOST_DAYS = 366
LONGEST_NAME = 40

_CHECK_DAY = date(2026, 11, 21)
"""Any day would do: faults do not depend on it."""


def load_scenario(simulators: Mapping[str, Simulator], name: str) -> Desk:
    """The scenario `simulator/scenario`. Raises NotFound, or ContentError with every fault that was found."""
    simulator, _, scenario = name.partition("/")
    if simulator not in simulators:
        raise NotFound(f"no simulator «{simulator}»; there is: {', '.join(sorted(simulators))}")
    path = simulators[simulator].scenario_files().get(scenario)
    if path is None:
        there = ", ".join(simulators[simulator].scenario_names())
        wanted = simulators[simulator].folder / "scenarios" / f"{scenario}.yaml"
        raise NotFound(f"no scenario «{name}» ({wanted}); there is: {there}")
    return build_scenario(simulators, name, read_yaml(path))


def read_scenario_names(simulators: Mapping[str, Simulator]) -> list[str]:
    """Every scenario on disk, `simulator/scenario`, sorted."""
    return sorted(name for one in simulators.values() for name in one.scenario_names())


def build_scenario(simulators: Mapping[str, Simulator], name: str, source: Source) -> Desk:
    """The scenario of a source already read. Raises ContentError."""
    problems: list[Problem] = []
    place = Place(source.file, source.line, (), problems)
    if not isinstance(source.data, dict):
        place.refuse("a scenario is a mapping of keys")
        raise ContentError(problems)
    tree = type_tree(source.data, lambda steps, message: problems.append(source.problem(steps, message)))
    plan = _read_plan(tree, simulators, place)
    persona = _read_persona(tree, place)
    needs_world, days = _read_need(tree, place.at("needs_world"))
    keeps_world = _read_world_name(tree.get("keeps_world", ""), place.at("keeps_world"))
    whole = len(plan.apps) == len(plan.titles) > 0
    first = bind(plan, _CHECK_DAY, problems) if whole else None
    if first is not None:
        check_facts(plan.apps, first.ref, place.at("ref"))
    if problems or first is None:
        raise ContentError(sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.field)))
    return Desk(
        id=name,
        title=tree["title"],
        file=source.file,
        titles=plan.titles,
        simulators=plan.apps,
        persona=persona,
        needs_world=needs_world,
        days=days,
        keeps_world=keeps_world,
        dated=has_plan_dates(plan),
        bind=lambda today: bind(plan, today, []),
        checked=first,
        seats=plan.seats,
    )


def _read_plan(tree: dict[str, Json], simulators: Mapping[str, Simulator], place: Place) -> Plan:
    check_keys(tree, KEYS, place)
    if not isinstance(tree.get("title"), str) or not tree["title"].strip():
        place.at("title").refuse("a title for people is needed")
    for key, kind in (
        ("ref", dict),
        ("start", dict),
        ("goals", dict),
        ("traps", list),
        ("incidents", list),
    ):
        if not isinstance(tree.get(key, kind()), kind):
            place.at(key).refuse("must be a mapping" if kind is dict else "must be a list")
            tree = {**tree, key: kind()}
    apps: dict[str, Simulator] = {}
    titles: dict[str, str] = {}
    for app, spec in _read_apps(tree, place).items():
        _add_app(app, spec, simulators, place.at("apps", app), apps, titles)
    _check_apps_of(tree, titles, place)
    for app in apps:
        check_doubles(tree.get("ref", {}).get(app, {}), place.at("ref", app))
    check_links(apps, tree.get("ref", {}), place.at("ref"))
    seats = read_seats(tree, titles, place.at("seats"))
    return Plan(place, tree, MappingProxyType(apps), MappingProxyType(titles), seats)


def _read_apps(tree: Mapping[str, Json], place: Place) -> dict[str, Json]:
    apps = tree.get("apps")
    if isinstance(apps, dict) and apps:
        return apps
    place.at("apps").refuse("name the apps of this desk, such as {mail: mail, files: files}")
    return {}


def _add_app(
    app: str,
    spec: Json,
    simulators: Mapping[str, Simulator],
    place: Place,
    apps: dict[str, Simulator],
    titles: dict[str, str],
) -> None:
    told = spec if isinstance(spec, dict) else {"simulator": spec}
    check_keys(told, APP_KEYS, place)
    simulator = simulators.get(told.get("simulator", ""))
    if app in OPERATORS or app in (DESK, "front", "seat") or not app.replace("-", "_").isidentifier():
        place.refuse(f"«{app}» cannot name an app")
    elif simulator is None:
        place.refuse(f"no simulator «{told.get('simulator')}»; there is: {', '.join(sorted(simulators))}")
    else:
        apps[app] = simulator
    titles[app] = str(told.get("title") or (simulator.title if simulator else app))


def _check_apps_of(tree: Mapping[str, Json], titles: Mapping[str, str], place: Place) -> None:
    for key, more in (("ref", ()), ("start", ("front", "seat"))):
        for app in tree.get(key, {}):
            if app not in titles and app not in more:
                place.at(key, app).refuse(f"no app «{app}» on this desk; there is: {', '.join(titles)}")
    front = tree.get("start", {}).get("front")
    if front is not None and front not in titles:
        place.at("start", "front").refuse(f"no app «{front}» on this desk; there is: {', '.join(titles)}")


def _read_persona(tree: Mapping[str, Json], place: Place) -> Mapping[str, Json] | None:
    if "persona" not in tree:
        return None
    persona = find_persona(str(tree["persona"]))
    if persona is None:
        place.at("persona").refuse(f"no persona «{tree['persona']}»; there is: {', '.join(read_personas())}")
    return persona


def _read_need(tree: Mapping[str, Json], place: Place) -> tuple[str, int]:
    """Name of the kept world that a scenario goes on from, and how many days later it plays."""
    spec = tree.get("needs_world")
    if spec is None:
        return "", 0
    told = spec if isinstance(spec, dict) else {"name": spec}
    check_keys(told, WORLD_KEYS, place)
    days = str(told.get("days", "0"))
    if not (days.isdecimal() and int(days) <= MOST_DAYS):
        place.at("days").refuse(f"how many days later: a whole number up to {MOST_DAYS}")
        days = "0"
    name = _read_world_name(told.get("name", ""), place)
    if not name:
        place.refuse("the name of a kept world is needed")
    return name, int(days)


def _read_world_name(name: Json, place: Place) -> str:
    if name and not (isinstance(name, str) and len(name) <= LONGEST_NAME and name.replace("-", "_").isidentifier()):
        place.refuse(f"a kept world is named with letters and «-», at most {LONGEST_NAME}, not {name!r}")
        return ""
    return str(name or "")
