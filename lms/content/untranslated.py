"""Which sentences of scenarios have no translation: what `lms check` counts and `lms sentences` prints."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lms.content.bound import Bound
from lms.content.catalogue import Catalogue
from lms.content.courses import find_desks
from lms.content.desk import Desk
from lms.content.simulators import Simulator
from lms.content.translations import FOLDER, Translator, find_translator
from lms.content.windows import iter_words
from lms.errors import Problem

OTHER_DAY = "2028-06-10"
"""What differs between the day of the check and this one is a date: it becomes a `{piece}`."""


def find_desk_translator(desk: Desk, locale: str) -> Translator:
    """The translations that this desk is told with."""
    return find_translator((one.folder for one in desk.simulators.values()), locale)


def list_said(desk: Desk) -> list[str]:
    """All that the guide, its hints and the traps say, and the title; dates are pieces."""
    said = list(_iter_said(desk.checked))
    if desk.dated:
        said = [_mark_dates(one, other) for one, other in zip(said, _iter_said(desk.on(OTHER_DAY)), strict=True)]
    return list(dict.fromkeys(one for one in (desk.title, *said) if one.strip()))


def _iter_said(bound: Bound) -> Iterator[str]:
    for goal in bound.goals.values():
        yield from (way.say for way in goal.ways)
        yield from goal.hints
    yield from (trap.say for trap in bound.traps)
    yield from iter_words(bound.windows)


def _mark_dates(one: str, other: str) -> str:
    """`Corrigez septembre 2026 : 1034.` and `Corrigez décembre 2026 : 1034.` are `Corrigez {a} : 1034.`."""
    if one == other:
        return one
    words, others = one.split(" "), other.split(" ")
    told, names = [], iter("abcdefgh")
    for kind, start, end, _, _ in difflib.SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if kind == "equal":
            told += words[start:end]
        else:
            told.append(f"{{{next(names)}}}")
    return " ".join(told)


def list_refusals(folder: Path) -> list[str]:
    """What the mechanics of a simulator say when they refuse a value: the sentences written in its Python files."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.py"))]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = [call.args[1] for call in calls if getattr(call.func, "id", "") == "Refused" and len(call.args) > 1]
    return list(
        dict.fromkeys(one.value for one in said if isinstance(one, ast.Constant) and isinstance(one.value, str))
    )


def find_missing(simulator: Simulator, desks: Iterable[Desk], locale: str) -> list[str]:
    """Sentences of a simulator and its scenarios that have no translation, each once."""
    return _find_missing(simulator, list_refusals(simulator.folder), desks, locale)


def _find_missing(simulator: Simulator, refusals: Iterable[str], desks: Iterable[Desk], locale: str) -> list[str]:
    own = find_translator([simulator.folder], locale)
    missing = [one for one in refusals if not own.knows(one)]
    for desk in desks:
        translator = find_desk_translator(desk, locale)
        missing += [one for one in list_said(desk) if not translator.knows(one)]
    return list(dict.fromkeys(missing))


def find_untold(desk: Desk, locale: str) -> list[str]:
    """Sentences of one scenario that have no translation."""
    translator = find_desk_translator(desk, locale)
    return [one for one in list_said(desk) if not translator.knows(one)]


def count_missing(
    simulators: Mapping[str, Simulator], desks: Mapping[str, Desk], locales: Iterable[str]
) -> Iterator[tuple[Path, str, int]]:
    """(file to fill, locale, sentences missing in it) for every simulator and locale that lacks some."""
    refusals = {name: list_refusals(simulator.folder) for name, simulator in simulators.items()}
    for locale in locales:
        for name, simulator in sorted(simulators.items()):
            own = [desk for id, desk in desks.items() if id.partition("/")[0] == name]
            if missing := _find_missing(simulator, refusals[name], own, locale):
                yield simulator.folder / FOLDER / f"{locale}.yaml", locale, len(missing)


def check_claims(catalogue: Catalogue) -> Iterator[Problem]:
    """An activity in a language whose scenario says something in French only: a fault of the scenario's file."""
    for course in catalogue.courses.values():
        for locale, activities in course.translations.items():
            desks = {one.id: one for activity in activities.values() for one in find_desks(activity.options)}
            for desk in desks.values():
                for say in find_untold(desk, locale):
                    yield Problem(desk.file, 0, "", f"not in «{locale}», which an activity offers: «{say}»")
