import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .desks import NAMES, NOW, follow, load_example, touch, touch_all, write_desk

DESKS = {name: load_example(name) for name in NAMES}
VALUES = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(["oui", "520", "particulier", "482915", "mairie@valcombe.example", "06 12 34 56 78"]),
    st.recursive(st.integers(-9, 9), lambda inner: st.lists(inner, max_size=4), max_leaves=6),
)
OPENED_WITH_CUT = """
title: Donner un nom
apps: {box: box}
aim: [opened]
goals: {opened: {done: {box.open: true}, touch: box/open, say: Ouvrez la boîte.}}
incidents: [{id: cut, when: {box.open: true}, add: {box.cut: 1}, switched: true}]
"""
ROUTES = st.lists(st.tuples(st.integers(0, 40), VALUES), max_size=14)


@pytest.mark.parametrize("name", NAMES)
def test_following_the_guide_ends_in_success(name: str) -> None:
    desk = DESKS[name]
    outcomes = follow(desk, desk.start(NOW, 1), most=12)
    assert [one.success for one in outcomes] == [False] * (len(outcomes) - 1) + [True]
    done, total = desk.steps(outcomes[-1].state)
    assert done == total
    assert desk.guide(outcomes[-1].state) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NAMES), ROUTES)
def test_wherever_one_wanders_the_guide_leads_back_and_nothing_handed_in_changes(
    name: str, route: list[tuple[int, object]]
) -> None:
    desk = DESKS[name]
    state = desk.start(NOW, 7)
    for number, value in route:
        parts = sorted(desk.parts(state).items())
        part, do = parts[number % len(parts)]
        before = copy.deepcopy(state)
        outcome = desk.advance(state, {"part": part, "do": do, "value": value}, NOW, 7)
        assert state == before
        assert outcome == desk.advance(state, {"part": part, "do": do, "value": value}, NOW, 7)
        assert json.loads(json.dumps(outcome.state)) == outcome.state
        assert desk.guide(outcome.state) == desk.guide(outcome.state)
        state = outcome.state
    follow(desk, state)


def test_the_first_unmet_need_comes_first(tmp_path: Path) -> None:
    desk = write_desk(tmp_path)
    state = desk.start(NOW, 1)
    first = desk.guide(state)
    assert first is not None
    assert (first.goal, first.part, first.say) == ("opened", "box/open", "Ouvrez la boîte.")
    second = desk.guide(touch_all(desk, state, "box/open"))
    assert second is not None
    assert (second.goal, second.do, second.value, second.hints) == ("named", "type", "Lune", ("Un astre.",))


def test_a_wrong_value_is_no_success_and_may_be_mended(tmp_path: Path) -> None:
    desk = write_desk(tmp_path)
    state = touch_all(desk, desk.start(NOW, 1), "box/open", ("box/name", "Soleil"))
    again = desk.guide(state)
    assert again is not None
    assert again.part == "box/name"
    assert touch(desk, state, "box/name", "Lune").success


def test_a_part_that_is_not_on_screen_is_stale_and_changes_nothing(tmp_path: Path) -> None:
    desk = write_desk(tmp_path)
    state = desk.start(NOW, 1)
    for part in ("box/name", "box/unheard-of", "other/open", "desk/other", "box", "", None, 3):
        outcome = desk.advance(state, {"part": part, "value": "Lune"}, NOW, 1)
        assert outcome.stale
        assert outcome.state == state


def test_a_touch_of_another_page_is_stale_even_where_this_page_has_a_part_of_that_name(tmp_path: Path) -> None:
    desk = write_desk(tmp_path, more="place: [open]\n")
    state = desk.start(NOW, 1)
    closed = desk.here(state)
    opened = desk.advance(state, {"part": "box/open", "here": closed}, NOW, 1).state
    assert (closed, desk.here(opened)) == ("box None", "box True")
    assert desk.advance(opened, {"part": "box/open", "here": closed}, NOW, 1).stale
    assert desk.advance(opened, {"part": "box/name", "value": "Lune", "here": closed}, NOW, 1).state == opened
    assert desk.advance(opened, {"part": "box/name", "value": "Lune", "here": desk.here(opened)}, NOW, 1).success


