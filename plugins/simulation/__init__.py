"""Activity type «simulation»: a scenario played on the desk, in one of four modes, with help for the asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from lms.contract import (
    Activity,
    ActivityType,
    Advance,
    AttemptFacts,
    Cause,
    Fact,
    Feedback,
    Field,
    Guide,
    Live,
    Mode,
    Outcome,
    Scenario,
    State,
    Switch,
    View,
    hookimpl,
)

from .causes import find_cause
from .help import LEVELS, advise, ask_help, filter_guide, find_known, raise_help
from .measures import count_touch, note_measures, read_seen
from .paper import build_paper, note_hard
from .switches import find_unknown, list_offered, switch_on
from .worlds import begin_world, drop_note

CONTRACT = 1

MODES: tuple[Mode, ...] = ("show", "guided", "assisted", "alone")
ISLAND = "core/desk/desk.js"


PAPER = (
    Field("bring", "text", "À apporter", many=True, default=[]),
    Field("words", "text", "Mots à chercher", many=True, default=[], help="sinon ceux que le guide nomme"),
)


class Simulation(ActivityType):
    """The scenario judges each touch; this says what it is worth, and what help the mode gives."""

    name = "simulation"
    title = "Entraînement"
    modes = MODES
    options = (
        Field("scenario", "scenario", "Scénario", required=True, help="simulateur/scénario"),
        Field("modes", "choice", "Façons de faire", many=True, default=list(MODES), choices=MODES),
        Field("incidents", "text", "Imprévus", many=True, default=[], help="ceux du scénario qui dorment"),
        Field("guide", "group", "Fiche à emporter", default={}, fields=PAPER),
    )

    def start(self, activity: Activity, facts: AttemptFacts) -> State:
        state = begin_world(find_scenario(activity), facts)
        help = "shown" if facts.mode == "show" else "none"
        state = switch_on(state, activity.options.get("incidents", ()))
        return {**state, "mode": facts.mode, "help": help, "helped": {}, "asked": None, "proof": None}

    def needs_world(self, activity: Activity) -> tuple[str, str] | None:
        return find_scenario(activity).needed

    def present(self, activity: Activity, state: State) -> View:
        scenario = find_scenario(activity)
        public = scenario.public(state)
        step, steps = scenario.steps(state)
        ended = {**state["proof"], "say": f"Vous avez terminé : {scenario.title}."} if state["proof"] else None
        island = {
            "mode": state["mode"],
            "title": activity.title,
            "instruction": activity.instruction,
            "locale": activity.locale,
            "apps": list(public["apps"]),
            "scenario": public,
            "world": scenario.seen(state),
            "here": scenario.here(state),
            "guide": None if ended else filter_guide(scenario.guide(state), state),
            "window": None if ended else find_window(scenario, state),
            "steps": [step, steps],
            "ended": ended,
        }
        if "note" in state:
            island["feedback"] = {"tone": "info", "say": state["note"], "part": ""}
        return View("simulation/desk.html", {"island": island}, step, steps, ISLAND)

    def seats(self, activity: Activity) -> Mapping[str, str]:
        return find_scenario(activity).titles_of_seats()

    def sit(self, activity: Activity, state: State, seat: str) -> State:
        return find_scenario(activity).sit(state, seat)

    def live(self, activity: Activity, state: State) -> Live | None:
        return None if state["proof"] else find_live(find_scenario(activity), state)

    def evaluate(self, activity: Activity, response: Mapping[str, Any], state: State) -> Outcome:
        scenario = find_scenario(activity)
        if state["proof"]:
            return Outcome(state, help=state["help"], stale=True)
        state = drop_note(state)
        if "help" in response:
            state = note_measures(state, scenario.guide(state), read_seen(response))
            return self._help(activity, scenario, str(response["help"]), state)
        guide = find_own(scenario, state)
        if state["mode"] == "show" and (guide is None or response.get("part") != guide.part):
            return Outcome(state, help=state["help"], stale=True)
        event = {key: response[key] for key in ("part", "do", "value", "seat", "here") if key in response}
        advance = scenario.advance(state, event, _clock(state), state["seed"])
        if advance.stale:
            return Outcome(state, help=state["help"], stale=True, live=find_live(scenario, state))
        counted = note_measures(advance.state, guide, count_touch(scenario, state, advance, guide, response))
        return _judge(scenario, state, replace(advance, state=counted), guide, str(response.get("part")))

    def switches(self, activity: Activity, state: State) -> Sequence[Switch]:
        return list_offered(find_scenario(activity), state)

    def switch(self, activity: Activity, id: str, state: State) -> Outcome:
        scenario = find_scenario(activity)
        sleeping = [one.id for one in list_offered(scenario, state) if not one.on]
        if id not in sleeping:
            return Outcome(state, help=state["help"], stale=True, live=find_live(scenario, state))
        return Outcome(switch_on(state, [id]), help=state["help"], mode=state["mode"], live=find_live(scenario, state))

    def cause(self, activity: Activity, state: State) -> Cause | None:
        """At the goal now sought; at the end, of the whole."""
        scenario, traces = find_scenario(activity), state.get("traces", {})
        guide = None if state["proof"] else scenario.guide(state)
        found = find_cause(traces, [guide.goal] if guide else list(traces))
        if found is None:
            return None
        return replace(found, competences=scenario.competences(found.goal) or activity.competences)

    def check(self, activity: Activity) -> Sequence[str]:
        scenario = find_scenario(activity)
        state = scenario.start(datetime(2026, 11, 21, tzinfo=UTC), 1)
        return list(find_unknown(scenario, state, activity.options.get("incidents", ())))

    def print_view(self, activity: Activity) -> View:
        return View("simulation/print.html", {"title": find_scenario(activity).title, "html": activity.html})

    def print_own(self, activity: Activity, state: State) -> View:
        view, scenario = self.print_view(activity), find_scenario(activity)
        return View(view.template, {**view.data, **build_paper(activity, scenario, state)})

    def _help(self, activity: Activity, scenario: Scenario, level: str, state: State) -> Outcome:
        guide = scenario.guide(state)
        if guide and not guide.part and level in LEVELS:
            return Outcome(state, feedback=Feedback("info", guide.say), help=state["help"])
        if level == "lost":
            say = (
                f"Vous êtes dans « {_find_title(scenario, state)} ». {find_known(state, guide) or activity.instruction}"
            )
            fact = Fact("helped", guide.goal if guide else "end", code="lost")
            live = find_live(scenario, state)
            return Outcome(state, feedback=Feedback("info", say), help=state["help"], facts=(fact,), live=live)
        if level not in LEVELS or guide is None or state["mode"] == "show":
            return Outcome(state, help=state["help"], stale=True)
        after, feedback, fact = ask_help(state, guide, level)
        live = find_live(scenario, after)
        return Outcome(after, feedback=feedback, help=after["help"], mode=after["mode"], facts=(fact,), live=live)


def _find_title(scenario: Scenario, state: State) -> str:
    """What the app in front is called."""
    return str(next(one["title"] for one in scenario.public(state)["apps"] if one["app"] == state["world"]["front"]))


def find_scenario(activity: Activity) -> Scenario:
    """The compiled scenario that stands in the options."""
    scenario: Scenario = activity.options["scenario"]
    return scenario


def find_live(scenario: Scenario, state: State) -> Live | None:
    """What the trainer's board says: the goal now sought, and how often it was missed."""
    guide = scenario.guide(state)
    if guide and not guide.part:
        return Live("", guide.say)  # who waits for the other is not stuck
    return Live(guide.goal, guide.say, state["tries"].get(guide.goal, 0)) if guide else None


