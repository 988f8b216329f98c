"""What a site may ask of one answer: a line of a list, a second yes, the same again, a day not later, no number."""

from __future__ import annotations

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import build_scenario
from lms.content.walks import check_scenario
from lms.content.yaml_source import parse_yaml
from lms.contract import State
from lms.errors import ContentError
from tests.content.desks import NOW, follow, touch, touch_all, walk
from tests.simulators.test_procedure import simulators

FORM = r"""
title: Un essai
persona: chloe
apps: {form: procedure}
ref:
  form:
    year: {day: 0, as: "%Y"}
    pages: [lieu, argent, secret, mot]
    fields:
      ville: {page: lieu, label: Commune, expect: Valcombe (00),
              suggest: [Valcombe (00), Valcombe-le-Bas (00), Saint-Orme (00), Cœur-le-Haut (00)]}
      adresse: {page: lieu, label: Adresse, suggest: ["2 rue du Moulin, 00100 Valcombe"],
                keep: {label: Conserver ma saisie}, expect: "9 sentier du Moulin, 00100 Valcombe"}
      somme: {page: argent, label: Somme, kind: money, expect: "0",
              keep: {match: "0", ask: Zéro euro ?, label: "Oui, zéro"}}
      jour: {page: argent, label: Jour, kind: date, latest: 21/11/2026, expect: 01/11/2026,
             slips: [{is: 21/11/2026, say: "C'est aujourd'hui."}]}
      choisi: {page: secret, label: Mot de passe, kind: password, example: Pont!calme-77yx}
      encore: {page: secret, label: Encore, kind: password, same: choisi, example: Pont!calme-77yx}
      message: {page: mot, label: Message, kind: long, most: "20",
                never: '[12](?:[ .]?\d){8,}', match: '\S.*', example: Bonjour}
"""
NUMBER = "2 96 06 00 000 311"
PLACE = (("form/ville", "valc"), "form/ville~1", ("form/adresse", "9 sentier du Moulin, 00100 Valcombe"))


@pytest.fixture
def form() -> tuple[Desk, State]:
    desk = build_scenario(simulators(), "procedure/essai", parse_yaml(FORM, "essai.yaml"))
    return desk, desk.start(NOW, 1)


def test_a_kind_of_field_that_nobody_knows_is_told_on_its_line() -> None:
    text = FORM.replace("kind: money", "kind: monney")
    with pytest.raises(ContentError) as caught:
        build_scenario(simulators(), "procedure/essai", parse_yaml(text, "essai.yaml"))
    (fault,) = caught.value.problems
    line = text[: text.index("kind: monney")].count("\n") + 1
    assert (fault.file, fault.line, fault.field) == ("essai.yaml", line, "ref.form.fields.somme.kind")
    assert fault.message.startswith("no kind of answer «monney»; there is: text, date, month, money")


def errors(state: State) -> dict[str, str]:
    found: dict[str, str] = state["world"]["form"]["errors"]
    return found


def to_page(desk: Desk, state: State, page: str) -> State:
    return next(one for one in walk(desk, state) if one["world"]["form"]["page"] == page)


def test_a_walk_through_all_of_them_gets_stuck_nowhere_and_the_guide_ends(form: tuple[Desk, State]) -> None:
    assert check_scenario(form[0]) == []
    assert follow(*form)[-1].success


def test_lines_are_proposed_from_the_second_letter_whatever_the_capitals(form: tuple[Desk, State]) -> None:
    desk, state = form
    offers = {
        typed: desk.parts(touch_all(desk, state, ("form/ville", typed)))
        for typed in ("V", "VAL", "saint o", "COEUR", "xyz")
    }
    lines = {typed: [part for part in parts if part.startswith("form/ville~")] for typed, parts in offers.items()}
    assert lines == {
        "V": [],
        "VAL": ["form/ville~1", "form/ville~2"],
        "saint o": ["form/ville~1"],
        "COEUR": ["form/ville~1"],
        "xyz": [],
    }


def test_writing_the_first_letters_and_the_zero_are_no_wrong_touches(form: tuple[Desk, State]) -> None:
    desk, state = form
    assert all(one["tries"] == {} for one in walk(desk, state))


def test_the_line_that_is_touched_is_the_answer(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, state, ("form/ville", "val"), "form/ville~2")
    assert state["world"]["form"]["values"]["ville"] == "Valcombe-le-Bas (00)"
    assert not any("~" in part for part in desk.parts(state))


def test_a_town_that_is_no_line_stops(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, state, ("form/ville", "Valc"), *PLACE[2:], "form/adresse~keep", "form/next")
    assert errors(state) == {"ville": "Choisissez une ligne de la liste."}


def test_an_address_that_the_site_does_not_know_is_kept_by_a_button_or_a_near_one_taken(
    form: tuple[Desk, State],
) -> None:
    desk, state = form
    state = touch_all(desk, state, *PLACE)
    assert {"form/adresse~1", "form/adresse~keep"} <= desk.parts(state).keys()
    stopped = touch_all(desk, state, "form/next")
    assert errors(stopped) == {"adresse": "Appuyez sur « Conserver ma saisie », ou choisissez une ligne."}
    near = touch_all(desk, state, "form/adresse~1", "form/next")
    assert near["world"]["form"]["page"] == "argent"
    kept = touch_all(desk, state, "form/adresse~keep", "form/next")
    assert (kept["world"]["form"]["page"], kept["world"]["form"]["kept"]) == ("argent", ["adresse"])


