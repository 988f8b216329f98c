"""`make soak`: an hour of load (SOAK_MINUTES); the memory of the process tree is weighed and must not grow.

Learners read, touch and sign in; partners write one statement and fifty at a time, and read by agent and by verb.
Nothing may be refused. Where the disk stands still for longer than `write_wait_seconds`, as those of shared machines
do now and then, a writer is asked to come again (503, which `bench.kills` shows to lose nothing): seldom, and counted.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench.filling import VERB
from bench.kept import Door
from bench.kills import add_door
from bench.load import Call, drive
from bench.lrs import BATCH, ask, build_statement
from bench.processes import BIN, read_tree_pss, serving
from bench.room import build_room

LEARNERS, PARTNERS = 8, 2
LARGEST_GROWTH = 1.05
"""Last quarter against second quarter, medians: the first quarter fills caches."""
BUSY = 503
MOST_BUSY = 1e-5
"""Of all requests, how many may be asked to come again."""


def iter_partner(door: Door, at: int) -> Iterator[Call]:
    """What one partner asks in turn; without ids, so that what is sent again is written again."""
    made = [{**build_statement(at * BATCH + one), "id": None} for one in range(BATCH)]
    bare = [{key: value for key, value in one.items() if value is not None} for one in made]
    agent = json.dumps(bare[0]["actor"])
    yield ask(door, "POST", "/xapi/statements", json.dumps(bare[0]).encode())
    yield ask(door, "GET", f"/xapi/statements?{urlencode({'agent': agent, 'limit': 50})}")
    yield ask(door, "GET", f"/xapi/statements?{urlencode({'verb': VERB.format(at), 'limit': 50})}")
    yield ask(door, "POST", "/xapi/statements", json.dumps(bare).encode())


def prepare(home: Path) -> tuple[Door, list[list[Call]]]:
    """A fresh instance, and what each connection repeats."""
    room = build_room(home, "", LEARNERS, attempts=2).learners
    door = add_door(home, "")
    learners = [[one.home, one.activity, *one.events, one.sign_in] for one in room]
    return door, [*learners, *(list(iter_partner(door, at)) for at in range(PARTNERS))]


def main() -> int:
    minutes = float(os.environ.get("SOAK_MINUTES", "60"))
    with tempfile.TemporaryDirectory(prefix="declic-soak-") as folder:
        home = Path(folder) / "instance"
        door, scripts = prepare(home)
        own = {"LMS_HOME": str(home), "PORT": str(door.port)}
        with serving([str(BIN / "lms"), "serve"], door.port, "/", own, Path(folder) / "log") as ours:
            weights, answered, busy, refused = [], 0, 0, 0
            for at in range(20):
                found = drive(door.port, scripts, minutes * 3)
                answered, asked_again = answered + found.answered, found.statuses.get(BUSY, 0)
                busy, refused = busy + asked_again, refused + found.failed - asked_again
                weights.append(read_tree_pss(ours.pid))
                told = f"{answered} answered, {busy} asked to come again, {refused} refused"
                weighed = f"{(at + 1) * minutes / 20:6.1f} min  {weights[-1]:6.1f} MB"
                print(f"{weighed}  {told}, slowest {found.slowest:.0f} ms", flush=True)
    growth = statistics.median(weights[15:]) / statistics.median(weights[5:10])
    print(f"growth {growth:.3f} (at most {LARGEST_GROWTH})")
    return 0 if growth <= LARGEST_GROWTH and not refused and busy <= answered * MOST_BUSY else 1


if __name__ == "__main__":
    sys.exit(main())
