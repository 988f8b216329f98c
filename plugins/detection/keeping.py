"""Keeping a follow-up: asked with consent said aloud, the least that serves, never an open text about a life."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.contract.pages import needs, viewer

from .advice import find_needs, list_kept
from .door import STAFF, pages, show
from .draft import Draft, drop_draft, find_draft
from .grid import Grid
from .results import describe_plan
from .scoring import round_score
from .shaping import find_grid
from .storing import add_record, find_record

BIRTHS = {
    "<12": "moins de 12 ans",
    "12-17": "12 à 17 ans",
    "18-24": "18 à 24 ans",
    "25-39": "25 à 39 ans",
    "40-59": "40 à 59 ans",
    "60-69": "60 à 69 ans",
    "70+": "70 ans et plus",
}
"""The ranges of the national statistics of digital mediation."""
LONGEST = 40
FIGURES = re.compile(r"(?:\d[\s.-]*){5,}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Wish:
    """What the form says. `faults`: what to mend, by field."""

    called: str
    birth_range: str
    actions: tuple[str, ...]
    agreed: bool
    faults: Mapping[str, str]


@pages.get("/keep")
@needs(*STAFF)
def keep_page() -> str | Response:
    """What would be kept, said in full, before anybody agrees."""
    grid, draft = find_grid(), find_draft()
    if draft is None or draft.decided is None:
        return redirect(url_for("detection.result"))
    return show_keep(grid, draft, Wish("", "", (), False, {}), fresh=True)


@pages.post("/keep")
@needs(*STAFF)
def keep() -> Response | str | tuple[str, int]:
    """Keep it, if the person agreed. What was typed stays when something is missing."""
    given = request.form.get("form", "")
    id = given if UUID.fullmatch(given) else str(uuid.uuid4())
    if find_record(viewer(), id) is not None:
        return redirect(url_for("detection.record", id=id))
    grid, draft = find_grid(), find_draft()
    if draft is None or draft.decided is None:
        return redirect(url_for("detection.result"))
    allowed = [one["id"] for one in describe_plan(grid, draft)["actions"]]
    wish = read_wish(allowed)
    if wish.faults:
        return show_keep(grid, draft, wish), 400
    add_record(viewer(), id, build_facts(grid, draft, wish), wish.actions)
    drop_draft()
    return redirect(url_for("detection.record", id=id, new=1))


def read_wish(allowed: Sequence[str]) -> Wish:
    """Parse the form, and say what is missing."""
    called = " ".join(request.form.get("called", "").split())
    birth, chosen = request.form.get("birth_range", ""), request.form.getlist("action")
    faults = {}
    if said := find_name_fault(called):
        faults["called"] = said
    if birth and birth not in BIRTHS:
        faults["birth_range"] = "Choisissez une tranche de la liste, ou laissez vide."
    if request.form.get("agreed") != "yes":
        faults["agreed"] = "Sans l'accord de la personne, rien n'est gardé."
    return Wish(called, birth, tuple(one for one in allowed if one in chosen), "agreed" not in faults, faults)


def find_name_fault(called: str) -> str:
    """Why this is no first name or pseudonym; empty when it is one."""
    if not called:
        return "Écrivez un prénom ou un pseudonyme."
    if len(called) > LONGEST:
        return f"C'est long : {LONGEST} lettres au plus. Un prénom ou un pseudonyme permet de vous y retrouver."
    if "@" in called or FIGURES.search(called):
        return "Un prénom ou un pseudonyme seulement : ni numéro, ni adresse."
    return ""


def build_facts(grid: Grid, draft: Draft, wish: Wish) -> dict[str, Any]:
    """The row: sub-scores, needs and what was decided. No answer is in it, nor a measure of protection."""
    found = draft.found(grid)
    scores = {name: round_score(getattr(found.scores, name)) for name in ("access", "use", "skills", "motivation")}
    return scores | {
        "called": wish.called,
        "birth_range": wish.birth_range,
        "proposed": draft.proposed(grid),
        "decided": draft.decided,
        "reason": draft.reason,
        "flags": list_kept(grid, found.ticked),
        "needs": find_needs(grid, found),
    }


def show_keep(grid: Grid, draft: Draft, wish: Wish, fresh: bool = False) -> str:
    """The page, with what was typed."""
    plan = describe_plan(grid, draft)
    chosen = [one["id"] for one in plan["actions"]] if fresh else wish.actions
    flags = [one.say for question in grid.flags for one in question.answers if one.id in plan["kept_flags"]]
    return show("keep", **plan, wish=wish, chosen=chosen, births=BIRTHS, flags_told=flags)
