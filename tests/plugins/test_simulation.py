"""Activity type «simulation»: modes, help, traps and the end, on a small scenario."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lms.content.scenarios import load_scenario, load_simulator
from lms.contract import Activity, ActivityType, AttemptFacts, KeptWorld, Mode, Outcome, Scenario, State, Switch
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

MECHANICS = """
from lms.contract import Refused

def parts(ref, world, app):
    own = {"name": "type", "send": "click", "walk": "click"}
    return own if world[app]["open"] else {"door": "click", "walk": "click"}

def touch(ref, world, app, part, do, value):
    one = world[app]
    if part == "name" and len(value) > 20:
        raise Refused("too-long", "Ce nom est trop long.")
    sent = [*one["sent"], one["name"]]
    change = {"door": {"open": True}, "name": {"name": value}, "send": {"sent": sent}, "walk": {}}
    return {**world, app: {**one, **change[part]}}
"""
SCENARIO = """title: Donner son nom
apps: {desk-a: counter}
start: {desk-a: {open: false, name: null, sent: []}}
aim: [sent]
goals:
  entered: {done: {desk-a.open: true}, touch: desk-a/door, say: Ouvrez la porte.}
  named: {done: {desk-a.name: Monique}, touch: desk-a/name, do: type, value: Monique, needs: [entered], say: Écrivez le prénom., hints: [Le prénom est sur la carte., Écrivez Monique.]}
  sent: {done: {desk-a.sent: {has: Monique}}, touch: desk-a/send, needs: [named], say: Envoyez.}
traps:
  - {id: empty, when: {desk-a.sent: {has: ""}}, say: Le prénom manque.}
incidents:
  - {id: draught, title: La porte se ferme, when: {desk-a.name: Monique}, set: {desk-a.open: false}, switched: true}
  - {id: silent, when: {desk-a.open: true}, set: {desk-a.name: null}, switched: true}
