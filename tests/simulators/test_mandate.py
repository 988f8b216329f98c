"""A mandate in presence: the least, said again by the person, agreed before the code; and one that must stop."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.simulators import load_simulator
from tests.content.desks import NOW, follow, lead_to, touch
from tests.simulators.test_documents_browser import follow as follow_page
from tests.simulators.test_documents_browser import open_desk, room
from tests.web_static.room import Room

__all__ = ["room"]
MANDATE = load_simulator(Path(__file__).resolve().parents[2] / "simulators" / "mandate")


def load(name: str) -> Desk:
    return load_scenario({"mandate": MANDATE}, f"mandate/{name}")


def test_the_guide_signs_the_least_for_the_shortest_uses_it_and_ends_it() -> None:
    desk = load("logement-un-mois")
    ended = follow(desk, desk.start(NOW, 1), most=60)[-1]
    pro = ended.state["world"]["pro"]
    assert ended.success
    assert (pro["themes"], pro["length"], pro["page"]) == (["famille", "logement"], "31", "revoked")
    assert ended.state["trapped"] == []


def test_a_protected_person_stops_the_mandate_and_the_representative_is_named() -> None:
    desk = load("une-curatrice")
    ended = follow(desk, desk.start(NOW, 1), most=40)[-1]
    assert ended.success
    assert ended.state["world"]["desk1"]["page"] == "stopped"
    assert ended.state["world"]["chair"]["consent"] is None


def test_the_code_before_the_consent_confirms_nothing() -> None:
    desk = load("logement-un-mois")
    state = lead_to(desk, "person/sign")
    state = touch(desk, touch(desk, state, "desk/seat-pro").state, "pro/box").state
    state = touch(desk, state, "pro/code", "482913").state
    outcome = touch(desk, state, "pro/confirm")
    assert outcome.state["world"]["pro"]["page"] == "recap"
    assert outcome.say == "Presque. Son accord vient avant votre code."


@pytest.mark.parametrize(("part", "said"), [("beyond", "Le travail n'est pas"), ("keep", "ne se note pas")])
def test_what_the_mandate_does_not_cover_is_said(part: str, said: str) -> None:
    desk = load("logement-un-mois")
    assert said in (touch(desk, lead_to(desk, "pro/act"), f"pro/{part}").say or "")


def test_who_signed_too_much_ends_it_and_prepares_another() -> None:
    desk = load("logement-un-mois")
    state = touch(desk, lead_to(desk, "pro/act"), "pro/revoke").state
    state = touch(desk, state, "pro/anew").state
    assert (state["world"]["pro"]["page"], state["world"]["person"]["consent"]) == ("read", None)
    assert follow(desk, state, most=40)[-1].success


def test_a_wrong_answer_of_the_person_is_asked_again_and_the_right_one_stays_hidden() -> None:
    desk = load("logement-un-mois")
    state = touch(desk, lead_to(desk, "person/question-who"), "person/question-who", "helper").state
    guide = desk.guide(state)
    assert guide is not None
    assert (guide.part, guide.value) == ("person/question-who", "me")
    assert "'right': 'yes'" not in str(desk.public(state)["ref"])


def test_on_a_phone_both_screens_fit_and_a_finger_signs(phone: Page, room: Room) -> None:
    faults = open_desk(phone, room, "mandate/logement-un-mois")

    def fits() -> None:
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    assert follow_page(phone, room, fits) > 20
    expect(phone.locator(".desk-end")).to_be_visible()
    assert faults == []
