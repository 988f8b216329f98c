"""The `lms` command."""

from __future__ import annotations

import sys

import click

from lms.errors import LMSError


@click.group(help="Déclic: rehearsal copies of online services, for people far from digital.")
def lms() -> None:
    """The group that verbs and plugins add to."""


from lms.cli import backup, care, content, data, new, partners, people, relaying, serving, statements  # noqa: E402,F401  (they add their verbs to `lms`)


def main() -> None:
    """Run a verb; an error of ours is two lines, not a traceback."""
    try:
        serving.add_plugin_verbs(sys.argv[1:])
        lms(standalone_mode=True)
    except LMSError as error:
        click.echo(f"{type(error).__name__}: {error}", err=True)
        click.echo(f"{error.sentence} {error.next}", err=True)
        sys.exit(1)