def test_from_any_page_one_may_go_to_another_app() -> None:
    desk = DESKS["mail/repondre"]
    state = desk.start(NOW, 1)
    assert (
        desk.advance(state, {"part": "desk/files", "here": "mail elsewhere"}, NOW, 1).state["world"]["front"] == "files"
    )


def test_another_gesture_than_the_part_takes_is_stale(tmp_path: Path) -> None:
    desk = write_desk(tmp_path)
    assert desk.advance(desk.start(NOW, 1), {"part": "box/open", "do": "type", "value": "x"}, NOW, 1).stale


def test_what_mechanics_refuse_is_kept_nowhere_and_counts_as_a_try(tmp_path: Path) -> None:
    desk = write_desk(tmp_path)
    state = touch_all(desk, desk.start(NOW, 1), "box/open")
    outcome = touch(desk, state, "box/name", "non")
    assert (outcome.refused, outcome.say) == ("bad-name", "Essayez un autre nom.")
    assert outcome.state == {**state, "tries": {"named": 1}}


@pytest.mark.parametrize(
    "value", ["06 12 34 56 78", "jean@gmail.com", ["185057800608436", "5"], {"to": "jean@gmail.com"}]
)
def test_real_looking_data_never_reach_the_mechanics(tmp_path: Path, value: object) -> None:
    desk = write_desk(
        tmp_path,
        mechanics="""
def parts(ref, world, app):
    return {"open": "click", "name": "type", "any": "trace"}

def touch(ref, world, app, part, do, value):
    assert part == "open", "seen by mechanics"
    return {**world, app: {"open": True}}
""",
    )
    for part in ("box/name", "box/any") if isinstance(value, str) else ("box/any",):
        outcome = touch(desk, desk.start(NOW, 1), part, value)
        assert outcome.refused in ("real-phone", "real-email", "real-nir")
        assert "les données de Monique" in outcome.say
        assert "06 12" not in json.dumps(outcome.state)
        assert "gmail" not in json.dumps(outcome.state)


def test_a_text_longer_than_anyone_types_is_refused(tmp_path: Path) -> None:
    desk = write_desk(tmp_path)
    state = touch_all(desk, desk.start(NOW, 1), "box/open")
    assert touch(desk, state, "box/name", "é" * 5000).refused == "too-long"


def test_another_app_in_front_is_reached_through_the_desk() -> None:
    desk = DESKS["procedure/se-connecter"]
    state = touch_all(desk, desk.start(NOW, 1), "sign/ask-code")
    guide = desk.guide(state)
    assert guide is not None
    assert (guide.goal, guide.part, guide.say) == ("read", "desk/box", "Allez dans « MonCourrier ».")
    assert desk.advance(state, {"part": "box/row-m-code", "do": "click"}, NOW, 1).stale
    state = touch_all(desk, state, "desk/box")
    assert "sign/code" not in desk.parts(state)
    assert desk.parts(state)["desk/sign"] == "click"


def test_an_incident_happens_once() -> None:
    desk = DESKS["procedure/se-connecter"]
    first = touch(desk, desk.start(NOW, 1), "sign/ask-code")
    assert first.happened == ("code-arrives",)
    assert first.state["world"]["box"]["got"] == ["m-code"]
    assert touch(desk, first.state, "sign/ask-code").happened == ()


def test_a_trap_is_reported_once_and_said_each_time_one_falls_into_it() -> None:
    desk = DESKS["procedure/aide-au-logement"]
    wrong = touch(desk, desk.start(NOW, 1), "form/loyer", "585")
    assert wrong.trapped == ("rent-with-charges",)
    assert wrong.say == "Presque. Le loyer, sans les charges."
    still = touch(desk, wrong.state, "form/charges", "65")
    assert (still.trapped, still.say) == ((), "")
    right = touch(desk, still.state, "form/loyer", "520")
    again = touch(desk, right.state, "form/loyer", "585")
    assert (again.trapped, again.say) == ((), "Presque. Le loyer, sans les charges.")
    assert again.state["trapped"] == ["rent-with-charges"]


