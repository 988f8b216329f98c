"""lms new course, scenario, plugin, theme: something small that works, in the instance folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import click

from lms.cli import lms
from lms.settings import read_settings

Build = Callable[[str, str, date], Mapping[str, str]]

FOLDER_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
MODULE_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")


@lms.group()
def new() -> None:
    """Begin something of your own in the instance folder; it works at once."""


@new.command("course")
@click.argument("name")
@click.option("--title", default="Mon cours", show_default=True, help="What people read.")
def new_course(name: str, title: str) -> None:
    """Write a course with one lesson and one quiz."""
    from lms.content.templates_new import build_new_course

    _write(build_new_course, _check_name(name, FOLDER_NAME), title)


@new.command("plugin")
@click.argument("name")
@click.option("--title", default="Mon activité", show_default=True, help="What people read.")
def new_plugin(name: str, title: str) -> None:
    """Write a plugin of one file, with an activity type of that name."""
    from lms.content.templates_new import build_new_plugin

    _write(build_new_plugin, _check_name(name, MODULE_NAME), title)


@new.command("theme")
@click.argument("name")
@click.option("--title", default="Mon thème", show_default=True, help="What people read.")
def new_theme(name: str, title: str) -> None:
    """Write a theme that changes some colours; `theme = "NAME"` in lms.toml takes it."""
    from lms.content.templates_new import build_new_theme

    _write(build_new_theme, _check_name(name, FOLDER_NAME), title)


@new.command("scenario")
@click.argument("name", metavar="SIMULATOR/NAME")
@click.option("--title", default="Mon exercice", show_default=True, help="What people read.")
def new_scenario(name: str, title: str) -> None:
    """Write a scenario of a simulator, begun from its shortest one."""
    from lms.app import load_simulators
    from lms.content.templates_new import build_new_scenario
    from lms.plugins import bundled, load_plugins

    simulator, cut, scenario = name.partition("/")
    if not cut:
        raise click.ClickException(f"«{name}»: a scenario belongs to a simulator; write SIMULATOR/{name}")
    _check_name(scenario, FOLDER_NAME)
    settings = read_settings()
    known = load_simulators(settings, load_plugins(settings, bundled("plugins")))
    if simulator not in known:
        raise click.ClickException(f"no simulator «{simulator}»; there is: {', '.join(sorted(known))}")
    if scenario in known[simulator].scenario_files():
        raise click.ClickException(f"{known[simulator].scenario_files()[scenario]} is there already")
    file = f"simulators/{simulator}/scenarios/{scenario}.yaml"
    _write_files(settings.home, {file: build_new_scenario(known[simulator], title)})


def _check_name(name: str, allowed: re.Pattern[str]) -> str:
    if not allowed.fullmatch(name):
        signs = "a-z, 0-9 and -" if allowed is FOLDER_NAME else "a-z, 0-9 and _"
        raise click.ClickException(f"«{name}»: 2 to 40 of {signs}, a letter first")
    return name


def _write(build: Build, name: str, title: str) -> None:
    _write_files(read_settings().home, build(name, title, datetime.now(UTC).date()))


def _write_files(home: Path, files: Mapping[str, str]) -> None:
    """All or none: what is there already is never changed."""
    for file in files:
        if (home / file).exists():
            raise click.ClickException(f"{home / file} is there already; nothing was written")
    for file, text in files.items():
        (home / file).parent.mkdir(parents=True, exist_ok=True)
        (home / file).write_text(text, encoding="utf-8")
        click.echo(f"{home / file}")
    click.echo("Change it, then run: lms check")
