"""The job offer: the guide ends it, doubts the false one, and says the usual slips."""

from __future__ import annotations

import pytest

from tests.content.desks import NOW, follow, lead_to, touch
from tests.simulators.shelf import load

OFFER = "browser/repondre-a-une-offre"


def test_the_guide_doubts_the_false_offer_and_sends_the_right_cv() -> None:
    desk = load(OFFER)
    ended = follow(desk, desk.start(NOW, 1), most=40)[-1]
    assert ended.success
    assert ended.state["trapped"] == []
    assert ended.state["world"]["mail"]["sent"][0]["files"] == ["cv"]


@pytest.mark.parametrize(
    ("asked", "part", "value", "say"),
    [
        ("nav/answer-riche", "nav/answer-riche", "oui", "Presque. Un patron ne demande pas d'argent avant."),
        ("nav/link-atelier", "nav/link-loin", None, "Cette offre est à 45 km, avec une voiture."),
    ],
)
def test_a_slip_is_said_and_led_back(asked: str, part: str, value: str | None, say: str) -> None:
    desk = load(OFFER)
    state = lead_to(desk, asked)
    told = touch(desk, state, part, value)
    assert told.say == say
    assert follow(desk, told.state, most=40)[-1].success


def test_an_old_cv_is_said_and_the_new_one_can_still_leave() -> None:
    desk = load(OFFER)
    state = lead_to(desk, "mail/file-cv")
    state = touch(desk, state, "mail/file-vieux").state
    told = touch(desk, state, "mail/send")
    assert told.say == "Presque. Ce CV est ancien."
    assert follow(desk, told.state, most=40)[-1].success


ONLINE = "procedure/postuler-en-ligne"


def test_two_choices_shorten_the_list_and_what_they_hide_cannot_be_touched() -> None:
    desk = load(ONLINE)
    state = touch(desk, desk.start(NOW, 1), "form/lieu", "Grandmont").state
    state = touch(desk, state, "form/heures", "Le soir").state
    told = touch(desk, state, "form/go-cantine")
    assert told.stale
    assert told.state["world"]["form"]["page"] == "offres"
    assert follow(desk, state, most=40)[-1].success


def test_the_online_answer_reports_the_false_offer_and_sorts_the_false_message() -> None:
    desk = load(ONLINE)
    ended = follow(desk, desk.start(NOW, 1), most=40)[-1]
    assert ended.success
    assert ended.state["trapped"] == []
    assert ended.state["world"]["form"]["values"]["lettre"] == "cantine"
    assert ended.state["world"]["mail"]["sorted"] == {"faux": "trap", "accuse": "safe"}


@pytest.mark.parametrize(
    ("asked", "part", "value", "say"),
    [
        ("form/go-signale", "form/go-donne", None, "Presque. Sans rencontre, on garde ses papiers."),
        ("form/lettre", "form/lettre", "carte", "Presque. La carte d'identité n'est pas demandée."),
        ("mail/sort-trap", "mail/sort-safe", None, "Presque. Ce message demande vite des papiers."),
    ],
)
def test_papers_given_too_soon_are_kindly_held_back(asked: str, part: str, value: str | None, say: str) -> None:
    desk = load(ONLINE)
    state = lead_to(desk, asked)
    told = touch(desk, state, part, value)
    assert told.say == say
    assert follow(desk, told.state, most=40)[-1].success


def test_the_cv_with_a_private_number_is_not_the_one_to_hand_in() -> None:
    desk = load("files/mon-cv-en-pdf")
    told = touch(desk, desk.start(NOW, 1), "files/row-secret")
    assert told.say == "Ce CV montre un numéro privé. Laissez-le."
    assert follow(desk, told.state, most=40)[-1].success
