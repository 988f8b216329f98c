"""Forms and small sites: what is typed, what stops, what is sent; the attestation and the quarterly declaration."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import build_scenario, load_scenario
from lms.content.simulators import Simulator, load_simulator
from lms.content.walks import check_scenario
from lms.content.yaml_source import parse_yaml
from lms.contract import State
from tests.content.desks import NOW, follow, touch, touch_all

ROOT = Path(__file__).resolve().parents[2] / "simulators"
ATTESTATION, DECLARATION = "procedure/telecharger-mon-attestation", "procedure/declaration-trimestrielle"

FORM = r"""
title: Un essai
persona: chloe
apps: {form: procedure}
ref:
  form:
    year: {day: 0, as: "%Y"}
    pages: [logement, bailleur, fin]
    fields:
      principale: {page: logement, label: Résidence principale, choices: [oui, non], expect: oui}
      entree: {page: logement, label: Date d'entrée, kind: date, expect: 01/11/2026, hints: [Le jour d'abord.]}
      loyer: {page: logement, label: Loyer, kind: money, expect: "520", hints: [Regardez le bail., Le bail dit 520.]}
      qui: {page: bailleur, label: Bailleur, choices: [particulier, agence], expect: particulier}
      siret: {page: bailleur, label: SIRET, kind: digits, match: '\d{14}', when: {form.values.qui: agence},
              expect: "00000000000001"}
      telephone: {page: bailleur, label: Téléphone, kind: digits, match: '0[1-9]\d{8}', poor: '0199003\d{3}',
                  expect: "0199003003"}
      note: {page: bailleur, label: Une remarque, optional: "yes"}
      accord: {page: fin, label: Je certifie, choices: [oui], expect: oui}
