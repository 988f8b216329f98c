"""`make bench`: ours beside the reference page, in turn, in one run; medians of three rounds; a table and JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.board import measure_board
from bench.costs import measure_board_cost, measure_starts
from bench.goals import list_goals, print_goals
from bench.growth import measure_growth
from bench.load import Call, Result, call, drive
from bench.pages import measure_pages
from bench.processes import BIN, ROOT, Serving, find_free_port, read_tree_pss, reference_command, serving
from bench.room import Learner, build_room
from bench.simulators import measure_simulators, print_simulators
from tests.fixtures.postgres import run_cluster

ROUNDS = 3
CONNECTIONS = 16
LEARNERS = 40


@dataclass(frozen=True)
class Target:
    """One line of the table: our requests beside the reference's, and the ratio that is the goal."""

    name: str
    ours: str
    reference: str
    goal: float
    p95: float = 0.0
    once: bool = False


TARGETS = (
    Target("learner home", "home", "page", 1.0),
    Target("activity page", "activity", "page", 1.0),
    Target("event, durable", "events", "log", 0.6, p95=60.0, once=True),
    Target("card sign-in", "sign_in", "page", 0.8),
)
"""Goals are requests a second as a multiple of the reference's; `p95` in ms; `once`: each request is sent only once."""


def our_scripts(room: list[Learner], what: str, part: int, parts: int) -> list[list[Call]]:
    """One script for each connection; events are dealt out, so that no round repeats another's."""
    chosen = room[:CONNECTIONS]
    if what == "events":
        size = [len(one.events) // parts for one in chosen]
        return [one.events[part * n : (part + 1) * n] for one, n in zip(chosen, size, strict=True)]
    return [[getattr(one, what)] for one in chosen]


def reference_scripts(what: str, cookie: str) -> list[list[Call]]:
    body = json.dumps({"activity": 3, "verb": "answered", "score": 0.5}).encode()
    one = call("GET", "/page", cookie) if what == "page" else call("POST", "/log", cookie, body, "application/json")
    return [[one]] * CONNECTIONS


def sign_in_reference(environ: dict[str, str]) -> str:
    """Fill the reference's database and return a signed-in cookie."""
    os.environ.update(environ)
    from bench.reference.page import app, create_data

    create_data()
    answer = app.test_client().post("/dev-login/7")
    return str(answer.headers["Set-Cookie"]).partition(";")[0]


def measure(
    seconds: float, room: list[Learner], cookie: str, ours: Serving, reference: Serving
) -> list[dict[str, Any]]:
    """Each target: reference, ours, reference, ours …"""
    rows = []
    for target in TARGETS:
        results: dict[str, list[Result]] = {"reference": [], "ours": []}
        for part in range(-1, ROUNDS):  # the first round warms up and is not counted
            short = seconds if part >= 0 else min(1.0, seconds)
            plain = drive(reference.port, reference_scripts(target.reference, cookie), short)
            mine = drive(ours.port, our_scripts(room, target.ours, part + 1, ROUNDS + 1), short, target.once)
            if part >= 0:
                results["reference"].append(plain)
                results["ours"].append(mine)
        rows.append(sum_up(target, results))
        print_row(rows[-1])
    return rows


def sum_up(target: Target, results: dict[str, list[Result]]) -> dict[str, Any]:
    def middle(who: str, what: str) -> float:
        return statistics.median(getattr(one, what) for one in results[who])

    figures = {who: {what: middle(who, what) for what in ("per_second", "p50", "p95")} for who in results}
    failed = sum(one.failed for one in results["ours"])
    ratio = figures["ours"]["per_second"] / max(figures["reference"]["per_second"], 0.001)
    reached = failed == 0 and ratio >= target.goal and (not target.p95 or figures["ours"]["p95"] <= target.p95)
    rounds = {who: [asdict(one) for one in results[who]] for who in results}
    return (
        {"name": target.name, "goal": target.goal, "p95_goal": target.p95, "ratio": ratio}
        | {"failed": failed, "reached": reached}
        | figures
        | {"rounds": rounds}
    )


def print_head() -> None:
    titles = f"{'c=' + str(CONNECTIONS):16} {'ours/s':>8} {'p50 ms':>7} {'p95':>7} {'plain/s':>10} {'p95':>7}"
    print(f"{titles} {'ratio':>7} {'goal':>5}")


def print_row(row: dict[str, Any]) -> None:
    ours, plain = row["ours"], row["reference"]
    verdict = "reached" if row["reached"] else "not reached"
    failed = f", {row['failed']} failed" if row["failed"] else ""
    print(
        f"{row['name']:16} {ours['per_second']:8.0f} {ours['p50']:7.1f} {ours['p95']:7.1f}"
        f" {plain['per_second']:10.0f} {plain['p95']:7.1f} {row['ratio']:7.2f} {row['goal']:5.2f}  {verdict}{failed}",
        flush=True,
    )


def describe_machine() -> dict[str, Any]:
    names = ("granian", "flask", "sqlalchemy", "jinja2")
    versions = {name: version(name) for name in names}
    return {"machine": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()} | versions


def run(seconds: float, database_url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="declic-bench-") as folder:
        home = Path(folder) / "instance"
        plain = {"DB_URL": f"sqlite:///{folder}/reference.db", "SQLITE_SYNC": "FULL"}
        cookie = sign_in_reference(plain)
        room = build_room(home, database_url, LEARNERS, attempts=max(4, int(seconds * 10)))
        port, other = find_free_port(), find_free_port()
        own = {"LMS_HOME": str(home), "PORT": str(port), "LMS_DATABASE_URL": database_url}
        log = Path(folder) / "log"
        with (
            serving(reference_command(other), other, "/hello", plain, log) as reference,
            serving([str(BIN / "lms"), "serve"], port, "/", own, log) as ours,
        ):
            idle = read_tree_pss(ours.pid)
            print_head()
            rows = measure(seconds, room.learners, cookie, ours, reference)
            memory = {"idle": idle, "loaded": read_tree_pss(ours.pid), "reference": read_tree_pss(reference.pid)}
            found = describe_machine() | {"database": database_url.partition(":")[0] or "sqlite"}
            found |= {"memory_pss_mb": memory, "targets": rows}
            found["board_cost"] = measure_board_cost(ours, room.board)
            fresh = build_room(home, database_url, LEARNERS, attempts=3)
            found["boards"] = {found["database"]: measure_board(fresh, ours.port)}
            one = fresh.learners[0]
            found["pages"] = measure_pages(ours.port, {"home": one.home, "desk": one.activity})
            found["simulators"] = measure_simulators(home, database_url, ours.port)
        found["starts"] = measure_starts(Path(folder))
        if not database_url:
            found["boards"]["postgresql"] = measure_postgres(Path(folder))
            found["growth"] = measure_growth(Path(folder) / "growth")
        return found


def measure_postgres(folder: Path) -> dict[str, Any]:
    """The board once more, on a PostgreSQL that is started for it (its pages are not flushed to the disk)."""
    with run_cluster() as cluster:
        cluster.execute("CREATE DATABASE bench")
        home, url, port = folder / "postgres", cluster.url("bench"), find_free_port()
        room = build_room(home, url, LEARNERS, attempts=3)
        own = {"LMS_HOME": str(home), "PORT": str(port), "LMS_DATABASE_URL": url}
        with serving([str(BIN / "lms"), "serve"], port, "/", own, folder / "log") as ours:
            return measure_board(room, ours.port)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0, help="length of one round")
    parser.add_argument("--database-url", default="", help="SQLAlchemy URL; empty: SQLite")
    given = parser.parse_args()
    found = run(given.seconds, given.database_url)
    folder = ROOT / "bench/results"
    folder.mkdir(exist_ok=True)
    file = folder / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    goals = list_goals(found)
    found["goals"] = [asdict(one) | {"reached": one.reached} for one in goals]
    file.write_text(json.dumps(found, indent=2, ensure_ascii=False))
    print_simulators(found["simulators"])
    print(", ".join(f"{name} {found[name]}" for name in describe_machine()))
    print_goals(goals)
    print(f"written: {file.relative_to(ROOT)}")
    return 0 if all(one.reached for one in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
