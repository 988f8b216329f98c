"""The mailbox: what each touch does, and its scenarios."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.simulators import Simulator, load_simulator
from lms.content.walks import check_scenario
from lms.contract import State
from tests.content.desks import NOW, follow, touch, touch_all

ROOT = Path(__file__).resolve().parents[2] / "simulators"
SCENARIOS = sorted(f"mail/{path.stem}" for path in (ROOT / "mail/scenarios").glob("*.yaml"))


@cache
def simulators() -> dict[str, Simulator]:
    return {name: load_simulator(ROOT / name) for name in ("mail", "files")}


def open_desk(name: str) -> tuple[Desk, State]:
    desk = load_scenario(simulators(), name)
    return desk, desk.start(NOW, 1)


@pytest.fixture
def bill() -> tuple[Desk, State]:
    return open_desk("mail/repondre-avec-piece-jointe")


REF: dict[str, Any] = {
    "mail": {
        "inbox": [{"id": "m1", "from": "mairie@valcombe.example", "subject": "Carte", "body": "Bonjour."}],
        "later": [
            {
                "id": "m2",
                "from": "bus@valcombe.example",
                "subject": "Plan",
                "body": "Voici.",
                "files": [{"id": "p", "name": "plan.pdf"}],
            },
            {"id": "m3", "from": "bus@valcombe.example", "subject": "Suite", "body": "Encore."},
        ],
    },
    "files": {"items": [{"id": "f1", "name": "facture.pdf"}], "later": [{"id": "p", "name": "plan.pdf"}]},
}
WRITING = {"page": "write", "draft": {"re": None, "to": "", "subject": "Bonjour", "body": "Un mot.", "files": []}}


def mail_after(world: dict[str, Any], *parts: str, value: Any = None) -> dict[str, Any]:
    for part in parts:
        world = simulators()["mail"].mechanics.touch(REF, world, "mail", part, "click", value)
    return world


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_walk_gets_stuck(name: str) -> None:
    assert check_scenario(open_desk(name)[0]) == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_guide_ends_in_success_within_forty_touches(name: str) -> None:
    outcomes = follow(*open_desk(name), most=40)
    assert outcomes[-1].success


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_goal_of_the_scenario_says_what_to_do_and_has_hints(name: str) -> None:
    desk, state = open_desk(name)
    goals = desk.on(state["clock"]).goals.values()
    assert all(len(goal.hints) >= 2 for goal in goals if goal.named)


def test_a_reply_keeps_the_thread_and_fills_in_the_address(bill: tuple[Desk, State]) -> None:
    desk, state = bill
    draft = touch_all(desk, state, "mail/row-m1", "mail/reply")["world"]["mail"]["draft"]
    assert draft["re"] == "m1"
    assert draft["to"] == "mairie@valcombe.example"
    assert draft["subject"] == "Re : Votre facture"


def test_leaving_the_page_keeps_the_draft(bill: tuple[Desk, State]) -> None:
    desk, state = bill
    state = touch_all(
        desk, state, "mail/row-m1", "mail/reply", ("mail/body", "Voici la facture."), "mail/inbox", "mail/row-m2"
    )
    state = touch_all(desk, state, "mail/resume")
    assert state["world"]["mail"]["draft"]["body"] == "Voici la facture."


def test_sent_without_the_file_is_a_trap_and_can_be_taken_back(bill: tuple[Desk, State]) -> None:
    desk, state = bill
    state = touch_all(desk, state, "mail/row-m1", "mail/reply", ("mail/body", "Voici la facture demandée."))
    outcome = touch(desk, state, "mail/send")
    assert outcome.trapped == ("no-file",)
    assert not outcome.success
    state = touch_all(desk, outcome.state, "mail/undo")
    assert state["world"]["mail"]["sent"] == []
    assert state["world"]["mail"]["draft"]["body"] == "Voici la facture demandée."
    state = touch_all(desk, state, "mail/attach", "mail/file-f1")
    assert touch(desk, state, "mail/send").success


def test_a_file_attached_by_mistake_can_be_taken_off(bill: tuple[Desk, State]) -> None:
    desk, state = bill
    state = touch_all(desk, state, "mail/row-m1", "mail/reply", "mail/attach", "mail/file-f2", "mail/unfile-f2")
    assert state["trapped"] == ["wrong-file"]
    assert state["world"]["mail"]["draft"]["files"] == []


def test_a_deleted_mail_comes_back(bill: tuple[Desk, State]) -> None:
    desk, state = bill
    state = touch_all(desk, state, "mail/row-m1", "mail/delete")
    assert "mail/row-m1" not in desk.parts(state)
    state = touch_all(desk, state, "mail/deleted", "mail/row-m1", "mail/restore")
    assert "mail/row-m1" in desk.parts(state)


def test_the_guide_brings_back_a_mail_that_is_needed(bill: tuple[Desk, State]) -> None:
    desk, state = bill
    state = touch_all(desk, state, "mail/row-m1", "mail/delete")
    guide = desk.guide(state)
    assert guide is not None
    assert guide.part == "mail/deleted"
    assert follow(desk, state)[-1].success


def test_an_unknown_address_is_told_neutrally_then_with_a_hint_then_where() -> None:
    world = {"mail": {**WRITING, "draft": {**WRITING["draft"], "to": "mairie@valcomb.example"}}}  # type: ignore[dict-item]
    said = []
    for _ in range(4):
        world = mail_after(world, "send")
        said.append(world["mail"]["errors"]["to"])
    assert said[0] == "Presque. Regardez l'adresse dans « À »."
    assert said[1] == "Comparez chaque lettre, le point et le @."
    assert said[2:] == ["Vouliez-vous écrire mairie@valcombe.example ?"] * 2
    assert not world["mail"].get("sent")


def test_an_address_loses_spaces_and_capitals() -> None:
    world = mail_after({"mail": WRITING}, "to", value=" Mairie@Valcombe.example ")
    assert world["mail"]["draft"]["to"] == "mairie@valcombe.example"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"subject": " "}, "subject"), ({"body": ""}, "body"), ({"body": "Ci-joint la facture."}, "files")],
)
def test_what_seems_forgotten_is_asked_once_and_then_sent(change: dict[str, str], field: str) -> None:
    draft = {
        "re": None,
        "to": "mairie@valcombe.example",
        "subject": "Bonjour",
        "body": "Un mot.",
        "files": [],
        **change,
    }
    asked = mail_after({"mail": {"page": "write", "draft": draft}}, "send")
    assert list(asked["mail"]["errors"]) == [field]
    assert mail_after(asked, "send")["mail"]["sent"] == [draft]


def test_mails_that_arrive_stand_first_and_once() -> None:
    rows = simulators()["mail"].mechanics.parts(REF, {"mail": {"got": ["m2", "m3", "m2"]}}, "mail")
    assert [part for part in rows if part.startswith("row-")] == ["row-m3", "row-m2", "row-m1"]


def test_an_attachment_that_is_saved_lands_among_the_files() -> None:
    world = mail_after({"mail": {"got": ["m2"]}, "files": {}}, "row-m2", "save-p")
    assert world["files"]["got"] == ["p"]
    assert world["mail"]["saved"] == ["p"]
    picking = mail_after(world, "new", "attach")
    assert "file-p" in simulators()["mail"].mechanics.parts(REF, picking, "mail")


def test_a_deleted_file_cannot_be_attached() -> None:
    world = {"mail": {**WRITING, "page": "pick"}, "files": {"deleted": ["f1"]}}
    assert "file-f1" not in simulators()["mail"].mechanics.parts(REF, world, "mail")


def test_an_address_of_a_real_person_is_refused_and_not_kept(bill: tuple[Desk, State]) -> None:
    desk, state = bill
    state = touch_all(desk, state, "mail/new")
    outcome = touch(desk, state, "mail/to", "quelquun@orange.fr")
    assert outcome.refused == "real-email"
    assert "orange" not in str(outcome.state)


def test_capitals_and_an_address_in_the_subject_get_a_kind_word() -> None:
    desk, state = open_desk("mail/ecrire-un-message")
    state = touch_all(desk, state, "mail/new")
    assert touch(desk, state, "mail/subject", "accueil@mission-valcombe.example").trapped == ("address-in-subject",)
    assert touch(desk, state, "mail/body", "BONJOUR JE VEUX UN RENDEZ-VOUS").trapped == ("capitals",)
    assert touch(desk, state, "mail/body", "Bonjour, je voudrais un rendez-vous").trapped == ()


def test_a_free_wording_is_as_good_as_the_proposed_one() -> None:
    desk, state = open_desk("mail/lire-et-repondre")
    state = touch_all(desk, state, "mail/row-chorale", "mail/reply", ("mail/body", "oui je vien avec plésir"))
    assert touch(desk, state, "mail/send").success


def test_a_doubt_counts_once_one_goes_to_the_site_by_oneself() -> None:
    desk, state = open_desk("mail/huit-messages-a-trier")
    state = touch_all(desk, state, "mail/row-compte", "mail/sort-unsure")
    assert "mail.sorted-compte" not in state["met"]
    assert "mail.sorted-compte" in touch(desk, state, "mail/site").state["met"]


def test_what_is_a_trap_is_not_told_to_the_browser() -> None:
    desk, state = open_desk("mail/huit-messages-a-trier")
    assert all("verdict" not in mail for mail in desk.public(state)["ref"]["mail"]["inbox"])


def test_a_junk_message_arrives_anywhere_and_answering_it_is_told_kindly(bill: tuple[Desk, State]) -> None:
    desk, state = bill
    state = {**state, "switched": ["mail.bait"]}
    state = touch_all(desk, state, "mail/inbox", "mail/row-bait", "mail/reply", ("mail/body", "Oui"), "mail/send")
    assert state["world"]["mail"]["note"].startswith("Presque.")
    assert follow(desk, state, most=12)[-1].success


def test_a_late_message_comes_when_the_box_is_asked_again() -> None:
    world = {"mail": {"page": "list", "got": ["m2"], "late": True}}
    parts = simulators()["mail"].mechanics.parts
    assert "row-m2" not in parts(REF, world, "mail")
    assert "row-m2" in parts(REF, mail_after(world, "inbox"), "mail")


GROUP = {"id": "g", "from": "nadia@valcombe.example", "subject": "Goûter", "body": "À tous."}
GROUP |= {"also": [{"name": "Paul", "address": "paul@valcombe.example"}]}  # type: ignore[dict-item]


def test_an_answer_to_all_names_everybody_and_may_still_go_to_one() -> None:
    mechanics = simulators()["mail"].mechanics
    ref = {"mail": {"inbox": [GROUP]}}
    world = {"mail": {"page": "message", "open": "g"}}
    world = mechanics.touch(ref, world, "mail", "all", "click", None)
    assert world["mail"]["draft"]["copy"] == ["paul@valcombe.example"]
    assert "one" in mechanics.parts(ref, world, "mail")
    world = mechanics.touch(ref, world, "mail", "one", "click", None)
    assert world["mail"]["draft"]["copy"] == []
    assert "one" not in mechanics.parts(ref, world, "mail")


def test_a_private_matter_sent_to_all_is_a_trap_and_can_be_taken_back() -> None:
    desk, state = open_desk("mail/repondre-a-tous-ou-a-une-personne")
    state = touch_all(desk, state, "mail/row-voyage", "mail/all", ("mail/body", "Je voudrais payer en deux fois."))
    outcome = touch(desk, state, "mail/send")
    assert outcome.trapped == ("private-to-all",)
    state = touch_all(desk, outcome.state, "mail/undo", "mail/one", "mail/send")
    assert "told-one" in state["met"]
    assert follow(desk, state, most=15)[-1].success


def test_an_unfinished_draft_is_asked_about_before_it_leaves() -> None:
    desk, state = open_desk("mail/relire-avant-d-envoyer")
    state = touch_all(desk, state, "mail/send")
    assert list(state["world"]["mail"]["errors"]) == ["subject"]
    state = touch_all(desk, state, ("mail/subject", "Contrat"), "mail/send")
    assert list(state["world"]["mail"]["errors"]) == ["files"]
    outcome = touch(desk, state, "mail/send")
    assert outcome.trapped == ("no-file",)
    assert follow(desk, outcome.state, most=10)[-1].success


@pytest.mark.parametrize(
    ("typed", "right"),
    [("le bus et a 6h40", True), ("6 h 40", True), ("06:40", True), ("a 20 h 05", False), ("je ne sais pas", False)],
)
def test_the_hour_that_was_looked_for_counts_and_its_spelling_does_not(typed: str, right: bool) -> None:
    desk, state = open_desk("mail/courrier-chercher-une-information")
    state = touch_all(desk, state, "mail/row-paulo", "mail/inbox", "mail/row-bus", "mail/inbox", "mail/row-paulo")
    state = touch_all(desk, state, "mail/reply", ("mail/body", typed))
    assert touch(desk, state, "mail/send").success is right


def test_a_conversation_goes_on_with_the_answer_that_came() -> None:
    desk, state = open_desk("mail/courrier-conversation")
    state = touch_all(desk, state, "mail/row-lampe", "mail/reply", ("mail/body", "au deuxième"), "mail/send")
    assert state["world"]["mail"]["got"] == ["passage"]
    state = touch_all(desk, state, "mail/row-passage", "mail/reply", ("mail/body", "oui je suis la"))
    assert touch(desk, state, "mail/send").success


def test_sorting_has_four_safe_and_four_traps_with_a_false_job_among_them() -> None:
    desk, state = open_desk("mail/huit-messages-a-trier")
    mails = desk.checked.ref["mail"]["inbox"]
    assert sorted(mail["verdict"] for mail in mails) == ["safe"] * 4 + ["trap"] * 4
    state = touch_all(desk, state, "mail/row-emploi", "mail/sort-unsure", "mail/ask")
    assert "mail.sorted-emploi" in state["met"]
    assert touch(desk, state, "mail/lure").trapped == ("lured-emploi",)


def test_a_heavy_file_is_not_attached_and_a_lighter_one_is() -> None:
    desk, state = open_desk("mail/photos-a-la-famille")
    state = touch_all(desk, state, "mail/new", "mail/attach")
    outcome = touch(desk, state, "mail/file-roses-lourdes")
    mine = outcome.state["world"]["mail"]
    assert mine["errors"] == {"files": "Ce fichier pèse 14 Mo. Un message porte 10 Mo au plus."}
    assert mine["draft"]["files"] == []
    assert outcome.trapped == ("heavy",)
    state = touch_all(desk, outcome.state, "mail/attach", "mail/file-roses")
    assert state["world"]["mail"]["errors"] == {}
    assert follow(desk, state)[-1].success
