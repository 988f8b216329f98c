"""Activity type «quiz»: one or several answers, order, match, picture. An answer that is not right is helped along."""

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
    Help,
    Live,
    Outcome,
    State,
    View,
    hookimpl,
)

from .marking import KINDS, Question, build_question, find_faults, list_spoken

CONTRACT = 1

LADDER: tuple[Help, ...] = ("none", "none", "hint", "where", "shown")
"""Help given after so many answers that were not right: the first is neutral."""
POINTS = (1.0, 0.75, 0.5, 0.25, 0.0)


class Quiz(ActivityType):
    """One question a page. The score says how soon each answer was found; it is never shown to the learner."""

    name = "quiz"
    title = "Quiz"
    options = (
        Field(
            "questions",
            "group",
            "Questions",
            required=True,
            many=True,
            fields=(
                Field("kind", "choice", "Sorte", required=True, choices=KINDS),
                Field("ask", "text", "Question", required=True),
                Field("say", "text", "Explication, une fois trouvé", default=""),
                Field("hint", "text", "Indice", default=""),
                Field(
                    "answers",
                    "group",
                    "Réponses",
                    required=True,
                    many=True,
                    fields=(
                        Field("text", "text", "Texte", required=True),
                        Field("right", "boolean", "Bonne réponse", default=False),
                        Field("say", "text", "Mot quand on la choisit", default=""),
                        Field("picture", "picture", "Pictogramme", default=""),
                        Field("with", "text", "Va avec", default=""),
                    ),
                ),
            ),
        ),
    )

    def start(self, activity: Activity, facts: AttemptFacts) -> State:
        return {"at": 0, "seed": facts.seed, "tries": 0, "given": [], "found": False, "points": [], "help": "none"}

    def present(self, activity: Activity, state: State) -> View:
        question, count = self._question(activity, state), len(activity.options["questions"])
        level = LADDER[min(state["tries"], 4)]
        data = question.present(state["given"], level) | {"found": state["found"], "level": level}
        data["last"] = state["at"] + 1 == count
        return View("quiz/question.html", data, state["at"] + 1, count)

    def evaluate(self, activity: Activity, response: Mapping[str, Any], state: State) -> Outcome:
        if str(response.get("question", state["at"])) != str(state["at"]):
            return Outcome(state, stale=True)
        if state["found"]:
            return self._go_on(activity, state) if response.get("do") == "next" else Outcome(state, stale=True)
        question = self._question(activity, state)
        given = question.read(response)
        if not question.complete(given):
            say = "Il reste une réponse à choisir." if given else "Choisissez une réponse, puis continuez."
            return Outcome({**state, "given": given}, feedback=Feedback("info", say), live=self._live(question, state))
        return self._judge(question, given, state)

    def spoken(self, activity: Activity) -> Sequence[str]:
        return [text for one in activity.options["questions"] for text in list_spoken(one)]

    def print_view(self, activity: Activity) -> View:
        questions = [build_question(one, 0) for one in activity.options["questions"]]
        return View("quiz/print.html", {"questions": [one.present([], "none") for one in questions]})

    def check(self, activity: Activity) -> Sequence[str]:
        found = enumerate(activity.options["questions"], 1)
        return [f"question {number}: {fault}" for number, one in found for fault in find_faults(one)]

    def _judge(self, question: Question, given: list[str], state: State) -> Outcome:
        about, tries = f"question-{state['at'] + 1}", state["tries"]
        if question.is_right(given):
            after = {**state, "given": given, "found": True, "points": [*state["points"], POINTS[min(tries, 4)]]}
            feedback = Feedback("right", question.say or "C'est la bonne réponse.")
            fact = Fact("answered", about, True, LADDER[min(tries, 4)])
            return Outcome(after, feedback=feedback, help=state["help"], facts=(fact,))
        level = LADDER[min(tries + 1, 4)]
        most = max(state["help"], level, key=LADDER.index)
        after = {**state, "given": given, "tries": tries + 1, "help": most}
        feedback = Feedback("almost", question.advise(given, level))
        fact = Fact("answered", about, False, level)
        return Outcome(after, feedback=feedback, help=most, facts=(fact,), live=self._live(question, after))

    def _go_on(self, activity: Activity, state: State) -> Outcome:
        if state["at"] + 1 < len(activity.options["questions"]):
            after = {**state, "at": state["at"] + 1, "tries": 0, "given": [], "found": False}
            return Outcome(after, help=state["help"], live=self._live(self._question(activity, after), after))
        score = round(sum(state["points"]) / len(state["points"]), 2)
        verb, success = ("completed", None) if state["help"] == "shown" else ("passed", True)
        return Outcome(state, verb, score=score, success=success, completion=True, help=state["help"])

    def _question(self, activity: Activity, state: State) -> Question:
        return build_question(activity.options["questions"][state["at"]], state["seed"] + state["at"])

    def _live(self, question: Question, state: State) -> Live:
        return Live(f"question-{state['at'] + 1}", question.ask, state["tries"])


@hookimpl
def register_activity_types() -> Sequence[ActivityType]:
    return [Quiz()]
