"""Statements out to a file and in from one, a line each, in constant memory however many there are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Engine, func, select, tuple_

from lms.database.door import write_to
from lms.database.models import Statement
from lms.errors import BadRequest, LMSError
from lms.lrs.parsing import Given, parse_statements
from lms.lrs.receiving import Received, Sender, build_entries, receive

AT_ONCE = 500


def count_statements(connection: Connection, organisation: str) -> int:
    """How many an organisation has."""
    wanted = select(func.count()).select_from(Statement).where(Statement.organisation_id == organisation)
    return int(connection.execute(wanted).scalar_one())


def read_bodies(
    connection: Connection,
    organisation: str,
    since: int = 0,
    until: int | None = None,
    more: Sequence[ColumnElement[bool]] = (),
) -> Iterator[str]:
    """The JSON of every statement, voided ones too, in the order they were stored; since < stored ≤ until.

    `more` are further conditions on the rows.
    """
    place = tuple_(Statement.stored, Statement.id)
    behind = Statement.stored > since
    while True:
        wanted = select(Statement.stored, Statement.id, Statement.body).where(
            Statement.organisation_id == organisation, behind, *more
        )
        if until is not None:
            wanted = wanted.where(Statement.stored <= until)
        rows = connection.execute(wanted.order_by(Statement.stored, Statement.id).limit(AT_ONCE)).all()
        yield from (one_line(row.body) for row in rows)
        if len(rows) < AT_ONCE:
            return
        behind = (Statement.stored >= rows[-1].stored) & (place > (rows[-1].stored, rows[-1].id))


def one_line(body: str) -> str:
    """JSON without line ends: outside of strings they mean nothing, inside they are written \\n."""
    return body.replace("\r", " ").replace("\n", " ") if "\n" in body or "\r" in body else body


@dataclass(frozen=True)
class Refusal:
    """A line that was not kept, and why; counted from 1."""

    line: int
    why: str


@dataclass
class Report:
    """What came of an import."""

    new: int = 0
    known: int = 0
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    number: int
    given: Given
    version: str


Pass = Callable[[Connection, Received], object]
"""What else is done with what was just kept, in its transaction."""


def import_lines(engine: Engine, sender: Sender, lines: Iterable[str], pass_on: Pass) -> Iterator[Report]:
    """Keep what stands in the lines as if `sender` had posted it; the same report after each batch, growing.

    The checks are those of a POST. A line at fault is refused alone, with its reason; what is kept already is counted.
    """

    def keep(part: Sequence[_Line]) -> int:
        return _receive(engine, sender, part, pass_on)

    report, batch = Report(), list[_Line]()
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            batch.append(_read(number, text))
        except LMSError as error:
            report.refused.append(Refusal(number, str(error)))
        if len(batch) == AT_ONCE:
            _keep(keep, batch, report)
            batch.clear()
            yield report
    _keep(keep, batch, report)
    yield report


def _read(number: int, text: str) -> _Line:
    """Each line says itself which version it is of."""
    version = "2.0.0" if _SAYS_NEW.search(text) and _find_version(text).startswith("2.") else "1.0.3"
    found = parse_statements(text, version)
    if len(found) != 1:
        raise BadRequest("one statement a line is needed, not an array")
    return _Line(number, found[0], version)


_SAYS_NEW = re.compile(r'"version"\s*:\s*"2')
"""Most lines need not be read twice."""


def _find_version(text: str) -> str:
    with suppress(ValueError, RecursionError):
        found = json.loads(text)
        return str(found.get("version", "")) if isinstance(found, dict) else ""
    return ""


def _keep(keep: Callable[[Sequence[_Line]], int], batch: Sequence[_Line], report: Report) -> None:
    """All at once; when one is refused, halves, so that the others are kept."""
    if not batch:
        return
    try:
        new = keep(batch)
    except LMSError as error:
        if error.status >= 500:
            raise
        if len(batch) == 1:
            report.refused.append(Refusal(batch[0].number, str(error)))
            return
        half = len(batch) // 2
        _keep(keep, batch[:half], report)
        _keep(keep, batch[half:], report)
        return
    report.new += new
    report.known += len(batch) - new


def _receive(engine: Engine, sender: Sender, batch: Sequence[_Line], pass_on: Pass) -> int:
    """How many of these were new."""
    new = 0
    with write_to(engine) as connection:
        for version in ("1.0.3", "2.0.0"):
            given = [one.given for one in batch if one.version == version]
            if given:
                kept = receive(connection, sender.organisation, given, build_entries(sender, given, version))
                pass_on(connection, kept)
                new += len(kept.new)
    return new
