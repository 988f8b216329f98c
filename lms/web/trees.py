"""The trees of static files: core, themes, simulators, audio; each known by the hash of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from lms.content.simulators import Simulator
from lms.content.themes import Theme
from lms.errors import NotFound

CORE = Path(__file__).parent / "static"
PUBLIC = frozenset({".js", ".css", ".svg", ".png", ".jpg", ".webp", ".mp3", ".woff2", ".json"})


class Trees:
    """Name of a tree → its folders (nearest first) and the hash of all its files."""

    def __init__(self, home: Path, themes: Mapping[str, Theme], simulators: Mapping[str, Simulator]) -> None:
        self.folders: dict[str, tuple[Path, ...]] = {"core": (CORE,), "audio": (home / "audio",)}
        for theme in themes.values():
            self.folders[f"theme/{theme.name}"] = _static(theme)
        for name, simulator in simulators.items():
            self.folders[f"simulator/{name}"] = (simulator.folder,)
        self.hashes: Mapping[str, str] = {name: _hash(folders) for name, folders in self.folders.items()}

    def url(self, path: str) -> str:
        """The address of `core/voice.js`, `theme/default/site.css`, `simulator/mail/app.js`."""
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
            if file.is_relative_to(folder.resolve()) and file.suffix in PUBLIC and file.is_file():
                return file
        return None


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
