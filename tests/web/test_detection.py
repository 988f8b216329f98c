"""Detection on the real site: three questions or twelve, nothing kept, a hypothesis that people change."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.detecting import MONIQUE, NEEDS, STRONG, fill, give, read
from tests.web.house import House, build_house
from tests.web.markup import read_text
from tests.web.test_routes import read_all


@pytest.fixture
def worker(house: House) -> FlaskClient:
    return house.as_role(house.here, "social_worker")


@pytest.mark.parametrize("weak", ["f1", "f2", "f3"])
def test_any_weak_answer_of_the_three_leads_to_the_twelve(worker: FlaskClient, weak: str) -> None:
    worker.post("/detection/begin")
    answer = {"f1": "guichet", "f2": "parfois", "f3": "avec"}[weak]
    assert give(worker, {**STRONG, weak: answer}) == "/detection/flash"
    assert "Continuer : douze questions" in read(worker, "/detection/flash")


def test_three_strong_answers_end_calmly(worker: FlaskClient) -> None:
    worker.post("/detection/begin")
    give(worker, STRONG)
    told = read(worker, "/detection/flash")
    assert "Rien ne bloque aujourd'hui" in told
    assert "Rien n'a été gardé." in told
    assert "Continuer : douze questions" not in told


def test_who_does_not_wish_to_answer_the_three_is_not_taken_for_weak(worker: FlaskClient) -> None:
    worker.post("/detection/begin")
    give(worker, dict.fromkeys(STRONG, "-"))
    told = read(worker, "/detection/flash")
    assert "C'est très bien ainsi." in told
    assert "Continuer : douze questions" not in told


def test_every_question_can_be_left_without_an_answer(worker: FlaskClient) -> None:
    worker.post("/detection/begin")
    for name in (*STRONG, *MONIQUE, *NEEDS):
        assert "Ne souhaite pas répondre" in read(worker, f"/detection/questions/{name}")
    give(worker, dict.fromkeys((*MONIQUE, *NEEDS), "-"))
    told = read(worker, "/detection/result")
    assert "Nous n'avons pas assez de réponses" in told
    assert "Vous préférez que quelqu'un vous accompagne" not in told


def test_the_way_back_shows_what_was_answered_and_loses_nothing(worker: FlaskClient) -> None:
    fill(worker)
    shown = worker.get("/detection/questions/q5").get_data(as_text=True)
    assert re.search(r'value="1" aria-current="true"', shown)
    assert "Garder cette réponse" in shown
    ticked = worker.get("/detection/questions/q11").get_data(as_text=True)
    assert 'value="grand-texte" checked' in ticked
    assert read(worker, "/detection/result")


def test_a_grid_abandoned_half_way_leaves_nothing_behind(house: House, worker: FlaskClient) -> None:
    before = read_all(house.live)
    fill(worker)
    worker.post("/detection/result", data={"profile": "2"})
    read(worker, "/detection/plan")
    assert read_all(house.live) == before
    worker.post("/detection/forget")
    assert worker.get("/detection/result").status_code == 302
    worker.post("/detection/begin")
    assert "Garder cette réponse" not in read(worker, "/detection/questions/q1")


def test_what_was_begun_is_found_again_for_an_hour_and_then_gone(worker: FlaskClient) -> None:
    fill(worker)
    assert "Reprendre où nous en étions" in read(worker, "/detection/")
    with worker.session_transaction() as session:
        session["detection"] = {**session["detection"], "at": session["detection"]["at"] - 3601}
    assert "Reprendre où nous en étions" not in read(worker, "/detection/")
    with worker.session_transaction() as session:
        assert "detection" not in session
    assert worker.get("/detection/result").status_code == 302


def test_the_draft_does_not_outlive_the_sign_in(house: House, worker: FlaskClient) -> None:
    fill(worker)
    worker.post("/account/sign-out")
    with worker.session_transaction() as session:
        assert "detection" not in session


def test_the_hypothesis_is_said_as_a_need_and_never_as_a_level(worker: FlaskClient) -> None:
    fill(worker)
    told = read(worker, "/detection/result")
    assert "Vous avez besoin d'un premier pas, avec quelqu'un à côté de vous." in told
    assert not re.search(r"niveau|profil|score", told, re.IGNORECASE)


def test_what_people_decide_holds_over_what_was_computed(worker: FlaskClient) -> None:
    fill(worker)
    worker.post("/detection/result", data={"profile": "4"})
    told = read(worker, "/detection/plan")
    assert "Vous avez besoin d'être sûr·e de vous." in told
    assert "On revoit les mots de passe" in told


def test_a_lasting_relay_needs_a_reason_from_the_list(worker: FlaskClient) -> None:
    fill(worker)
    refused = worker.post("/detection/result", data={"profile": "1", "reason": "un mot de trop"})
    assert refused.status_code == 400
    assert "choisissez aussi la raison" in read_text(refused.get_data(as_text=True))
    assert worker.post("/detection/result", data={"profile": "1", "reason": "choix"}).status_code == 302
    assert "avec un mandat signé ensemble" in read(worker, "/detection/plan")


def test_a_lasting_relay_is_not_offered_to_who_manages(worker: FlaskClient) -> None:
    fill(worker, dict.fromkeys(MONIQUE, 3))
    assert "dans la durée" not in read(worker, "/detection/result")
    assert worker.post("/detection/result", data={"profile": "1", "reason": "choix"}).status_code == 400


def test_a_measure_of_protection_asks_for_action_at_once(worker: FlaskClient) -> None:
    fill(worker)
    told = read(worker, "/detection/result")
    assert "contactez la personne qui l'assiste ou la représente" in told
    assert "Cette réponse ne sera pas gardée." in told


def test_paths_of_the_house_answer_the_needs(worker: FlaskClient) -> None:
    fill(worker)
    worker.post("/detection/result", data={"profile": "2"})
    told = read(worker, "/detection/plan")
    assert "La souris" in told
    assert "Le guichet, le téléphone et le courrier restent possibles" in told
    paper = read(worker, "/detection/paper")
    assert "Ce que nous avons dit ensemble" in paper
    assert "Mon rendez-vous" in paper
    assert "Les besoins repérés" not in paper  # the professional's search is no use on paper


@pytest.mark.parametrize("answer", ["7", "", "drop table", ["0", "1"]])
def test_what_is_no_answer_is_told_and_changes_nothing(worker: FlaskClient, answer: object) -> None:
    worker.post("/detection/begin", data={"to": "grid"})
    told = worker.post("/detection/questions/q1", data={"answer": answer})
    assert told.status_code == 400
    assert "Touchez une réponse" in read_text(told.get_data(as_text=True))
    assert "Garder cette réponse" not in read(worker, "/detection/questions/q1")


def test_a_question_that_is_not_there_is_not_found(worker: FlaskClient) -> None:
    assert worker.get("/detection/questions/q13").status_code == 404


def test_any_of_the_staff_finds_it_on_the_desk_and_a_visitor_does_not(house: House) -> None:
    for role in ("trainer", "author", "social_worker", "teacher", "student", "administrator"):
        assert "Faire le point avec une personne" in read(house.as_role(house.here, role), "/social/")
    assert house.visit().get("/social/").status_code == 302
    assert house.as_role(house.here, "learner").get("/detection/").status_code == 403


ASKED = """
from lms.contract import Offer, hookimpl

CONTRACT = 1
TOLD = []


@hookimpl
def offers_for(viewer, needs):
    TOLD.append(list(needs))
    return [Offer("Trouver un lieu", "Les besoins sont déjà cochés.", "/lieux/?besoin=Illettrisme", "loupe", 20)]
"""


def test_other_plugins_are_asked_for_the_needs_and_told_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    (folder / "plugins").mkdir(parents=True)
    (folder / "plugins/asked.py").write_text(ASKED, encoding="utf-8")
    made = build_house(folder)
    worker = made.as_role(made.here, "social_worker")
    fill(worker)
    worker.post("/detection/result", data={"profile": "3"})
    told = worker.get("/detection/plan").get_data(as_text=True)
    assert told.index("Trouver un lieu") < told.index("Naviguer")
    assert sys.modules["lms_plugins.asked"].TOLD[-1] == [
        "ne peut pas se déplacer", "Illettrisme", "Déficience visuelle", "Maîtrise des outils numériques du quotidien",
        "N01", "E02", "E03",
    ]  # fmt: skip
    assert "Trouver un lieu" not in read(worker, "/detection/paper")
