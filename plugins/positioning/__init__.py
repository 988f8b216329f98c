"""Activity type «positioning»: one says where one stands, before a module and after it. Never judged right or wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lms.contract import (
    Activity,
    ActivityType,
    AttemptFacts,
    Fact,
    Feedback,
    Field,
    KeptWorld,
    Live,
    Outcome,
    State,
    View,
    hookimpl,
)

CONTRACT = 1

LEVELS = (
    "C'est nouveau pour moi.",
    "J'en ai une idée.",
    "Je le fais, avec un appui.",
    "Je le fais, et je peux le montrer à une collègue.",
)
"""0 to 3, as the person herself says it."""

WHEN = ("before", "after")
PERSONA = "positioning"
"""What is kept for the page after the module stands under this name; it is no persona of a scenario."""

OBJECTIVES = (
    Field("id", "text", "Nom court, le même avant et après", required=True),
    Field("text", "text", "Ce que l'on sait faire", required=True),
    Field("more", "text", "Où y revenir, ou un exemple", default=""),
)


class Positioning(ActivityType):
    """The page «before» keeps its marks for the same learner's page «after», which shows both side by side."""

    name = "positioning"
    title = "Où j'en suis"
    options = (
        Field("module", "text", "Nom commun aux deux pages", required=True),
        Field("when", "choice", "Avant ou après le module", required=True, choices=WHEN),
        Field("objectives", "group", "Objectifs", required=True, many=True, fields=OBJECTIVES),
    )

    def start(self, activity: Activity, facts: AttemptFacts) -> State:
        before = dict(facts.kept.world) if facts.kept else {}
        return {"marks": {}, "shown": False, "before": before, "day": facts.now.date().isoformat()}

    def needs_world(self, activity: Activity) -> tuple[str, str] | None:
        return (PERSONA, activity.options["module"]) if activity.options["when"] == "after" else None

    def present(self, activity: Activity, state: State) -> View:
        return View("positioning/place.html", _tell(activity, state))

    def evaluate(self, activity: Activity, response: Mapping[str, Any], state: State) -> Outcome:
        if state["shown"]:
            return _leave(response, state)
        if response.get("do") != "place":
            return Outcome(state, stale=True)
        names = [one["id"] for one in activity.options["objectives"]]
        marks = {name: int(given) for name in names if (given := str(response.get(name, ""))) in ("0", "1", "2", "3")}
        missing = next((one for one in activity.options["objectives"] if one["id"] not in marks), None)
        if missing:
            say = f"Il reste une ligne : {missing['text']}"
            return Outcome(
                {**state, "marks": marks}, feedback=Feedback("info", say), live=Live(missing["id"], missing["text"])
            )
        facts = tuple(Fact("answered", name, code=f"level-{mark}") for name, mark in marks.items())
        return _place(activity, {**state, "marks": marks}, facts)

    def spoken(self, activity: Activity) -> Sequence[str]:
        return [*(one["text"] for one in activity.options["objectives"]), *LEVELS]

    def print_view(self, activity: Activity) -> View:
        return View("positioning/print.html", _tell(activity, {"marks": {}, "before": {}, "shown": False}))

    def print_own(self, activity: Activity, state: State) -> View:
        return View("positioning/print.html", _tell(activity, state))

    def check(self, activity: Activity) -> Sequence[str]:
        names = [one["id"] for one in activity.options["objectives"]]
        faults = [
            f"two objectives are called «{name}»" for name in sorted({one for one in names if names.count(one) > 1})
        ]
        return faults if 3 <= len(names) <= 6 else [*faults, f"{len(names)} objectives; write 3 to 6"]


def _tell(activity: Activity, state: State) -> dict[str, Any]:
    """Each objective with its marks: now, and before the module where one stood there."""
    before = state["before"]
    rows = [dict(one) | {"mark": state["marks"].get(one["id"])} for one in activity.options["objectives"]]
    rows = [one | {"before": before.get(one["id"]), "more": one["more"] or ""} for one in rows]
    after = activity.options["when"] == "after"
    return {"rows": rows, "levels": LEVELS, "after": after, "shown": state["shown"], "known": bool(before)}


def _place(activity: Activity, after: State, facts: tuple[Fact, ...]) -> Outcome:
    """Before a module that is all; after it one looks at both first."""
    if activity.options["when"] == "after":
        say = "Regardez le chemin, ligne par ligne. Vous seul·e en jugez."
        return Outcome({**after, "shown": True}, feedback=Feedback("info", say), facts=facts)
    kept = KeptWorld(PERSONA, activity.options["module"], after["day"], {}, after["marks"])
    say = "C'est noté. Vous retrouverez ces lignes à la fin du module."
    return Outcome(after, "completed", completion=True, feedback=Feedback("done", say), facts=facts, keeps=kept)


def _leave(response: Mapping[str, Any], state: State) -> Outcome:
    """Both were shown: change one's mind, or finish."""
    if response.get("do") == "again":
        return Outcome({**state, "shown": False}, feedback=Feedback("info", "Changez ce que vous voulez."))
    if response.get("do") != "finish":
        return Outcome(state, stale=True)
    return Outcome(state, "completed", completion=True, feedback=Feedback("done", "Votre chemin est noté."))


@hookimpl
def register_activity_types() -> Sequence[ActivityType]:
    return [Positioning()]