"""


@cache
def simulators() -> dict[str, Simulator]:
    return {name: load_simulator(ROOT / name) for name in ("procedure", "mail", "files")}


def open_desk(name: str) -> tuple[Desk, State]:
    desk = load_scenario(simulators(), name)
    return desk, desk.start(NOW, 1)


@pytest.fixture
def form() -> tuple[Desk, State]:
    desk = build_scenario(simulators(), "procedure/essai", parse_yaml(FORM, "essai.yaml"))
    return desk, desk.start(NOW, 1)


FIRST = (("form/principale", "oui"), ("form/entree", "01/11/2026"), ("form/loyer", "520"))
SECOND = (("form/qui", "particulier"), ("form/telephone", "0199003003"))


def values(state: State) -> dict[str, Any]:
    found: dict[str, Any] = state["world"]["form"]["values"]
    return found


@pytest.mark.parametrize("name", [ATTESTATION, DECLARATION])
def test_no_walk_gets_stuck(name: str) -> None:
    assert check_scenario(open_desk(name)[0]) == []


def test_a_form_of_plain_pages_needs_no_goal_of_its_own(form: tuple[Desk, State]) -> None:
    assert check_scenario(form[0]) == []
    assert follow(*form)[-1].success


@pytest.mark.parametrize(("name", "most"), [(ATTESTATION, 25), (DECLARATION, 25)])
def test_the_guide_ends_in_success_with_a_bearable_number_of_touches(name: str, most: int) -> None:
    assert follow(*open_desk(name), most=most)[-1].success


@pytest.mark.parametrize("name", [ATTESTATION, DECLARATION])
def test_every_step_says_what_to_do_and_has_hints(name: str) -> None:
    desk, state = open_desk(name)
    goals = desk.on(state["clock"]).goals
    assert [goal.id for goal in goals.values() if goal.named and len(goal.hints) < 2 and goal.id != "form.sent"] == []


@pytest.mark.parametrize("day", [datetime(2027, 1, 31, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)])
@pytest.mark.parametrize("name", [ATTESTATION, DECLARATION])
def test_months_are_told_from_the_day_of_the_attempt(name: str, day: datetime) -> None:
    desk = load_scenario(simulators(), name)
    assert follow(desk, desk.start(day, 1))[-1].success
    assert "{{month" not in str(desk.public(desk.start(day, 1)))


@pytest.mark.parametrize(
    ("part", "typed", "kept"),
    [
        ("form/loyer", " 520,00 € ", "520"),
        ("form/loyer", "520.5", "520.50"),
        ("form/loyer", "1 034,40 euros", "1034.40"),
        ("form/loyer", "beaucoup", "beaucoup"),
        ("form/loyer", "0", "0"),
        ("form/entree", "1/11/2026", "01/11/2026"),
        ("form/entree", "01.11.26", "01/11/2026"),
        ("form/entree", "7-6-96", "07/06/1996"),
        ("form/entree", "01112026", "01/11/2026"),
        ("form/entree", "32/11/2026", "32/11/2026"),
    ],
)
def test_what_is_written_in_many_ways_is_kept_in_one(
    form: tuple[Desk, State], part: str, typed: str, kept: str
) -> None:
    desk, state = form
    assert values(touch_all(desk, state, (part, typed)))[part.partition("/")[2]] == kept


def test_months_and_numbers_are_taken_generously() -> None:
    ref = {
        "form": {
            "pages": ["p"],
            "fields": {
                "m": {"page": "p", "label": "Mois", "kind": "month"},
                "n": {"page": "p", "label": "N", "kind": "digits"},
            },
        }
    }
    do = simulators()["procedure"].mechanics.touch
    for typed, kept in (("septembre 2026", "09/2026"), ("9/2026", "09/2026"), ("13/2026", "13/2026")):
        assert do(ref, {"form": {}}, "form", "m", "type", typed)["form"]["values"] == {"m": kept}
    for typed, kept in (
        ("01 99 00 30 03", "0199003003"),
        ("+33 1 99 00 30 03", "0199003003"),
        ("01.99", "0199"),
        ("dix", "dix"),
    ):
        assert do(ref, {"form": {}}, "form", "n", "type", typed)["form"]["values"] == {"n": kept}


def test_an_empty_answer_stops_on_its_page_and_is_named(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, state, *FIRST[:2], "form/next")
    assert state["world"]["form"]["page"] == "logement"
    assert state["world"]["form"]["errors"] == {"loyer": "Il manque une réponse ici."}
    state = touch_all(desk, state, "form/next")
    assert state["world"]["form"]["errors"] == {"loyer": "Pour zéro, écrivez 0."}


def test_a_shape_that_is_not_understood_is_told_neutrally_then_with_a_hint_then_an_example(
    form: tuple[Desk, State],
) -> None:
    desk, state = form
    state = touch_all(desk, state, FIRST[0], ("form/entree", "novembre"), FIRST[2])
    said = []
    for _ in range(3):
        state = touch_all(desk, state, "form/next")
        said.append(state["world"]["form"]["errors"]["entree"])
    assert said == ["Presque. Regardez cette réponse.", "Le jour d'abord : JJ/MM/AAAA.", "Par exemple : 07/06/1996."]


def test_typing_again_takes_the_sentence_away(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, state, "form/next", ("form/loyer", "520"))
    assert set(state["world"]["form"]["errors"]) == {"principale", "entree"}


def test_going_back_and_on_again_loses_nothing(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, state, *FIRST, "form/next", *SECOND, "form/previous", "form/next")
    assert values(state) == {
        "principale": "oui",
        "entree": "01/11/2026",
        "loyer": "520",
        "qui": "particulier",
        "telephone": "0199003003",
    }


def test_a_field_is_asked_only_while_its_condition_holds(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, state, *FIRST, "form/next")
    assert "form/siret" not in desk.parts(state)
    state = touch_all(desk, state, ("form/qui", "agence"), SECOND[1])
    assert "form/siret" in desk.parts(state)
    assert touch_all(desk, state, "form/next")["world"]["form"]["errors"].keys() == {"siret"}
    assert touch_all(desk, state, SECOND[0], "form/next")["world"]["form"]["page"] == "fin"


def test_a_wrong_answer_that_was_sent_is_no_success_and_opens_the_form_there(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(
        desk, state, *FIRST[:2], ("form/loyer", "585"), "form/next", *SECOND, "form/next", ("form/accord", "oui")
    )
    said = []
    for _ in range(3):
        outcome = touch(desk, state, "form/send")
        assert not outcome.success
        mine = outcome.state["world"]["form"]
        assert (mine["page"], mine["wrong"], mine["receipt"]) == ("logement", ["loyer"], None)
        said.append(mine["errors"]["loyer"])
        state = touch_all(desk, outcome.state, "form/next", "form/next")
    assert said == ["Presque. Relisez cette réponse.", "Regardez le bail.", "Le bail dit 520."]
    assert follow(desk, state)[-1].success


def test_the_receipt_bears_the_year_and_six_figures_and_is_the_same_for_the_same_answers(
    form: tuple[Desk, State],
) -> None:
    receipts = {follow(*form)[-1].state["world"]["form"]["receipt"] for _ in range(2)}
    assert len(receipts) == 1
    assert re.fullmatch(r"ENT-2026-\d{6}", receipts.pop())


def test_a_value_outside_the_exercise_is_refused_and_not_kept(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, state, *FIRST, "form/next")
    fiction = touch(desk, state, "form/telephone", "01 99 00 50 00")
    assert fiction.refused == "not-of-the-exercise"
    assert touch(desk, state, "form/telephone", "01 45 67 89 10").refused == "real-phone"
    assert values(fiction.state) == values(state)


def test_a_choice_that_is_not_offered_is_refused(form: tuple[Desk, State]) -> None:
    desk, state = form
    assert touch(desk, state, "form/principale", "peut-être").refused == "no-such-choice"


def test_the_browser_gets_no_answer() -> None:
    desk, state = open_desk(DECLARATION)
    facts = desk.public(state)["ref"]["form"]
    assert facts["fields"]["salaire-3"].keys() & {"expect", "hints", "match", "say", "competence"} <= {"competence"}
    assert "1034" not in str(facts)
