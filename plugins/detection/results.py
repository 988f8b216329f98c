"""Pages after the questions: the hypothesis, what people decide, what follows, and the paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.contract.pages import BadRequest, find_offers, needs

from .advice import find_needs, list_actions, list_house, list_kept, list_needs
from .door import STAFF, pages, show
from .draft import Draft, find_draft, keep_draft
from .grid import Grid
from .scoring import LASTING, REFUSED, Scores, list_choices, round_score
from .shaping import find_grid

AXES = {
    "access": ("Appareil et connexion", "ce que la personne a chez elle"),
    "use": ("Usage", "ce qu'elle fait déjà"),
    "skills": ("Gestes et démarches", "ce qu'elle sait faire"),
    "motivation": ("Envie et confiance", "ce qu'elle ressent"),
}
SHOWN = 4
"""Offers on the page at once; more are folded."""


@pages.get("/result")
@needs(*STAFF)
def result() -> str | Response:
    """«Si je résume…»: the hypothesis, for the person to correct."""
    grid, draft = find_grid(), find_draft()
    if draft is None or not has_answers(grid, draft):
        return redirect(url_for("detection.home"))
    found = draft.found(grid)
    proposed = draft.proposed(grid)
    return show(
        "result",
        proposed=grid.profiles.get(proposed or 0),
        others=[grid.profiles[one] for one in list_choices(found.scores) if one != proposed],
        chosen=draft.decided or proposed,
        reasons=grid.reasons,
        reason=draft.reason,
        protected=found.protected,
        axes=list_axes(found.scores),
        lasting=LASTING,
        last=grid.questions[-1].id,
        missing=sum(draft.answers.get(one.id, REFUSED) == REFUSED for one in grid.questions),
    )


@pages.post("/result")
@needs(*STAFF)
def decide() -> Response:
    """What the person and the professional decided. Raises BadRequest when nothing was chosen, or no reason given."""
    grid, draft = find_grid(), find_draft()
    if draft is None or not has_answers(grid, draft):
        return redirect(url_for("detection.home"))
    draft.decided, draft.reason = read_choice(grid, list_choices(draft.found(grid).scores))
    keep_draft(draft)
    return redirect(url_for("detection.plan"))


def read_choice(grid: Grid, allowed: list[int]) -> tuple[int, str]:
    """The profile of the form, and for a lasting relay the reason from the list."""
    given, reason = request.form.get("profile", ""), request.form.get("reason", "")
    if given not in {str(one) for one in allowed}:
        raise BadRequest(f"profile {given!r}; allowed: {allowed}", sentence="Choisissez la phrase qui convient.")
    if int(given) != LASTING:
        return int(given), ""
    if reason not in grid.reasons:
        sentence = "Pour un relais dans la durée, choisissez aussi la raison."
        raise BadRequest(f"reason {reason!r}; allowed: {sorted(grid.reasons)}", sentence=sentence)
    return LASTING, reason


@pages.get("/plan")
@needs(*STAFF)
def plan() -> str | Response:
    """What follows: actions, places, paths; then print, keep or erase."""
    grid, draft = find_grid(), find_draft()
    if draft is None or draft.decided is None:
        return redirect(url_for("detection.result"))
    return show("plan", **describe_plan(grid, draft))


@pages.get("/paper")
@needs(*STAFF)
def paper() -> str | Response:
    """The same on paper, in the person's words."""
    grid, draft = find_grid(), find_draft()
    if draft is None or draft.decided is None:
        return redirect(url_for("detection.result"))
    return show_paper(describe_plan(grid, draft), back=url_for("detection.plan"))


def show_paper(facts: dict[str, Any], back: str, name: str = "") -> str:
    """The sheet; of the offers only what the person can go and do, not the professional's tools."""
    mine = [one for one in (*facts["offers"], *facts["more_offers"]) if one.url.startswith("/learn/")]
    return show("paper", **{**facts, "offers": mine[:SHOWN]}, back=back, name=name)


def describe_plan(grid: Grid, draft: Draft) -> dict[str, Any]:
    """Need, actions and offers of a decided draft."""
    found = draft.found(grid)
    needs_found = find_needs(grid, found)
    actions = list_actions(grid, draft.decided, needs_found)
    wanted = list_needs(grid, draft.decided, sorted(found.ticked), needs_found)
    return {
        "profile": grid.profiles[draft.decided or 0],
        "actions": [{"id": one, "say": grid.actions[one]} for one in actions],
        "house": list_house(grid, draft.decided, needs_found),
        "protected": found.protected,
        "today": f"{date.today():%d/%m/%Y}",
        **sort_offers(wanted),
        "kept_flags": list_kept(grid, found.ticked),
    }


def sort_offers(wanted: list[str]) -> dict[str, Any]:
    """Offers for these needs: a few at once, the rest folded; an address that comes twice stands once."""
    offers = list({one.url: one for one in find_offers(wanted)}.values())
    return {"offers": offers[:SHOWN], "more_offers": offers[SHOWN:]}


def list_axes(scores: Scores) -> list[dict[str, Any]]:
    """The four means for the professional, apart."""
    return [
        {"title": title, "about": about, "value": round_score(getattr(scores, name))}
        for name, (title, about) in AXES.items()
    ]


def has_answers(grid: Grid, draft: Draft) -> bool:
    """Whether the grid was begun."""
    return any(one.id in draft.answers for one in grid.questions)
