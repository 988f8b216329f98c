"""Pages of what was kept with consent: a worker's own, each look at it noted; changed, exported, printed, erased."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.contract.pages import BadRequest, NotFound, leaves_a_trace, needs, render, viewer

from .advice import list_actions, list_house, list_needs
from .door import STAFF, pages
from .figures import count_house, hide_few, hide_share
from .grid import Grid, load_shipped
from .keeping import BIRTHS
from .results import AXES, read_choice, show_paper, sort_offers
from .scoring import list_allowed
from .shaping import find_grid
from .storing import (
    STATES,
    Kept,
    change_record,
    erase_record,
    find_record,
    list_accesses,
    list_actions_of,
    list_records,
    mark_action,
    note,
    replace_actions,
)

DEEDS = {
    "kept": "gardé, avec l'accord de la personne",
    "seen": "ouvert",
    "changed": "modifié",
    "exported": "exporté",
    "printed": "imprimé",
    "erased": "effacé",
}
GONE = "Ce suivi n'est pas là, ou n'est pas à vous."


@pages.get("/records")
@needs(*STAFF)
def records() -> str:
    """A worker's own follow-ups."""
    grid = find_grid()
    rows = [
        {
            "id": one.id,
            "called": one.called,
            "short": grid.profiles[one.decided].short,
            "touched": tell_day(one.touched),
        }
        for one in list_records(viewer())
    ]
    erased = [{"tone": "done", "say": "Ce suivi est effacé. Il n'en reste rien."}] if "erased" in request.args else []
    return render("detection/records.html", records=rows, notices=erased)


@pages.get("/records/<id>")
@needs(*STAFF)
@leaves_a_trace
def record(id: str) -> str:
    """One follow-up whole: what is kept, and who looked."""
    kept = find_own(id)
    if "new" not in request.args:
        note(viewer(), id, "seen")
    return render("detection/record.html", **describe(find_grid(), kept), states=STATES, reasons=find_grid().reasons)


def find_own(id: str) -> Kept:
    """Raises NotFound for another's record as for none."""
    kept = find_record(viewer(), id)
    if kept is None:
        raise NotFound(f"no record {id!r} of this worker", sentence=GONE)
    return kept


def describe(grid: Grid, kept: Kept) -> dict[str, Any]:
    """Everything the page, the paper and the export show."""
    wanted = list_needs(grid, kept.decided, kept.flags, kept.needs)
    actions = [
        {"id": one["action"], "say": tell_action(grid, one["action"]), "state": one["state"]}
        for one in list_actions_of(viewer(), kept.id)
    ]
    return {
        "record": kept,
        "profile": grid.profiles[kept.decided],
        "proposed": grid.profiles.get(kept.proposed or 0),
        "choices": [grid.profiles[one] for one in list_allowed(kept.proposed)],
        "reason": grid.reasons.get(kept.reason, ""),
        "birth": BIRTHS.get(kept.birth_range, ""),
        "flags": [one.say for question in grid.flags for one in question.answers if one.id in kept.flags],
        "axes": [{"title": title, "about": about, "value": kept.scores[name]} for name, (title, about) in AXES.items()],
        "actions": actions,
        "house": list_house(grid, kept.decided, kept.needs),
        "consented": tell_day(kept.consented),
        "touched": tell_day(kept.touched),
        "log": [{"at": tell_time(one["at"]), "did": DEEDS[one["did"]]} for one in list_accesses(viewer(), kept.id)],
        **sort_offers(wanted),
    }


def tell_action(grid: Grid, id: str) -> str:
    """The sentence of an action, the shipped one where the house has since dropped it."""
    return grid.actions.get(id) or load_shipped().actions.get(id, id)


def tell_day(instant: int) -> str:
    return f"{datetime.fromtimestamp(instant / 1_000_000).astimezone():%d/%m/%Y}"


def tell_time(instant: int) -> str:
    return f"{datetime.fromtimestamp(instant / 1_000_000).astimezone():%d/%m/%Y, %H:%M}"


