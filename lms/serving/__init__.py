"""The server's processes. The application is made before they part: a fault is told once, and the work is done once."""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import signal
import socket
import sys
import traceback

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels

from lms.app import create_app
from lms.database.db import db
from lms.errors import SettingsError
from lms.serving import keeper
from lms.serving.inside import InsideServer
from lms.settings import Settings, read_settings
from lms.worker import find_work, start_relay, start_thread

SWITCH_SECONDS = 0.0005
"""How long a thread may keep others of its process waiting. Python's own 5 ms is longer than an event takes: whoever
holds the write lock would wait that long each time SQLite lets the interpreter go."""

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""mallopt's numbers (malloc.h): how much free memory at a heap's end is kept, from which size a block stands alone and
is given back as soon as it is free, the most heaps."""

LARGE = 256 * 1024
"""Bytes. The C library's own sizes grow with the largest block that was freed: one large batch of statements, and
megabytes stay."""

PR_SET_PDEATHSIG = 1
"""prctl's number for the signal that a process gets when its parent ends (linux/prctl.h)."""

_made: list[Flask] = []


def prepare(settings: Settings) -> None:
    """Make the application. Raises what `create_app` raises, before anything listens."""
    app = create_app(settings)
    with app.app_context():
        db.engine.dispose()  # a connection must not be shared by two processes
    _made.append(app)
    _save_memory()


def check_address(host: str, port: int) -> None:
    """Raises SettingsError when nobody can listen there; a second server of ours would share the port unasked."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that ended a moment ago
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "something else listens there" if error.errno == errno.EADDRINUSE else error.strerror
            raise SettingsError(f"cannot listen on {host}:{port}: {reason}; choose another with PORT=…") from error


def _save_memory() -> None:
    """What is there before the processes part stays shared; threads of a process share one heap, not eight each.

    Nothing is collected first: hardly anything made at start is thrown away, and looking for it takes a tenth of it.
    """
    gc.freeze()
    gc.enable()
    limit = getattr(ctypes.CDLL(None), "mallopt", None)
    if limit is not None:  # the C library of most Linux distributions; others have no such heaps
        limit(M_ARENA_MAX, 1)
        limit(M_MMAP_THRESHOLD, LARGE)
        limit(M_TRIM_THRESHOLD, 2 * LARGE)


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped: processes that share the application, and a keeper that holds none of it."""
    if not hasattr(os, "fork"):
        return serve_alone(settings, host, port)
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, keeper.SIGNALS)  # held back until the keeper can pass them on
    pids = [part(settings, host, port) for _ in range(settings.workers)]
    more = [sys.executable, "-m", "lms", "serve", "--alone", "--host", host, "--port", str(port)]
    script = [sys.executable, "-I", "-S", keeper.__file__, ",".join(map(str, pids)), *more]
    os.execv(sys.executable, script)  # noqa: S606  (our own script; no shell is wanted)


def part(settings: Settings, host: str, port: int) -> int:
    """One more process of the server, from this one; its id."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, keeper.SIGNALS)
        serve_alone(settings, host, port)
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    os._exit(status)


def serve_alone(settings: Settings, host: str, port: int) -> None:
    """Serve in this process until stopped; several may listen on one port, the system deals out connections."""
    end_with_parent()
    server = InsideServer(
        "lms.serving:load",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        log_level=LogLevels.error,
        log_access=False,
        websockets=False,
    )
    server.serve(target_loader=load)


def end_with_parent() -> None:
    """A keeper that is killed takes its processes along, on Linux: nobody would end them else."""
    call = getattr(ctypes.CDLL(None), "prctl", None)
    if call is not None:
        call(PR_SET_PDEATHSIG, signal.SIGTERM)


def load(_target: str = "") -> Flask:
    """Called in each server process: the application, made anew where processes are not forked; its scheduler."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = _made[0] if _made else create_app(read_settings())
    settings = read_settings()
    start_thread(app, find_work(settings, app.extensions["lms"].classroom.plugins))
    if settings.relay_in_server:
        start_relay(app)
    return app
