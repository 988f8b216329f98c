"""Pages of plugins: their roles, their one transaction, and what the core lends them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

from flask import Flask, g, request

from lms.content.competences import load_competences
from lms.contract import Offer, Viewer
from lms.contract.pages import Known, Tiles
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import NotAllowed, PluginError
from lms.learning.mastery import find_known
from lms.people.on_card import find_on_card
from lms.people.roles import ROLES
from lms.plugins.listeners import lend
from lms.web import access, pages
from lms.web.languages import find_locale
from lms.web.learn.voices import find_page_voice
from lms.web.security import SAFE, admit_images
from lms.web.site import Site, site
from lms.web.social import find_paths

logger = logging.getLogger("lms.web")
ALLOWED = frozenset(ROLES) | access.ANYBODY
View = Callable[..., Any]


class Lent:
    """`lms.contract.pages.Services`."""

    def find_viewer(self) -> Viewer | None:
        """Who is signed in."""
        return access.contract_viewer()

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """A page in the theme in force."""
        return pages.render(template, voice_of=find_page_voice, **values)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call this when what the page wrote is safe."""
        g.setdefault("after_commit", []).append(call)

    def find_offers(self, needs: Sequence[str]) -> Sequence[Offer]:
        """What plugins and courses answer to these needs, in order."""
        answers = site().classroom.plugins.call("offers_for", viewer=access.contract_viewer(), needs=needs)
        found = [one for answer in answers for one in answer] + find_paths(needs)
        return sorted(found, key=lambda one: one.order)

    def address(self) -> str:
        """Where browsers find Déclic."""
        return (site().settings.public_url or request.host_url).rstrip("/")

    def find_tiles(self) -> Tiles | None:
        """Pictures for a map; this answer may show them."""
        settings = site().settings
        if not settings.map_tiles:
            return None
        admit_images(settings.map_tiles)
        return Tiles(settings.map_tiles, settings.map_credit)

    def list_competences(self) -> Mapping[str, str]:
        """Competences of the base course by id, in the language of the page."""
        locale = find_locale()
        return {name: one.find_name(locale) for name, one in load_competences().items()}

    def find_pictogram(self, name: str) -> bytes:
        """A pictogram of the instance's theme as SVG."""
        file = site().find_theme("").find_static(f"pictograms/{name}.svg")
        return file.read_bytes() if file else b""

    def find_learner(self, code: str, first_name: str) -> str | None:
        """A learner of the viewer's house by what stands on the card."""
        with db.engine.connect() as connection:
            return find_on_card(connection, access.viewer().organisation, code, first_name)

    def find_known(self, organisation: str, person: str) -> Sequence[Known]:
        """What this learner shows today."""
        names = self.list_competences()
        with db.engine.connect() as connection:
            found = find_known(connection, site().classroom.catalogue, organisation, person)
        return [Known(name, names[name], level) for name, level in found.items() if name in names]


def install(app: Flask, site: Site) -> None:
    """Register each plugin's blueprint under its name, and put its views behind the door."""
    app.extensions["lms_pages"] = Lent()
    for name, blueprint in site.classroom.plugins.blueprints.items():
        app.register_blueprint(blueprint, url_prefix=f"/{name}")
        for endpoint in [one for one in app.view_functions if one.startswith(f"{name}.")]:
            app.view_functions[endpoint] = guard(app.view_functions[endpoint], endpoint)


def guard(view: View, endpoint: str) -> View:
    """Let in whom the view is for, in a transaction of its own. Raises PluginError when the view does not say."""
    who: frozenset[str] = getattr(view, "lms_access", frozenset())
    if not who or who - ALLOWED:
        raise PluginError(f"view {endpoint}: add @needs(…) or @open_to_anybody; roles: {', '.join(sorted(ROLES))}")

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if who != access.ANYBODY and not access.viewer().roles & who:
            raise NotAllowed(f"needs one of: {', '.join(sorted(who))}")
        with open_tables(getattr(view, "lms_traces", False)):
            answer = view(*args, **kwargs)
        call_waiting()
        return answer

    return access.mark(guarded, who)


@contextmanager
def open_tables(traces: bool = False) -> Iterator[None]:
    """A GET reads, unless it leaves a trace; anything else may write, and is committed at the end or undone."""
    if request.method in SAFE and not traces:
        with db.engine.connect() as connection, lend(connection):
            yield
    else:
        with transaction() as connection, lend(connection):
            yield


def call_waiting() -> None:
    """What a page left for after the commit; one that raises is logged, the page is shown all the same."""
    for call in g.pop("after_commit", []):
        try:
            call()
        except Exception:
            logger.exception("after the commit of %s", request.endpoint)
