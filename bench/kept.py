"""What must hold after a server was killed while it wrote: asked over HTTP, then of the database itself."""

from __future__ import annotations

import base64
import http.client
import json
import os
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from bench.processes import BIN, ROOT
from lms.database.terms import find_terms

READERS = 4
SHOWN = 5


@dataclass(frozen=True)
class Door:
    """A served instance and a credential to its statements."""

    home: Path
    url: str
    port: int
    key: str
    secret: str


def find_faults(door: Door, sent: set[str], acknowledged: set[str]) -> list[str]:
    """Sentences; empty when nothing is lost, doubled or half written."""
    whole = Counter(iter_whole(door))
    faults = [
        tell("acknowledged, and not found by statementId", find_missing(door, acknowledged)),
        tell("acknowledged, and not in the whole", acknowledged - whole.keys()),
        tell("in the whole more than once", {name for name, count in whole.items() if count > 1}),
        tell("in the whole, and sent by nobody", whole.keys() - sent),
        *compare_tables(door.url),
        *rebuild(door),
    ]
    print(f"  {len(whole)} found in the whole, {len(acknowledged)} asked for one by one", flush=True)
    return [one for one in faults if one]


def tell(what: str, names: set[Any]) -> str:
    return f"{what}: {len(names)} ({', '.join(map(str, sorted(names)[:SHOWN]))})" if names else ""


def get(connection: http.client.HTTPConnection, door: Door, path: str) -> tuple[int, Any]:
    basic = base64.b64encode(f"{door.key}:{door.secret}".encode()).decode()
    connection.request("GET", path, headers={"Authorization": f"Basic {basic}", "X-Experience-API-Version": "1.0.3"})
    answer = connection.getresponse()
    body = answer.read()
    return answer.status, json.loads(body) if answer.status == 200 else None


def find_missing(door: Door, names: set[str]) -> set[str]:
    """Those that a GET by statementId does not answer with themselves."""
    ordered = sorted(names)

    def ask_some(some: list[str]) -> set[str]:
        connection, missing = http.client.HTTPConnection("127.0.0.1", door.port, timeout=30), set()
        for name in some:
            status, found = get(connection, door, f"/xapi/statements?statementId={name}")
            if status != 200 or found["id"] != name:
                missing.add(name)
        connection.close()
        return missing

    with ThreadPoolExecutor(READERS) as pool:
        return set().union(*pool.map(ask_some, [ordered[at::READERS] for at in range(READERS)]))


def iter_whole(door: Door) -> Iterator[str]:
    """The ids of all statements, page by page."""
    connection, path = http.client.HTTPConnection("127.0.0.1", door.port, timeout=30), "/xapi/statements?limit=500"
    while path:
        status, page = get(connection, door, path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        yield from (one["id"] for one in page["statements"])
        path = page["more"]
    connection.close()


def compare_tables(url: str) -> list[str]:
    """Every statement has its key and the terms that its JSON asks for; no key or term has no statement."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT organisation_id, stored, id, body FROM statement")).all()
        keys = connection.execute(text("SELECT organisation_id, stored, id FROM statement_key")).all()
        terms = connection.execute(text("SELECT organisation_id, stored, id, term FROM statement_term")).all()
    engine.dispose()
    indexed = defaultdict(set)
    for *place, one in terms:
        indexed[tuple(place)].add(one)
    statements = {tuple(row[:3]): find_terms(json.loads(row.body)) for row in rows}
    print(f"  {len(rows)} statements, {len(keys)} keys, {len(terms)} terms in the database", flush=True)
    return [
        tell("statements and keys that have no other half", statements.keys() ^ {tuple(one) for one in keys}),
        tell("terms without a statement", indexed.keys() - statements.keys()),
        tell("statements with other terms", {name for name, own in statements.items() if indexed[name] != own}),
        tell("ids twice", {name for name, count in Counter((row[0], row[2]) for row in rows).items() if count > 1}),
    ]


def rebuild(door: Door) -> list[str]:
    """Progress folded anew from the statements is what it was."""
    environ = os.environ | {"LMS_HOME": str(door.home), "LMS_DATABASE_URL": door.url}
    done = subprocess.run([BIN / "lms", "rebuild"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    said = done.stdout.strip() or done.stderr[-500:]
    print(f"  lms rebuild: {said}", flush=True)
    return [] if "nothing changed" in said and not said.startswith("0 ") else [f"lms rebuild said: {said}"]
