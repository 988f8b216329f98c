"""The trees of static files: core, themes, simulators, plugins, audio; each known by the hash of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from lms.content.simulators import Simulator
from lms.content.themes import Theme
from lms.errors import NotFound
from lms.web.joined import NotJoined, join_modules, join_sheets

CORE = Path(__file__).parent / "static"
PUBLIC = frozenset({".js", ".css", ".svg", ".png", ".jpg", ".webp", ".mp3", ".woff2", ".json"})


@dataclass(frozen=True)
class Joined:
    """A text made of files; `stamps` are their times of change when it was made."""

    text: str
    files: tuple[Path, ...]
    stamps: tuple[int, ...]

    @property
    def fresh(self) -> bool:
        """Whether no file has changed since."""
        return _stamp(self.files) == self.stamps


class Trees:
    """Name of a tree → its folders (nearest first) and the hash of all its files."""

    def __init__(
        self,
        home: Path,
        themes: Mapping[str, Theme],
        simulators: Mapping[str, Simulator],
        plugins: Mapping[str, Path] = MappingProxyType({}),
    ) -> None:
        self.folders: dict[str, tuple[Path, ...]] = {"core": (CORE,), "audio": (home / "audio",)}
        self.folders |= {f"plugin/{name}": (folder,) for name, folder in plugins.items()}
        for theme in themes.values():
            self.folders[f"theme/{theme.name}"] = _static(theme)
        for name, simulator in simulators.items():
            self.folders[f"simulator/{name}"] = (simulator.folder,)
        self.hashes: Mapping[str, str] = {name: _hash(folders) for name, folders in self.folders.items()}
        self._joined: dict[str, Joined] = {}

    def url(self, path: str) -> str:
        """The address of `core/voice.js`, `theme/default/site.css`, `simulator/mail/app.js`, `plugin/maps/map.js`."""
        return f"/static/{self.hashes[self.tree_of(path)]}/{path}"

    def tree_of(self, path: str) -> str:
        """The tree that a path belongs to. Raises NotFound."""
        first, _, rest = path.partition("/")
        name = first if first in self.folders else f"{first}/{rest.partition('/')[0]}"
        if name not in self.folders:
            raise NotFound(f"no static tree in {path!r}; there are: {', '.join(sorted(self.folders))}")
        return name

    def find(self, path: str) -> Path | None:
        """The file, never one outside its tree, nor one that is not for browsers (a `mechanics.py`)."""
        tree = self.tree_of(path)
        inside = path[len(tree) + 1 :]
        for folder in self.folders[tree]:
            file = (folder / inside).resolve()
            if _is_public(file, folder):
                return file
        return None

    def find_joined(self, path: str) -> Joined | None:
        """A module with its imports, or `a+b.css`; None for what is one file and served as it stands."""
        known = self._joined.get(path)
        if known is None or not known.fresh:
            known = self._join(path)
            if known is not None:
                self._joined[path] = known
        return known

    def _join(self, path: str) -> Joined | None:
        if path.endswith(".css") and "+" in path:
            files = self._find_sheets(path)
            return _build_joined(join_sheets(files), files)
        file = self.find(path) if path.endswith(".js") else None
        if file is None:
            return None
        tree = self.tree_of(path)
        root = next(folder for folder in self.folders[tree] if file.is_relative_to(folder.resolve()))
        try:
            return _build_joined(*join_modules(file, root, f"{self.hashes[tree]}/{tree}"))
        except NotJoined:
            return None

    def _find_sheets(self, path: str) -> tuple[Path, ...]:
        """`theme/<name>/a+b.css`: a and b of the oldest ancestor, then of its children, who write what differs."""
        tree = self.tree_of(path)
        inside = path[len(tree) + 1 :]
        start, names = inside.rpartition("/")[0], Path(inside).stem.split("+")
        wanted = [f"{start}/{name}.css".lstrip("/") for name in names]
        missing = [name for name in wanted if self.find(f"{tree}/{name}") is None]
        if missing:
            raise NotFound(f"no style sheet {', '.join(missing)} in {tree}")
        found = [(folder, folder / name) for folder in reversed(self.folders[tree]) for name in wanted]
        return tuple(file for folder, file in found if _is_public(file, folder))


def _is_public(file: Path, folder: Path) -> bool:
    """Whether it is there, inside its folder and for browsers."""
    return file.resolve().is_relative_to(folder.resolve()) and file.suffix in PUBLIC and file.is_file()


def _build_joined(text: str, files: tuple[Path, ...]) -> Joined:
    return Joined(text, files, _stamp(files))


def _stamp(files: tuple[Path, ...]) -> tuple[int, ...]:
    return tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files)


def _static(theme: Theme) -> tuple[Path, ...]:
    return tuple(folder / "static" for folder in theme.chain)


def _hash(folders: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.suffix in PUBLIC and file.is_file():
                digest.update(str(file.relative_to(folder)).encode())
                digest.update(file.read_bytes() if file.suffix != ".mp3" else b"")
    return digest.hexdigest()[:12]
