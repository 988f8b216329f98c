"""The housing aid (S05), the move (S06), the appointment (S07): their fields, the usual slips, how they end."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.contract import State
from tests.content.desks import NOW, follow, lead_to, touch, touch_all
from tests.simulators import shelf

AID, MOVE, MEETING = "aide-au-logement", "changer-d-adresse", "prendre-rendez-vous"
NIR = "2 58 03 00 000 123"

SLIPS = (
    (AID, "form/couple", "oui", "partner"),
    (AID, "form/genre-logement", "meuble", "furnished"),
    (AID, "form/colocation", "oui", "flat-share"),
    (AID, "form/entree", "18/10/2026", "lease-day"),
    (AID, "form/loyer", "585", "charges-too"),
    (AID, "form/adresse", "14 rue des Sources, 00100 Valcombe", "other-street"),
    (AID, "form/pension-3", "120", "no-pension"),
    (AID, "form/bail", "rib", "wrong-paper"),
    (AID, "form/bail", "photo", "too-heavy"),
    (AID, "form/rib", "heic", "unread-format"),
    (AID, "form/identite", "coupee", "cut"),
    (AID, "form/identite", "envers", "upside-down"),
    (MOVE, "form/date", "21/11/2026", "today"),
    (MOVE, "form/postal", "00100", "old-code"),
    (MOVE, "form/aide", "suit", "aid-follows"),
    (MEETING, "form/motif", "Un paiement", "other-reason"),
    (MEETING, "form/mode", "visio", "no-camera"),
)


def load(name: str) -> Desk:
    return shelf.load(f"procedure/{name}")


def form(state: State) -> dict[str, Any]:
    found: dict[str, Any] = state["world"]["form"]
    return found


def test_half_way_one_may_stop_and_finds_everything_again_another_day() -> None:
    desk = load(AID)
    state = lead_to(desk, "form/pension-1")
    kept = form(state)["values"]
    state = touch_all(desk, state, "form/previous", "form/go-gardee")
    assert (form(state)["page"], state["trapped"], form(state)["sent"]) == ("gardee", [], False)
    again = json.loads(json.dumps(state))
    guide = desk.guide(again)
    assert guide is not None
    assert (guide.part, guide.say) == ("form/go-ressources", "Appuyez sur « Reprendre ma demande ».")
    assert form(touch(desk, again, guide.part).state)["values"] == kept
    assert follow(desk, again, most=40)[-1].success


@pytest.mark.parametrize("name", [AID, MOVE, MEETING, "autre-situation-contact"])
def test_the_guide_leads_to_the_end_and_falls_in_no_trap(name: str) -> None:
    desk = load(name)
    ended = follow(desk, desk.start(NOW, 1), most=40)[-1]
    assert ended.success
    assert ended.state["trapped"] == []


@pytest.mark.parametrize(("name", "part", "value", "trap"), SLIPS)
def test_the_usual_slip_is_said_and_led_back(name: str, part: str, value: str, trap: str) -> None:
    desk = load(name)
    told = touch(desk, lead_to(desk, part), part, value)
    assert told.trapped == (trap,)
    assert follow(desk, told.state)[-1].success


@pytest.mark.parametrize(("name", "page"), [(AID, "plus-tard"), (MOVE, "quitte"), (MEETING, "quitte")])
def test_leaving_before_the_last_button_sends_nothing_and_is_told(name: str, page: str) -> None:
    desk = load(name)
    state = lead_to(desk, "form/send")
    state = touch_all(desk, state, f"form/go-{page}")
    assert state["trapped"][0] in ("stopped", "not-confirmed")
    assert not form(state)["sent"]
    assert follow(desk, state)[-1].success


@pytest.mark.parametrize("name", [AID, MOVE, MEETING])
def test_sending_twice_is_one_sending_with_one_number(name: str) -> None:
    desk = load(name)
    state = touch_all(desk, lead_to(desk, "form/send"), "form/send")
    again = touch(desk, state, "form/send")
    assert again.stale
    assert form(again.state)["receipt"] == form(state)["receipt"]


# The housing aid (S05)


def test_an_estimate_is_offered_first_and_nobody_has_to_take_it() -> None:
    desk = load(AID)
    state = desk.start(NOW, 1)
    assert {"form/go-estimer", "form/go-situation"} == desk.parts(state).keys() - {"desk/files", "desk/form"}
    state = touch_all(desk, state, "form/go-situation", ("form/principal", "oui"))
    assert follow(desk, state)[-1].success


def test_a_company_has_a_number_and_a_private_person_has_none() -> None:
    desk = load(AID)
    state = lead_to(desk, "form/genre")
    assert "form/siret" not in desk.parts(touch_all(desk, state, ("form/genre", "particulier")))
    state = touch_all(desk, state, ("form/genre", "agence"))
    assert "form/siret" in desk.parts(state)
    assert "siret" in form(touch_all(desk, state, "form/next"))["errors"]


def test_flat_mates_are_counted_without_oneself() -> None:
    desk = load(AID)
    state = touch_all(desk, lead_to(desk, "form/colocation"), ("form/colocation", "oui"), ("form/colocataires", "0"))
    assert "colocataires" in form(touch_all(desk, state, "form/next"))["errors"]


@pytest.mark.parametrize(("surface", "stops"), [("8", True), ("9", False), ("300", False), ("301", True)])
def test_a_home_has_from_9_to_300_square_metres(surface: str, stops: bool) -> None:
    desk = load(AID)
    state = touch_all(desk, lead_to(desk, "form/surface"), ("form/surface", surface), "form/next")
    said = form(state)["errors"]["surface"]
    assert (said == "Presque. Regardez cette réponse.") is stops


def test_a_day_more_than_a_month_ahead_is_not_taken() -> None:
    desk = load(AID)
    state = touch_all(desk, lead_to(desk, "form/entree"), ("form/entree", "22/12/2026"), "form/next")
    assert form(state)["errors"]["entree"] == "Presque. Cette date n'est pas encore passée."


def test_the_address_that_the_site_does_not_know_is_kept_as_it_is() -> None:
    desk = load(AID)
    ended = follow(desk, lead_to(desk, "form/adresse"))[-1].state
    assert form(ended)["values"]["adresse"] == "14 chemin des Sources, 00100 Valcombe"
    assert form(ended)["kept"] == ["adresse", "pension-3"]


# The move (S06)


def test_the_profile_shows_the_old_address_then_the_new_one() -> None:
    desk = load(MOVE)
    start = desk.start(NOW, 1)
    assert form(start)["home"] == "8 place de la Gare, 00100 Valcombe"
    ended = follow(desk, start)[-1].state
    assert form(ended)["home"] == "27 rue du Pont-Vieux, appartement 4, 00200 Saint-Orme"
    texts = next(page["text"] for page in desk.public(start)["ref"]["form"]["pages"] if page["id"] == "profil")
    assert "Adresse : {{form.home}}." in texts


@pytest.mark.parametrize("other", ["couple", "enfant", "travail"])
def test_another_kind_of_change_asks_other_things_and_is_led_back(other: str) -> None:
    desk = load(MOVE)
    state = touch_all(desk, lead_to(desk, "form/quoi"), ("form/quoi", other), "form/next")
    assert {f"form/{other}", "form/date"} <= desk.parts(state).keys()
    assert "form/rue" not in desk.parts(state)
    assert state["trapped"] == ["other-change"]
    assert follow(desk, state)[-1].success


def test_a_move_to_come_is_not_taken() -> None:
    desk = load(MOVE)
    state = touch_all(desk, lead_to(desk, "form/date"), ("form/date", "22/11/2026"), "form/next")
    assert form(state)["errors"]["date"] == "Presque. Cette date n'est pas encore passée."


# The appointment (S07)


def test_two_appointments_are_told_and_the_old_one_is_given_back() -> None:
    desk = load(MEETING)
    state = touch_all(desk, desk.start(NOW, 1), "form/go-motif")
    answers = (("motif", "Ma déclaration"), ("mode", "telephone"), ("numero", "05 36 49 12 01"))
    state = touch_all(desk, state, *((f"form/{name}", value) for name, value in answers))
    state = touch_all(desk, state, ("form/question", "Je ne comprends pas."), "form/next")
    state = touch_all(desk, state, ("form/heure", "mardi 10 h 30"), "form/next", "form/send")
    assert state["trapped"] == ["double"]
    assert form(state)["second"] == "Mardi, 10 h 30, par téléphone : confirmé."
    ended = follow(desk, state)[-1]
    assert ended.success
    assert form(ended.state)["first"] == "Le rendez-vous de 9 h est annulé."


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (MEETING, "form/question"),
        ("autre-situation-contact", "form/message"),
        ("autre-situation-declaration", "form/message"),
    ],
)
def test_a_message_takes_500_letters_and_no_number_of_social_security(name: str, part: str) -> None:
    desk = load(name)
    state = lead_to(desk, part)
    assert touch(desk, state, part, f"Mon numéro est {NIR}, merci.").refused == "never-here"
    long = touch_all(desk, state, (part, "mot " * 125 + "x"))
    page = "form/next" if name == MEETING else "form/send"
    assert (
        form(touch_all(desk, long, page))["errors"][part.partition("/")[2]]
        == "Ce texte est trop long. Enlevez une phrase."
    )
    assert follow(desk, long)[-1].success
