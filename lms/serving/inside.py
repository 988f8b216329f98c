"""granian inside our own process: its usual server starts processes of its own, and stays there holding all of ours."""

from __future__ import annotations

from typing import Any

from granian.server import MTServer


class InsideServer(MTServer):
    """granian's server for Python without a global lock; ours has one, which the threads of a worker share."""

    def _check_gil(self) -> None:
        """The lock is welcome."""

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """The first signal is enough: another one in the middle of it would wait for it, and it for the other."""
        if not self.interrupt_signal:
            super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]
