"""Servers under measure: started, waited for, weighed with all their children, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Serving:
    """A running server and how long it took from the command to its first page."""

    port: int
    pid: int
    cold_start: float


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def reference_command(port: int) -> list[str]:
    """The same server as ours: two workers of four blocking threads."""
    options = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "4",
    ]
    return [
        str(BIN / "granian"),
        *options,
        "--respawn-failed-workers",
        "--log-level",
        "error",
        "bench.reference.page:app",
    ]


def read_environ() -> dict[str, str]:
    """Ours, but that Python keeps what it compiled, as it does at home: the next start does not compile it again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@contextmanager
def serving(command: list[str], port: int, path: str, environ: dict[str, str], log: Path) -> Iterator[Serving]:
    """The server once it answers on `path`; ended on leaving."""
    began = time.monotonic()
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=read_environ() | environ, stdout=output, stderr=output)
    try:
        _wait(process, f"http://127.0.0.1:{port}{path}", log)
        yield Serving(port, process.pid, time.monotonic() - began)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(1500):
        if process.poll() is not None:
            break
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{url} does not answer:\n{log.read_text(errors='replace')[-2000:]}")


def read_tree_pss(pid: int) -> float:
    """Megabytes (PSS) of a process and all its descendants."""
    return sum(_pss(one) for one in _find_family(pid)) / 1024


def read_tree_cpu(pid: int) -> float:
    """Seconds that all their threads have run until now."""
    return sum(_read_running(one) for one in _find_family(pid)) / 1e9


def _read_running(pid: int) -> int:
    """Nanoseconds, of the threads that are there now."""
    try:
        return sum(int((one / "schedstat").read_text().split()[0]) for one in Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return 0


def _find_family(pid: int) -> set[int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
