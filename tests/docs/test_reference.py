"""Reference pages are compared with the code: nothing is missing, nothing is told that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import Field, fields
from typing import Any

import click
import pytest

import lms.cli
from lms.lrs import vocabulary
from lms.settings import Settings, read_settings
from tests.docs.blocks import DOCS


def write_default(one: Field[Any]) -> str:
    """A default as `lms.toml` writes it."""
    if isinstance(one.default, bool):
        return str(one.default).lower()
    if isinstance(one.default, tuple):
        return "[]"
    return str(one.default) if isinstance(one.default, int | float) else f'"{one.default}"'


def test_every_setting_stands_in_the_guide_with_its_default_and_its_help() -> None:
    expected = [f"| `{one.name}` | `{write_default(one)}` | {one.metadata['help']} |" for one in fields(Settings)]
    told = (DOCS / "settings.md").read_text().splitlines()
    assert [line for line in told if line.startswith("| `")] == expected


def test_the_settings_file_of_the_guide_is_read(tmp_path: Any) -> None:
    found = re.search(r"^```toml\n(.*?)^```$", (DOCS / "settings.md").read_text(), re.MULTILINE | re.DOTALL)
    assert found
    (tmp_path / "lms.toml").write_text(found[1])
    settings = read_settings({"LMS_HOME": str(tmp_path), "LMS_PLUGINS_BLOCKED": "quiz lesson", "PORT": "9"})
    assert (settings.host, settings.theme, settings.port) == ("0.0.0.0", "high-contrast", 9)
    assert settings.plugins_blocked == ("quiz", "lesson")


def test_a_home_that_is_named_but_empty_is_the_usual_one() -> None:
    assert read_settings({"LMS_HOME": ""}).home == read_settings({}).home


def iter_verbs(group: click.Group, path: str = "lms") -> Iterator[tuple[str, click.Command]]:
    """Every verb that does something, with its whole name."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{path} {name}", command
            yield from iter_verbs(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def write_verb(path: str, command: click.Command) -> str:
    """A verb as the guide tells it."""
    told = [one for one in command.params if isinstance(one, click.Option)]
    arguments = [one.make_metavar(click.Context(command)) for one in command.params if isinstance(one, click.Argument)]
    lines = [f"- `{one.opts[0]}`: {one.help}" for one in told]
    return "\n".join([f"### `{' '.join([path, *arguments])}`", "", str(command.help), *([""] if lines else []), *lines])


def test_every_verb_stands_in_the_guide_with_its_help_and_options() -> None:
    guide = (DOCS / "cli.md").read_text()
    sections = [one.strip() for one in re.split(r"(?=^### )", guide, flags=re.MULTILINE)[1:]]
    expected = [write_verb(path, command) for path, command in iter_verbs(lms.cli.lms)]
    assert sections == expected


def test_every_option_of_every_verb_has_a_help() -> None:
    options = [
        (path, one)
        for path, command in iter_verbs(lms.cli.lms)
        for one in command.params
        if isinstance(one, click.Option)
    ]
    assert [f"{path} {one.opts[0]}" for path, one in options if not one.help] == []


def test_every_term_of_our_vocabulary_stands_in_the_guide() -> None:
    guide = (DOCS / "xapi.md").read_text()
    expected = [
        f"| {term.kind} | `{vocabulary.term_iri(term)}` | {term.definition} |" for term in vocabulary.DECLIC_TERMS
    ]
    told = [line for line in guide.splitlines() if line.startswith(("| verb |", "| activity |", "| extension |"))]
    assert told == expected


def test_every_verb_of_others_stands_in_the_guide() -> None:
    guide = (DOCS / "xapi.md").read_text()
    told = re.findall(rf"^\| `({re.escape(vocabulary.ADL)}/verbs/\w+)` \|", guide, re.MULTILINE)
    assert told == [vocabulary.verb_iri(name) for name in vocabulary.ADL_VERBS]


@pytest.mark.parametrize("iri", ["DECLIC", "ADL"])
def test_the_guide_names_the_roots_of_all_identifiers(iri: str) -> None:
    assert getattr(vocabulary, iri) in (DOCS / "xapi.md").read_text()
