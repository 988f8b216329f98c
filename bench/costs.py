"""What a board costs the server while it is watched, and how long starts take."""

from __future__ import annotations

import http.client
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.load import Call
from bench.processes import BIN, ROOT, Serving, find_free_port, read_environ, read_tree_cpu, serving

POLLS = 40
POLL_SECONDS = 2.0
STARTS = 3


def measure_board_cost(ours: Serving, board: Call) -> dict[str, Any]:
    """Percent of a core that one open board takes: a poll's time by two seconds; and what an unchanged one answers."""
    first, tag = _poll(ours.port, board, "", 1)
    changed, _ = _measure_polls(ours, board, "")
    unchanged, status = _measure_polls(ours, board, tag)
    assert first == 200, first
    return {"percent": changed, "unchanged_percent": unchanged, "unchanged_status": status}


def _measure_polls(ours: Serving, board: Call, tag: str) -> tuple[float, int]:
    _poll(ours.port, board, tag, 4)
    before = read_tree_cpu(ours.pid)
    status, _ = _poll(ours.port, board, tag, POLLS)
    return round((read_tree_cpu(ours.pid) - before) / POLLS / POLL_SECONDS * 100, 2), status


def _poll(port: int, board: Call, tag: str, times: int) -> tuple[int, str]:
    """The last answer's status and tag."""
    first, *lines = board.wire.decode().strip().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines) | ({"If-None-Match": tag} if tag else {})
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(times):
        connection.request("GET", first.split(" ")[1], headers=headers)
        answer = connection.getresponse()
        answer.read()
    connection.close()
    return answer.status, answer.headers.get("ETag", "")


def measure_starts(folder: Path) -> dict[str, Any]:
    """Seconds from the command to the first page: `make run` on nothing, again, and `lms serve` alone; of an import."""
    home, log = folder / "started", folder / "log"
    first = _start(["make", "-o", ".venv/run.stamp", "run"], home, log)  # -o: nothing is installed meanwhile
    before = _count_people(home)
    again = [_start(["make", "-o", ".venv/run.stamp", "run"], home, log) for _ in range(STARTS)]
    kept = before > 0 and _count_people(home) == before
    cold = [_start([str(BIN / "lms"), "serve"], home, log) for _ in range(STARTS)]
    return {
        "make_run_first": first,
        "make_run_again": statistics.median(again),
        "data_kept": kept,
        "cold_start": statistics.median(cold),
        "import_lms": statistics.median(_import() for _ in range(STARTS)),
    }


def _start(command: list[str], home: Path, log: Path) -> float:
    port = find_free_port()
    with serving(command, port, "/", {"LMS_HOME": str(home), "PORT": str(port), "LMS_DATABASE_URL": ""}, log) as one:
        return round(one.cold_start, 3)


def _count_people(home: Path) -> int:
    with sqlite3.connect(home / "declic.db") as connection:
        return int(connection.execute("SELECT count(*) FROM person").fetchone()[0])


def _import() -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import lms.serving"], check=True, cwd=ROOT, env=read_environ())
    return round(time.monotonic() - began, 3)
