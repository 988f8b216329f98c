"""Walks that found no fault are not gone again while nothing that they read has changed: they take half a minute."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lms.content.desk import Desk
from lms.errors import Problem

ENGINE = (Path(__file__).parent, Path(__file__).parents[1] / "contract")
READ = (".py", ".yaml", ".json")
APART = frozenset({"scenarios", "sentences", "__pycache__"})
"""Folders of a simulator that do not change how it behaves; a scenario's own file is read beside."""

FORGOTTEN_AFTER = 30 * 24 * 3600
"""Seconds without being asked for."""


Walk = Callable[[], list[Problem]]
Once = Callable[[Sequence[Desk], Walk], list[Problem]]
"""The faults of a walk that plays these scenarios, gone or remembered."""


def walk_always(desks: Sequence[Desk], walk: Walk) -> list[Problem]:
    """The faults of a walk where nothing is remembered."""
    return walk()


class Walked:
    """What was walked without a fault: empty files, each named by a hash of all that its walks read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "walks"
        self._told: dict[Path, bytes] = {}

    def once(self, desks: Sequence[Desk], walk: Walk) -> list[Problem]:
        """The faults of `walk`, which plays these scenarios; none, and no walk, where the same had none before."""
        place = self._folder / self._name(desks)
        if place.exists():
            _note(place)
            return []
        problems = walk()
        if not problems:
            _note(place)
        return problems

    def forget_old(self) -> None:
        """Those of scenarios that are gone or have changed since."""
        end = time.time() - FORGOTTEN_AFTER
        for file in self._folder.glob("*") if self._folder.is_dir() else ():
            if file.stat().st_mtime < end:
                file.unlink(missing_ok=True)

    def _name(self, desks: Sequence[Desk]) -> str:
        digest = hashlib.sha256(b"".join(map(self._read, ENGINE)))
        for desk in desks:
            digest.update(desk.id.encode() + Path(desk.file).read_bytes())
            for app, simulator in sorted(desk.simulators.items()):
                digest.update(app.encode() + self._read(simulator.folder))
        return digest.hexdigest()

    def _read(self, folder: Path) -> bytes:
        """A hash of names and contents of the files below it that say how things behave."""
        if folder not in self._told:
            digest = hashlib.sha256()
            for file in sorted(_iter_files(folder)):
                digest.update(f"{file.relative_to(folder)}\n".encode() + file.read_bytes())
            self._told[folder] = digest.digest()
        return self._told[folder]


def _iter_files(folder: Path) -> Iterator[Path]:
    for one in folder.iterdir():
        if one.is_dir() and one.name not in APART:
            yield from _iter_files(one)
        elif one.suffix in READ:
            yield one


def _note(place: Path) -> None:
    """A folder that cannot be written to is no fault: it is only walked again."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.touch()
    except OSError:
        return
