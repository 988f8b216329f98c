"""lms places import, export."""

from __future__ import annotations

import csv
import sqlite3
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import click

from lms.contract.places import load_columns
from lms.contract.tables import begin

from .places import iter_exported, store_batch
from .reading import Layout, UnreadableFile, find_layout, iter_rows
from .records import BadRow, parse_row
from .standard import NO_DATE, NO_PIVOT

BATCH = 500
"""Rows in one transaction: the write lock is never held for long, so that an import disturbs nobody's exercise."""
EVERY = 5000
TIMEOUT = 60
SAMPLE = Path(__file__).parent / "data/exemple.csv"
slug = click.option("--organisation", default="", help="Slug; needed when there are several.")


@dataclass
class Count:
    """What an import did."""

    read: int = 0
    new: int = 0
    changed: int = 0
    refused: int = 0
    mended: int = 0
    started: float = field(default_factory=time.monotonic)

    def tell(self) -> str:
        same = self.read - self.new - self.changed - self.refused
        seconds = time.monotonic() - self.started
        return (
            f"{self.read} lieux lus en {seconds:.1f} s : {self.new} nouveaux, {self.changed} changés, "
            f"{same} inchangés, {self.refused} refusés, {self.mended} remarques."
        )


@click.group()
def places() -> None:
    """The directory of places of an organisation."""


@places.command("import")
@click.argument("source", default="")
@click.option("--example", is_flag=True, help="The invented places of Valcombe and around, to try.")
@click.option("--quiet", is_flag=True, help="Do not list what was put right; refused rows are always listed.")
@slug
@click.pass_obj
def import_places(console: Any, source: str, example: bool, quiet: bool, organisation: str) -> None:
    """Import a FILE or URL (CSV of the national standard). Again with the same file changes nothing."""
    if not source and not example:
        raise click.ClickException("FILE or URL? (or --example)")
    with console.open(organisation) as where, opened(str(SAMPLE) if example else source) as file:
        try:
            layout = find_layout(file)
        except UnreadableFile as error:
            raise click.ClickException(str(error)) from error
        for sentence in layout.told:
            click.echo(f"Remarque : {sentence}")
        count = run_import(where, file, layout, quiet)
    click.echo(count.tell())


@contextmanager
def opened(source: str) -> Iterator[Path]:
    """The file; one on the web is first brought here, piece by piece."""
    if not source.startswith(("http://", "https://")):
        if not Path(source).is_file():
            raise click.ClickException(f"{source} n'est pas là. Rien n'a été changé. Vérifiez le nom du fichier.")
        yield Path(source)
        return
    with tempfile.TemporaryDirectory(prefix="declic-") as folder:
        file = Path(folder) / "places.csv"
        try:
            with urllib.request.urlopen(source, timeout=TIMEOUT) as answer, file.open("wb") as out:  # noqa: S310
                while piece := answer.read(1 << 20):
                    out.write(piece)
        except OSError as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()  # an answer that says no is an open line all the same
            raise click.ClickException(
                f"{source} ne répond pas ({error}). Rien n'a été changé. Essayez plus tard, ou donnez un fichier."
            ) from error
        yield file


def run_import(organisation: str, file: Path, layout: Layout, quiet: bool) -> Count:
    """Row by row, so that a hundred thousand need no more memory than a hundred."""
    count, batch = Count(), {}
    with progress(file) as move, seen_ids() as seen:
        for line, at, cells in iter_rows(file, layout):
            count.read += 1
            if isinstance(cells, str):
                refuse(count, line, cells)
            elif (found := understand(count, line, cells, quiet)) is not None:
                if first := seen(found["id"], line):
                    refuse(
                        count,
                        line,
                        f"même identifiant que la ligne {first} (« {found['id']} ») : elle est gardée, pas celle-ci",
                    )
                else:
                    batch[found["id"]] = found
            if len(batch) == BATCH:
                store(organisation, count, batch)
                batch = {}
            move(at, count.read)
        store(organisation, count, batch)
    return count


def understand(count: Count, line: int, cells: dict[str, str], quiet: bool) -> dict[str, str] | None:
    """The fields of one row; None when it is refused, which is said."""
    try:
        row = parse_row(cells)
    except BadRow as error:
        refuse(count, line, str(error))
        return None
    except Exception as error:  # one strange row must not cost the others
        refuse(count, line, f"elle n'a pas pu être comprise ({type(error).__name__})")
        return None
    count.mended += len(row.told)
    if not quiet:
        for sentence in row.told:
            click.echo(f"Ligne {line} : {sentence}.")
    return row.fields


def refuse(count: Count, line: int, reason: str) -> None:
    """Say it at once: a list of all refusals would grow with the file."""
    count.refused += 1
    click.echo(f"Ligne {line} refusée : {reason}.")


def store(organisation: str, count: Count, batch: dict[str, dict[str, str]]) -> None:
    """One transaction."""
    if batch:
        with begin():
            new, changed = store_batch(organisation, batch)
        count.new += new
        count.changed += changed


@contextmanager
def seen_ids() -> Iterator[Any]:
    """A function (id, line) → the line where this id stood first, 0 for the first time. Kept on disk, not in memory."""
    known = sqlite3.connect("")
    known.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")

    def look(id: str, line: int) -> int:
        if known.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (id, line)).rowcount:
            return 0
        return int(known.execute("SELECT line FROM seen WHERE id = ?", (id,)).fetchone()[0])

    try:
        yield look
    finally:
        known.close()


@contextmanager
def progress(file: Path) -> Iterator[Any]:
    """A bar in a terminal; elsewhere a line every five thousand rows."""
    if not sys.stdout.isatty():
        yield lambda at, rows: rows % EVERY or click.echo(f"{rows} lieux lus…")
        return
    with click.progressbar(length=file.stat().st_size, label="Import", file=sys.stderr) as bar:
        yield lambda at, rows: rows % 100 or bar.update(at - bar.pos)
        bar.update(file.stat().st_size - bar.pos)


@places.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True), default="-")
@slug
@click.pass_obj
def export_places(console: Any, file: IO[str], organisation: str) -> None:
    """Write the directory to FILE (CSV of the national standard), with what was changed in the house."""
    with console.open(organisation) as where, begin():
        count = write_csv(file, iter_exported(where))
    click.echo(f"{count} lieux écrits.", err=True)


def write_csv(out: Any, rows: Any) -> int:
    """The standard's own columns; what is unknown and required gets the national directory's own fallback."""
    writer = csv.DictWriter(out, list(load_columns()), lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row | {"pivot": row["pivot"] or NO_PIVOT, "date_maj": row["date_maj"] or NO_DATE})
        count += 1
    return count
