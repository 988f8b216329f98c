"""An activity in another language is the same activity: only its words differ, so an attempt may change language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lms.content.yaml_source import read_yaml
from lms.contract import Activity, ActivityType, Field
from lms.errors import ContentError, Problem

WORDS = frozenset({"text", "markdown"})


def match_translations(
    own: Mapping[str, Activity], others: Mapping[str, Mapping[str, Activity]]
) -> dict[str, Mapping[str, Activity]]:
    """Translations under the revision of what they translate: a state that was begun in one goes on in the other."""
    told: dict[str, Mapping[str, Activity]] = {}
    for locale, found in sorted(others.items()):
        same = {id: replace(one, revision=own[id].revision) for id, one in found.items() if id in own}
        told[locale] = MappingProxyType(same)
    return told


def check_translations(
    folder: Path,
    own: Mapping[str, Activity],
    others: Mapping[str, Mapping[str, Activity]],
    kinds: Mapping[str, ActivityType],
) -> Iterator[Problem]:
    """What is not the same in the translations of a course that lies in `folder`."""
    for one in (one for found in others.values() for one in found.values() if one.id in own):
        file = folder / f"{one.id.partition('/')[2]}.{one.locale}.md"
        for fault in find_differences(own[one.id], one, kinds[own[one.id].type].options):
            yield Problem(str(file), 0, "", f"differs from the original: {fault}")


def read_names(folder: Path, modules: Sequence[str], problems: list[Problem]) -> Mapping[str, Mapping[str, str]]:
    """`course.<locale>.yaml` of a course: `title`, and `modules`, a title by id. What is wrong goes to `problems`."""
    names: dict[str, Mapping[str, str]] = {}
    for file in sorted(folder.glob("course.*.yaml")):
        try:
            source = read_yaml(file)
        except ContentError as error:
            problems += error.problems
            continue
        data = source.data if isinstance(source.data, dict) else {}
        told = data.get("modules", {})
        for key in sorted(data.keys() - {"title", "modules"}):
            problems.append(source.problem((key,), "unknown key; allowed: title, modules"))
        for id in sorted((told if isinstance(told, dict) else {}).keys() - set(modules)):
            problems.append(source.problem(("modules", id), f"no module «{id}»; there is: {', '.join(modules)}"))
        titles = {"": data.get("title"), **(told if isinstance(told, dict) else {})}
        names[file.name.split(".")[1]] = MappingProxyType({id: str(title) for id, title in titles.items() if title})
    return MappingProxyType(names)


def find_differences(own: Activity, other: Activity, fields: Sequence[Field]) -> Iterator[str]:
    """What is not the same in a translation, apart from its words."""
    if own.type != other.type:
        yield f"type: «{own.type}» in {own.locale}"
        return
    if own.competences != other.competences:
        yield f"competences: {', '.join(own.competences)} in {own.locale}"
    if _count_steps(own.body) != _count_steps(other.body):
        yield f"{_count_steps(other.body)} headings «## »; {_count_steps(own.body)} in {own.locale}"
    yield from _compare(fields, own.options, other.options, "options", own.locale)


def _count_steps(body: str) -> int:
    return sum(line.startswith("## ") for line in body.splitlines())


def _compare(
    fields: Sequence[Field], own: Mapping[str, Any], other: Mapping[str, Any], place: str, locale: str
) -> Iterator[str]:
    for one in fields:
        mine, theirs, here = own.get(one.name), other.get(one.name), f"{place}.{one.name}"
        if one.kind == "group":
            yield from _compare_groups(one, mine, theirs, here, locale)
        elif one.many and one.kind in WORDS and len(mine or []) != len(theirs or []):
            yield f"{here}: {len(theirs or [])}; {len(mine or [])} in {locale}"
        elif one.kind not in WORDS and mine != theirs:
            yield f"{here}: not the same as in {locale}"


def _compare_groups(one: Field, mine: Any, theirs: Any, here: str, locale: str) -> Iterator[str]:
    own, other = (list(found or []) if one.many else [found] if found else [] for found in (mine, theirs))
    if len(own) != len(other):
        yield f"{here}: {len(other)}; {len(own)} in {locale}"
        return
    for index, (left, right) in enumerate(zip(own, other, strict=True)):
        yield from _compare(one.fields, left, right, f"{here}.{index}" if one.many else here, locale)