"""  # noqa: E501
PARTS = {"door": {"part": "desk-a/door"}, "send": {"part": "desk-a/send"}, "walk": {"part": "desk-a/walk"}}
NAME = {"part": "desk-a/name", "do": "type", "value": "Monique"}


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    folder = tmp_path / "counter"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "simulator.yaml").write_text("name: counter\ntitle: Le guichet\n")
    (folder / "mechanics.py").write_text(MECHANICS)
    (folder / "scenarios" / "nom.yaml").write_text(SCENARIO)
    return load_scenario({"counter": load_simulator(folder)}, "counter/nom")


@pytest.fixture
def simulation(tmp_path: Path) -> ActivityType:
    return load_plugins(Settings(home=tmp_path / "home"), bundled("plugins")).activity_types["simulation"]


Play = Callable[..., tuple[Outcome, ...]]


@pytest.fixture
def activity(scenario: Scenario) -> Activity:
    options = {"scenario": scenario, "modes": ["show", "guided", "assisted", "alone"]}
    return Activity("c/s", "simulation", "Mon nom", "Donnez votre nom.", (), options, "", "", "fr", "r")


@pytest.fixture
def play(simulation: ActivityType, activity: Activity) -> Play:
    def run(mode: Mode, *responses: dict[str, Any]) -> tuple[Outcome, ...]:
        state, outcomes = begin(simulation, activity, mode), []
        for response in responses:
            before = copy.deepcopy(state)
            outcomes.append(simulation.evaluate(activity, response, state))
            assert state == before, "the state handed in was changed"
            state = outcomes[-1].state
        return tuple(outcomes)

    return run


def begin(simulation: ActivityType, activity: Activity, mode: Mode) -> State:
    return simulation.start(activity, AttemptFacts(datetime(2026, 11, 21, 9, tzinfo=UTC), 4821, mode, "fr"))


def island(simulation: ActivityType, activity: Activity, state: State) -> dict[str, Any]:
    found: dict[str, Any] = simulation.present(activity, state).data["island"]
    return found


def facts(*outcomes: Outcome) -> list[tuple[str, str, str | None]]:
    return [(fact.verb, fact.about, fact.help) for outcome in outcomes for fact in outcome.facts]


def test_each_goal_met_is_a_fact_and_the_aim_ends_it(play: Play) -> None:
    outcomes = play("alone", PARTS["door"], NAME, PARTS["send"])
    assert facts(*outcomes) == [
        ("achieved", "entered", "none"),
        ("achieved", "named", "none"),
        ("achieved", "sent", "none"),
    ]
    end = outcomes[-1]
    assert (end.verb, end.success, end.completion, end.help, end.mode) == ("passed", True, True, "none", "alone")
    assert [outcome.verb for outcome in outcomes[:-1]] == [None, None]


def test_the_end_has_a_reference_made_from_the_year_and_the_seed(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    shown = island(simulation, activity, play("guided", PARTS["door"], NAME, PARTS["send"])[-1].state)
    assert shown["ended"] == {"reference": "ENT-2026-004821", "say": "Vous avez terminé : Donner son nom."}
    assert shown["guide"] is None
    assert shown["steps"] == [3, 3]


def test_after_the_end_nothing_counts_any_more(play: Play) -> None:
    last = play("guided", PARTS["door"], NAME, PARTS["send"], PARTS["send"])[-1]
    assert last.stale
    assert (last.verb, last.facts) == (None, ())


def test_guided_shows_every_next_touch_but_not_its_value(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    state = play("guided", PARTS["door"])[-1].state
    assert island(simulation, activity, state)["guide"] == {
        "goal": "named",
        "say": "Écrivez le prénom.",
        "part": "desk-a/name",
        "do": "type",
    }


@pytest.mark.parametrize("mode", ["assisted", "alone"])
def test_assisted_and_alone_show_nothing_unasked(simulation: ActivityType, activity: Activity, mode: Mode) -> None:
    assert island(simulation, activity, begin(simulation, activity, mode))["guide"] is None


def test_show_gives_the_value_too_and_takes_only_the_next_touch(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    door, walk = play("show", PARTS["door"], PARTS["walk"])
    assert island(simulation, activity, door.state)["guide"]["value"] == "Monique"
    assert walk.stale
    assert walk.state == door.state


def test_show_completes_without_success_and_without_facts(play: Play) -> None:
    outcomes = play("show", PARTS["door"], NAME, PARTS["send"])
    end = outcomes[-1]
    assert (end.verb, end.success, end.completion, end.help, end.mode) == ("completed", None, True, "shown", "show")
    assert facts(*outcomes) == []


def test_hints_are_the_sentence_first_then_more_and_more_precise(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    outcomes = play("assisted", PARTS["door"], *[{"help": "hint"}] * 4)
    assert [one.feedback.say for one in outcomes[1:] if one.feedback] == [
        "Écrivez le prénom.",
        "Le prénom est sur la carte.",
        "Écrivez Monique.",
        "Écrivez Monique.",
    ]
    assert outcomes[-1].help == "hint"
    assert island(simulation, activity, outcomes[-1].state)["guide"] == {"goal": "named", "say": "Écrivez Monique."}


def test_where_points_at_the_part_and_shown_gives_the_value(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    _, where, shown = play("assisted", PARTS["door"], {"help": "where"}, {"help": "shown"})
    told = island(simulation, activity, where.state)["guide"]
    assert (told["part"], "value" in told) == ("desk-a/name", False)
    assert where.feedback is not None
    assert where.feedback.part == "desk-a/name"
    assert island(simulation, activity, shown.state)["guide"]["value"] == "Monique"
    assert (where.help, shown.help) == ("where", "shown")


def test_help_is_a_fact_and_stays_with_the_goal_it_was_given_for(play: Play) -> None:
    outcomes = play("assisted", {"help": "where"}, PARTS["door"], NAME)
    assert facts(*outcomes) == [
        ("helped", "entered", "where"),
        ("achieved", "entered", "where"),
        ("achieved", "named", "none"),
    ]
    assert outcomes[-1].help == "where"


def test_help_that_was_used_is_no_longer_shown(simulation: ActivityType, activity: Activity, play: Play) -> None:
    state = play("assisted", {"help": "where"}, PARTS["door"])[-1].state
    assert island(simulation, activity, state)["guide"] is None


def test_the_most_help_is_kept(play: Play) -> None:
    outcomes = play("assisted", {"help": "shown"}, PARTS["door"], {"help": "hint"}, NAME, PARTS["send"])
    assert outcomes[-1].help == "shown"


def test_asking_in_alone_goes_on_as_assisted_without_blame(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    outcomes = play("alone", {"help": "hint"}, PARTS["door"], NAME, PARTS["send"])
    assert [outcome.mode for outcome in outcomes] == ["assisted"] * 4
    assert outcomes[0].feedback is not None
    assert outcomes[0].feedback.say == "Ouvrez la porte."
    assert island(simulation, activity, outcomes[-1].state)["mode"] == "assisted"


def test_lost_says_where_one_is_and_is_no_help_with_the_goal(play: Play) -> None:
    outcomes = play("alone", {"help": "lost"}, PARTS["door"], NAME, PARTS["send"])
    assert outcomes[0].feedback is not None
    assert outcomes[0].feedback.say == "Vous êtes dans « Le guichet ». Donnez votre nom."
    assert [(fact.verb, fact.code, fact.help) for fact in outcomes[0].facts] == [("helped", "lost", None)]
    assert (outcomes[-1].mode, outcomes[-1].help) == ("alone", "none")


def test_lost_after_a_hint_says_that_hint_again_and_gives_no_more(play: Play) -> None:
    *_, lost, moved = play("assisted", PARTS["door"], {"help": "hint"}, {"help": "hint"}, {"help": "lost"}, NAME)
    assert lost.feedback is not None
    assert lost.feedback.say == "Vous êtes dans « Le guichet ». Le prénom est sur la carte."
    assert (lost.help, moved.help) == ("hint", "hint")


def test_lost_in_guided_says_the_next_touch(play: Play) -> None:
    *_, lost = play("guided", PARTS["door"], {"help": "lost"})
    assert lost.feedback is not None
    assert lost.feedback.say == "Vous êtes dans « Le guichet ». Écrivez le prénom."


def test_a_trap_is_told_kindly_once_and_is_a_fact(play: Play) -> None:
    blank = {"part": "desk-a/name", "do": "type", "value": ""}
    *_, trap, again = play("guided", PARTS["door"], blank, PARTS["send"], PARTS["walk"])
    assert trap.feedback is not None
    assert (trap.feedback.tone, trap.feedback.say) == ("almost", "Le prénom manque.")
    assert [(fact.verb, fact.about, fact.success, fact.code) for fact in trap.facts] == [
        ("trapped", "empty", False, "empty")
    ]
    assert again.facts == ()


def test_a_refused_value_is_named_by_code_and_not_kept(play: Play) -> None:
    _, refused = play("guided", PARTS["door"], NAME | {"value": "Un nom vraiment beaucoup trop long"})
    assert refused.refused == "too-long"
    assert refused.feedback is not None
    assert refused.feedback.say == "Ce nom est trop long."
    assert "beaucoup" not in str(refused.state)


def test_real_looking_data_is_refused_and_not_kept(play: Play) -> None:
    _, refused = play("guided", PARTS["door"], NAME | {"value": "06 12 34 56 78"})
    assert refused.refused
    assert "12 34" not in str(refused.state)


def test_a_part_that_is_not_on_screen_is_stale(play: Play) -> None:
    (outcome,) = play("guided", PARTS["send"])
    assert outcome.stale
    assert outcome.live is not None


@pytest.mark.parametrize("response", [{}, {"part": 3}, {"part": "x"}, {"help": "please"}, {"part": None, "do": []}])
def test_a_response_that_makes_no_sense_is_stale(play: Play, response: dict[str, Any]) -> None:
    assert play("alone", response)[0].stale


def misses(count: int) -> list[dict[str, Any]]:
    return [NAME | {"value": f"Jean{number}"} for number in range(count)]


def said(outcomes: tuple[Outcome, ...]) -> list[tuple[str, str]]:
    return [(one.feedback.say, one.feedback.part) for one in outcomes if one.feedback and one.feedback.tone == "almost"]


def test_in_assisted_a_miss_is_neutral_then_a_hint_then_where(play: Play) -> None:
    outcomes = play("assisted", PARTS["door"], *misses(3))
    assert said(outcomes) == [
        ("Regardez encore une fois.", ""),
        ("Écrivez le prénom.", ""),
        ("Écrivez le prénom.", "desk-a/name"),
    ]
    assert [outcome.help for outcome in outcomes] == ["none", "none", "hint", "where"]
    assert outcomes[-1].facts[0].code == "offered-where"


def test_in_alone_a_miss_gives_no_help_away(play: Play) -> None:
    outcomes = play("alone", PARTS["door"], *misses(3))
    assert said(outcomes)[1:] == [("Prenez votre temps. L'aide est là si vous voulez.", "")] * 2
    assert outcomes[-1].help == "none"
    assert outcomes[-1].mode == "alone"


def test_in_guided_a_miss_brings_the_hints_at_the_part(play: Play) -> None:
    outcomes = play("guided", PARTS["door"], *misses(4))
    assert said(outcomes)[1:] == [
        ("Le prénom est sur la carte.", "desk-a/name"),
        ("Écrivez Monique.", "desk-a/name"),
        ("Écrivez Monique.", "desk-a/name"),
    ]


def test_looking_around_once_is_no_fault(play: Play) -> None:
    assert said(play("guided", PARTS["walk"])) == []


def test_the_board_sees_the_goal_sought_and_the_misses(play: Play) -> None:
    live = play("guided", PARTS["door"], *misses(2))[-1].live
    assert live is not None
    assert (live.goal, live.sentence, live.tries) == ("named", "Écrivez le prénom.", 2)


def test_the_state_is_json_and_small(play: Play) -> None:
    state = play("assisted", PARTS["door"], {"help": "hint"}, *misses(3))[-1].state
    assert json.loads(json.dumps(state)) == state
    assert len(json.dumps(state)) < 755


def test_modes_of_an_activity_are_the_four_unless_it_says_otherwise(simulation: ActivityType) -> None:
    assert simulation.modes == ("show", "guided", "assisted", "alone")
    assert simulation.options[1].default == list(simulation.modes)


def test_the_island_names_apps_and_holds_no_answer(simulation: ActivityType, activity: Activity) -> None:
    view = simulation.present(activity, begin(simulation, activity, "alone"))
    shown = view.data["island"]
    assert shown["apps"] == [{"app": "desk-a", "simulator": "counter", "title": "Le guichet"}]
    assert "Monique" not in str(shown)
    assert (view.step, view.steps) == (0, 3)


def test_a_second_visit_says_so_once_and_a_demonstration_plays_apart(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    again = activity.options["scenario"]
    again = replace(again, needs_world="nom", days=1, keeps_world="nom", persona={"id": "monique"})
    activity = replace(activity, options={"scenario": again})
    kept = KeptWorld(
        "monique", "nom", "2026-11-20", {"desk-a": "counter"}, {"desk-a": {"open": True, "name": None, "sent": []}}
    )
    facts = AttemptFacts(datetime(2026, 11, 21, 9, tzinfo=UTC), 4821, "alone", "fr", kept=kept)
    state = simulation.start(activity, facts)
    assert (state["clock"], state["world"]["desk-a"]["open"]) == ("2026-11-21", True)
    assert island(simulation, activity, state)["feedback"]["say"] == "Un jour a passé. Vous retrouvez votre travail."
    outcome = simulation.evaluate(activity, NAME, state)
    assert "feedback" not in island(simulation, activity, outcome.state)
    end = simulation.evaluate(activity, PARTS["send"], outcome.state)
    assert end.keeps == replace(kept, clock="2026-11-21", world={"desk-a": end.state["world"]["desk-a"]})
    shown = simulation.start(activity, replace(facts, mode="show"))
    assert (shown["world"]["desk-a"]["open"], "note" in shown) == (False, False)


def test_a_kept_world_of_an_exercise_that_changed_is_begun_anew_kindly(
    simulation: ActivityType, activity: Activity
) -> None:
    facts = AttemptFacts(datetime(2026, 11, 21, 9, tzinfo=UTC), 4821, "alone", "fr", outdated=True)
    told = island(simulation, activity, simulation.start(activity, facts))["feedback"]
    assert told["say"] == "L'exercice a changé. Une page neuve est prête."


def test_a_trainer_lets_an_incident_happen_once_and_it_comes_at_its_time(
    simulation: ActivityType, activity: Activity
) -> None:
    state = begin(simulation, activity, "guided")
    assert list(simulation.switches(activity, state)) == [Switch("draught", "La porte se ferme")]
    state = simulation.evaluate(activity, PARTS["door"], state).state
    outcome = simulation.switch(activity, "draught", state)
    assert (outcome.state["world"], outcome.facts, outcome.feedback) == (state["world"], (), None)
    assert outcome.live is not None
    assert outcome.live.goal == "named"
    assert [one.on for one in simulation.switches(activity, outcome.state)] == [True]
    assert simulation.switch(activity, "draught", outcome.state).stale
    after = simulation.evaluate(activity, NAME, outcome.state).state
    assert (after["world"]["desk-a"]["open"], after["fired"]) == (False, ["draught"])


@pytest.mark.parametrize("id", ["silent", "nothing", ""])
def test_what_a_trainer_may_not_choose_changes_nothing(simulation: ActivityType, activity: Activity, id: str) -> None:
    state = begin(simulation, activity, "guided")
    outcome = simulation.switch(activity, id, state)
    assert (outcome.stale, outcome.state) == (True, state)


def test_a_demonstration_and_what_is_over_have_no_incident_to_add(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    ended = play("alone", PARTS["door"], NAME, PARTS["send"])[-1].state
    for state in (ended, begin(simulation, activity, "show")):
        assert simulation.switches(activity, state) == []
        assert simulation.switch(activity, "draught", state).stale


def test_an_author_switches_an_incident_on_for_everybody(simulation: ActivityType, activity: Activity) -> None:
    own = replace(activity, options={**activity.options, "incidents": ["silent"]})
    assert begin(simulation, own, "alone")["switched"] == ["silent"]
    assert simulation.check(own) == []
    wrong = replace(activity, options={**activity.options, "incidents": ["noise"]})
    assert "no «noise» to switch on" in simulation.check(wrong)[0]


def test_a_learner_cannot_switch_anything_on(simulation: ActivityType, activity: Activity) -> None:
    state = begin(simulation, activity, "guided")
    assert simulation.evaluate(activity, {"switch": "draught"}, state).stale


def test_the_sheet_names_words_and_hard_steps_and_nothing_typed(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    typed = {"part": "desk-a/name", "do": "type", "value": "Secret"}
    state = play("guided", {"help": "hint"}, PARTS["door"], typed, {**typed, "value": "Secret2"}, NAME)[-1].state
    own = replace(activity, options={**activity.options, "guide": {"bring": ["Une pièce d'identité"], "words": []}})
    view = simulation.print_own(own, state)
    assert view is not None
    assert view.data["bring"] == ["Une pièce d'identité"]
    assert view.data["hard"] == ["Ouvrez la porte.", "Écrivez le prénom."]
    assert "Secret" not in str(view.data)


def test_the_sheet_of_who_needed_no_help_has_no_hard_step(
    simulation: ActivityType, activity: Activity, play: Play
) -> None:
    view = simulation.print_own(activity, play("alone", PARTS["door"], NAME, PARTS["send"])[-1].state)
    assert view is not None
    assert (view.data["bring"], view.data["hard"]) == ([], [])
