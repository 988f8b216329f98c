"""Standard incidents: each can be woken in every scenario that has it, is told on the screen, and leads out again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from lms.content.desk import Desk
from lms.contract import Advance, State
from tests.content.desks import NOW, follow, lead_to, touch, walk
from tests.simulators.shelf import load, read_names, read_simulators

WINDOWS = ("session", "maintenance", "lost", "bait")


def iter_incidents() -> Iterator[tuple[str, str]]:
    """Scenario and incident, one scenario for each kind of incident of each simulator."""
    seen = set()
    for desk in map(load, read_names()):
        for one in filter(lambda one: one.switched, desk.checked.incidents):
            app, _, kind = one.id.partition(".")
            name = desk.simulators[app].name if app in desk.simulators else " ".join(sorted(desk.titles))
            if kind and (key := (name, kind)) not in seen:
                seen.add(key)
                yield desk.id, one.id


INCIDENTS = list(iter_incidents())


def wake(desk: Desk, *ids: str) -> State:
    return {**desk.start(NOW, 1), "switched": list(ids)}


def lead(desk: Desk, state: State, incident: str) -> Advance | None:
    """Follow the guide until the incident happens; None where the exercise ends without it."""
    for _ in range(80):
        guide = desk.guide(state)
        if guide is None:
            return None
        outcome = touch(desk, state, guide.part, guide.value)
        if incident in outcome.happened:
            return outcome
        state = outcome.state
    raise AssertionError(incident)


def test_there_is_one_of_each_kind_that_trainers_ask_for() -> None:
    kinds = {one.partition(".")[2] for _, one in INCIDENTS}
    assert kinds >= {*WINDOWS, "prefilled", "code-refused", "locked", "late", "stopped", "refused"}


@pytest.mark.parametrize(("scenario", "incident"), INCIDENTS)
def test_whatever_happens_the_guide_has_something_to_say_and_leads_to_the_end(scenario: str, incident: str) -> None:
    desk = load(scenario)
    happened = lead(desk, wake(desk, incident), incident)
    state = happened.state if happened else wake(desk, incident)
    guide = desk.guide(state)
    if guide is not None:
        assert guide.say
        assert guide.hints
        assert follow(desk, state, most=120)[-1].success


COVERED = {
    "procedure/relire-et-valider": "procedure",
    "procedure/postuler-en-ligne": "procedure",
    "mail/repondre-avec-piece-jointe": "mail",
    "safe/premiers-papiers": "safe",
    "video/appel-avec-la-conseillere": "video",
    "phone/lire-un-code-par-sms": "phone",
    "browser/comparer-deux-onglets": "browser",
    "mandate/logement-un-mois": "mandate",
}
"""A scenario in which every window of this simulator comes on the guide's way."""


def iter_covered() -> Iterator[tuple[str, str, str]]:
    """Scenario, simulator, and each standard window that the simulator says it has."""
    for scenario, simulator in COVERED.items():
        yield from ((scenario, simulator, name) for name in WINDOWS if name in read_simulators()[simulator].notices)


def test_no_simulator_with_windows_is_left_out() -> None:
    assert set(COVERED.values()) == {name for name, one in read_simulators().items() if one.notices}


@pytest.mark.parametrize(("scenario", "simulator", "name"), list(iter_covered()))
def test_a_window_covers_the_page_until_its_own_button_is_pressed(scenario: str, simulator: str, name: str) -> None:
    desk = load(scenario)
    app = next(app for app, one in desk.simulators.items() if one.name == simulator)
    happened = lead(desk, wake(desk, f"{app}.{name}"), f"{app}.{name}")
    assert happened is not None
    window = desk.window(happened.state)
    guide = desk.guide(happened.state)
    assert window is not None
    assert guide is not None
    assert [part for part in desk.parts(happened.state) if part.startswith(f"{app}/")] == [f"{app}/notice"]
    assert (guide.part, guide.say) == (f"{app}/notice", f"Appuyez sur « {window.button} ».")
    closed = touch(desk, happened.state, guide.part)
    assert closed.state["tries"] == happened.state["tries"]
    assert desk.window(closed.state) is None
    assert closed.state["world"] == {
        **happened.state["world"],
        app: {**happened.state["world"][app], "notice": None},
    }
    assert follow(desk, closed.state, most=120)[-1].success


@pytest.mark.parametrize("name", WINDOWS)
def test_what_a_trainer_lets_come_covers_whichever_app_stands_in_front(name: str) -> None:
    desk = load("procedure/se-connecter")
    fronts = set()
    for state in islice(walk(desk, desk.start(NOW, 1)), 12):
        guide = desk.guide(state)
        assert guide is not None
        after = touch(desk, {**state, "switched": [f"desk.{name}"]}, guide.part, guide.value)
        front = after.state["world"]["front"]
        if f"desk.{name}" in after.happened:
            fronts.add(front)
            assert after.state["world"][front]["notice"] == name
            assert follow(desk, after.state, most=120)[-1].success
    assert fronts == ({"form"} if name == "bait" else {"form", "mail"})


def test_a_trainer_reads_each_window_once_and_an_author_may_choose_the_app() -> None:
    desk = load("procedure/se-connecter")
    switches = desk.switches(desk.start(NOW, 1))
    titles = [one.title for one in switches if one.title]
    assert len(titles) == len(set(titles))
    assert {"La page va se fermer", "Le site est en travaux", "La connexion est coupée"} <= set(titles)
    assert {"form.session", "mail.session", "form.bait", "desk.session"} <= {one.id for one in switches}


def test_a_sign_in_does_not_end_before_one_has_entered() -> None:
    desk = load("safe/premiers-papiers")
    app = next(app for app, one in desk.simulators.items() if one.name == "safe")
    state = {**desk.start(NOW, 1), "switched": [f"{app}.session"]}
    assert state["world"][app]["page"] == "door"
    happened = lead(desk, state, f"{app}.session")
    assert happened is not None
    assert happened.state["world"][app]["page"] != "door"


def test_an_answer_that_was_there_and_wrong_stops_the_form_kindly() -> None:
    desk, app = load("procedure/rendez-vous-dentiste"), "form"
    happened = lead(desk, wake(desk, "form.prefilled"), "form.prefilled")
    assert happened is not None
    guide = desk.guide(happened.state)
    assert guide is not None
    name = guide.part.partition("/")[2]
    before = happened.state["world"][app]["values"]
    assert before[name] not in ("", guide.value)
    assert touch(desk, happened.state, guide.part, guide.value).state["world"][app]["values"][name] == guide.value


def test_a_right_code_is_refused_once_and_three_wrong_ones_shut_the_page() -> None:
    desk = load("procedure/creer-un-compte")
    refused = lead(desk, wake(desk, "form.code-refused"), "form.code-refused")
    assert refused is not None
    assert refused.state["world"]["form"]["values"]["code"] == ""
    state = lead_to(desk, "form/code", wake(desk, "form.locked"))
    for _ in range(3):
        assert state["world"]["form"].get("notice") is None
        state = touch(desk, touch(desk, state, "form/code", "111111").state, "form/next").state
    assert state["world"]["form"]["notice"] == "locked"
    assert follow(desk, state, most=60)[-1].success


def test_a_file_that_was_lost_on_the_way_is_given_again() -> None:
    desk = load("files/photo-trop-lourde")
    app = next(iter(desk.simulators))
    happened = lead(desk, wake(desk, f"{app}.stopped"), f"{app}.stopped")
    assert happened is not None
    assert (happened.success, happened.state["world"][app]["fault"]) == (False, "stopped")
    assert follow(desk, happened.state)[-1].success
