"""Simulators on disk: `simulator.yaml` and the pure functions of `mechanics.py`."""

from __future__ import annotations

import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from lms.content.yaml_source import Source, read_yaml, type_tree
from lms.errors import ContentError, Problem

Json = Any
KEYS = frozenset({"name", "title", "lib", "start", "incidents", "place", "notices"})
PAGE = ("page",)
"""What says where one is in an app, unless its simulator says it otherwise."""


@dataclass(frozen=True)
class Mechanics:
    """What `mechanics.py`, with the files it imports beside it, offers; `ref` and `world` are the whole desk's."""

    parts: Callable[[Json, Json, str], dict[str, str]]
    touch: Callable[[Json, Json, str, str, str, Json], Json]
    goals: Callable[[Json, str], dict[str, Json]] | None = None
    public: Callable[[Json], Json] | None = None
    values: Callable[[Json, Json, str, str], list[Json]] | None = None
    incidents: Callable[[Json, str], list[Json]] | None = None
    pages: Callable[[Json, str], Iterable[str]] | None = None
    check: Callable[[Json, str], Iterable[tuple[tuple[str | int, ...], str]]] | None = None


@dataclass(frozen=True)
class Simulator:
    """One simulator. `lib` holds goals told once, in terms of the simulator's own name; `start` is its first world.
    `incidents` are what may be added to any of its scenarios, asleep until somebody wakes them; `place` names the
    members of its world that say where one is; `notices` are the windows that may come over it.

    `extra` are folders of scenarios that an instance adds to a simulator that is not its own.
    """

    name: str
    title: str
    folder: Path
    mechanics: Mechanics
    lib: Mapping[str, Json]
    start: Mapping[str, Json]
    source: Source
    incidents: tuple[Json, ...] = ()
    extra: tuple[Path, ...] = ()
    place: tuple[str, ...] = PAGE
    notices: Mapping[str, Mapping[str, Json]] = field(default_factory=lambda: MappingProxyType({}))

    def scenario_files(self) -> dict[str, Path]:
        """Its scenarios by name, those of its own folder first."""
        folders = (self.folder / "scenarios", *self.extra)
        return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}

    def scenario_names(self) -> list[str]:
        """Ids of its scenarios, `simulator/scenario`, sorted."""
        return [f"{self.name}/{name}" for name in sorted(self.scenario_files())]


def load_simulator(folder: Path) -> Simulator:
    """One simulator from its folder. Raises ContentError with every fault that was found."""
    source = read_yaml(folder / "simulator.yaml")
    problems: list[Problem] = []
    data = _read_data(source, problems)
    _check_names(source, data, folder, problems)
    mechanics = _load_mechanics(folder, problems)
    if problems or mechanics is None:
        raise ContentError(problems)
    lib, start = (
        MappingProxyType(data.get("lib", {})),
        MappingProxyType(data.get("start", {})),
    )
    incidents, place = tuple(data.get("incidents", ())), tuple(data.get("place", PAGE))
    notices = MappingProxyType(data.get("notices", {}))
    return Simulator(
        folder.name, data["title"], folder, mechanics, lib, start, source, incidents, place=place, notices=notices
    )


def add_scenarios(simulators: dict[str, Simulator], root: Path) -> list[Problem]:
    """Folders of `root` that hold only `scenarios/` add them to the simulator of that name; what is wrong with them."""
    problems = []
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if not only_scenarios(folder):
            continue
        own = simulators.get(folder.name)
        if own is None:
            told = f"no simulator «{folder.name}» to add scenarios to; there is: {', '.join(sorted(simulators))}"
            problems.append(Problem(str(folder), 0, "", told))
            continue
        more = folder / "scenarios"
        for file in sorted(more.glob("*.yaml")):
            if file.stem in own.scenario_files():
                problems.append(Problem(str(file), 0, "", f"two scenarios are named «{folder.name}/{file.stem}»"))
        simulators[folder.name] = replace(own, extra=(*own.extra, more))
    return problems


def only_scenarios(folder: Path) -> bool:
    """Whether this folder is no simulator itself, and adds scenarios to one."""
    return (folder / "scenarios").is_dir() and not (folder / "simulator.yaml").is_file()


def _read_data(source: Source, problems: list[Problem]) -> dict[str, Json]:
    if not isinstance(source.data, dict):
        raise ContentError([source.problem((), "a simulator is a mapping of keys")])
    data: dict[str, Json] = type_tree(
        source.data,
        lambda steps, message: problems.append(source.problem(steps, message)),
    )
    return data


def _check_names(source: Source, data: dict[str, Json], folder: Path, problems: list[Problem]) -> None:
    for key in sorted(data.keys() - KEYS):
        problems.append(source.problem((key,), f"unknown key; allowed: {', '.join(sorted(KEYS))}"))
    if data.get("name") != folder.name:
        problems.append(source.problem(("name",), f"must be «{folder.name}», as its folder"))
    if not isinstance(data.get("title"), str) or not data["title"].strip():
        problems.append(source.problem(("title",), "a title for people is needed"))
    for key, kind in (("lib", dict), ("start", dict), ("incidents", list), ("place", list), ("notices", dict)):
        if not isinstance(data.get(key, kind()), kind):
            problems.append(source.problem((key,), "must be a mapping" if kind is dict else "must be a list"))


def _load_mechanics(folder: Path, problems: list[Problem]) -> Mechanics | None:
    path = folder / "mechanics.py"
    if not path.is_file():
        problems.append(Problem(str(path), 0, "", "this file does not exist"))
        return None
    try:
        module = _import_file(path, f"lms_simulators.{folder.name}")
    except Exception as error:
        problems.append(Problem(str(path), find_line(error, path), "", f"cannot be loaded: {error!r}"))
        return None
    missing = [name for name in ("parts", "touch") if not callable(getattr(module, name, None))]
    problems.extend(Problem(str(path), 0, name, "this function is needed") for name in missing)
    return None if missing else _gather(module)


def _gather(module: ModuleType) -> Mechanics:
    names = ("goals", "public", "values", "incidents", "pages", "check")
    found = {name: getattr(module, name, None) for name in names}
    return Mechanics(module.parts, module.touch, **found)


def _import_file(path: Path, name: str) -> ModuleType:
    """The module, as a package of its own: `from .gestures import …` finds `gestures.py` beside it."""
    _forget(name)
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(path.parent)])
    if spec is None or spec.loader is None:
        raise ImportError(f"no loader for {path}")
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its own module up while it is being defined.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        _forget(name)
        raise
    return module


def _forget(name: str) -> None:
    """What an earlier simulator of this name left: its files must not stand for those of this folder."""
    for one in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
        del sys.modules[one]


def find_line(error: Exception, path: Path) -> int:
    """The last line of the file that an error came through, 0 when it did not."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 0
    frames = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return frames[-1] if frames else 0
