"""granian inside our own process: its usual server starts processes of its own, and stays there holding all of ours."""

from __future__ import annotations

from granian.server import MTServer


class InsideServer(MTServer):
    """granian's server for Python without a global lock; ours has one, which the threads of a worker share."""

    def _check_gil(self) -> None:
        """The lock is welcome."""
