"""The server's processes. The application is made before they part: a fault is told once, and the work is done once."""

from __future__ import annotations

import ctypes
import gc
import sys

from flask import Flask

from lms.app import create_app
from lms.database.db import db
from lms.settings import Settings, read_settings
from lms.worker import find_work, start_relay, start_thread

SWITCH_SECONDS = 0.0005
"""How long a thread may keep others of its process waiting. Python's own 5 ms is longer than an event takes: whoever
holds the write lock would wait that long each time SQLite lets the interpreter go."""

M_ARENA_MAX = -8
"""mallopt's number for the most heaps (malloc.h)."""

_made: list[Flask] = []


def prepare(settings: Settings) -> None:
    """Make the application. Raises what `create_app` raises, before anything listens."""
    app = create_app(settings)
    with app.app_context():
        db.engine.dispose()  # a connection must not be shared by two processes
    _made.append(app)
    _save_memory()


def _save_memory() -> None:
    """What is there before the processes part stays shared; threads of a process share one heap, not eight each.

    Nothing is collected first: hardly anything made at start is thrown away, and looking for it takes a tenth of it.
    """
    gc.freeze()
    gc.enable()
    limit = getattr(ctypes.CDLL(None), "mallopt", None)
    if limit is not None:  # the C library of Linux distributions; others have no such heaps
        limit(M_ARENA_MAX, 1)


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped."""
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "lms.serving:load",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        respawn_failed_workers=True,
        log_access=False,
        websockets=False,
    )
    server.serve(target_loader=load)


def load(_target: str = "") -> Flask:
    """Called in each server process: the application, made anew where processes are not forked; its scheduler."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = _made[0] if _made else create_app(read_settings())
    settings = read_settings()
    start_thread(app, find_work(settings, app.extensions["lms"].classroom.plugins))
    if settings.relay_in_server:
        start_relay(app)
    return app
