"""What the modules of a course prepare for: `diploma.yaml` beside `course.yaml`, dated data that people edit.

Several diplomas stand side by side: whoever began under the old one ends under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lms.content.fields import Options
from lms.content.yaml_source import Source, read_yaml
from lms.contract import Field, Scenario
from lms.errors import ContentError, NotFound, Problem

FILE = "diploma.yaml"
DIPLOMA = (
    Field("id", "text", "short name", required=True),
    Field("title", "text", "the diploma and its reform", required=True),
    Field("short", "text", "the same in a few letters", required=True),
    Field("valid_from", "text", "first day of entry in training that it is for", default=""),
    Field("valid_until", "text", "last day of entry in training that it is for", default=""),
    Field("note", "text", "what is not known yet", default=""),
    Field("source", "text", "where it was checked", required=True),
    Field("verified_on", "text", "day of the check", required=True),
    Field("review_due", "text", "day by which to check again", required=True),
    Field(
        "parts",
        "group",
        "domains or blocks",
        required=True,
        many=True,
        fields=(
            Field("id", "text", "number", required=True),
            Field("title", "text", "its title; empty until somebody verified it", default=""),
        ),
    ),
    Field(
        "modules",
        "group",
        "which parts a module prepares for",
        many=True,
        fields=(
            Field("module", "text", "id of a module", required=True),
            Field("parts", "text", "ids of parts", required=True, many=True),
        ),
    ),
)
WHOLE = (Field("diplomas", "group", "diplomas", required=True, many=True, fields=DIPLOMA),)
_DAYS = ("valid_from", "valid_until", "verified_on", "review_due")


@dataclass(frozen=True)
class Diploma:
    """One diploma: `parts` are titles by id (empty while nobody verified them), `modules` ids of parts by module."""

    id: str
    title: str
    short: str
    valid_from: str
    valid_until: str
    note: str
    source: str
    verified_on: str
    review_due: str
    parts: Mapping[str, str]
    modules: Mapping[str, tuple[str, ...]]

    def find_parts(self, module: str) -> dict[str, str]:
        """The parts that a module prepares for, titles by id; empty when nobody said so."""
        return {name: self.parts[name] for name in self.modules.get(module, ())}


def read_diplomas(folder: Path, modules: Sequence[str], problems: list[Problem]) -> tuple[Diploma, ...]:
    """The diplomas of a course, none where there is no such file; what is wrong goes to `problems`."""
    if not (folder / FILE).is_file():
        return ()
    try:
        source = read_yaml(folder / FILE)
    except ContentError as error:
        problems += error.problems
        return ()
    options = Options(source, _no_scenario)
    found = options.read(WHOLE, source.data, ()).get("diplomas") or []
    faults = options.problems or list(_check(source, found, modules))
    problems += faults
    return () if faults else tuple(map(_build, found))


def _no_scenario(name: str) -> Scenario:
    raise NotFound(f"a diploma opens no scenario «{name}»")


def _check(source: Source, found: Sequence[Mapping[str, Any]], modules: Sequence[str]) -> Iterator[Problem]:
    for index, one in enumerate(found):
        place = ("diplomas", index)
        if one["id"] in [other["id"] for other in found[:index]]:
            yield source.problem((*place, "id"), f"two diplomas are called «{one['id']}»")
        yield from _check_days(source, one, place)
        parts = [part["id"] for part in one["parts"]]
        for row, line in enumerate(one["modules"]):
            here = (*place, "modules", row)
            if line["module"] not in modules:
                told = f"no module «{line['module']}»; there is: {', '.join(modules)}"
                yield source.problem((*here, "module"), told)
            for name in line["parts"]:
                if name not in parts:
                    yield source.problem((*here, "parts"), f"no part «{name}»; there is: {', '.join(parts)}")


def _check_days(source: Source, one: Mapping[str, Any], place: tuple[str | int, ...]) -> Iterator[Problem]:
    """Days are days, and an end comes after its beginning."""
    wrong = [name for name in _DAYS if one[name] and not _is_day(one[name])]
    for name in wrong:
        yield source.problem((*place, name), f"«{one[name]}» is no day; write it as 2026-11-21")
    if not wrong and one["valid_until"] and one["valid_until"] < one["valid_from"]:
        yield source.problem((*place, "valid_until"), f"{one['valid_until']} is before {one['valid_from']}")


def _is_day(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _build(found: Mapping[str, Any]) -> Diploma:
    parts = MappingProxyType({one["id"]: one["title"] for one in found["parts"]})
    modules = MappingProxyType({one["module"]: tuple(one["parts"]) for one in found["modules"]})
    return Diploma(**{**found, "parts": parts, "modules": modules})