@pages.post("/records/<id>/decide")
@needs(*STAFF)
def decide_again(id: str) -> Response:
    """People change their mind: the last decision holds, and the plan follows it."""
    grid, kept = find_grid(), find_own(id)
    decided, reason = read_choice(grid, list_allowed(kept.proposed))
    change_record(viewer(), id, decided=decided, reason=reason)
    replace_actions(viewer(), id, list_actions(grid, decided, kept.needs))
    note(viewer(), id, "changed")
    return redirect(url_for("detection.record", id=id, new=1))


@pages.post("/records/<id>/action")
@needs(*STAFF)
def follow(id: str) -> Response:
    """An action is planned, done or left."""
    find_own(id)
    action, state = request.form.get("action", ""), request.form.get("state", "")
    if state not in STATES or not mark_action(viewer(), id, action, state):
        raise BadRequest(f"action {action!r}, state {state!r}; states: {sorted(STATES)}")
    change_record(viewer(), id)
    note(viewer(), id, "changed")
    return redirect(url_for("detection.record", id=id, new=1))


@pages.get("/records/<id>/paper")
@needs(*STAFF)
@leaves_a_trace
def record_paper(id: str) -> str:
    """The sheet in the person's words."""
    kept = find_own(id)
    note(viewer(), id, "printed")
    facts = describe(find_grid(), kept)
    facts["actions"] = [one for one in facts["actions"] if one["state"] == "planned"]
    back = url_for("detection.record", id=id)
    facts["today"] = tell_day(kept.touched)
    return show_paper(facts, back, kept.called)


@pages.get("/records/<id>/export.json")
@needs(*STAFF)
@leaves_a_trace
def export(id: str) -> Response:
    """All that is kept about this person, for that person."""
    kept = find_own(id)
    note(viewer(), id, "exported")
    answer = Response(json.dumps(build_export(describe(find_grid(), kept)), ensure_ascii=False, indent=1) + "\n")
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="ce-qui-est-garde.json"'
    return answer


def build_export(facts: dict[str, Any]) -> dict[str, Any]:
    """In French words: whoever asks for it reads it."""
    kept: Kept = facts["record"]
    return {
        "prénom ou pseudonyme": kept.called,
        "tranche d'âge": facts["birth"] or None,
        "accord donné le": facts["consented"],
        "dernière activité le": facts["touched"],
        "repères de 0 à 3": {one["title"]: one["value"] for one in facts["axes"]},
        "ce qui aide": facts["flags"],
        "proposé": facts["proposed"].need if facts["proposed"] else None,
        "décidé ensemble": facts["profile"].need,
        "raison": facts["reason"] or None,
        "suite": [{"action": one["say"], "état": STATES[one["state"]]} for one in facts["actions"]],
        "journal": [f"{one['at']} : {one['did']}" for one in facts["log"]],
    }


@pages.post("/records/<id>/erase")
@needs(*STAFF)
def erase(id: str) -> Response:
    """The person withdraws consent, or the follow-up is over: away at once."""
    if not erase_record(viewer(), id):
        raise NotFound(f"no record {id!r} of this worker", sentence=GONE)
    return redirect(url_for("detection.records", erased=1))


@pages.get("/figures")
@needs(*STAFF)
def figures() -> str:
    """How many need what, in the whole house; nothing about fewer than five people."""
    grid = find_grid()
    total, profiles, flags = count_house(viewer().organisation)
    shown = hide_few(total, {one: profiles[one] for one in grid.profiles})
    told = {one.id: one.say for question in grid.flags for one in question.answers if one.kept} | NEEDS_TOLD
    return render(
        "detection/figures.html",
        total=total if total >= 5 else None,
        profiles=[(grid.profiles[one].short, count) for one, count in shown.items()],
        flags=[(say, hide_share(total, flags[name])) for name, say in told.items()],
    )


NEEDS_TOLD = {
    "acces": "Un appareil ou une connexion à trouver",
    "envie": "Partir d'un projet à soi",
    "choix": "Continuer sans internet, par choix",
    "mobilite": "Une aide qui vient à la personne",
}
