"""For plugins that have pages: who may open one, who looks, what it shows. Beside `lms.contract`; it knows Flask.

A page runs inside one transaction: `lms.contract.tables` reads in any of them, and writes in a POST, or in a GET that
`leaves_a_trace`. It is committed when the view returns, and undone when it raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from flask import Blueprint, current_app

from lms.contract import Offer, Viewer
from lms.errors import BadRequest, Conflict, NotAllowed, NotFound, TooLarge

__all__ = [
    "BadRequest",
    "Blueprint",
    "Conflict",
    "Known",
    "NotAllowed",
    "NotFound",
    "Tiles",
    "TooLarge",
    "address",
    "after_commit",
    "find_known",
    "find_learner",
    "find_offers",
    "find_pictogram",
    "find_tiles",
    "find_viewer",
    "leaves_a_trace",
    "list_competences",
    "needs",
    "open_to_anybody",
    "render",
    "viewer",
]

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Tiles:
    """Where a map takes its pictures: an address with {z}, {x}, {y}, and whom to thank."""

    url: str
    credit: str


@dataclass(frozen=True)
class Known:
    """A competence that a learner of the house shows. `mastery`: 1 guided, 2 with help, 3 alone."""

    competence: str
    name: str
    mastery: int


class Services(Protocol):
    """What the core lends to a page; a plugin uses the functions below."""

    def find_viewer(self) -> Viewer | None:
        """Who is signed in."""

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """A page in the theme in force."""

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call this when what the page wrote is safe."""

    def find_offers(self, needs: Sequence[str]) -> Sequence[Offer]:
        """What all plugins and the courses answer to these needs."""

    def address(self) -> str:
        """Where browsers find Déclic."""

    def find_tiles(self) -> Tiles | None:
        """Pictures for a map; this answer may show them."""

    def list_competences(self) -> Mapping[str, str]:
        """Competences of the base course by id, in the language of the page."""

    def find_pictogram(self, name: str) -> bytes:
        """A pictogram of the theme as SVG."""

    def find_learner(self, code: str, first_name: str) -> str | None:
        """A learner of the viewer's house by what stands on the card."""

    def find_known(self, organisation: str, person: str) -> Sequence[Known]:
        """What this learner shows today."""


def needs(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only people with one of these roles open this view. A view that says nothing is refused at the start."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.lms_access = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def open_to_anybody(view: Callable[P, R]) -> Callable[P, R]:
    """Whoever has the address opens this view, signed in or not."""
    view.lms_access = frozenset({"anybody"})  # type: ignore[attr-defined]
    return view


def leaves_a_trace(view: Callable[P, R]) -> Callable[P, R]:
    """A GET that writes who looked at what: it may write, though it shows a page."""
    view.lms_traces = True  # type: ignore[attr-defined]
    return view


def _services() -> Services:
    return cast(Services, current_app.extensions["lms_pages"])


def find_viewer() -> Viewer | None:
    """Who is signed in; None for a visitor."""
    return _services().find_viewer()


def viewer() -> Viewer:
    """Who is signed in. Raises NotAllowed for a visitor; a view that `needs` a role has one."""
    found = find_viewer()
    if found is None:
        raise NotAllowed("nobody is signed in")
    return found


def render(template: str, **values: Any) -> str:
    """A page in the theme in force; it extends `layout.html`, or `teach/staff.html` for staff."""
    return _services().render(template, values)


def after_commit(call: Callable[[], None]) -> None:
    """Call this when what the page wrote is safe: a mail is not sent for what was undone."""
    _services().after_commit(call)


def find_offers(needs: Sequence[str]) -> Sequence[Offer]:
    """What may answer these needs: the hook `offers_for` of every plugin, in order."""
    return _services().find_offers(needs)


def address() -> str:
    """Where browsers find Déclic, such as `http://atelier.local:8000`: for what is printed or mailed."""
    return _services().address()


def find_tiles() -> Tiles | None:
    """Pictures for a map, by the settings `map_tiles` and `map_credit`; this answer alone may show them."""
    return _services().find_tiles()


def find_pictogram(name: str) -> bytes:
    """A pictogram of the instance's theme as SVG, for what is printed; empty when there is none of that name."""
    return _services().find_pictogram(name)


def list_competences() -> Mapping[str, str]:
    """Competences of the base course by id, in teaching order and in the language of the page."""
    return _services().list_competences()


def find_learner(code: str, first_name: str) -> str | None:
    """A learner of the viewer's house by workshop code and name, as on the card; None for nobody, or for two."""
    return _services().find_learner(code, first_name)


def find_known(organisation: str, person: str) -> Sequence[Known]:
    """What this learner succeeded in, folded from statements. The caller has her agreement."""
    return _services().find_known(organisation, person)
