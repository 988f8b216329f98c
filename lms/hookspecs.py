"""Every hook that a plugin may implement: a signature and a sentence each. Nothing here runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pluggy

from lms.contract import (
    Activity,
    ActivityType,
    CourseType,
    Folder,
    Job,
    NavigationItem,
    Offer,
    Panel,
    Viewer,
    VocabularyTerm,
)

hookspec = pluggy.HookspecMarker("lms")


@hookspec
def register_course_types() -> Sequence[CourseType]:  # type: ignore[empty-body]
    """Course types, each with a unique name: which activities are open, when the course is done."""


@hookspec
def register_activity_types() -> Sequence[ActivityType]:  # type: ignore[empty-body]
    """Activity types, each with a unique name: options, how it is shown, how a response is judged."""


@hookspec
def register_simulators() -> Sequence[Folder]:  # type: ignore[empty-body]
    """Simulator folders beside those of `simulators/`."""


@hookspec
def register_themes() -> Sequence[Folder]:  # type: ignore[empty-body]
    """Theme folders beside those of `themes/`."""


@hookspec
def register_vocabulary() -> Sequence[VocabularyTerm]:  # type: ignore[empty-body]
    """Verbs, activity kinds and extensions added to Déclic's xAPI profile."""


@hookspec
def register_tables() -> Any:
    """A `lms.contract.tables.Tables`: the plugin's own tables and its migration folder."""


@hookspec
def register_jobs() -> Sequence[Job]:  # type: ignore[empty-body]
    """Scheduled work, each with a unique name and an interval in seconds."""


@hookspec
def register_commands(cli: Any) -> None:
    """Add verbs to the `lms` command; `cli` is a click group."""


@hookspec
def register_blueprints() -> Sequence[Any]:  # type: ignore[empty-body]
    """A `lms.contract.pages.Blueprint` of the plugin's own name: its pages stand under `/<name>/`."""


@hookspec
def register_panels() -> Sequence[Panel]:  # type: ignore[empty-body]
    """Cards on the home of those whom they are for, each with a unique name."""


@hookspec
def offers_for(viewer: Viewer, needs: Sequence[str]) -> Sequence[Offer]:  # type: ignore[empty-body]
    """What answers these needs: competences («E02»), services or welcomes of the directory («Illettrisme»)."""


@hookspec
def navigation_items(viewer: Viewer) -> Sequence[NavigationItem]:  # type: ignore[empty-body]
    """Menu entries for this viewer."""


@hookspec(firstresult=True)
def render_body(body: str, activity: Activity) -> str | None:
    """HTML of an activity's Markdown body; the first plugin that answers wins, the core answers last."""


@hookspec
def statement_for_partner(organisation: str, partner: str, statement: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The statement as it is sent to this partner (its name): as given, changed, or None; after all other filters."""


@hookspec
def statement_stored(organisation: str, statement: Mapping[str, Any]) -> None:
    """Called after the commit that stored a statement."""


@hookspec
def progress_changed(organisation: str, person: str, activity: str) -> None:
    """Called after the commit that changed a learner's progress."""


@hookspec
def person_erased(organisation: str, person: str) -> None:
    """Called after the commit that erased a person: forget what you keep of it, by its id."""
