"""Whose turn it is to write to a SQLite file: threads queue on a lock, processes on `flock`."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from lms.errors import StorageBusy, StorageFull

FIRST_PAUSE, LONGEST_PAUSE = 0.00005, 0.0003
"""Seconds between looks at another process's lock: `flock` itself cannot wait with a limit. A turn is about 1 ms long;
of each other process one thread looks, no more."""

_threads: dict[str, threading.Lock] = {}
_writing = threading.local()


@contextmanager
def turn(engine: Engine, wait: float) -> Iterator[None]:
    """Hold the turn of this writer; only SQLite needs one. Raises StorageBusy after `wait` seconds."""
    if engine.dialect.name != "sqlite":
        yield
        return
    path = engine.url.database or ""
    if path in _held():
        raise RuntimeError("a write inside a write: it would wait for itself; pass the connection on")
    deadline = time.monotonic() + wait
    lock = _threads.setdefault(path, threading.Lock())
    if not lock.acquire(timeout=max(0.0, wait)):
        raise StorageBusy("other threads keep the write lock")
    _held().add(path)
    try:
        if path in ("", ":memory:"):
            yield
        else:
            with _file_turn(f"{path}.lock", deadline):
                yield
    finally:
        _held().discard(path)
        lock.release()


def is_idle(engine: Engine) -> bool:
    """Whether nobody writes to this SQLite file at this instant."""
    path = engine.url.database or ""
    if path in ("", ":memory:"):
        return True
    handle = _open(f"{path}.lock")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def _held() -> set[str]:
    if not hasattr(_writing, "paths"):
        _writing.paths = set()
    found: set[str] = _writing.paths
    return found


@contextmanager
def _file_turn(path: str, deadline: float) -> Iterator[None]:
    """Whoever waits for the turn holds the place of the next one, so that no process takes turn after turn."""
    handle, following = _open(path), _open(f"{path}.next")
    try:
        try:
            _wait(following, path, deadline)
            _wait(handle, path, deadline)
        finally:
            os.close(following)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, path: str, deadline: float) -> None:
    pause = FIRST_PAUSE
    while not _take(handle):
        if time.monotonic() > deadline:
            raise StorageBusy(f"another process keeps {path}")
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: str) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull(str(error)) from error
        raise
