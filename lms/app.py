"""`create_app`: plugins, then content, then themes, then the database, then the pages."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import cast

from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect

import lms
from lms.content.catalogue import Catalogue
from lms.content.courses import Shelf, load_courses
from lms.content.desk import Desk
from lms.content.kept import keep, read_kept, stamp
from lms.content.scenarios import load_scenario
from lms.content.simulators import Simulator, add_scenarios, load_simulator
from lms.content.themes import Theme, load_themes
from lms.contract import Scenario
from lms.database.db import connect_database
from lms.errors import ContentError, Problem
from lms.instance import open_database, read_key
from lms.learning.classroom import Classroom
from lms.plugins import Plugins, bundled, list_installed, load_plugins
from lms.settings import Settings, read_settings
from lms.web import install_web
from lms.web.access import load_signed_in
from lms.web.languages import choose_locale
from lms.web.pages import PageEnvironment
from lms.web.site import Site
from lms.web.trees import Trees
from lms.web.visits import Visits


def create_app(settings: Settings | None = None, *, courses: tuple[Path, ...] = ()) -> Flask:
    """The whole application for one instance; `courses` are folders beside the bundled one.

    Raises SettingsError, PluginError or ContentError when it cannot start; each says what and where.
    """
    settings = settings or read_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    site = build_site(settings, courses)
    app = Flask("lms", static_folder=None)
    app.jinja_environment = PageEnvironment
    _configure(app, settings)
    app.extensions["lms"] = site
    connect_database(app, settings.url, settings.write_wait_seconds)
    open_database(app, settings, site.classroom.plugins)
    _install_extensions(app)
    install_web(app, site)
    return app


def build_site(settings: Settings, courses: tuple[Path, ...] = ()) -> Site:
    """Everything that does not change while the application runs."""
    plugins = load_plugins(settings, bundled("plugins"))
    simulators = load_simulators(settings, plugins)
    themes = load_themes([bundled("themes"), settings.home / "themes"], plugins.themes)
    theme = themes[settings.theme if settings.theme in themes else "default"]
    shelf = build_shelf(plugins, simulators, theme)
    folders = [bundled("courses"), settings.home / "courses", *courses]
    classroom = Classroom(settings, plugins, read_catalogue(settings, shelf, folders, simulators))
    trees = Trees(settings.home, themes, simulators, plugins.static_folders)
    return Site(settings, classroom, themes, simulators, trees)


def read_catalogue(
    settings: Settings, shelf: Shelf, folders: list[Path], simulators: dict[str, Simulator]
) -> Catalogue:
    """Every course; as it was kept when no file has changed since.

    The first folder is kept by itself: a course or a plugin of one's own makes nobody read again what ships.
    """
    read = [Path(lms.__file__).parent, bundled("plugins")]
    for one in simulators.values():
        read += [one.folder, *one.extra]
    pictograms = sorted(shelf.pictograms or ())
    added = {path.name for folder in folders[1:] if folder.is_dir() for path in folder.iterdir()}
    if not _only_adds(settings, shelf.plugins) or any((folders[0] / name).exists() for name in added):
        return _read_kept(settings, shelf, folders, [*read, settings.home / "plugins"], _name_kinds(shelf) + pictograms)
    found = _read_kept(settings, shelf, folders[:1], read, pictograms)
    if added:
        read.append(settings.home / "plugins")
        own = _read_kept(settings, shelf, folders[1:], read, _name_kinds(shelf) + pictograms)
        found = Catalogue(MappingProxyType({**found.courses, **own.courses}))
    return found


def _only_adds(settings: Settings, plugins: Plugins) -> bool:
    """Whether other plugins leave what ships as it is: none of ours is missing, and none of theirs renders texts."""
    ours = {path.stem for path in bundled("plugins").iterdir()}
    rendering = {one.plugin_name for one in plugins.manager.hook.render_body.get_hookimpls()}
    return not plugins.skipped and ours.isdisjoint(settings.plugins_blocked) and rendering <= ours


def _name_kinds(shelf: Shelf) -> list[str]:
    """What is installed, and all that a course may be made of."""
    installed = [f"{one.name} {one.dist.version if one.dist else ''}" for one in list_installed()]
    return [*installed, *sorted(shelf.plugins.activity_types)]


def _read_kept(settings: Settings, shelf: Shelf, folders: list[Path], read: list[Path], more: list[str]) -> Catalogue:
    key = stamp([*read, *folders], more)
    catalogue = read_kept(settings.cache_folder, key, cast("Callable[[str], Desk]", shelf.find_scenario))
    if catalogue is None:
        catalogue = load_courses(folders, shelf)
        if catalogue.courses:
            keep(settings.cache_folder, key, catalogue)
        gc.collect()  # trees of files just read; a server that starts does not collect by itself
    return catalogue


def build_shelf(plugins: Plugins, simulators: dict[str, Simulator], theme: Theme) -> Shelf:
    """What courses are read with. Scenarios are compiled once, however many activities use them."""
    cache: dict[str, Scenario] = {}

    def find(name: str) -> Scenario:
        if name not in cache:
            cache[name] = load_scenario(simulators, name)
        return cache[name]

    return Shelf(plugins, find, lambda name: f"/pictograms/{name}.svg", theme.pictograms)


def load_simulators(settings: Settings, plugins: Plugins) -> dict[str, Simulator]:
    """Bundled, then the instance's, then those of plugins; two of one name are a fault."""
    folders = [path for root in (bundled("simulators"), settings.home / "simulators") for path in _folders(root)]
    folders += [one.path for one in plugins.simulators.values()]
    found: dict[str, Simulator] = {}
    for path in folders:
        simulator = load_simulator(path)
        if simulator.name in found:
            place = str(path / "simulator.yaml")
            raise ContentError([Problem(place, 0, "name", f"two simulators are named «{simulator.name}»")])
        found[simulator.name] = simulator
    if problems := add_scenarios(found, settings.home / "simulators"):
        raise ContentError(problems)
    return found


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if (path / "simulator.yaml").is_file()) if root.is_dir() else []


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=read_key(settings.home / "secret.key"),
        METRICS_TOKEN=read_key(settings.home / "metrics.token"),
        SESSION_COOKIE_NAME="declic",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=max(20, settings.sign_in_hours)),
        # A poll under way while somebody says «J'ai fini» would bring his cookie back; pages renew it instead.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE=settings.locale,
        BABEL_TRANSLATION_DIRECTORIES=f"translations;{(settings.home / 'translations').resolve()}",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]


def _install_extensions(app: Flask) -> None:
    app.session_interface = Visits()
    CSRFProtect(app)
    Babel(app, locale_selector=choose_locale)
    login = LoginManager(app)
    login.session_protection = None
    login.user_loader(load_signed_in)
