"""Rights, appointments and the monthly update: the guide ends each, and the usual slips are said."""

from __future__ import annotations

import pytest

from lms.content.desk import Desk
from tests.content.desks import NOW, come_by, follow, lead_to, touch, touch_all
from tests.simulators import shelf

SLIPS = {
    "actualisation-mensuelle": ("form/cherche", "non", "Presque. « Non » arrête votre inscription."),
    "actualisation-maladie": ("form/reste", "non", "Presque. « Non » ferme le dossier de Hanna."),
    "actualisation-deux-contrats": ("form/brut", "390", "Presque. Une ligne par contrat, sans additionner."),
    "rendez-vous-medecin": ("form/proche", "Moi", "Presque. Le rendez-vous est pour Liya."),
    "rendez-vous-dentiste": ("form/besoin", "J'ai mal aujourd'hui", "Presque. Monique vient pour un contrôle."),
    "compte-sante": ("form/chiffres", "205", "Presque. 205, c'est le livre. Cherchez AgendaSoin."),
    "mes-droits-chloe": ("form/salaire", "11066", "Presque. C'est le total de l'année. Prenez un mois."),
    "mes-droits-enzo": ("form/toit", "Dans mon logement", "Presque. Le logement est à M. Lopes."),
}

MORE_SLIPS = [
    ("actualisation-mensuelle", "form/heures", "40h30", "minutes"),
    ("actualisation-mensuelle", "form/brut", "377", "net-pay"),
    ("actualisation-mensuelle", "form/travaille", "non", "all-no"),
    ("actualisation-deux-contrats", "form/encore", "non", "second-left-out"),
    ("actualisation-deux-contrats", "form/brut-2", "189", "net-pay"),
    ("actualisation-deux-contrats", "form/suite", "non", "no-more-search"),
    ("rendez-vous-medecin", "form/motif", "Vaccin", "wrong-reason"),
    ("rendez-vous-medecin", "form/soignant", "Dr Paul Teissier, Grandmont, à 45 km", "far"),
    ("rendez-vous-dentiste", "form/cabinet", "Du Lac, Grandmont, à 45 km", "far"),
    ("mes-droits-chloe", "form/pension", "1440", "whole-year"),
    ("clef-citoyenne", "form/une", "Mon numéro de téléphone", "not-told"),
    ("clef-citoyenne", "form/deux", "Mes messages", "not-told"),
    ("creer-une-adresse", "form/secret", "Monique1958!", "own-name"),
    ("creer-une-adresse", "form/debut", "mamie.bisou", "nickname"),
    ("adresse-deja-prise", "form/secret", "enzo-Enzo-2004", "own-name"),
]


def load(name: str) -> Desk:
    return shelf.load(f"procedure/{name}")


@pytest.mark.parametrize("name", SLIPS)
def test_the_guide_leads_to_the_end_and_falls_in_no_trap(name: str) -> None:
    desk = load(name)
    ended = follow(desk, desk.start(NOW, 1), most=40)[-1]
    assert ended.success
    assert ended.state["trapped"] == []


@pytest.mark.parametrize("name", SLIPS)
def test_the_usual_slip_is_said_and_led_back(name: str) -> None:
    part, value, say = SLIPS[name]
    desk = load(name)
    told = touch(desk, lead_to(desk, part), part, value)
    assert told.say == say
    assert follow(desk, told.state, most=40)[-1].success


def test_the_reminder_by_mail_leads_to_the_very_page_of_the_site() -> None:
    desk = load("rendez-vous-dentiste")
    state = lead_to(desk, "mail/row-rappel")
    assert state["world"]["form"]["page"] == "billet"
    state = touch_all(desk, state, "mail/row-rappel", "mail/go-form~deplacer")
    assert (state["world"]["front"], state["world"]["form"]["page"]) == ("form", "deplacer")
    assert state["trapped"] == ["no-other-day"]
    state = touch_all(desk, state, "desk/mail", "mail/go-form~rendre")
    assert (state["world"]["front"], state["world"]["form"]["page"]) == ("form", "rendre")
    assert follow(desk, state)[-1].success


def test_cancelling_on_the_site_itself_is_right_too() -> None:
    desk = load("rendez-vous-dentiste")
    state = touch_all(desk, lead_to(desk, "mail/row-rappel"), "desk/form", "form/go-rendre")
    state = touch_all(desk, state, ("form/rendre", "Rendre ma place"))
    assert touch(desk, state, "form/next").success


@pytest.mark.parametrize(("name", "part", "value", "trap"), MORE_SLIPS)
def test_every_other_known_slip_is_a_trap_and_led_back(name: str, part: str, value: str, trap: str) -> None:
    desk = load(name)
    told = touch(desk, lead_to(desk, part), part, value)
    assert told.trapped == (trap,)
    assert follow(desk, told.state, most=40)[-1].success


@pytest.mark.parametrize(
    ("name", "part", "trap"),
    [("rendez-vous-medecin", "form/go-encore", "twice"), ("mes-droits-chloe", "form/go-attendre", "decision")],
)
def test_a_second_booking_and_waiting_for_money_are_told_and_led_back(name: str, part: str, trap: str) -> None:
    desk = load(name)
    told = touch(desk, come_by(desk, part), part)
    assert told.trapped == (trap,)
    assert follow(desk, told.state, most=40)[-1].success


def test_no_one_asks_for_a_nationality_and_there_are_few_questions() -> None:
    for name in ("mes-droits-chloe", "mes-droits-enzo"):
        desk = load(name)
        fields = desk.public(desk.start(NOW, 1))["ref"]["form"]["fields"]
        assert len(fields) <= 15
        assert not any("national" in field["label"].lower() for field in fields.values())


def test_wiping_forgets_every_answer_and_the_number() -> None:
    desk = load("mes-droits-enzo")
    state = lead_to(desk, "form/go-quitter")
    assert state["world"]["form"]["values"]
    ended = touch(desk, state, "form/go-quitter")
    assert ended.success
    assert ended.state["world"]["form"]["values"] == {}
    assert ended.state["world"]["form"]["receipt"] is None


def test_each_of_the_three_cards_has_its_page_and_the_way_back() -> None:
    desk = load("mes-droits-chloe")
    state = lead_to(desk, "form/go-pas-retraite")
    for card in ("suite-logement", "suite-prime", "pas-retraite"):
        there = touch(desk, state, f"form/go-{card}").state
        assert there["world"]["form"]["page"] == card
        assert touch(desk, there, "form/previous").state["world"]["form"]["page"] == "cartes"
