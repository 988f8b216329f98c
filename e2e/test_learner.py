"""A learner, from the card in the hand to a computer that remembers nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Faults
from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import (
    answer_quiz,
    begin,
    choose_name,
    come_in,
    find_attempt,
    part,
    read_lesson,
    wait_for_desk,
    wait_until_sent,
)
from tests.fixtures.browser import LAN_NAME

HEARD = """() => {
  window.heard = [];
  const Given = window.Audio;
  window.Audio = class extends Given {
    constructor(url) {
      super(url);
      this.addEventListener("ended", () => window.heard.push([url, this.currentTime]));
    }
  };
}"""


def type_code(page: Page, code: str) -> None:
    """On the pad of the page, one figure after the other."""
    pad = page.get_by_role("group", name="Chiffres")
    for figure in code:
        pad.get_by_role("button", name=figure, exact=True).click()
    page.get_by_role("button", name="Continuer").click()


def choose_module(page: Page, title: str) -> None:
    """From the home, by the list of all exercises and the card of a module, to its first activity."""
    page.get_by_role("link", name="Tous les exercices").click()
    page.locator("a.card").filter(has=page.get_by_text(title, exact=True)).click()
    page.locator("main a.card").first.click()


def test_from_the_card_to_the_certificate_with_me_then_alone_and_nothing_is_left(
    page: Page, house: House, learner: Learner
) -> None:
    page.goto(house.url)
    type_code(page, learner.code)
    choose_name(page, learner)
    expect(page.get_by_role("heading", name=f"Bonjour {learner.name}.")).to_be_visible()
    choose_module(page, "Mes papiers à la CAF")
    assert read_lesson(page) >= 4
    page.get_by_role("link", name="Revenir à l'accueil").click()
    page.goto(f"{house.url}/learn/begin/premiers-pas/p01-quiz")
    assert answer_quiz(page, house) >= 3
    expect(page.locator(".feedback-done")).to_be_visible()
    begin(page, house, "p01-exercice", "guided")
    Hand(page, house).follow()
    expect(page.locator(".desk-reference strong")).to_have_text(f"ENT-2026-{read_number(house, page)}")
    page.get_by_role("link", name="Recommencer").click()
    page.get_by_role("button", name="Seul·e").click()
    wait_for_desk(page)
    assert page.locator(".is-pointed").count() == 0
    Hand(page, house, alone=True).follow()
    alone = house.read_attempt(find_attempt(page))
    assert (alone.mode, alone.state["help"]) == ("alone", "none")
    expect(page.locator(".desk-can")).to_be_visible()
    finish_and_look_for_traces(page, house, learner)


def read_number(house: House, page: Page) -> str:
    """The number that ends the reference of the attempt on this page."""
    reference: str = house.read_attempt(find_attempt(page)).state["proof"]["reference"]
    return reference.rpartition("-")[2]


def finish_and_look_for_traces(page: Page, house: House, learner: Learner) -> None:
    """«J'ai fini», then everything that the next person could do with this browser."""
    visited = page.url
    page.get_by_role("button", name="J'ai fini").click()
    expect(page.get_by_role("heading", name="Au revoir.")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(learner.name)
    for _ in range(4):
        page.go_back()
        expect(page.locator("main")).to_be_visible()
        for trace in (learner.name, "482915", "Chloé"):
            expect(page.locator("body")).not_to_contain_text(trace)
    for address in (visited, f"{house.url}/learn/", f"{house.url}/learn/name"):
        page.goto(address)
        expect(page.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()
    expect(page.get_by_label("Code de l'atelier")).to_have_value("")
    kept = page.evaluate("() => [...Object.entries(localStorage), ...Object.entries(sessionStorage)]")
    assert all(value in ("on", "off") for _, value in kept), kept
    cookies = page.context.cookies()
    assert all(cookie["httpOnly"] for cookie in cookies)


def test_listen_really_sounds_in_a_lesson_and_at_the_desk(page: Page, house: House, learner: Learner) -> None:
    page.add_init_script(f"({HEARD})()")
    come_in(page, house, learner)
    begin(page, house, "p01-lecon")
    page.locator(".lesson-step ~ .listen").click()
    page.wait_for_function("() => window.heard.length > 0", timeout=30000)
    url, seconds = page.evaluate("() => window.heard[0]")
    assert url.endswith(".mp3")
    assert seconds > 1
    begin(page, house, "p01-exercice", "guided")
    page.locator(".desk-guide .listen").click()
    page.wait_for_function("() => window.heard.length > 0", timeout=30000)
    assert page.evaluate("() => window.heard[0][1]") > 0.5


def test_yes_listen_says_each_new_instruction_by_itself(page: Page, house: House, learner: Learner) -> None:
    page.add_init_script(f"({HEARD})()")
    come_in(page, house, learner)
    begin(page, house, "p01-exercice", "guided")
    page.get_by_role("button", name="Oui, écouter").click()
    page.wait_for_function("() => window.heard.length === 1", timeout=30000)
    part(page, "form/next").click()
    page.wait_for_function("() => window.heard.length === 2", timeout=30000)
    first, second = page.evaluate("() => window.heard.map(([url]) => url)")
    assert first != second


def test_who_works_on_without_answering_is_not_asked_twice_on_one_exercise(
    page: Page, house: House, learner: Learner
) -> None:
    come_in(page, house, learner)
    begin(page, house, "p01-exercice", "guided")
    expect(page.locator(".desk-ask")).to_be_visible()
    part(page, "form/next").click()
    expect(page.locator(".desk-ask")).to_have_count(0)


def test_an_answer_given_at_the_desk_is_kept_and_home_does_not_ask_again(
    page: Page, house: House, learner: Learner
) -> None:
    come_in(page, house, learner)
    expect(page.locator("[data-ask-voice]")).to_be_visible()
    begin(page, house, "p01-exercice", "guided")
    with page.expect_response(lambda answer: answer.url.endswith("/look")):
        page.get_by_role("button", name="Non, je lis").click()
    page.evaluate("localStorage.clear()")  # another machine
    page.goto(f"{house.url}/learn/")
    expect(page.get_by_role("heading", name=f"Bonjour {learner.name}.")).to_be_visible()
    expect(page.locator("[data-ask-voice]")).to_have_count(0)


def test_the_qr_of_a_card_leads_to_the_names_of_the_workshop(page: Page, house: House, learner: Learner) -> None:
    page.goto(f"{house.url}/c/{learner.code}")
    expect(page.get_by_role("heading", name="Quel est votre prénom ?")).to_be_visible()
    choose_name(page, learner)
    expect(page.get_by_role("heading", name=f"Bonjour {learner.name}.")).to_be_visible()


def test_five_wrong_tries_make_a_pause_and_one_wrong_try_is_told_kindly(
    page: Page, house: House, learner: Learner
) -> None:
    wrong = [one for one in ("cle", "soleil", "arbre", "poisson") if one not in learner.pictures][:1] * 3
    page.goto(f"{house.url}/c/{learner.code}")
    page.get_by_role("button", name=learner.name, exact=True).click()
    for _ in range(5):
        expect(page.locator(".chosen .is-filled")).to_have_count(0)
        with page.expect_navigation():
            for picture in wrong:
                page.locator(f"button[data-picture={picture}]").click()
    expect(page.locator(".feedback")).to_contain_text("Nous faisons une petite pause.")
    expect(page.locator(".pictures")).to_have_count(0)


def test_a_guest_tries_an_exercise_and_the_next_person_finds_nothing(page: Page, house: House) -> None:
    before = house.count_statements()
    page.goto(house.url)
    page.get_by_role("button", name="Essayer sans compte").click()
    page.locator(".button-next").click()
    page.locator("button[name=mode][value=guided]").click()
    wait_for_desk(page)
    attempt = find_attempt(page)
    Hand(page, house).follow()
    expect(page.locator(".desk-end")).to_be_visible()
    assert house.read_attempt(attempt).who.guest
    assert house.count_statements() == before
    visited = page.url
    page.get_by_role("button", name="J'ai fini").click()
    expect(page.get_by_text("Rien de votre essai n'est gardé.")).to_be_visible()
    page.go_back()
    expect(page.locator(".desk-frame")).to_have_count(0)
    page.goto(visited)
    expect(page.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()
    page.get_by_role("button", name="Essayer sans compte").click()
    page.locator(".button-next").click()
    expect(page.locator("button[name=mode]").first).to_be_visible()
    assert (
        page.evaluate("() => Object.keys(localStorage).filter((key) => !/^declic\\.(voice|slow)\\./.test(key))") == []
    )


def test_the_whole_way_on_a_name_that_is_no_secure_context(
    page: Page, house: House, learner: Learner, faults: Faults
) -> None:
    base = house.url.replace("127.0.0.1", LAN_NAME)
    page.goto(base)
    assert page.evaluate("() => isSecureContext") is False
    type_code(page, learner.code)
    choose_name(page, learner)
    begin(page, house, "p01-lecon", base=base)
    read_lesson(page)
    attempt = begin(page, house, "m02-exercice", "guided", base=base)
    Hand(page, house).follow()
    assert house.read_attempt(attempt).ended
    assert house.count_statements(learner.person) > 2
    page.get_by_role("button", name="J'ai fini").click()
    expect(page.get_by_role("heading", name="Au revoir.")).to_be_visible()
    assert page.url.startswith(base)


def test_what_another_person_left_behind_is_sent_and_never_shown(
    page: Page, house: House, learner: Learner, faults: Faults
) -> None:
    faults.forgive("ERR_INTERNET_DISCONNECTED")
    come_in(page, house, learner)
    attempt = begin(page, house, "p01-exercice", "guided")
    page.context.set_offline(True)
    part(page, "form/next").click()
    expect(page.locator(".desk-offline")).to_be_visible()
    page.context.set_offline(False)
    wait_until_sent(page)
    assert house.count_events(attempt) == 1


@pytest.mark.parametrize("size", [False, True], ids=["laptop", "phone"])
def test_home_says_one_next_thing_first(
    open_page: Callable[..., Page], house: House, learner: Learner, size: bool
) -> None:
    page = open_page(phone=size)
    come_in(page, house, learner)
    expect(page.locator(".button-next")).to_have_count(1)
    expect(page.locator(".button-next")).to_be_in_viewport()
    assert page.locator("a.card").count() <= 3
