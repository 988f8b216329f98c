"""The catalogue as it was last read, kept in a file: reading four hundred texts again takes seconds, this takes none.

What is kept belongs to a stamp of every file that was read: one that is new, gone or changed makes it worthless.
Scenarios are not in it; each is compiled when somebody first opens it.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from lms.content.catalogue import Catalogue
from lms.content.desk import Desk

KEPT = 8
"""Files that stay: an instance has two, tests share a folder."""


class Sleeping:
    """A scenario that is compiled at its first use, and is a `Desk` to whoever asks."""

    def __init__(self, name: str, load: Callable[[str], Desk]) -> None:
        self.id = name
        self._load = load

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return Desk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._load(self.id), name)


def stamp(folders: Iterable[Path], more: Iterable[str]) -> str:
    """A hash of name, size and time of every file below these folders, and of `more`."""
    digest = hashlib.sha256("\n".join(more).encode())
    for folder in folders:
        for path, _, files in sorted(os.walk(folder)):
            if path.endswith("__pycache__"):
                continue
            for name in sorted(files):
                found = os.stat(os.path.join(path, name))
                digest.update(f"{path}/{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def read_kept(folder: Path, key: str, load: Callable[[str], Desk]) -> Catalogue | None:
    """The catalogue kept under this stamp; None when there is none that can be read."""
    path = folder / f"{key}.catalogue"
    try:
        with path.open("rb") as file:
            found = cast(Catalogue, _Reader(file, load).load())
    except Exception:  # whatever is wrong with it, it is only read anew
        return None
    with suppress(OSError):
        path.touch()  # those that nobody uses go first
    return found


def keep(folder: Path, key: str, catalogue: Catalogue) -> None:
    """Keep it for the next start; a folder that cannot be written to is no fault."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f"{key}.{os.getpid()}.part"
        with part.open("wb") as file:
            _Writer(file).dump(catalogue)
        part.replace(folder / f"{key}.catalogue")
        old = sorted(folder.glob("*.catalogue"), key=lambda one: one.stat().st_mtime)
        for one in old[:-KEPT]:
            one.unlink(missing_ok=True)
    except OSError:
        return


class _Writer(pickle.Pickler):
    def __init__(self, file: Any) -> None:
        super().__init__(file, protocol=5)

    def persistent_id(self, one: Any) -> str | None:
        """A scenario by its name only."""
        return one.id if isinstance(one, Desk) else None

    def reducer_override(self, one: Any) -> Any:
        """Read-only views have no way of their own into a file."""
        return (_view, (dict(one),)) if isinstance(one, MappingProxyType) else NotImplemented


def _view(found: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(found)


class _Reader(pickle.Unpickler):
    """Reads what this instance wrote into its own folder, which nobody else may write to."""

    def __init__(self, file: Any, load: Callable[[str], Desk]) -> None:
        super().__init__(file)
        self._load = load

    def persistent_load(self, name: Any) -> Any:
        return Sleeping(name, self._load)
