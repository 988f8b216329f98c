"""Find, check, freeze and gather plugins. Each is one file or one folder, or an installed entry point `lms.plugins`."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import pluggy
from pluggy import HookImpl

from lms import hookspecs
from lms.contract import CONTRACT_VERSION, ActivityType, CourseType, Folder, Job, Panel, VocabularyTerm
from lms.errors import PluginError
from lms.plugins.sources import Source, bundled, find_line, find_sources, list_installed
from lms.settings import Settings

__all__ = ["Plugins", "bundled", "list_installed", "load_plugins"]

logger = logging.getLogger("lms.plugins")

GATHERED = {
    "register_activity_types": "activity_types",
    "register_course_types": "course_types",
    "register_simulators": "simulators",
    "register_themes": "themes",
    "register_vocabulary": "vocabulary",
    "register_jobs": "jobs",
    "register_tables": "tables",
    "register_panels": "panels",
    "register_blueprints": "blueprints",
}


@dataclass(frozen=True)
class Plugins:
    """All that the plugins registered, by unique name. Frozen: nothing is added after the start."""

    activity_types: Mapping[str, ActivityType]
    course_types: Mapping[str, CourseType]
    simulators: Mapping[str, Folder]
    themes: Mapping[str, Folder]
    vocabulary: Mapping[str, VocabularyTerm]
    jobs: Mapping[str, Job]
    tables: Mapping[str, Any]
    panels: Mapping[str, Panel]
    blueprints: Mapping[str, Any]
    template_folders: Mapping[str, Path]
    templates: Mapping[str, str]
    static_folders: Mapping[str, Path]
    names: tuple[str, ...]
    skipped: tuple[PluginError, ...]
    manager: pluggy.PluginManager

    def call(self, hook: str, **arguments: Any) -> Any:
        """Answers of a per-request hook (the first one where the hook says so). A plugin that raises is left out."""
        caller = getattr(self.manager.hook, hook)
        answers = _answers(self.manager, caller.get_hookimpls(), hook, arguments)
        if caller.spec is not None and caller.spec.opts.get("firstresult"):
            return next(answers, None)
        return list(answers)


def load_plugins(
    settings: Settings,
    bundled: Path,
    core: Mapping[str, ModuleType] = MappingProxyType({}),
    left_out: Callable[[PluginError], object] | None = None,
) -> Plugins:
    """Find and check every plugin that is not blocked. `core` are the core's own. Raises PluginError.

    `left_out`, else the log, is told of each that fails where the settings let it be skipped.
    """
    gathering = _Gathering()
    for source in find_sources(settings, bundled, core):
        if source.name in settings.plugins_blocked:
            continue
        try:
            gathering.add(source)
        except PluginError as error:
            if not settings.plugins_skip_broken:
                raise
            left_out(error) if left_out else logger.error("plugin left out: %s", error)
            gathering.skipped.append(error)
    return gathering.freeze()


def _answers(
    manager: pluggy.PluginManager,
    implementations: list[HookImpl],
    hook: str,
    arguments: Mapping[str, Any],
) -> Iterator[Any]:
    """What each plugin says, the last registered first, as pluggy orders them; None is no answer."""
    for one in reversed(implementations):
        try:
            answer = one.function(*(arguments[name] for name in one.argnames))
        except Exception:
            logger.exception("plugin «%s» left out of %s: it raised", one.plugin_name, hook)
            continue
        if answer is not None:
            yield answer


@dataclass
class _Gathering:
    """The plugins accepted so far; `freeze` ends it."""

    manager: pluggy.PluginManager = field(default_factory=lambda: pluggy.PluginManager("lms"))
    places: dict[str, str] = field(default_factory=dict)
    found: dict[str, dict[str, tuple[str, Any]]] = field(
        default_factory=lambda: {name: {} for name in GATHERED.values()}
    )
    template_folders: dict[str, Path] = field(default_factory=dict)
    static_folders: dict[str, Path] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    skipped: list[PluginError] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.manager.add_hookspecs(hookspecs)

    def add(self, source: Source) -> None:
        """Import, check, register one plugin and gather its answers; all or nothing."""
        if source.name in self.places:
            raise PluginError(f"two plugins are named «{source.name}»: {self.places[source.name]} and {source.place}")
        module = _read_module(source)
        _check_contract(source, module)
        try:
            self._register(source, module)
            answers = list(self._gather(source, module))
            templates = _read_templates(source, module)
        except PluginError:
            if self.manager.is_registered(module):
                self.manager.unregister(module)
            raise
        for kind, name, answer in answers:
            self.found[kind][name] = (source.name, answer)
        self.templates |= templates
        self.places[source.name] = source.place
        for folders, kind in ((self.template_folders, "templates"), (self.static_folders, "static")):
            folder = Path(str(module.__file__)).parent / kind
            if hasattr(module, "__path__") and folder.is_dir():
                folders[source.name] = folder

    def _register(self, source: Source, module: ModuleType) -> None:
        try:
            self.manager.register(module, source.name)
        except pluggy.PluginValidationError as error:
            raise _refusal(source, str(error)) from error
        callers = self.manager.get_hookcallers(module) or []
        if not callers:
            raise _refusal(source, "it implements no hook; mark each hook function with @hookimpl")
        for caller in callers:
            if not caller.has_spec():
                raise _refusal(source, _unknown_hook(caller.name))
        self.manager.check_pending()

    def _gather(self, source: Source, module: ModuleType) -> Iterator[tuple[str, str, Any]]:
        seen: set[tuple[str, str]] = set()
        for hook, kind in GATHERED.items():
            for name, answer in _registered(self.manager, source, module, hook):
                other = source.name if (kind, name) in seen else self.found[kind].get(name, ("",))[0]
                if other:
                    raise PluginError(
                        f"{hook}: «{name}» is registered by plugin «{other}» and by plugin «{source.name}»"
                    )
                seen.add((kind, name))
                yield kind, name, answer

    def freeze(self) -> Plugins:
        """Read-only mappings of all that was gathered."""
        frozen = {
            kind: MappingProxyType({name: answer for name, (_, answer) in sorted(found.items())})
            for kind, found in self.found.items()
        }
        return Plugins(
            **frozen,
            template_folders=MappingProxyType(self.template_folders),
            templates=MappingProxyType(self.templates),
            static_folders=MappingProxyType(self.static_folders),
            names=tuple(self.places),
            skipped=tuple(self.skipped),
            manager=self.manager,
        )


def _read_module(source: Source) -> ModuleType:
    try:
        return source.read()
    except Exception as error:
        where = replace(source, place=find_line(source, error))
        raise _refusal(where, f"it raised {type(error).__name__}: {error}") from error


def _check_contract(source: Source, module: ModuleType) -> None:
    wanted = getattr(module, "CONTRACT", None)
    if wanted is None:
        raise _refusal(
            source,
            f"it does not state its contract version; add CONTRACT = {CONTRACT_VERSION}",
        )
    if wanted != CONTRACT_VERSION:
        raise _refusal(
            source,
            f"it needs contract version {wanted}; this Déclic offers {CONTRACT_VERSION}",
        )


def _registered(
    manager: pluggy.PluginManager, source: Source, module: ModuleType, hook: str
) -> Iterator[tuple[str, Any]]:
    """What one plugin answers to a `register_*` hook, with the unique name of each answer."""
    for one in getattr(manager.hook, hook).get_hookimpls():
        if one.plugin is not module:
            continue
        try:
            answers = one.function()
        except Exception as error:
            raise _refusal(source, f"{hook} raised {type(error).__name__}: {error}") from error
        if hook == "register_tables":
            yield source.name, answers
            continue
        for answer in answers:
            if not getattr(answer, "name", ""):
                raise _refusal(source, f"{hook}: {answer!r} has no name")
            if hook == "register_blueprints" and answer.name != source.name:
                raise _refusal(source, f"{hook}: «{answer.name}» must bear the plugin's name, «{source.name}»")
            yield answer.name, answer


def _read_templates(source: Source, module: ModuleType) -> dict[str, str]:
    """`TEMPLATES` of a one-file plugin: template name → Jinja source, each name under the plugin's own."""
    templates = dict(getattr(module, "TEMPLATES", {}))
    for name in templates:
        if not name.startswith(f"{source.name}/"):
            raise _refusal(source, f"template «{name}» must be named «{source.name}/…»")
    return templates


def _unknown_hook(name: str) -> str:
    known = [
        one for one in vars(hookspecs) if one.startswith("register_") or hasattr(getattr(hookspecs, one), "lms_spec")
    ]
    near = difflib.get_close_matches(name, known, n=1)
    return f"unknown hook «{name}»" + (
        f"; did you mean «{near[0]}»?" if near else f"; allowed: {', '.join(sorted(known))}"
    )


def _refusal(source: Source, reason: str) -> PluginError:
    return PluginError(f"plugin «{source.name}» ({source.place}): {reason}")
