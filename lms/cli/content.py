"""lms check, audio."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from lms.cli import lms
from lms.cli.console import count
from lms.settings import Settings, read_settings


@lms.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folders: tuple[Path, ...]) -> None:
    """Check plugins, themes, simulators, scenarios and courses; every fault with file and line. Exit 1 if any."""
    from lms.content.checks import Notice, check_all, find_folders
    from lms.content.speech import list_mute
    from lms.content.walked import Walked
    from lms.plugins import bundled, load_plugins

    settings = read_settings()
    found = find_folders(settings)
    found = replace(found, courses=(*found.courses, *folders))
    # All faults at once: a plugin that fails is told with the rest, whatever the setting.
    plugins = load_plugins(replace(settings, plugins_skip_broken=True), bundled("plugins"), left_out=str)
    today = datetime.now(UTC).date()
    find_mute = partial(list_mute, folder=settings.home / "audio", engine=settings.audio_engine != "none")
    walked = Walked(settings.cache_folder)
    problems = check_all(found, plugins, today, click.echo, find_mute, walked)
    walked.forget_old()
    for problem in (*plugins.skipped, *problems):
        click.echo(f"{'note: ' if isinstance(problem, Notice) else ''}{problem}")
    faults = len(plugins.skipped) + sum(not isinstance(problem, Notice) for problem in problems)
    click.echo(f"{count(faults, 'fault')}." if faults else "No fault.")
    sys.exit(1 if faults else 0)


@lms.command()
@click.argument("simulator", required=False)
@click.option("--locale", default="en", show_default=True, help="Language to translate into.")
def sentences(simulator: str | None, locale: str) -> None:
    """Print the sentences of one simulator, or of all, that have no translation: YAML to fill in."""
    from lms.app import load_simulators
    from lms.content.scenarios import load_scenario
    from lms.content.untranslated import find_missing
    from lms.plugins import bundled, load_plugins

    settings = read_settings()
    simulators = load_simulators(settings, load_plugins(settings, bundled("plugins")))
    if simulator and simulator not in simulators:
        raise click.ClickException(f"no simulator «{simulator}»; there is: {', '.join(sorted(simulators))}")
    for name in [simulator] if simulator else sorted(simulators):
        desks = [load_scenario(simulators, one) for one in simulators[name].scenario_names()]
        missing = find_missing(simulators[name], desks, locale)
        click.echo(f"# simulators/{name}/sentences/{locale}.yaml: {len(missing)} to add")
        for one in missing:
            click.echo(f"{json.dumps(one, ensure_ascii=False)}:")


@lms.command()
@click.option("--locale", default="fr", show_default=True, help="Language of the texts.")
def audio(locale: str) -> None:
    """Make the voice of every instruction that has none yet."""
    record_voices(read_settings(), locale)


def record_voices(settings: Settings, locale: str) -> None:
    """Make the recordings that are missing, and say how many. Raises ClickException where no engine is wanted."""
    from lms.app import build_site
    from lms.content.speech import make_audio
    from lms.content.spoken import find_spoken

    if settings.audio_engine == "none":
        raise click.ClickException("the setting audio_engine is «none»")
    settings.home.mkdir(parents=True, exist_ok=True)
    classroom = build_site(settings).classroom
    texts = find_spoken(classroom.catalogue, classroom.plugins.activity_types, locale)
    with click.progressbar(length=len(texts), label=f"{len(texts)} sentences", file=sys.stderr) as bar:
        made = make_audio([(text, locale) for text in texts], settings.home / "audio", lambda *_: bar.update(1))
    click.echo(f"{len(made)} made, {len(texts) - len(made)} were there: {settings.home / 'audio'}")