def test_tries_count_touches_that_bring_nothing_and_are_forgotten_when_the_goal_is_met(tmp_path: Path) -> None:
    desk = write_desk(tmp_path)
    state = touch_all(desk, desk.start(NOW, 1), "box/open", ("box/name", "Soleil"), ("box/name", "Terre"))
    assert state["tries"] == {"named": 2}
    assert touch_all(desk, state, ("box/name", "Lune"))["tries"] == {}


def test_another_right_goal_first_is_no_wrong_touch() -> None:
    desk = DESKS["procedure/aide-au-logement"]
    state = touch_all(
        desk, desk.start(NOW, 1), "form/page-bailleur", ("form/qui", "particulier"), ("form/telephone", "0199003003")
    )
    assert state["tries"] == {}
    assert {"form.qui", "form.telephone"} <= set(state["met"])


def test_a_hit_of_a_drill_is_no_wrong_touch_but_a_miss_is() -> None:
    desk = DESKS["pointer/viser"]
    state = touch_all(desk, desk.start(NOW, 1), ("pointer/target", [[1, 3]]), ("pointer/target", [[2, 2]]))
    assert state["tries"] == {}
    assert touch_all(desk, state, ("pointer/target", [[90, 90]]))["tries"] == {"hit": 1}


def test_today_is_the_day_on_which_the_attempt_began() -> None:
    desk = DESKS["procedure/aide-au-logement"]
    state = desk.start(datetime(2027, 1, 5, tzinfo=UTC), 1)
    assert desk.public(state)["today"] == "2027-01-05"
    state = touch_all(desk, state, ("form/principale", "oui"))
    guide = desk.guide(state)
    assert guide is not None
    assert guide.value == "16/12/2026"
    later = desk.advance(state, {"part": "form/entree", "value": "16/12/2026"}, datetime(2027, 3, 1, tzinfo=UTC), 1)
    assert "form.entree" in later.met
    assert later.state["clock"] == "2027-01-05"


def test_the_public_part_tells_no_answer() -> None:
    public = DESKS["procedure/aide-au-logement"].public(DESKS["procedure/aide-au-logement"].start(NOW, 1))
    assert "0199003003" not in json.dumps(public)
    assert public["apps"] == [{"app": "form", "simulator": "procedure", "title": "Ma Caisse Familles"}]
    assert public["persona"]["prenom"] == "Chloé"
    assert json.loads(json.dumps(public)) == public


def test_steps_count_named_goals_and_not_the_ways_of_a_library() -> None:
    desk = DESKS["mail/repondre"]
    state = desk.start(NOW, 1)
    assert desk.steps(state) == (0, 6)
    assert desk.steps(touch_all(desk, state, "mail/row-m1", "mail/reply")) == (2, 6)


def test_the_aim_alone_is_success() -> None:
    desk = DESKS["call/aider-au-telephone"]
    outcome = touch(desk, desk.start(NOW, 1), "call/ask-proof")
    assert outcome.success
    assert desk.guide(outcome.state) is None
    assert desk.steps(outcome.state) == (4, 4)


def test_competences_stand_with_their_goal() -> None:
    assert DESKS["procedure/se-connecter"].competences("out") == ("C02", "C03")
    assert DESKS["mail/repondre"].competences("opened") == ("E02",)
    assert DESKS["mail/repondre"].competences("unknown") == ()


def test_members_that_others_add_to_the_state_stay() -> None:
    desk = DESKS["mail/repondre"]
    state = {**desk.start(NOW, 1), "mode": "guided"}
    assert touch(desk, state, "mail/row-m1").state["mode"] == "guided"


def test_a_switched_incident_sleeps_until_the_state_names_it(tmp_path: Path) -> None:
    desk = write_desk(tmp_path, OPENED_WITH_CUT)
    state = desk.start(NOW, 1)
    assert touch(desk, state, "box/open").happened == ()
    woken = touch(desk, {**state, "switched": ["cut"]}, "box/open")
    assert woken.happened == ("cut",)
    assert woken.state["world"]["box"]["cut"] == 1
