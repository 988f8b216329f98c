"""Each simulator: what an action costs the server, what its first load weighs, when it stands on a slow machine.

Every exercise of every simulator is played to its end by its guide, one event after the other, through the whole
application in this process: what is timed is our code and the durable write, no network and no other learner.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.load import Call, call
from bench.pages import measure_pages
from bench.processes import BIN, find_free_port, serving
from bench.room import add_room, list_touches, make_cookie
from lms.app import create_app
from lms.content.desk import Desk
from lms.contract import Activity
from lms.database.db import db
from lms.learning.attempts import Who, read_attempt, start_attempt
from lms.people.workshops import read_learners
from lms.settings import read_settings
from lms.web.access import this_hour

ACTION_MS = 10.0
"""Of server time, at the 95th of a hundred actions."""
FIRST_KB, LCP_SECONDS = 120, 1.5


def measure_simulators(home: Path, database_url: str, port: int, rounds: int = 2) -> list[dict[str, Any]]:
    """One row a simulator, of the instance in `home`, which a server serves on `port`."""
    app = create_app(replace(read_settings({"LMS_HOME": str(home)}), database_url=database_url))
    with app.app_context():
        cookie, who = _come_in(app)
        exercises = _list_exercises(app)
        actions = {name: _time_actions(app, who, cookie, found * rounds) for name, found in exercises.items()}
        heaviest = {name: _find_heaviest(app, who, cookie, found) for name, found in exercises.items()}
        db.engine.dispose()
    pages = measure_pages(port, {name: call("GET", path, cookie) for name, (path, _) in heaviest.items()})
    rows = [{"name": name, "activity": heaviest[name][1], **actions[name], **pages[name]} for name in exercises]
    return [one | {"reached": _is_reached(one)} for one in rows]


def print_simulators(rows: list[dict[str, Any]]) -> None:
    print(
        f"{'simulator':10} {'actions':>7} {'p50 ms':>7} {'p95':>6} {'cpu':>6} {'first kB':>9} {'again':>6} {'LCP s':>6}"
    )
    for one in rows:
        print(
            f"{one['name']:10} {one['actions']:7} {one['p50']:7.1f} {one['p95']:6.1f} {one['cpu_p95']:6.1f}"
            f" {one['first']['kb']:9.1f} {one['again']['kb']:6.1f} {one['lcp']:6.2f}  "
            f"{'reached' if one['reached'] else 'not reached'} ({one['activity']})"
        )
    print(f"goals: p95 {ACTION_MS:.0f} ms, first load {FIRST_KB} kB, LCP {LCP_SECONDS} s on the slow machine")


def _is_reached(one: dict[str, Any]) -> bool:
    return bool(one["p95"] <= ACTION_MS and one["first"]["kb"] <= FIRST_KB and one["lcp"] <= LCP_SECONDS)


def _come_in(app: Flask) -> tuple[str, Who]:
    """A learner of a fresh workshop, signed in as after the first page."""
    workshop = add_room(1, f"simulators-{time.time_ns()}", "not used to come in")
    with db.engine.connect() as connection:
        learner = read_learners(connection, workshop.organisation, workshop.group)[0]
    seen = {"_permanent": True, "hour": this_hour(), "csrf_token": "0" * 40}
    key = f"{workshop.organisation}|{learner.person}"
    return make_cookie(app, {"_user_id": key, "_fresh": True} | seen), Who(workshop.organisation, learner.person)


def _list_exercises(app: Flask) -> dict[str, list[Activity]]:
    """Simulations by the simulator that their scenario belongs to."""
    found: dict[str, list[Activity]] = {}
    for course in app.extensions["lms"].classroom.catalogue.courses.values():
        for activity in course.activities.values():
            desk = activity.options.get("scenario")
            if isinstance(desk, Desk):
                found.setdefault(desk.id.partition("/")[0], []).append(activity)
    return dict(sorted(found.items()))


def _time_actions(app: Flask, who: Who, cookie: str, exercises: list[Activity]) -> dict[str, Any]:
    """Milliseconds of each event of these exercises: by the clock, and of the processor."""
    walls, cpus = [], []
    for activity in exercises:
        attempt = start_attempt(app.extensions["lms"].classroom, who, activity.id, "guided")
        with db.engine.connect() as connection:
            opened = read_attempt(connection, who.organisation, attempt)
        for one in list_touches(activity, opened, cookie):
            wall, cpu = _time_action(app, one)
            walls.append(wall)
            cpus.append(cpu)
    return {"actions": len(walls), "p50": statistics.median(walls), "p95": _p95(walls), "cpu_p95": _p95(cpus)}


def _time_action(app: Flask, one: Call) -> tuple[float, float]:
    head, _, body = one.wire.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = [line.split(": ", 1) for line in lines if not line.startswith(("Content-", "Host"))]
    made = EnvironBuilder(path, method=method, headers=headers, data=body, content_type="application/json")
    environ = made.get_environ()
    wall, cpu = time.perf_counter(), time.thread_time()
    _, status, _ = run_wsgi_app(app, environ, buffered=True)
    wall, cpu = time.perf_counter() - wall, time.thread_time() - cpu
    if not status.startswith("200"):
        raise RuntimeError(f"{path}: {status}")
    return wall * 1000, cpu * 1000


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _find_heaviest(app: Flask, who: Who, cookie: str, exercises: list[Activity]) -> tuple[str, str]:
    """Address and id of the exercise whose page, a fresh attempt, is the longest."""
    found = []
    for activity in exercises:
        path = f"/learn/attempts/{start_attempt(app.extensions['lms'].classroom, who, activity.id, 'guided')}"
        with app.test_client(use_cookies=False) as client:
            page = client.get(path, headers={"Cookie": cookie})
        if page.status_code != 200:
            raise RuntimeError(f"{activity.id}: {page.status}")
        found.append((len(page.data), path, activity.id))
    return max(found)[1:]


def main() -> None:
    """Only this part of `make bench`, on a fresh instance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="how often each exercise is played")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="declic-bench-") as folder:
        home, port = Path(folder) / "instance", find_free_port()
        own = {"LMS_HOME": str(home), "PORT": str(port)}
        with serving([str(BIN / "lms"), "serve"], port, "/", own, Path(folder) / "log"):
            print_simulators(measure_simulators(home, "", port, rounds))


if __name__ == "__main__":
    main()
