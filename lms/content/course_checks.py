"""What `lms check` asks of a sound course: the activity types' own checks, plain words, dates, pictograms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lms.content.catalogue import Course
from lms.content.courses import LEARNERS
from lms.content.diplomas import FILE as DIPLOMAS
from lms.content.front_matter import Page, read_page
from lms.content.notices import Notice
from lms.content.plain_language import find_action_faults, find_faults
from lms.content.sentences import MOST_WORDS, count_words
from lms.content.sessions import FOLDER as SESSIONS
from lms.content.similarity import alike
from lms.content.yaml_source import Source, read_yaml
from lms.contract import Activity, Field
from lms.errors import Problem
from lms.plugins import Plugins

Steps = tuple[str | int, ...]
PLAIN_LOCALES = ("fr",)
"""The gate knows the words of these languages; of others it counts none."""


def check_course(course: Course, folders: Iterable[Path], plugins: Plugins, today: date) -> list[Problem]:
    """Faults and notices of one course and of all its activities, in all its languages."""
    folder = find_folder(course, folders)
    source = read_yaml(folder / "course.yaml")
    problems = list(_check_dates(source, course.verified_on, course.review_due, today))
    problems += _check_pictogram(source, course.pictogram)
    for index, diploma in enumerate(course.diplomas):
        listed = read_yaml(folder / DIPLOMAS)
        problems += _check_dates(listed, diploma.verified_on, diploma.review_due, today, ("diplomas", index))
    for one in course.sessions:
        head = read_page(folder / SESSIONS / f"{one.number}.{course.locale}.md").head
        problems += _check_dates(head, one.verified_on, one.review_due, today)
    for activities in (course.activities, *course.translations.values()):
        for activity in activities.values():
            name = activity.id.partition("/")[2]
            page = read_page(folder / f"{name}.{activity.locale}.md")
            problems += _ActivityCheck(activity, page, plugins, today, plain=course.audience == LEARNERS).run()
    return problems


def check_alike(courses: Iterable[Course], folders: Sequence[Path]) -> Iterator[Problem]:
    """Activities, of whatever course, that share too much of what is done or said in them."""
    own = {activity.id: course for course in courses for activity in course.activities.values()}
    for pair in alike([course.activities[id] for id, course in own.items()]):
        course = own[pair.first]
        name = f"{pair.first.partition('/')[2]}.{course.activities[pair.first].locale}.md"
        yield Problem(str(find_folder(course, folders) / name), 0, "", str(pair))


def find_folder(course: Course, folders: Iterable[Path]) -> Path:
    """Where a course was read."""
    return next(root / course.id for root in folders if (root / course.id / "course.yaml").is_file())


@dataclass(frozen=True)
class _ActivityCheck:
    activity: Activity
    page: Page
    plugins: Plugins
    today: date
    plain: bool

    def run(self) -> Iterator[Problem]:
        head, activity = self.page.head, self.activity
        kind = self.plugins.activity_types[activity.type]
        for fault in kind.check(activity):
            yield head.problem(("options",) if "options" in head.data else (), fault)
        yield from _check_dates(head, activity.verified_on, activity.review_due, self.today)
        yield from _check_pictogram(head, activity.pictogram)
        if not activity.otherwise:
            yield _notice(head, ("otherwise",), "no other way is told; name the counter, the phone or the paper")
        if self.plain and activity.locale in PLAIN_LOCALES:
            yield from self._check_words(kind.options)

    def _check_words(self, fields: Sequence[Field]) -> Iterator[Problem]:
        head = self.page.head
        if (count := count_words(self.activity.instruction)) > MOST_WORDS:
            yield head.problem(("instruction",), f"{count} words; an instruction has at most {MOST_WORDS} in all")
        for name in ("title", "instruction", "otherwise"):
            yield from _check_text(head, (name,), getattr(self.activity, name))
        for steps, text in find_texts(fields, self.activity.options, ("options",)):
            yield from _check_text(head, steps, text)
        for number, line in enumerate(self.page.body.splitlines()):
            for fault in find_faults(line) + find_action_faults(line):
                yield Problem(head.file, self.page.body_line + number, "", fault)


def find_texts(fields: Sequence[Field], options: Mapping[str, Any], steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Every text among the options that a learner reads, and where it stands."""
    for one in fields:
        found = options.get(one.name)
        values = enumerate(found or []) if one.many else [(None, found)]
        for index, value in values:
            here: Steps = (*steps, one.name) if index is None else (*steps, one.name, index)
            if one.kind == "group" and isinstance(value, Mapping):
                yield from find_texts(one.fields, value, here)
            elif one.kind in ("text", "markdown") and value:
                yield here, str(value)


def _check_text(source: Source, steps: Steps, text: str) -> Iterator[Problem]:
    for fault in find_faults(text) + find_action_faults(text):
        yield source.problem(steps, fault)


def _check_dates(
    source: Source, verified_on: str, review_due: str, today: date, place: Steps = ()
) -> Iterator[Problem]:
    for name, written in (("verified_on", verified_on), ("review_due", review_due)):
        try:
            day = date.fromisoformat(written) if written else None
        except ValueError:
            yield source.problem((*place, name), f"«{written}» is no day; write it as 2026-11-21")
            continue
        if day is None:
            yield _notice(source, (*place, name), "not told; an old page cannot be seen as such")
        elif name == "review_due" and day < today:
            yield _notice(
                source, (*place, name), f"the review was due on {written}; check the page against the real service"
            )
        elif name == "verified_on" and day > today:
            yield source.problem((*place, name), f"{written} is still to come")


def _check_pictogram(source: Source, pictogram: str) -> Iterator[Problem]:
    if not pictogram:
        yield _notice(source, ("pictogram",), "no pictogram; who reads little finds no way in")


def _notice(source: Source, steps: Steps, message: str) -> Notice:
    return Notice(source.file, source.line(steps), ".".join(map(str, steps)), message)
