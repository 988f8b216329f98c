"""Where plugins come from: the core's own, the bundled folder, the instance's folder, installed entry points."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import ModuleType

import lms
from lms.settings import Settings

PACKAGE = "lms_plugins"


@dataclass(frozen=True)
class Source:
    """Where one plugin was found and how its module is obtained."""

    name: str
    place: str
    read: Callable[[], ModuleType]


def find_line(source: Source, error: Exception) -> str:
    """The plugin's own line that raised, where it can be told; else the place of the plugin."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return f"{error.filename}:{error.lineno}"
    place = Path(source.place)
    own = place.parent if place.name == "__init__.py" else place
    frames = [one for one in traceback.extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(own)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else source.place


def bundled(name: str) -> Path:
    """A folder shipped with Déclic: the checkout's own (never a stale copy), else the one inside the package."""
    package = Path(lms.__file__).parent
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return package / "_bundled" / name


def find_sources(settings: Settings, bundled: Path, core: Mapping[str, ModuleType]) -> Iterator[Source]:
    """The core's own, the bundled, the instance's, then the installed plugins."""
    for name, module in core.items():
        yield Source(name, str(module.__file__), partial(_same, module))
    for folder in (bundled, settings.home / "plugins"):
        for file in sorted(_plugin_files(folder)):
            name = file.parent.name if file.name == "__init__.py" else file.stem
            yield Source(name, str(file), partial(_import_file, name, file))
    for entry in list_installed():
        distribution = entry.dist.name if entry.dist else "?"
        yield Source(entry.name, f"{distribution}: {entry.value}", partial(_import_entry, entry))


def list_installed() -> tuple[importlib.metadata.EntryPoint, ...]:
    """The entry points `lms.plugins`, by name."""
    return _read_installed(tuple(sys.path))


@lru_cache(maxsize=2)
def _read_installed(_path: tuple[str, ...]) -> tuple[importlib.metadata.EntryPoint, ...]:
    """Once a process: every installed package is asked, which takes longer than importing our own plugins."""
    return tuple(sorted(importlib.metadata.entry_points(group="lms.plugins"), key=lambda one: one.name))


def _same(module: ModuleType) -> ModuleType:
    return module


def _plugin_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.startswith(("_", ".")):
            continue
        if path.suffix == ".py":
            yield path
        elif (path / "__init__.py").is_file():
            yield path / "__init__.py"


def _import_file(name: str, file: Path) -> ModuleType:
    """Import one plugin file under `lms_plugins.<name>`, once per process."""
    full = f"{PACKAGE}.{name}"
    known = sys.modules.get(full)
    if known is not None and known.__file__ == str(file):
        return known
    if PACKAGE not in sys.modules:
        package = sys.modules[PACKAGE] = ModuleType(PACKAGE)
        package.__path__ = []
    _forget(full)
    folder = [str(file.parent)] if file.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(full, file, submodule_search_locations=folder)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is not a Python file")
    module = sys.modules[full] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        _forget(full)
        raise
    return module


def _forget(full: str) -> None:
    for name in [one for one in sys.modules if one == full or one.startswith(f"{full}.")]:
        del sys.modules[name]


def _import_entry(entry: importlib.metadata.EntryPoint) -> ModuleType:
    module: ModuleType = entry.load()
    return module
