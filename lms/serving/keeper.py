"""Keeps the server's processes alive; run as a script, by `lms serve` once it has parted, in the same process.

It knows nothing of the application: what it would hold, no process could share with the others any more, for each
copies the pages that it touches. Standard library only, and so little of it that Python is all its weight: `signal`
would bring enumerations, `json` regular expressions, a megabyte and a half. Arguments: the ids of the processes that
run, with commas between; then the command that starts one more.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]
import os
import sys
import time

SIGNALS = (signal.SIGINT, signal.SIGTERM)
PAUSE_SECONDS = 0.5
SHORT_LIFE_SECONDS = 5.5
"""A process that was started again and ended as soon would do so for ever."""


class Keeper:
    """Processes by id, with the time when each was started again; 0 for the first ones."""

    def __init__(self, command: list[str], pids: list[int]) -> None:
        self.command = command
        self.born = dict.fromkeys(pids, 0.0)
        self.ending = False

    def watch(self) -> int:
        """Until none is left; the exit status."""
        failed = False
        while self.born:
            pid, status = os.wait()
            born = self.born.pop(pid, None)
            if born is None or self.ending:
                continue
            self.say(f"process {pid} ended ({describe(status)})")
            if born and time.monotonic() - born < SHORT_LIFE_SECONDS:
                self.say("it had just been started again: the others are ended too")
                failed = True
                self.end(signal.SIGTERM)
                continue
            time.sleep(PAUSE_SECONDS)
            if not self.ending:
                self.start()
        return int(failed)

    def start(self) -> None:
        """One more process, which makes the application itself."""
        pid = os.posix_spawn(self.command[0], self.command, os.environ, setsigmask=[])
        self.born[pid] = time.monotonic()
        self.say(f"process {pid} started in its place")

    def end(self, number: int, _frame: object = None) -> None:
        """Pass on what ends us; each process finishes what it is answering."""
        self.ending = True
        for pid in self.born:
            os.kill(pid, number)

    def say(self, sentence: str) -> None:
        """A line in the server's log."""
        sys.stderr.write(f"[keeper] {sentence}\n")
        sys.stderr.flush()


def describe(status: int) -> str:
    """How a process ended."""
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"status {os.WEXITSTATUS(status)}"


def main(arguments: list[str]) -> int:
    """Keep the processes; signals were held back until here."""
    keeper = Keeper(arguments[1:], [int(one) for one in arguments[0].split(",")])
    for number in SIGNALS:
        signal.signal(number, keeper.end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    return keeper.watch()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
