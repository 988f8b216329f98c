"""Rendering: one Jinja environment a theme, the variables that every page gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import cache
from typing import Any

from flask import Flask, current_app, request, session, url_for
from flask.templating import Environment as BaseEnvironment
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment
from markupsafe import Markup

from lms.content.themes import Theme, build_loader
from lms.database.ids import new_id
from lms.errors import LMSError
from lms.people.accounts import Account
from lms.people.roles import STAFF
from lms.people.workshops import PICTURE_WORDS
from lms.web.access import contract_viewer, find_guest, find_viewer, renew_sign_in
from lms.web.addresses import find_address, find_referrer
from lms.web.languages import (
    LANGUAGES,
    bind_french,
    find_direction,
    find_locale,
    gettext,
    list_page_words,
    mark_french,
    mark_words,
    say_bound,
)
from lms.web.site import Site, site

LEADING = frozenset({"trainer", "author", "administrator", "social_worker", "teacher", "student"})
"""Roles with pages of their own; everybody else, whatever the role, is at home where exercises are."""

READING = frozenset({"trainer", "author", "administrator"})
"""Who tells that an exercise differs from the real site, and reads what others told."""

HOMES = {
    "trainer": "teach.home",
    "administrator": "admin.home",
    "social_worker": "social.home",
    "teacher": "school.home",
    "student": "school.own",
}
"""Where «Accueil» leads by role, the first that somebody has; everybody else learns."""


class PageEnvironment(BaseEnvironment):
    """Flask's, with the globals of a template in one dict: a chain of two is slow to look through, twice a page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def install(app: Flask, site: Site) -> None:
    """One environment for each theme, sharing Flask's globals and filters."""
    base = app.jinja_env
    base.policies["json.dumps_kwargs"] = {"sort_keys": False}  # fields of a form stand in the order of their author
    base.globals |= {"asset": site.trees.url, "csrf_token": generate_csrf, "_": say_bound}
    base.globals |= {"picture_word": picture_word, "form_id": new_id, "languages": LANGUAGES}
    base.filters |= {"bound": bind_french, "said": mark_french, "lexicon": mark_words}
    app.extensions["lms_environments"] = {
        name: _build_environment(base, theme, site) for name, theme in site.themes.items()
    }


def _build_environment(base: Environment, theme: Theme, site: Site) -> Environment:
    plugins = site.classroom.plugins
    loader = build_loader(theme, plugins.template_folders, plugins.templates)
    environment = base.overlay(loader=loader, trim_blocks=True, lstrip_blocks=True)
    picto = build_picto(theme)
    environment.globals = {
        **base.globals,
        "picto": picto,
        "picto_templates": build_templates(picto),
        "theme": theme.name,
    }
    return environment


def build_templates(picto: Callable[..., Markup]) -> Callable[..., Markup]:
    """`picto_templates(name, …)`: a `<template>` of each, for what a module draws; the same on every desk."""

    @cache
    def templates(*names: str) -> Markup:
        return Markup("\n").join(
            Markup('<template id="picto-{}">{}</template>').format(name, picto(name)) for name in names
        )

    return templates


def build_picto(theme: Theme) -> Callable[..., Markup]:
    """`picto(name)`: the SVG itself, so that it takes the colours of the text around it."""
    cache: dict[str, Markup] = {}

    def picto(name: str, css: str = "picto") -> Markup:
        key = f"{name}\x1f{css}"
        if key not in cache:
            file = theme.find_static(f"pictograms/{name}.svg")
            text = file.read_text(encoding="utf-8") if file else ""
            start = text.find("<svg")
            drawn = text[start:].replace("<svg", f'<svg class="{css}" aria-hidden="true" focusable="false"', 1)
            cache[key] = Markup(drawn if start >= 0 else "")  # noqa: S704  (a theme's own file)
        return cache[key]

    return picto


def picture_word(name: str) -> str:
    """The word of a picture of the codes."""
    return str(gettext(PICTURE_WORDS.get(name, name)))


