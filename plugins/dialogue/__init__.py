"""Activity type «dialogue»: one talks with somebody; each answer changes the person, and what follows."""

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
    Mode,
    Outcome,
    State,
    View,
    hookimpl,
)

from .faults import find_faults
from .seats import PERSON, find_felt, note_feeling, show_person, tell_seats
from .story import LETTERS, MOODS, TRUSTS, Moment, Story, build_story, find_score

CONTRACT = 1

TONES = {2: "right", 1: "info", 0: "almost"}
CHOICES = (
    Field("text", "text", "Réponse", required=True),
    Field("say", "text", "Ce que l'on en dit ensuite", required=True),
    Field("points", "integer", "Points : 0, 1 ou 2", default=0),
    Field("mood", "integer", "Effet sur l'humeur", default=0),
    Field("trust", "integer", "Effet sur la confiance", default=0),
    Field("next", "text", "Mène à", required=True),
    Field("low", "text", "Mène là s'il reste peu de confiance", default=""),
)
TURNS = (
    Field("id", "text", "Nom court", required=True),
    Field("says", "text", "La personne dit", required=True),
    Field("stage", "text", "Ce que l'on voit ou entend", default=""),
    Field("choices", "group", "Réponses", required=True, many=True, fields=CHOICES),
)
ENDINGS = (
    Field("id", "text", "Nom court", required=True),
    Field("title", "text", "Titre", required=True),
    Field("text", "text", "Comment cela finit", required=True),
    Field("good", "boolean", "Un entretien réussi", default=False),
)


class Dialogue(ActivityType):
    """Answers are kept by their written place only; what was said so far is told from them.

    Two people may play it: one answers, the other says the person's words and tells what the answers did to him.
    """

    name = "dialogue"
    title = "Entretien"
    modes: tuple[Mode, ...] = ("alone",)
    options = (
        Field("who", "text", "Avec qui l'on parle", required=True),
        Field("scene", "text", "Où, quand, pourquoi", required=True),
        Field("mood", "integer", "Humeur au début, de 0 à 4", default=2),
        Field("trust", "integer", "Confiance au début, de 0 à 4", default=2),
        Field("turns", "group", "Échanges", required=True, many=True, fields=TURNS),
        Field("endings", "group", "Fins", required=True, many=True, fields=ENDINGS),
    )

    def start(self, activity: Activity, facts: AttemptFacts) -> State:
        return {"said": [], "seed": facts.seed, "restarts": 0, "felt": {}, "seat": ""}

    def seats(self, activity: Activity) -> Mapping[str, str]:
        return tell_seats(activity.options["who"])

    def sit(self, activity: Activity, state: State, seat: str) -> State:
        return {**state, "seat": seat}

    def live(self, activity: Activity, state: State) -> Live | None:
        story = build_story(activity.options)
        _, at = story.play(state["said"])
        return Live(at, story.turns[at].says) if at in story.turns else None

    def present(self, activity: Activity, state: State) -> View:
        story = build_story(activity.options)
        moments, at = story.play(state["said"])
        data = {"who": activity.options["who"], "scene": activity.options["scene"], "at": at}
        data |= {"told": [_tell(number, one, state) for number, one in enumerate(moments)]}
        data |= {"seat": state.get("seat", "")} | show_person(state, len(moments))
        data |= _feel(moments[-1].mood, moments[-1].trust) if moments else _feel(story.mood, story.trust)
        if at in story.endings:
            end = story.endings[at]
            return View("dialogue/talk.html", data | {"end": {"title": end.title, "text": end.text, "good": end.good}})
        turn = story.turns[at]
        shown = [turn.choices[place] for place in story.order(turn, state["seed"])]
        answers = [{"value": LETTERS[number], "text": one["text"]} for number, one in enumerate(shown)]
        return View(
            "dialogue/talk.html", data | {"says": turn.says, "stage": turn.stage, "answers": answers, "end": None}
        )

    def evaluate(self, activity: Activity, response: Mapping[str, Any], state: State) -> Outcome:
        story = build_story(activity.options)
        moments, at = story.play(state["said"])
        if "felt" in response:
            return note_feeling(state, response, len(moments))
        if "back" in response:
            return _go_back(story, moments, str(response["back"]), state)
        if str(response.get("at", at)) != at:
            return Outcome(state, stale=True)
        if at in story.endings:
            return _finish(story, moments, at, state) if response.get("do") == "finish" else Outcome(state, stale=True)
        if state.get("seat") == PERSON:
            return Outcome(state, stale=True)
        return _answer(story, at, str(response.get("answer", "")), state)

    def spoken(self, activity: Activity) -> Sequence[str]:
        turns = [text for one in activity.options["turns"] for text in (one["stage"], one["says"]) if text]
        return [activity.options["scene"], *turns, *(one["text"] for one in activity.options["endings"])]

    def print_own(self, activity: Activity, state: State) -> View:
        """What was said so far, what it did, and how it ended: for the debrief. The blank talk when nothing was."""
        moments, at = build_story(activity.options).play(state["said"])
        if not moments:
            return self.print_view(activity)
        told = [_tell(number, one, state) | _feel(one.mood, one.trust) for number, one in enumerate(moments)]
        end = next(
            ({"title": one["title"], "text": one["text"]} for one in activity.options["endings"] if one["id"] == at),
            None,
        )
        data = {"who": activity.options["who"], "scene": activity.options["scene"], "told": told, "end": end}
        return View("dialogue/transcript.html", data | {"restarts": state["restarts"], "seat": state.get("seat", "")})

    def print_view(self, activity: Activity) -> View:
        told = {name: activity.options[name] for name in ("who", "scene", "turns", "endings")}
        return View("dialogue/print.html", told)

    def check(self, activity: Activity) -> Sequence[str]:
        return list(find_faults(activity.options))