def find_window(scenario: Scenario, state: State) -> dict[str, str] | None:
    """What stands over the app in front, as the page draws it."""
    found = scenario.window(state)
    return asdict(found) if found else None


def find_own(scenario: Scenario, state: State) -> Guide | None:
    """The next touch, None while it is the other's turn."""
    guide = scenario.guide(state)
    return guide if guide and guide.part else None


def _judge(scenario: Scenario, state: State, advance: Advance, before: Guide | None, part: str) -> Outcome:
    after, following = dict(note_hard(advance.state, before)), scenario.guide(advance.state)
    if state["asked"] and (following is None or (following.goal, following.part) != tuple(state["asked"]["at"])):
        after["asked"] = None
    facts = [] if state["mode"] == "show" else _find_facts(state, advance)
    feedback = _find_feedback(scenario, state, advance)
    if feedback is None and not advance.met and before and not advance.success:
        now = following if following and following.part and following.goal == before.goal else before
        missed = _count(after, before) > _count(state, before)
        after, feedback, offered = advise(after, now, near=part == before.part, missed=missed)
        facts += offered
    if advance.success:
        return _end(scenario, after, tuple(facts))
    return Outcome(
        after,
        feedback=feedback,
        help=after["help"],
        mode=after["mode"],
        facts=tuple(facts),
        live=find_live(scenario, after),
        refused=advance.refused or "",
    )


def _find_facts(state: State, advance: Advance) -> list[Fact]:
    """A fact for each goal met for the first time, and for each trap walked into for the first time."""
    achieved = [Fact("achieved", goal, True, state["helped"].get(goal, "none")) for goal in advance.met]
    return achieved + [Fact("trapped", trap, False, code=trap) for trap in advance.trapped]


def _find_feedback(scenario: Scenario, state: State, advance: Advance) -> Feedback | None:
    if advance.refused or advance.say:
        return Feedback("almost", advance.say)
    if state["world"].get("seat") != advance.state["world"].get("seat"):
        return Feedback("info", scenario.public(advance.state)["seats"]["now"])
    (before, _), (now, steps) = scenario.steps(state), scenario.steps(advance.state)
    if state["mode"] != "show" and now > before and not advance.success:
        return Feedback("right", "Encore une étape." if steps - now == 1 else "Vous pouvez continuer.")
    return None


def _end(scenario: Scenario, state: State, facts: tuple[Fact, ...]) -> Outcome:
    """The aim is reached: a reference number that looks like a real one and says that it is not."""
    reference = f"ENT-{_clock(state).year}-{state['seed'] % 1_000_000:06d}"
    after = {**state, "asked": None, "proof": {"reference": reference}}
    shown = state["mode"] == "show"
    say = "La démonstration est terminée." if shown else "L'exercice est terminé."
    verb, success = ("completed", None) if shown else ("passed", True)
    return Outcome(
        after,
        verb,
        success=success,
        completion=True,
        feedback=Feedback("done", say),
        help=raise_help(state["help"], "shown" if shown else "none"),
        mode=state["mode"],
        facts=facts,
        keeps=None if shown else scenario.keep(state),
        helps=state.get("helps", {}),
    )


def _count(state: State, guide: Guide) -> int:
    return int(state["tries"].get(guide.goal, 0))


def _clock(state: State) -> datetime:
    """The day of the attempt's start, at noon in UTC: the clock of a scenario knows days only."""
    return datetime.fromisoformat(state["clock"]).replace(hour=12, tzinfo=UTC)


@hookimpl
def register_activity_types() -> Sequence[ActivityType]:
    return [Simulation()]