def choose_theme() -> str:
    """What this person chose; else the instance's theme."""
    account = find_viewer()
    return (account.theme if account else "") or str(session.get("theme", ""))


def render(template: str, **values: Any) -> str:
    """A page in the theme in force."""
    renew_sign_in()
    theme = site().find_theme(choose_theme())
    environment: Environment = current_app.extensions["lms_environments"][theme.name]
    return environment.get_template(template).render({**shared_values(), **values})


def shared_values() -> Mapping[str, Any]:
    """What the layout needs on every page."""
    account = find_viewer()
    locale = find_locale()
    staff = bool(account and account.roles & LEADING)
    return {
        "viewer": contract_viewer(),
        "person": {"first_name": account.first_name} if account else {"first_name": ""},
        "voice_wish": find_voice_wish(account),
        "guest": account is None and find_guest() is not None,
        "locale": locale,
        "dir": find_direction(locale),
        "page_words": list_page_words(),
        "home_url": home_url(),
        "help_url": url_for("learn.help_page", back=request.path),
        "finish_url": find_address("learn.finish"),
        "staff_links": _staff_links() if staff else [],
        "page_url": find_page(),
        "nudges": account is not None and "learner" in account.roles,
        "sharing": bool(session.get("sharing")),
        "sign_out_url": find_address("account.sign_out_page") if staff else "",
    }


def find_voice_wish(account: Account | None) -> str:
    """Whether instructions are to be said at once: `on` or `off`; empty where nobody was asked yet."""
    wish = account.voice if account else session.get("voice")
    return ("on" if wish else "off") if isinstance(wish, bool) else ""


def find_page() -> str:
    """The page that «Plus de contraste» comes back to: this one, or that of the form that was posted."""
    return request.full_path.rstrip("?") if request.method == "GET" else find_referrer() or home_url()


def home_url() -> str:
    """Where «Accueil» leads for whoever is here."""
    account = find_viewer()
    if account is None:
        return find_address("learn.try_page") if find_guest() else "/"
    return find_address(next((home for role, home in HOMES.items() if role in account.roles), "learn.home"))


def find_different_url(activity: str) -> str:
    """Where whoever is here tells that this exercise differs from the real site; empty for learners."""
    account = find_viewer()
    if account is None or not account.roles & READING:
        return ""
    return url_for("teach.different", activity=activity, back=request.full_path.rstrip("?"))


def _staff_links() -> list[dict[str, Any]]:
    account = find_viewer()
    roles = account.roles if account else frozenset()
    links = [
        (gettext("Mes ateliers"), "teach.home", "trainer"),
        (gettext("Accompagner"), "social.home", "trainer administrator social_worker"),
        (gettext("Mes promotions"), "school.home", "teacher"),
        (gettext("Mon travail"), "school.own", "student"),
        (gettext("Ce qui s'est passé"), "teach.statements", "trainer administrator"),
        (gettext("Séances"), "teach.sessions", "trainer author administrator"),
        (gettext("Tous les exercices"), "learn.exercises", ""),
        (gettext("À relire"), "teach.reviews", "trainer author administrator"),
        (gettext("La maison"), "admin.home", "administrator"),
        (gettext("Mon compte"), "account.own", " ".join(STAFF)),
    ]
    shown = [
        (label, find_address(endpoint), endpoint)
        for label, endpoint, role in links
        if not role or roles & set(role.split())
    ]
    shown += [(item.label, find_address(item.endpoint), item.endpoint) for item in _plugin_items()]
    return [{"label": label, "url": url, "current": request.endpoint == name} for label, url, name in shown]


def _plugin_items() -> list[Any]:
    looking = contract_viewer()
    answers = site().classroom.plugins.call("navigation_items", viewer=looking) if looking else []
    return sorted((item for answer in answers for item in answer), key=lambda item: item.order)


def error_values(error: LMSError) -> dict[str, str]:
    """The three sentences of an error page."""
    told = {"sentence": error.sentence, "kept": error.kept, "next": error.next}
    return {name: gettext(say) if say else "" for name, say in told.items()}