def _answer(story: Story, at: str, letter: str, state: State) -> Outcome:
    turn = story.turns[at]
    order = story.order(turn, state["seed"])
    if letter not in tuple(LETTERS[: len(order)]):
        say = "Choisissez une réponse, puis continuez."
        return Outcome(state, feedback=Feedback("info", say), live=Live(at, turn.says))
    place = order[LETTERS.index(letter)]
    choice, after = turn.choices[place], {**state, "said": [*state["said"], place]}
    points = max(0, min(2, choice["points"]))
    fact = Fact("answered", f"turn-{at}", points == 2, code=f"choice-{place + 1}")
    _, following = story.play(after["said"])
    live = Live(following, story.turns[following].says) if following in story.turns else None
    return Outcome(after, feedback=Feedback(TONES[points], choice["say"]), facts=(fact,), live=live)


def _go_back(story: Story, moments: Sequence[Moment], number: str, state: State) -> Outcome:
    """From that exchange on the talk begins anew; what was said before stays."""
    if not number.isdigit() or int(number) >= len(moments):
        return Outcome(state, stale=True)
    turn = moments[int(number)].turn
    felt = {name: one for name, one in state.get("felt", {}).items() if int(name) < int(number)}
    after = {**state, "said": state["said"][: int(number)], "restarts": state["restarts"] + 1, "felt": felt}
    say = "Vous reprenez à ce moment. Essayez une autre réponse."
    return Outcome(after, feedback=Feedback("info", say), live=Live(turn.id, turn.says))


def _finish(story: Story, moments: Sequence[Moment], at: str, state: State) -> Outcome:
    good = story.endings[at].good
    verb = "passed" if good else "completed"
    say = f"{story.endings[at].title}. Vous pouvez rejouer cet entretien autrement."
    score = find_score(moments)
    feedback = Feedback("done", say)
    return Outcome(state, verb, score=score, success=True if good else None, completion=True, feedback=feedback)


def _tell(number: int, moment: Moment, state: State) -> dict[str, Any]:
    """One exchange for the page."""
    told = {"number": number, "says": moment.turn.says, "stage": moment.turn.stage, "answer": moment.choice["text"]}
    told |= {"felt": find_felt(state, number)}
    return told | {"say": moment.choice["say"], "tone": TONES[max(0, min(2, moment.choice["points"]))]}


def _feel(mood: int, trust: int) -> dict[str, Any]:
    """Where the two people stand: 0 to 4, and in words."""
    return {"mood": mood, "mood_word": MOODS[mood], "trust": trust, "trust_word": TRUSTS[trust]}


@hookimpl
def register_activity_types() -> Sequence[ActivityType]:
    return [Dialogue()]
