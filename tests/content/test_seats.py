"""Two seats at one desk: each sees its own apps, the guide leads from one to the other, and nothing more is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.desk import Desk
from lms.content.seats import say_of
from lms.content.walks import check_scenario
from lms.errors import ContentError
from tests.content.desks import NOW, touch, touch_all, write_desk

PAIR = """
title: Signer à deux
persona: monique
apps: {form: box, phone: box, table: box}
seats:
  pro: {title: le professionnel, apps: [form, table]}
  usager: {title: Monique, apps: [phone, table]}
aim: [done]
goals:
  read: {done: {phone.open: true}, touch: phone/open, say: Lisez le code.}
  done: {done: {form.open: true}, touch: form/open, needs: [read], say: Écrivez le code.}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return write_desk(tmp_path, PAIR)


def test_the_guide_leads_to_the_other_seat_and_back(desk: Desk) -> None:
    state, told = desk.start(NOW, 1), []
    while guide := desk.guide(state):
        told.append((guide.part, guide.say))
        outcome = touch(desk, state, guide.part, guide.value)
        assert not outcome.state["tries"]
        state = outcome.state
    assert told == [
        ("desk/seat-usager", "Passez à la place de Monique."),
        ("phone/open", "Lisez le code."),
        ("desk/seat-pro", "Passez à la place du professionnel."),
        ("form/open", "Écrivez le code."),
    ]
    assert check_scenario(desk) == []


def test_a_seat_sees_and_touches_only_its_own_apps(desk: Desk) -> None:
    state = desk.start(NOW, 1)
    assert set(desk.parts(state)) == {"form/open", "desk/table", "desk/seat-usager"}
    assert set(desk.seen(state)) == {"front", "seat", "form", "table"}
    assert set(desk.public(state)["ref"]) == {"form", "table"}
    for part in ("phone/open", "desk/phone", "desk/seat-pro", "desk/seat-nobody"):
        assert desk.advance(state, {"part": part}, NOW, 1).stale
    there = touch_all(desk, state, "desk/seat-usager")
    assert [one["app"] for one in desk.public(there)["apps"]] == ["phone", "table"]
    assert desk.public(there)["seats"] == {
        "here": "usager",
        "title": "Monique",
        "say": "Vous êtes à la place de Monique.",
        "now": "Maintenant, vous êtes Monique.",
        "others": [{"part": "desk/seat-pro", "say": "Passez à la place du professionnel."}],
    }


def test_an_app_of_both_seats_stays_in_front(desk: Desk) -> None:
    state = touch_all(desk, desk.start(NOW, 1), "desk/table", "desk/seat-usager")
    assert (state["world"]["front"], state["world"]["seat"]) == ("table", "usager")


def test_an_event_of_another_seat_is_stale(desk: Desk) -> None:
    state = desk.start(NOW, 1)
    assert desk.advance(state, {"part": "form/open", "seat": "usager"}, NOW, 1).stale
    assert not desk.advance(state, {"part": "form/open", "seat": "pro"}, NOW, 1).stale


def test_an_incident_that_brings_another_seats_app_takes_one_there(tmp_path: Path) -> None:
    rings = "incidents: [{id: rings, when: {form.open: true}, set: {front: phone}}]\n"
    desk = write_desk(tmp_path, PAIR + rings)
    assert touch_all(desk, desk.start(NOW, 1), "form/open")["world"]["seat"] == "usager"


def test_one_may_begin_in_the_second_seat(tmp_path: Path) -> None:
    world = write_desk(tmp_path, PAIR + "start: {seat: usager}\n").start(NOW, 1)["world"]
    assert (world["front"], world["seat"]) == ("phone", "usager")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[form, table]", "[form, tabl]", "no app «tabl»"),
        ("[phone, table]", "[table]", "the app «phone» is seen from no seat"),
        ("title: Monique, ", "", "who sits there"),
        ("title: Monique, ", "name: Monique, ", "unknown key"),
        ("aim: [done]", "aim: [done]\nstart: {seat: nobody}", "no seat «nobody»"),
        ("aim: [done]", "aim: [done]\nstart: {front: phone}", "not seen from the first seat"),
    ],
)
def test_what_is_wrong_with_seats_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        write_desk(tmp_path, PAIR.replace(old, new))


@pytest.mark.parametrize(
    ("title", "said"),
    [("Enzo", "d'Enzo"), ("les voisins", "des voisins"), ("le pro", "du pro"), ("la dame", "de la dame")],
)
def test_the_place_is_said_as_one_speaks(title: str, said: str) -> None:
    assert say_of(title) == said
