"""Everything that `lms check` looks at: themes, simulators, scenarios, courses; each fault with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from lms.content.catalogue import Catalogue
from lms.content.course_checks import check_alike, check_course
from lms.content.courses import Shelf, read_courses
from lms.content.desk import Desk
from lms.content.goal_checks import check_goals
from lms.content.notices import Notice
from lms.content.report import report
from lms.content.scenarios import load_scenario, read_scenario_names
from lms.content.simulators import Simulator, add_scenarios, load_simulator, only_scenarios
from lms.content.spoken import find_spoken
from lms.content.themes import ROOT, load_themes
from lms.content.untranslated import check_claims, count_missing
from lms.content.walked import Once, Walked, walk_always
from lms.content.walks import check_scenario, check_visit
from lms.contract import Folder
from lms.errors import ContentError, NotFound, Problem
from lms.plugins import Plugins, bundled
from lms.settings import Settings

__all__ = ["Folders", "Notice", "check_all", "find_folders"]

MODULES = ("app.js", "app.css")
"""What the desk loads of every simulator."""


@dataclass(frozen=True)
class Folders:
    """Where content lies: folders of courses, of simulators, of themes."""

    courses: tuple[Path, ...]
    simulators: tuple[Path, ...]
    themes: tuple[Path, ...]


def find_folders(settings: Settings) -> Folders:
    """The bundled content and the instance's own."""
    return Folders(*((bundled(name), settings.home / name) for name in ("courses", "simulators", "themes")))


def check_all(
    folders: Folders,
    plugins: Plugins,
    today: date,
    tell: Callable[[str], None] | None = None,
    find_mute: Callable[[list[str], str], list[str]] | None = None,
    walked: Walked | None = None,
) -> list[Problem]:
    """Every fault of every file, by file and line. A `Notice` among them is worth knowing and no fault.

    `tell` hears one line on what there is; `find_mute` says which sentences of a locale have no voice; `walked` knows
    which scenarios were walked before.
    """
    problems: list[Problem] = []
    pictograms = _check_themes(folders.themes, plugins.themes, problems)
    simulators = _read_simulators(folders.simulators, plugins.simulators, problems)
    desks = _read_scenarios(simulators, problems, walked.once if walked else walk_always)
    shelf = Shelf(plugins, lambda name: _find_desk(simulators, desks, name), _no_picture, pictograms)
    catalogue, faults = read_courses(folders.courses, shelf)
    problems += faults
    for course in catalogue.courses.values():
        problems += check_course(course, folders.courses, plugins, today)
    problems += check_alike(catalogue.courses.values(), folders.courses)
    problems += _check_sentences(catalogue, simulators, desks)
    if tell:
        tell(report(catalogue.courses.values(), desks, _count_mute(catalogue, plugins, find_mute)))
    return sorted(dict.fromkeys(problems), key=lambda one: (one.file, one.line, one.field))


def _count_mute(
    catalogue: Catalogue, plugins: Plugins, find_mute: Callable[[list[str], str], list[str]] | None
) -> dict[str, tuple[int, int]]:
    """Sentences without a voice, and all that are said aloud, by locale."""
    if find_mute is None:
        return {}
    own = {course.locale for course in catalogue.courses.values()}
    locales = own.union(*(course.translations for course in catalogue.courses.values()))
    said = {locale: find_spoken(catalogue, plugins.activity_types, locale) for locale in sorted(locales)}
    return {locale: (len(find_mute(texts, locale)), len(texts)) for locale, texts in said.items()}


def _no_picture(name: str) -> str:
    return f"/{name}.svg"


def _check_themes(
    folders: Iterable[Path], registered: Mapping[str, Folder], problems: list[Problem]
) -> frozenset[str] | None:
    """Names of the pictograms that courses may use; None (any) when no theme could be read."""
    try:
        themes = load_themes(folders, registered)
    except ContentError as error:
        problems += error.problems
        return None
    return themes[ROOT].pictograms if ROOT in themes else None


def _read_simulators(
    roots: Iterable[Path], registered: Mapping[str, Folder], problems: list[Problem]
) -> dict[str, Simulator]:
    found: dict[str, Simulator] = {}
    own = [path for root in roots if root.is_dir() for path in sorted(root.iterdir()) if path.is_dir()]
    for path in (*own, *(one.path for one in registered.values())):
        if path.name.startswith((".", "_")) or only_scenarios(path):
            continue
        try:
            simulator = load_simulator(path)
        except ContentError as error:
            problems += error.problems
            continue
        problems += [
            Problem(str(path / name), 0, "", "this file does not exist; the desk loads it")
            for name in MODULES
            if not (path / name).is_file()
        ]
        if simulator.name in found:
            place = str(path / "simulator.yaml")
            problems.append(Problem(place, 0, "name", f"two simulators are named «{simulator.name}»"))
        found.setdefault(simulator.name, simulator)
    for root in roots:
        problems += add_scenarios(found, root)
    return found


def _read_scenarios(simulators: Mapping[str, Simulator], problems: list[Problem], once: Once) -> dict[str, Desk]:
    """Every scenario on disk that is sound, each walked at random and read for its words."""
    desks: dict[str, Desk] = {}
    for name in read_scenario_names(simulators):
        try:
            desk = desks[name] = load_scenario(simulators, name)
        except ContentError as error:
            problems += error.problems
            continue
        problems += once([desk], partial(check_scenario, desk))
        problems += check_goals(desk)
    for desk in desks.values():
        problems += _check_world(desk, desks, once)
    return desks


def _check_world(desk: Desk, desks: Mapping[str, Desk], once: Once) -> Iterator[Problem]:
    """A scenario that goes on from a kept world: somebody keeps it, and it can be played to its end from there."""
    if desk.needed is None:
        return
    keepers = [one for one in desks.values() if one is not desk and one.needed_by(desk)]
    if not keepers:
        yield Problem(desk.file, 0, "needs_world", f"no scenario of this persona keeps a world «{desk.needs_world}»")
    for keeper in keepers:
        yield from once([keeper, desk], partial(check_visit, keeper, desk))


def _check_sentences(
    catalogue: Catalogue, simulators: Mapping[str, Simulator], desks: Mapping[str, Desk]
) -> Iterator[Problem]:
    """How much is not translated into the languages that a course offers; a fault where an activity claims one."""
    try:
        locales = sorted({locale for course in catalogue.courses.values() for locale in course.translations})
        for file, locale, count in count_missing(simulators, desks, locales):
            yield Notice(str(file), 0, "", f"{count} sentences are not in «{locale}»; see lms sentences")
        yield from check_claims(catalogue)
    except ContentError as error:
        yield from error.problems


def _find_desk(simulators: Mapping[str, Simulator], desks: Mapping[str, Desk], name: str) -> Desk:
    if name in desks:
        return desks[name]
    if name in read_scenario_names(simulators):
        # Its faults were told where they stand.
        raise ContentError([])
    there = ", ".join(sorted(desks))
    raise NotFound(f"no scenario «{name}»; there is: {there}")
