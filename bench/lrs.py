"""`python -m bench.lrs`, part of `make bench`: the statement store on both databases, beside limits of the same run.

One statement a request beside a bare Flask log with one durable insert; batches of 50 beside the bare insert of the
same rows; filters and pages on a store filled by SQL. Bounded in time; everything stands in a temporary folder.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.filling import ACTIVITIES, AGENTS, PARENTS, VERB, Shelf, fill, insert_bare
from bench.kept import Door
from bench.load import Call, Result, drive
from bench.processes import (
    BIN,
    ROOT,
    Serving,
    find_free_port,
    read_tree_cpu,
    read_tree_pss,
    reference_command,
    serving,
)
from bench.run import reference_scripts
from tests.fixtures.postgres import run_cluster

ROUNDS = 3
WRITERS = 8
BATCH = 50
LIMIT = 50
SINGLE_GOAL, BATCH_GOAL, READ_GOAL, MEMORY_GOAL = 0.8, 5000, 10.0, 140
VERSION = "X-Experience-API-Version: 1.0.3"


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    name: str
    found: str
    limit: str
    reached: bool


def ask(shelf: Shelf | Door, method: str, path: str, body: bytes = b"") -> Call:
    """An HTTP/1.1 request with the credential."""
    basic = base64.b64encode(f"{shelf.key}:{shelf.secret}".encode()).decode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Basic {basic}", VERSION]
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
    return Call("\r\n".join([*lines, "", ""]).encode() + body)


def build_statement(at: int) -> dict[str, Any]:
    """About 1.2 kB, as partners send them; each with an id of its own."""
    return {
        "id": str(uuid.uuid4()),
        "actor": {"account": {"homePage": "https://partner.example/", "name": f"agent-{at % AGENTS}"}, "name": "Sally"},
        "verb": {"id": VERB.format(at % 10), "display": {"en": "completed", "fr": "a terminé"}},
        "object": {
            "id": f"https://partner.example/activities/{at % ACTIVITIES}",
            "definition": {"name": {"fr": "Une activité"}, "type": "http://adlnet.gov/expapi/activities/course"},
        },
        "result": {"score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10}, "success": True, "duration": "PT1H"},
        "context": {
            "registration": str(uuid.UUID(int=at % (AGENTS * 5))),
            "contextActivities": {"parent": [{"id": f"https://partner.example/courses/{at % PARENTS}"}]},
            "platform": "x" * 300,
            "language": "fr",
        },
        "timestamp": "2026-11-26T10:00:00.123Z",
    }


def write_scripts(shelf: Shelf, batch: int, calls: int) -> list[list[Call]]:
    """For each writer, requests that are sent once."""
    scripts = []
    for writer in range(WRITERS):
        made = [[build_statement(writer * 7919 + at * batch + one) for one in range(batch)] for at in range(calls)]
        bodies = [json.dumps(one if batch > 1 else one[0], ensure_ascii=False).encode() for one in made]
        scripts.append([ask(shelf, "POST", "/xapi/statements", body) for body in bodies])
    return scripts


@dataclass(frozen=True)
class Plain:
    """The reference server, and a cookie that is signed in there."""

    server: Serving
    cookie: str


def measure_single(shelf: Shelf, ours: Serving, plain: Plain, seconds: float) -> Line:
    """In turn with the reference on the same database; the median of the rounds, and what a request costs both."""
    rates: dict[str, list[float]] = {"ours": [], "plain": []}
    spent = {"ours": 0.0, "plain": 0.0}
    count = {"ours": 0, "plain": 0}
    for at in range(ROUNDS + 1):  # the first round warms up
        for name, server in (("plain", plain.server), ("ours", ours)):
            scripts = reference_scripts("log", plain.cookie)[:WRITERS]
            if name == "ours":
                scripts = write_scripts(shelf, 1, int(seconds * 400))
            before = read_tree_cpu(server.pid)
            found = drive(server.port, scripts, seconds, once=name == "ours")
            check(found)
            if at:
                rates[name].append(found.per_second)
                spent[name] += read_tree_cpu(server.pid) - before
                count[name] += found.answered
    mine, bare = (statistics.median(rates[name]) for name in ("ours", "plain"))
    costs = {name: spent[name] / count[name] * 1000 for name in spent}
    told = f"{mine:.0f}/s, {mine / bare:.2f} ×, {costs['ours']:.2f} ms of processor"
    limit = f"bare log {bare:.0f}/s, {costs['plain']:.2f} ms, goal {SINGLE_GOAL} ×"
    return Line("POST of one, durable", told, limit, mine >= SINGLE_GOAL * bare)


def measure_batches(shelf: Shelf, ours: Serving, url: str, folder: Path, seconds: float) -> Line:
    """Statements a second in batches; the limit is one connection that inserts the same rows with no server."""
    rates, before, count = [], 0.0, 0
    for at in range(ROUNDS + 1):
        if at == 1:
            before = read_tree_cpu(ours.pid)
        mine = drive(ours.port, write_scripts(shelf, BATCH, int(seconds * 25)), seconds, once=True)
        check(mine)
        rates += [mine.per_second * BATCH] if at else []
        count += mine.answered * BATCH if at else 0
    cost = (read_tree_cpu(ours.pid) - before) / count * 1e6
    found, bare = statistics.median(rates), insert_bare(url, folder, BATCH, seconds)
    told = f"{found:.0f} statements/s, {found / bare:.2f} × bare, {cost:.0f} µs of processor"
    return Line(f"batches of {BATCH}", told, f"bare insert {bare:.0f}/s, goal {BATCH_GOAL}/s", found >= BATCH_GOAL)


def check(found: Result) -> None:
    """A refused request is no figure."""
    if found.failed:
        raise RuntimeError(f"{found.failed} requests failed: {found.statuses}")


def filters(shelf: Shelf) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """(name, what is asked for), each with many values."""
    agents = [
        json.dumps({"account": {"homePage": "https://partner.example/", "name": f"agent-{at}"}}) for at in range(40)
    ]
    activities = [f"https://partner.example/activities/{at}" for at in range(40)]
    parents = [f"https://partner.example/courses/{at}" for at in range(min(40, PARENTS))]
    yield "agent", [{"agent": one} for one in agents]
    yield "verb", [{"verb": VERB.format(at)} for at in range(10)]
    yield "activity", [{"activity": one} for one in activities]
    yield "registration", [{"registration": str(uuid.UUID(int=at))} for at in range(40)]
    yield "related agents", [{"agent": one, "related_agents": "true"} for one in (*agents, shelf.authority)]
    yield "related activities", [{"activity": one, "related_activities": "true"} for one in (*parents, *activities)]
    yield "agent and verb", [{"agent": one, "verb": VERB.format(at % 10)} for at, one in enumerate(agents)]
    yield "verb, since", [{"verb": VERB.format(at), "since": shelf.middle} for at in range(10)]


def measure_reads(shelf: Shelf, ours: Serving, seconds: float) -> Iterator[Line]:
    """One reader; the first page of each filter, then pages far behind."""
    for name, asked in filters(shelf):
        calls = [ask(shelf, "GET", f"/xapi/statements?{urlencode({**one, 'limit': LIMIT})}") for one in asked]
        yield read_line(f"GET by {name}", drive(ours.port, [calls], seconds), f"goal p95 {READ_GOAL:.0f} ms")
    first = drive(ours.port, [[ask(shelf, "GET", "/xapi/statements?limit=1")]], seconds)
    far = f"/xapi/statements?{urlencode({'limit': 1, 'cursor': shelf.last})}"
    last = drive(ours.port, [[ask(shelf, "GET", far)]], seconds)
    yield read_line(f"page {shelf.rows:,} of one", last, f"first page p50 {first.p50:.1f}, p95 {first.p95:.1f} ms")


def read_line(name: str, found: Result, limit: str) -> Line:
    check(found)
    return Line(name, f"p50 {found.p50:.1f}, p95 {found.p95:.1f} ms", limit, found.p95 <= READ_GOAL)


@contextmanager
def serving_plain(url: str, log: Path) -> Iterator[Plain]:
    """The reference on a database of its own, of the same kind as ours."""
    environ, port = {"DB_URL": url, "SQLITE_SYNC": "FULL"}, find_free_port()
    made = [sys.executable, "-c", "from bench.run import sign_in_reference as go; print(go({}), end='')"]
    cookie = subprocess.run(made, cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, check=True).stdout
    with serving(reference_command(port), port, "/hello", environ, log) as server:
        yield Plain(server, cookie)


def measure(name: str, url: str, bare: str, folder: Path, given: argparse.Namespace) -> list[Line]:
    """Everything on one database; `bare` is the reference's."""
    rows, seconds = given.rows, given.seconds
    home, began, port = folder / name, time.monotonic(), find_free_port()
    shelf = fill(home, url, rows)
    print(f"{name}: {rows:,} statements filled in {time.monotonic() - began:.0f} s", flush=True)
    own = {"LMS_HOME": str(home), "PORT": str(port), "LMS_DATABASE_URL": url}
    log = folder / f"{name}.log"
    with serving_plain(bare, log) as plain, serving([str(BIN / "lms"), "serve"], port, "/xapi/about", own, log) as ours:
        lines = [] if given.writes else [show(line) for line in measure_reads(shelf, ours, seconds / 2)]
        lines.append(show(measure_single(shelf, ours, plain, seconds)))
        lines.append(show(measure_batches(shelf, ours, url, folder, seconds)))
        weight = read_tree_pss(ours.pid)
        found = Line("memory of the whole tree", f"{weight:.0f} MB PSS", f"goal {MEMORY_GOAL}", weight <= MEMORY_GOAL)
        return [*lines, show(found)]


def show(line: Line) -> Line:
    verdict = "reached" if line.reached else "not reached"
    print(f"  {line.name:28} {line.found:48} {line.limit:40} {verdict}", flush=True)
    return line


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Lines of the table by database."""
    found = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="declic-bench-lrs-")))
        if "sqlite" in given.databases:
            urls = [f"sqlite:///{folder}/{name}.db" for name in ("statements", "reference")]
            found["sqlite"] = measure("sqlite", *urls, folder, given)
        if "postgresql" in given.databases:
            cluster = stack.enter_context(run_cluster(durable=True))
            for name in ("lrs", "reference"):
                cluster.execute(f"CREATE DATABASE {name}")
            found["postgresql"] = measure("postgresql", cluster.url("lrs"), cluster.url("reference"), folder, given)
    return {name: [vars(line) for line in lines] for name, lines in found.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="statements in the store before it is read")
    parser.add_argument("--seconds", type=float, default=4.0, help="length of one round")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--writes", action="store_true", help="leave the reads out")
    found = run(parser.parse_args())
    return 0 if all(line["reached"] for lines in found.values() for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
