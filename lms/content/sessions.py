"""Sheets for whoever leads a session of a course: `sessions/<number>.<locale>.md` beside its activities."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.content.fields import Options
from lms.content.front_matter import Page, read_page
from lms.content.markdown import Picture, render_markdown
from lms.contract import Field, Scenario
from lms.errors import ContentError, NotFound, Problem

FOLDER = "sessions"
SHEET = (
    Field("title", "text", "title of the session", required=True),
    Field("aim", "text", "what people can do at its end", required=True),
    Field("material", "text", "what lies on the tables", many=True),
    Field("activities", "text", "names of activities of the course", required=True, many=True),
    Field(
        "timing",
        "group",
        "how the time goes",
        required=True,
        many=True,
        fields=(
            Field("minutes", "integer", "how long", required=True),
            Field("do", "text", "what is done", required=True),
        ),
    ),
    Field("source", "text", "where it was checked"),
    Field("verified_on", "text", "day of the check"),
    Field("review_due", "text", "day by which to check again"),
)


@dataclass(frozen=True)
class Session:
    """One sheet. `timing` are (minutes, what is done); `activities` are ids, `course/activity`."""

    number: int
    title: str
    aim: str
    material: tuple[str, ...]
    activities: tuple[str, ...]
    timing: tuple[tuple[int, str], ...]
    html: str
    source: str
    verified_on: str
    review_due: str

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return sum(minutes for minutes, _ in self.timing)


def read_sessions(
    folder: Path, locale: str, known: Collection[str], picture: Picture, problems: list[Problem]
) -> tuple[Session, ...]:
    """The sheets of a course in its own language, by number; `known` are the names of its activities."""
    found = []
    for file in sorted((folder / FOLDER).glob("*.md")):
        number, _, language = file.name.removesuffix(".md").partition(".")
        if not number.isdecimal() or language != locale:
            problems.append(Problem(str(file), 0, "", f"a session is the file «<number>.{locale}.md»"))
            continue
        try:
            page = read_page(file)
        except ContentError as error:
            problems += error.problems
            continue
        before = len(problems)
        values = _read_head(page, known, problems)
        if len(problems) == before:
            found.append(_build(int(number), folder.name, values, render_markdown(page.body, picture)))
    return tuple(sorted(found, key=lambda one: one.number))


def _read_head(page: Page, known: Collection[str], problems: list[Problem]) -> dict[str, Any]:
    options = Options(page.head, _no_scenario)
    values = options.read(SHEET, page.head.data, ())
    problems += options.problems
    for index, name in enumerate(values.get("activities") or ()):
        if name not in known:
            problems.append(page.head.problem(("activities", index), f"no activity «{name}» in this course"))
    if not page.body.strip():
        problems.append(Problem(page.head.file, page.body_line, "", "the sheet has no text"))
    return values


def _no_scenario(name: str) -> Scenario:
    raise NotFound(f"a session opens no scenario «{name}»")


def _build(number: int, course: str, values: dict[str, Any], html: str) -> Session:
    return Session(
        number=number,
        title=values["title"],
        aim=values["aim"],
        material=tuple(values["material"]),
        activities=tuple(f"{course}/{name}" for name in values["activities"]),
        timing=tuple((one["minutes"], one["do"]) for one in values["timing"]),
        html=html,
        **{name: values[name] or "" for name in ("source", "verified_on", "review_due")},
    )
