"""Load: closed loops over kept-alive connections, bounded in time.

Plain sockets: on the same cores as the servers, the load itself must cost little.
"""

from __future__ import annotations

import multiprocessing
import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

PROCESSES = 2


@dataclass(frozen=True)
class Call:
    """One request, ready to be sent; `accept` are the statuses that count as answered."""

    wire: bytes
    accept: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Result:
    """What one round measured; times in milliseconds."""

    per_second: float
    p50: float
    p95: float
    answered: int
    failed: int
    statuses: dict[int, int]
    slowest: float


def call(
    method: str, path: str, cookie: str = "", body: bytes = b"", kind: str = "", accept: Sequence[int] = (200,)
) -> Call:
    """An HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html, application/json"]
    lines.append("Accept-Encoding: gzip")  # as every browser; what compressing costs is measured too
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"] if body else []
    return Call("\r\n".join([*lines, "", ""]).encode() + body, tuple(accept))


def drive(port: int, scripts: Sequence[Sequence[Call]], seconds: float, once: bool = False) -> Result:
    """One connection for each script, repeating it until the time is up (`once`: or its end is reached)."""
    context = multiprocessing.get_context("fork")
    with context.Pool(PROCESSES) as pool:
        parts = [(port, scripts[at::PROCESSES], seconds, once) for at in range(PROCESSES) if scripts[at::PROCESSES]]
        samples = [one for part in pool.starmap(_drive_some, parts, chunksize=1) for one in part]
    return _sum_up(samples)


def _sum_up(samples: list[tuple[float, int, bool, float]]) -> Result:
    times = sorted(one[0] for one in samples if one[2])
    slowest = max((one[0] for one in samples), default=0.0) * 1000
    statuses: dict[int, int] = {}
    for _, status, _, _ in samples:
        statuses[status] = statuses.get(status, 0) + 1
    if len(times) < 2:
        return Result(0.0, 0.0, 0.0, len(times), len(samples) - len(times), statuses, slowest)
    lasted = max(one[3] for one in samples) - min(one[3] - one[0] for one in samples)
    p95 = times[int(len(times) * 0.95)]
    failed = len(samples) - len(times)
    middle = statistics.median(times) * 1000
    return Result(len(times) / lasted, middle, p95 * 1000, len(times), failed, statuses, slowest)


def _drive_some(
    port: int, scripts: Sequence[Sequence[Call]], seconds: float, once: bool
) -> list[tuple[float, int, bool, float]]:
    samples: list[tuple[float, int, bool, float]] = []
    end = time.monotonic() + seconds
    loops = [threading.Thread(target=_loop, args=(port, one, end, once, samples)) for one in scripts]
    for one in loops:
        one.start()
    for one in loops:
        one.join()
    return samples


def _loop(
    port: int, script: Sequence[Call], end: float, once: bool, samples: list[tuple[float, int, bool, float]]
) -> None:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as answers:
        at = 0
        while time.monotonic() < end and not (once and at >= len(script)):
            one = script[at % len(script)]
            began = time.monotonic()
            connection.sendall(one.wire)
            status = read_answer(answers)
            done = time.monotonic()
            samples.append((done - began, status, status in one.accept, done))
            at += 1


def read_answer(answers: object) -> int:
    """The status of the answer that comes next; its body is read and left. IndexError when the connection ended."""
    readline, read = answers.readline, answers.read  # type: ignore[attr-defined]
    status = int(readline().split()[1])
    length = 0
    chunked = False
    while line := readline().strip().lower():
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
        chunked |= line == b"transfer-encoding: chunked"
    if chunked:
        while size := int(readline().split(b";")[0], 16):
            read(size + 2)
        readline()
    else:
        read(length)
    return status
