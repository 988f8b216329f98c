"""A full disk, and a database that somebody else locks: nothing that was accepted is lost, and each says so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
import pytest

from lms.database.ids import new_id
from tests.bad_input.room import Play, Room, begin, post
from tests.web.markup import read_text

FULL = "Le serveur n'a plus de place pour enregistrer."
BUSY = "Beaucoup de personnes écrivent en même temps."
KEPT = "Ce que vous avez déjà fait est gardé."


def send_until_refused(play: Play) -> tuple[int, str, httpx.Response]:
    """How many events were accepted, the first that was not, and the answer to it."""
    for accepted in range(600):
        event = new_id()
        answer = play.send(event)
        if answer.status_code != 200:
            return accepted, event, answer
    raise AssertionError("the disk is never full")


def test_a_full_disk_refuses_an_event_and_keeps_all_that_was_accepted(room: Room) -> None:
    play = begin(room.sign_in_learner())
    assert play.send().status_code == 200
    events, statements = room.count("event"), room.count("statement")
    with room.full():
        accepted, event, answer = send_until_refused(play)
        assert answer.status_code == 507
        assert answer.json()["error"]["sentence"] == FULL
        assert answer.json()["error"]["kept"] == KEPT
        assert room.count("event") == events + accepted
        assert room.count("statement") >= statements + accepted
        assert play.client.get("/learn/").status_code == 200, "one can still read"
    assert play.send(event).status_code == 200
    assert play.send(event).status_code == 200
    assert room.count("event") == events + accepted + 1, "sent again it counts once"


def test_a_full_disk_refuses_a_form_and_shows_what_was_typed(room: Room) -> None:
    trainer = room.sign_in_trainer()
    post(trainer, "/teach/", "/teach/workshops", name="Avant")
    with room.full():
        for number in range(300):
            made = room.count("workshop")
            answer = post(trainer, "/teach/", "/teach/workshops", name=f"Atelier du soir {number}")
            if answer.status_code != 200:
                break
        told = read_text(answer.text)
        assert answer.status_code == 507
        assert FULL in told
        assert f"Atelier du soir {number}" in told
        assert "Prévenez l'animateur : il faut faire de la place." in told
        assert room.count("workshop") == room.count("learner_group") == made
        assert "Avant" in trainer.get("/teach/").text
    again = post(trainer, "/teach/", "/teach/workshops", name=f"Atelier du soir {number}")
    assert again.status_code == 200
    assert room.count("workshop") == made + 1


def test_a_locked_database_asks_to_wait_and_loses_no_event(room: Room) -> None:
    play = begin(room.sign_in_learner())
    assert play.send().status_code == 200
    before, event = room.count("event"), new_id()
    with room.locked():
        answer = play.send(event)
        assert answer.status_code == 503
        assert answer.json()["error"]["sentence"] == BUSY
        assert "Attendez un instant" in answer.json()["error"]["next"]
        assert play.client.get("/learn/").status_code == 200, "one can still read"
    assert room.count("event") == before
    assert play.send(event).status_code == 200
    assert room.count("event") == before + 1


def test_a_locked_database_gives_a_form_back_with_what_was_typed(room: Room) -> None:
    trainer = room.sign_in_trainer()
    made = room.count("workshop")
    with room.locked():
        answer = post(trainer, "/teach/", "/teach/workshops", name="Atelier du matin", place="Salle bleue")
        told = read_text(answer.text)
        assert answer.status_code == 503
        for one in (BUSY, KEPT, "Atelier du matin", "Salle bleue"):
            assert one in told
    assert room.count("workshop") == made
    assert post(trainer, "/teach/", "/teach/workshops", name="Atelier du matin").status_code == 200
    assert room.count("workshop") == made + 1


@pytest.mark.parametrize("fault", [Room.full, Room.locked], ids=["full", "locked"])
def test_signing_in_needs_no_room_on_the_disk(
    room: Room, fault: Callable[[Room], AbstractContextManager[None]]
) -> None:
    with fault(room):
        assert "Bonjour" in room.sign_in_learner().get("/learn/").text
