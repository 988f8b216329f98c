"""Activity type «rubric»: one marks a written answer criterion by criterion, then reads the expert's marks and why."""

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
    Live,
    Outcome,
    State,
    View,
    hookimpl,
)
from lms.contract.rubric import EACH, TOTAL

from .grid import compare, complete, find_faults, find_score, find_verdict, read_marks

CONTRACT = 1

ENOUGH = 0.8
"""Share of criteria marked as the expert does, one level apart at most, that makes a reading a success."""

CRITERIA = (
    Field("id", "text", "Nom court", required=True),
    Field("title", "text", "Critère", help="Vide pour r1 à r5 : celui de la grille commune."),
    Field("levels", "text", "Les quatre niveaux, de 0 à 3", many=True, help="Vides pour r1 à r5 : ceux de la grille."),
    Field("expert", "integer", "La note de référence, de 0 à 3", required=True),
    Field("why", "text", "Pourquoi cette note", required=True),
)
PASS = (
    Field("each", "integer", "Au moins à chaque critère", default=EACH),
    Field("total", "integer", "Au moins en tout", default=TOTAL),
)


class Rubric(ActivityType):
    """Marks are kept by criterion; what the expert thinks is shown only after one's own marks."""

    name = "rubric"
    title = "Grille d'évaluation"
    options = (
        Field("case", "text", "La situation", required=True, many=True),
        Field("answer", "text", "La réponse à évaluer", required=True, many=True),
        Field("criteria", "group", "Critères", required=True, many=True, fields=CRITERIA),
        Field("pass", "group", "Seuil", default={"each": EACH, "total": TOTAL}, fields=PASS),
    )

    def start(self, activity: Activity, facts: AttemptFacts) -> State:
        return {"marks": {}, "shown": False}

    def present(self, activity: Activity, state: State) -> View:
        options, criteria = activity.options, complete(activity.options["criteria"])
        data = {name: options[name] for name in ("case", "answer", "pass")} | {"shown": state["shown"]}
        data["most"] = 3 * len(criteria)
        if not state["shown"]:
            marks = state["marks"]
            data["criteria"] = [
                {"id": one["id"], "title": one["title"], "levels": one["levels"], "mark": marks.get(one["id"])}
                for one in criteria
            ]
            return View("rubric/mark.html", data)
        data["criteria"] = compare(criteria, state["marks"])
        own = [state["marks"][one["id"]] for one in criteria]
        expert = [one["expert"] for one in criteria]
        data["own"] = find_verdict(own, options["pass"])
        data["expert"] = find_verdict(expert, options["pass"])
        return View("rubric/mark.html", data)

    def evaluate(self, activity: Activity, response: Mapping[str, Any], state: State) -> Outcome:
        criteria = complete(activity.options["criteria"])
        if state["shown"]:
            return _leave(criteria, response, state)
        if response.get("do") != "mark":
            return Outcome(state, stale=True)
        marks = read_marks(criteria, response)
        after = {**state, "marks": marks}
        missing = [one for one in criteria if one["id"] not in marks]
        if missing:
            say = f"Il reste à noter : {missing[0]['title']}."
            return Outcome(after, feedback=Feedback("info", say), live=Live(missing[0]["id"], missing[0]["title"]))
        facts = tuple(
            Fact("answered", one["id"], one["near"], code=f"mark-{one['mark']}") for one in compare(criteria, marks)
        )
        say = "Voici les notes de référence, critère par critère."
        return Outcome({**after, "shown": True}, feedback=Feedback("info", say), facts=facts)

    def spoken(self, activity: Activity) -> Sequence[str]:
        told = [one["why"] for one in activity.options["criteria"]]
        return [*activity.options["case"], *activity.options["answer"], *told]

    def print_view(self, activity: Activity) -> View:
        options, criteria = activity.options, complete(activity.options["criteria"])
        data = {name: options[name] for name in ("case", "answer", "pass")}
        data["criteria"] = [{"title": one["title"], "levels": one["levels"]} for one in criteria]
        return View("rubric/print.html", data)

    def check(self, activity: Activity) -> Sequence[str]:
        return list(find_faults(activity.options))


def _leave(criteria: Sequence[Mapping[str, Any]], response: Mapping[str, Any], state: State) -> Outcome:
    """Once compared: mark again, or finish."""
    if response.get("do") == "again":
        return Outcome({**state, "shown": False}, feedback=Feedback("info", "Notez de nouveau, à votre rythme."))
    if response.get("do") != "finish":
        return Outcome(state, stale=True)
    score = find_score(criteria, state["marks"])
    near = sum(one["near"] for one in compare(criteria, state["marks"]))
    say = f"Votre lecture rejoint la référence sur {near} critères sur {len(criteria)}."
    good = score >= ENOUGH
    verb, success = ("passed", True) if good else ("completed", None)
    return Outcome(state, verb, score=score, success=success, completion=True, feedback=Feedback("done", say))


@hookimpl
def register_activity_types() -> Sequence[ActivityType]:
    return [Rubric()]
