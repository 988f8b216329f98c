"""`make soak`: an hour of load (SOAK_MINUTES); the memory of the process tree is weighed and must not grow."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench.load import drive
from bench.processes import BIN, find_free_port, read_tree_pss, serving
from bench.room import build_room

CONNECTIONS = 8
LARGEST_GROWTH = 1.05
"""Last quarter against second quarter, medians: the first quarter fills caches."""


def main() -> int:
    minutes = float(os.environ.get("SOAK_MINUTES", "60"))
    with tempfile.TemporaryDirectory(prefix="declic-soak-") as folder:
        home, port = Path(folder) / "instance", find_free_port()
        room = build_room(home, "", CONNECTIONS, attempts=2).learners
        scripts = [[one.home, one.activity, one.sign_in] for one in room]
        own = {"LMS_HOME": str(home), "PORT": str(port)}
        with serving([str(BIN / "lms"), "serve"], port, "/", own, Path(folder) / "log") as ours:
            weights, failed = [], 0
            for at in range(20):
                failed += drive(port, scripts, minutes * 3).failed
                weights.append(read_tree_pss(ours.pid))
                print(f"{(at + 1) * minutes / 20:6.1f} min  {weights[-1]:6.1f} MB  {failed} failed", flush=True)
    growth = statistics.median(weights[15:]) / statistics.median(weights[5:10])
    print(f"growth {growth:.3f} (at most {LARGEST_GROWTH})")
    return 0 if growth <= LARGEST_GROWTH and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
