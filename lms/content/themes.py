"""Themes on disk: `theme.yaml`, `templates/`, `static/`. Every theme but `default` has a parent that it overrides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, FileSystemLoader

from lms.content.yaml_source import Source, read_yaml
from lms.contract import Folder
from lms.errors import ContentError, Problem

ROOT = "default"
KEYS = ("name", "title", "parent")


@dataclass(frozen=True)
class Theme:
    """One theme. `chain` is its folder and those of its ancestors, nearest first."""

    name: str
    title: str
    parent: str
    chain: tuple[Path, ...]

    def find_static(self, file: str) -> Path | None:
        """The nearest static file of this name, None when no ancestor has it."""
        return next((found for folder in self.chain if (found := folder / "static" / file).is_file()), None)

    @property
    def pictograms(self) -> frozenset[str]:
        """Names of all pictograms, its own and inherited."""
        return frozenset(file.stem for folder in self.chain for file in (folder / "static/pictograms").glob("*.svg"))


def load_themes(folders: Iterable[Path], registered: Mapping[str, Folder]) -> Mapping[str, Theme]:
    """Every theme of `folders` and of the plugins, by name. Raises ContentError with all faults."""
    problems: list[Problem] = []
    sources: dict[str, tuple[Path, Source]] = {}
    for path in _find_folders(folders, registered):
        try:
            source = read_yaml(path / "theme.yaml")
        except ContentError as error:
            problems += error.problems
            continue
        problems += _check_keys(path, source, sources)
        sources.setdefault(path.name, (path, source))
    themes = {name: _build_theme(name, sources, problems) for name in sources}
    if problems:
        raise ContentError(problems)
    return MappingProxyType(themes)


def build_loader(theme: Theme, template_folders: Mapping[str, Path], templates: Mapping[str, str]) -> BaseLoader:
    """Where Jinja looks: the theme, its ancestors, then the plugins; so a theme may restyle a plugin's page."""
    own: list[BaseLoader] = [FileSystemLoader(folder / "templates") for folder in theme.chain]
    return ChoiceLoader([*own, *map(FileSystemLoader, template_folders.values()), DictLoader(dict(templates))])


def _find_folders(folders: Iterable[Path], registered: Mapping[str, Folder]) -> list[Path]:
    own = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.is_dir()]
    return own + [one.path for one in registered.values()]


def _check_keys(path: Path, source: Source, known: Mapping[str, tuple[Path, Source]]) -> list[Problem]:
    if not isinstance(source.data, dict):
        return [source.problem((), f"a theme is told in keys: {', '.join(KEYS)}")]
    problems = [
        source.problem((key,), f"unknown key «{key}»; allowed: {', '.join(KEYS)}")
        for key in source.data
        if key not in KEYS
    ]
    if source.data.get("name") != path.name:
        problems.append(source.problem(("name",), f"the name must be that of the folder, «{path.name}»"))
    if path.name != ROOT and not source.data.get("parent"):
        problems.append(source.problem(("parent",), f"a theme needs a parent; add «parent: {ROOT}»"))
    if path.name in known:
        problems.append(
            source.problem(("name",), f"two themes are named «{path.name}»: {known[path.name][0]} and {path}")
        )
    return problems


def _build_theme(name: str, sources: Mapping[str, tuple[Path, Source]], problems: list[Problem]) -> Theme:
    chain = [name]
    while (parent := _find_parent(sources[chain[-1]][1])) in sources and parent not in chain:
        chain.append(parent)
    fault = _find_chain_fault(chain, parent, sources)
    if fault:
        problems.append(sources[name][1].problem(("parent",), f"theme «{name}»: {fault}"))
    data = sources[name][1].data if isinstance(sources[name][1].data, dict) else {}
    return Theme(
        name, str(data.get("title", name)), chain[1] if chain[1:] else "", tuple(sources[one][0] for one in chain)
    )


def _find_parent(source: Source) -> str:
    return str(source.data.get("parent", "")) if isinstance(source.data, dict) else ""


def _find_chain_fault(chain: list[str], parent: str, sources: Mapping[str, tuple[Path, Source]]) -> str:
    """What is wrong with this theme's own place in the chain; an ancestor's fault is told of the ancestor."""
    if parent == chain[0]:
        return f"its parents go round in a circle: {' → '.join([*chain, parent])}"
    if parent and parent not in sources and len(chain) == 1:
        return f"its parent «{parent}» does not exist; there are: {', '.join(sorted(sources))}"
    return ""
