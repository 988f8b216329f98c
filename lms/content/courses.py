"""Courses on disk: `course.yaml` and `<activity>.<locale>.md` to frozen courses, modules and activities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lms.content.catalogue import Catalogue, Course, Module
from lms.content.competences import load_competences
from lms.content.desk import Desk
from lms.content.diplomas import read_diplomas
from lms.content.fields import FindScenario, Options
from lms.content.front_matter import Page, read_page
from lms.content.markdown import Picture, find_pictograms, render_markdown
from lms.content.sessions import read_sessions
from lms.content.translated import check_translations, match_translations, read_names
from lms.content.yaml_source import Source, read_yaml
from lms.contract import Activity, Field
from lms.errors import ContentError, Problem
from lms.plugins import Plugins

__all__ = ["Catalogue", "Course", "Module", "Shelf", "load_courses", "read_courses"]

_DATED = (
    Field("source", "text", "where it was checked"),
    Field("verified_on", "text", "day of the check"),
    Field("review_due", "text", "day by which to check again"),
)
LEARNERS, PROFESSIONALS = AUDIENCES = ("learners", "professionals")
MODULE = (
    Field("id", "text", "short name", required=True),
    Field("title", "text", "title of the module", required=True),
    Field("pictogram", "picture", "pictogram of the theme", default=""),
    Field("activities", "text", "names of activities", required=True, many=True),
)
COURSE = (
    Field("title", "text", "title of the course", required=True),
    Field("type", "text", "course type", default="linear"),
    Field("locale", "text", "language that the course is written in", default="fr"),
    Field("licence", "text", "SPDX identifier", default=""),
    Field("audience", "choice", "who it is written for", default=LEARNERS, choices=AUDIENCES),
    *_DATED,
    Field("pictogram", "picture", "pictogram of the theme", default=""),
    Field("modules", "group", "parts of the course", required=True, many=True, fields=MODULE),
)
HEAD = (
    Field("type", "text", "activity type", required=True),
    Field("title", "text", "title", required=True),
    Field("instruction", "text", "what to do, said aloud", required=True),
    Field("competences", "text", "ids such as M01", many=True),
    Field("pictogram", "picture", "pictogram of the theme", default=""),
    *_DATED,
    Field("otherwise", "text", "counter, phone or paper way", default=""),
)


@dataclass(frozen=True)
class Shelf:
    """What a course is read with: plugins, scenarios, where a pictogram is, and which exist (None: any)."""

    plugins: Plugins
    find_scenario: FindScenario
    picture: Picture
    pictograms: frozenset[str] | None = None


def load_courses(folders: Iterable[Path], shelf: Shelf) -> Catalogue:
    """Every course of these folders. Raises ContentError with every fault of every file."""
    catalogue, problems = read_courses(folders, shelf)
    if problems:
        raise ContentError(problems)
    return catalogue


def read_courses(folders: Iterable[Path], shelf: Shelf) -> tuple[Catalogue, list[Problem]]:
    """The courses that are sound, and every fault found; the faulty ones are left out."""
    courses: dict[str, Course] = {}
    problems: list[Problem] = []
    for path in _find_courses(folders):
        if path.name in courses:
            problems.append(Problem(str(path), 0, "", f"two courses are named «{path.name}»"))
            continue
        reader = _CourseReader(path, shelf)
        course = reader.read()
        problems += reader.problems
        if course is not None and not reader.problems:
            courses[course.id] = course
    return Catalogue(MappingProxyType(courses)), list(dict.fromkeys(problems))


def _find_courses(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from (path for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith("."))


@dataclass
class _CourseReader:
    """Reads one course folder; faults gather in `problems`."""

    path: Path
    shelf: Shelf
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> Course | None:
        try:
            source = read_yaml(self.path / "course.yaml")
        except ContentError as error:
            self.problems += error.problems
            return None
        head = self._read_fields(COURSE, source, source.data, ())
        if head["type"] not in self.shelf.plugins.course_types:
            self._refuse_type(source, head["type"], "course type", self.shelf.plugins.course_types)
        modules = tuple(self._build_module(one) for one in head.pop("modules") if one.get("id"))
        listed = [name for module in modules for name in module.activities]
        texts = self._read_texts(head["locale"] or "fr", listed, source)
        own = texts.pop(head["locale"], {})
        activities = MappingProxyType({name: own[name] for name in listed if name in own})
        self.problems += check_translations(self.path, own, texts, self.shelf.plugins.activity_types)
        translations = MappingProxyType(match_translations(own, texts))
        names = {name.partition("/")[2] for name in activities}
        dated = {name: head[name] or "" for name in ("source", "verified_on", "review_due")}
        return Course(
            **(head | dated),
            id=self.path.name,
            modules=modules,
            activities=activities,
            translations=translations,
            revision=self._hash_course(activities, translations),
            sessions=read_sessions(self.path, head["locale"] or "fr", names, self.shelf.picture, self.problems),
            names=read_names(self.path, [one.id for one in modules], self.problems),
            diplomas=read_diplomas(self.path, [one.id for one in modules], self.problems),
        )

    def _read_fields(
        self, fields: Sequence[Field], source: Source, tree: Any, steps: tuple[str, ...]
    ) -> dict[str, Any]:
        options = Options(source, self.shelf.find_scenario, self.shelf.pictograms)
        values = options.read(fields, tree, steps) or {one.name: one.default for one in fields}
        self.problems += options.problems
        return {one.name: values[one.name] if values[one.name] is not None else _blank(one) for one in fields}

    def _build_module(self, found: Mapping[str, Any]) -> Module:
        names = tuple(f"{self.path.name}/{name}" for name in found["activities"])
        return Module(found["id"], found["title"] or "", found["pictogram"] or "", names)

    def _read_texts(self, locale: str, listed: list[str], source: Source) -> dict[str, dict[str, Activity]]:
        texts: dict[str, dict[str, Activity]] = {}
        files = {file: file.name.removesuffix(".md").rpartition(".") for file in sorted(self.path.glob("*.md"))}
        self._check_listing(locale, listed, {(name, language) for name, _, language in files.values()}, source)
        for file, (name, _, language) in files.items():
            activity = self._read_activity(file, f"{self.path.name}/{name}", language)
            if activity is not None:
                texts.setdefault(language, {})[activity.id] = activity
        return texts

    def _check_listing(self, locale: str, listed: list[str], found: set[tuple[str, str]], source: Source) -> None:
        names = [name.partition("/")[2] for name in listed]
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                self.problems.append(source.problem(("modules",), f"activity «{name}» is listed more than once"))
            if (name, locale) not in found:
                self.problems.append(source.problem(("modules",), f"activity «{name}» has no file {name}.{locale}.md"))
        for name, language in sorted(found):
            if name not in names:
                file = str(self.path / f"{name}.{language}.md")
                self.problems.append(Problem(file, 0, "", f"activity «{name}» stands in no module of course.yaml"))

    def _read_activity(self, file: Path, id: str, locale: str) -> Activity | None:
        try:
            page = read_page(file)
        except ContentError as error:
            self.problems += error.problems
            return None
        tree = dict(page.head.data)
        written = tree.pop("options", {})
        head = self._read_fields(HEAD, page.head, tree, ())
        kind = self.shelf.plugins.activity_types.get(head["type"])
        if kind is None:
            self._refuse_type(page.head, head["type"], "activity type", self.shelf.plugins.activity_types)
            return None
        options = self._read_fields(kind.options, page.head, written, ("options",))
        self._check_texts(page, head["competences"])
        head["competences"] = tuple(head["competences"])
        activity = Activity(
            **head,
            id=id,
            options=MappingProxyType(options),
            body=page.body,
            html="",
            locale=locale,
            revision=_hash_activity(file, options),
        )
        return replace(activity, html=self._render(page.body, activity))

    def _render(self, body: str, activity: Activity) -> str:
        html = self.shelf.plugins.call("render_body", body=body, activity=activity)
        return html if html is not None else render_markdown(body, self.shelf.picture)

    def _refuse_type(self, source: Source, found: str, what: str, allowed: Iterable[str]) -> None:
        if found:
            names = ", ".join(sorted(allowed))
            self.problems.append(source.problem(("type",), f"unknown {what} «{found}»; allowed: {names}"))

    def _check_texts(self, page: Page, competences: Sequence[str]) -> None:
        for index, name in enumerate(competences):
            if name not in load_competences():
                self.problems.append(page.head.problem(("competences", index), f"competence «{name}» does not exist"))
        for number, name in find_pictograms(page.body):
            if self.shelf.pictograms is not None and name not in self.shelf.pictograms:
                line = page.body_line + number
                self.problems.append(
                    Problem(page.head.file, line, "", f"pictogram «{name}» does not exist in the theme")
                )

    def _hash_course(self, own: Mapping[str, Activity], other: Mapping[str, Mapping[str, Activity]]) -> str:
        digest = hashlib.sha256((self.path / "course.yaml").read_bytes())
        for activities in (own, *other.values()):
            for activity in activities.values():
                digest.update(f"{activity.id} {activity.locale} {activity.revision}\n".encode())
                digest.update(activity.html.encode())
        return digest.hexdigest()


def _blank(one: Field) -> Any:
    return [] if one.many else "" if one.kind in ("text", "markdown", "choice", "picture") else None


def _hash_activity(file: Path, options: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(file.read_bytes())
    for part in dict.fromkeys(part for desk in find_desks(options) for part in _find_files(desk)):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def find_desks(value: Any) -> Iterator[Desk]:
    """The scenarios that stand anywhere in these options."""
    if isinstance(value, Desk):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from find_desks(one)


def _find_files(desk: Desk) -> Iterator[Path]:
    """What decides how a scenario behaves: its own file, and the goals and mechanics of its simulators."""
    yield Path(desk.file)
    for simulator in desk.simulators.values():
        yield from (simulator.folder / "simulator.yaml", *sorted(simulator.folder.glob("*.py")))