def test_what_is_kept_has_to_be_said_anew_once_it_changes(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, state, *PLACE, "form/adresse~keep", ("form/adresse", "9 sentier du Moulin, 00100 Valcombe"))
    assert state["world"]["form"]["kept"] == ["adresse"]
    state = touch_all(desk, state, ("form/adresse", "Moulin"))
    assert state["world"]["form"]["kept"] == []


def test_a_zero_is_said_twice_and_another_amount_once(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(
        desk, to_page(desk, state, "argent"), ("form/jour", "01/11/2026"), ("form/somme", "0"), "form/next"
    )
    assert errors(state) == {"somme": "Appuyez sur « Oui, zéro », ou changez."}
    assert touch_all(desk, state, "form/somme~keep", "form/next")["world"]["form"]["page"] == "secret"
    assert touch_all(desk, state, ("form/somme", "12"), "form/next")["world"]["form"]["page"] == "secret"


@pytest.mark.parametrize(
    ("day", "said"),
    [("22/11/2026", "Presque. Cette date n'est pas encore passée."), ("21/11/2026", ""), ("31/02/2026", "")],
)
def test_a_day_to_come_stops_where_only_past_ones_go(form: tuple[Desk, State], day: str, said: str) -> None:
    desk, state = form
    state = touch_all(desk, to_page(desk, state, "argent"), ("form/somme", "12"), ("form/jour", day), "form/next")
    assert errors(state).get("jour", "") == said


def test_the_site_answers_a_usual_slip_in_its_own_words(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, to_page(desk, state, "mot"), ("form/message", "Bonjour"), "form/previous", "form/previous")
    state = touch_all(desk, state, ("form/jour", "21/11/2026"), "form/next", "form/next", "form/send")
    assert errors(state) == {"jour": "C'est aujourd'hui."}


def test_the_same_password_twice_or_not_at_all(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(
        desk, to_page(desk, state, "secret"), ("form/choisi", "Lune!calme-77yx"), ("form/encore", "Lune!calme-77yz")
    )
    assert errors(touch_all(desk, state, "form/next")) == {
        "encore": "Presque. Les deux réponses ne sont pas pareilles."
    }
    assert touch_all(desk, state, ("form/encore", "Lune!calme-77yx"), "form/next")["world"]["form"]["page"] == "mot"
    own = touch_all(desk, to_page(desk, form[1], "secret"), ("form/choisi", "Lune!calme-77yx"))
    guide = desk.guide(own)
    assert guide
    assert guide.part == "form/encore"
    assert follow(desk, state)[-1].success


def test_a_message_holds_no_number_of_social_security_and_is_not_endless(form: tuple[Desk, State]) -> None:
    desk, state = form
    state = touch_all(desk, to_page(desk, state, "mot"), ("form/message", "Bonjour"))
    told = touch(desk, state, "form/message", f"Moi : {NUMBER}")
    assert (told.refused, told.state["world"]["form"]["values"]["message"]) == ("never-here", "Bonjour")
    state = touch_all(desk, state, ("form/message", "Bonjour\nc'est une longue lettre"))
    assert "\n" in state["world"]["form"]["values"]["message"]
    assert errors(touch_all(desk, state, "form/send")) == {"message": "Ce texte est trop long. Enlevez une phrase."}


def test_the_browser_learns_lines_and_words_but_no_answer(form: tuple[Desk, State]) -> None:
    facts = form[0].public(form[1])["ref"]["form"]["fields"]
    assert facts["ville"].keys() == {"page", "label", "suggest"}
    assert facts["jour"].keys() == {"page", "label", "kind"}


ALONE = """
title: Un autre essai
persona: chloe
apps: {form: procedure}
ref:
  form:
    year: {day: 0, as: "%Y"}
    pages: [autres]
    fields:
      travail: {page: autres, label: Un salaire, choices: [{value: oui, label: Un salaire}], <work>}
      rien: {page: autres, label: Non, choices: [{value: oui, label: Rien d'autre}], alone: [travail], <nothing>}
"""


@pytest.mark.parametrize(
    ("nothing", "stopped"), [('optional: "yes"', {"travail"}), ('expect: ""', {"travail", "rien"})]
)
def test_a_box_nothing_else_that_nobody_expects_stops_no_one_who_ticked_another(
    nothing: str, stopped: set[str]
) -> None:
    told = ALONE.replace("<work>", "expect: oui").replace("<nothing>", nothing)
    desk = build_scenario(simulators(), "procedure/essai", parse_yaml(told, "essai.yaml"))
    state = touch_all(desk, desk.start(NOW, 1), ("form/rien", "oui"), "form/send")
    assert errors(state).keys() == stopped
    state = touch_all(desk, state, ("form/travail", "oui"), "form/send")
    assert (errors(state), state["world"]["form"]["sent"]) == ({}, True)
    assert follow(desk, desk.start(NOW, 1))[-1].success


def test_where_nothing_else_is_expected_another_box_stops() -> None:
    told = ALONE.replace("<work>", 'optional: "yes"').replace("<nothing>", "expect: oui")
    desk = build_scenario(simulators(), "procedure/essai", parse_yaml(told, "essai.yaml"))
    state = touch_all(desk, desk.start(NOW, 1), ("form/travail", "oui"), "form/send")
    assert errors(state) == {"rien": "Presque. Relisez cette réponse."}
    assert follow(desk, state)[-1].success
