"""Mail, files and forms on the real desk in a real browser: pointer, finger and keys, under the strict CSP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from werkzeug.serving import make_server

from lms.contract import Guide
from tests.fixtures.keys import reach_by_tab
from tests.web_static.room import Room, build_app
from tests.web_static.steps import wait_until

ON_A_PHONE = [
    "mail/ecrire-un-message",
    "files/imprimer-remplir-envoyer",
    "browser/choisir-ses-cookies",
    "procedure/declaration-trimestrielle",
]
"""One of each; the journeys of `e2e/` play all of them by pointer and keys, and S03 by a finger."""
DECLARATION = ON_A_PHONE[-1]
TEXTS = """() => [...document.querySelectorAll('.desk-room:not([hidden]) [data-part]')]
    .map((one) => [one.dataset.part, one.textContent, one.value ?? ''])"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(audio=tmp_path)
    server = make_server("127.0.0.1", 0, build_app(made), threaded=True)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def open_desk(page: Page, room: Room, scenario: str, mode: str = "guided") -> list[str]:
    """Open a fresh attempt; returns the list where faults of the page gather."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda one: found.append(one.text) if "Security Policy" in one.text else None)
    page.add_init_script("localStorage.setItem('voice', 'off')")
    page.goto(room.url + room.start(mode, scenario))
    expect(page.locator(".desk-room:not([hidden]) h2").first).to_be_visible()
    silent = page.get_by_role("button", name="Non, je lis")
    if silent.count():
        silent.click()
    return found


def part(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part="{name}"]:visible').first


def world(room: Room) -> dict[str, Any]:
    found: dict[str, Any] = room.island(room.attempts["a1"])["world"]
    return found


def touch(page: Page, room: Room, name: str, do: str = "click", value: str | None = None) -> None:
    """One touch by real pointer and keys, answered before it returns."""
    rev = room.attempts["a1"].rev
    target = part(page, name)
    if do in ("click", "choose"):
        # The desk takes a second click at the same place, right after the first, for a slip of the hand.
        page.wait_for_timeout(400)
    if do == "click":
        target.click()
    elif do == "type":
        target.fill("")
        target.press_sequentially(str(value))
        target.press("Tab")
    elif target.evaluate("(one) => one.tagName") == "SELECT":
        target.select_option(value)
    else:
        target.locator(f'[data-option="{value}"]').click()
    page.wait_for_function("() => !document.querySelector('[aria-busy]')")
    for _ in range(100):
        if room.attempts["a1"].rev > rev:
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"{name} was not answered")


def guide_of(room: Room) -> Guide | None:
    attempt = room.attempts["a1"]
    found: Guide | None = attempt.activity.options["scenario"].guide(attempt.state)
    return found


def follow(page: Page, room: Room, look: Callable[[], None] = lambda: None) -> int:
    """Do what is pointed at until the end; `look` at every screen. Returns how many touches it took."""
    for count in range(40):
        guide = guide_of(room)
        look()
        if guide is None:
            return count
        expect(page.locator(".is-pointed")).to_have_attribute("data-part", guide.part)
        touch(page, room, guide.part, guide.do, guide.value)
    raise AssertionError(f"still not there: {guide_of(room)}")


@pytest.mark.parametrize("scenario", ON_A_PHONE)
def test_on_a_phone_nothing_scrolls_sideways_and_axe_finds_nothing(
    phone: Page, axe: Callable[[Page], list[str]], room: Room, scenario: str
) -> None:
    open_desk(phone, room, scenario)
    seen: set[str] = set()

    def look() -> None:
        screen = phone.locator(".desk-room:not([hidden]) [data-screen]").get_attribute("data-screen") or ""
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, screen
        if screen not in seen:
            seen.add(screen)
            assert axe(phone) == [], screen

    follow(phone, room, look)
    assert len(seen) >= 2


def test_keys_alone_answer_a_mail_with_its_file(page: Page, room: Room) -> None:
    open_desk(page, room, "mail/repondre-avec-piece-jointe")
    for name, text in (
        ("row-m1", ""),
        ("reply", ""),
        ("body", "Voici la facture."),
        ("attach", ""),
        ("file-f1", ""),
        ("send", ""),
    ):
        rev = room.attempts["a1"].rev
        expect(part(page, f"mail/{name}")).to_be_visible()
        reach_by_tab(page, part(page, f"mail/{name}"))
        page.keyboard.type(text) if text else page.keyboard.press("Enter")
        if text:
            page.keyboard.press("Tab")
        wait_until(page, lambda rev=rev: room.attempts["a1"].rev > rev, name)  # type: ignore[misc]
    expect(page.locator(".desk-end")).to_be_visible()


def test_enter_goes_to_the_address_and_the_focus_to_the_page(page: Page, room: Room) -> None:
    open_desk(page, room, "browser/ouvrir-la-mediatheque")
    address = part(page, "nav/address")
    address.focus()
    page.keyboard.type("mediatheque.valcombe.example")
    page.keyboard.press("Enter")
    wait_until(page, lambda: world(room)["nav"]["page"] == "media", "Enter did not go")
    expect(page.locator(".sim-browser h2")).to_be_focused()
    expect(address).to_have_value("mediatheque.valcombe.example")
    for name in ("link-horaires", "star"):
        part(page, f"nav/{name}").focus()
        page.keyboard.press("Enter")
        wait_until(page, lambda name=name: bool(guide_of(room) is None or name == "link-horaires"), name)  # type: ignore[misc]
    expect(page.locator(".desk-end")).to_be_visible()


def test_a_new_screen_takes_the_focus_to_its_title(page: Page, room: Room) -> None:
    open_desk(page, room, "mail/lire-et-repondre")
    touch(page, room, "mail/row-chorale")
    expect(page.locator(".sim-mail h2")).to_be_focused()
    expect(page.locator(".sim-mail h2")).to_have_text("Répétition de mardi")


@pytest.mark.parametrize("heard", [True, False])
def test_on_a_phone_a_new_screen_begins_below_the_sentence_that_stays(phone: Page, room: Room, heard: bool) -> None:
    open_desk(phone, room, "files/photo-lisible", "assisted")
    phone.evaluate(
        "scrollTo(0, document.querySelector('[data-part=\"files/row-p4\"]').getBoundingClientRect().top - 300)"
    )
    if not heard:  # the sentence grew, and no observer has told yet how far down it covers
        phone.evaluate("document.documentElement.style.scrollPaddingBlockStart = '0px'")
    part(phone, "files/row-p4").tap()
    title = phone.locator(".sim-files h2")
    expect(title).to_have_text("photo-4.jpg")
    edges = "[document.querySelector('.desk-guide').getBoundingClientRect().bottom, innerHeight]"
    top, bottom = phone.evaluate(edges)
    box = title.bounding_box()
    assert box is not None
    assert top <= box["y"] <= bottom


def test_the_caret_and_what_is_being_typed_stay_while_the_state_comes_back(page: Page, room: Room) -> None:
    open_desk(page, room, "mail/lire-et-repondre")
    touch(page, room, "mail/row-chorale")
    touch(page, room, "mail/reply")
    body = part(page, "mail/body")
    body.press_sequentially("Oui je serai")
    page.keyboard.press("Home")
    rev = room.attempts["a1"].rev
    wait_until(page, lambda: room.attempts["a1"].rev > rev, "the text was not sent after a rest")
    page.keyboard.type("Bonjour. ")
    expect(body).to_be_focused()
    expect(body).to_have_value("Bonjour. Oui je serai")
    part(page, "mail/send").click()
    wait_until(page, lambda: bool(world(room)["mail"]["sent"]), "not sent")
    assert world(room)["mail"]["sent"][0]["body"] == "Bonjour. Oui je serai"


def to_samuel(page: Page, room: Room) -> None:
    touch(page, room, "desk/form")
    touch(page, room, "form/go-profil")
    touch(page, room, "form/change", "choose", "non")
    touch(page, room, "form/next")


def test_what_stops_gets_the_focus_and_leads_to_its_field(page: Page, room: Room) -> None:
    open_desk(page, room, DECLARATION)
    to_samuel(page, room)
    touch(page, room, "form/salaire-1", "type", "beaucoup")
    touch(page, room, "form/next")
    told = page.get_by_role("alert").filter(has_text="1 réponse à revoir")
    expect(told).to_be_focused()
    told.get_by_role("link", name="juillet 2026").click()
    field = part(page, "form/salaire-1")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Presque. Regardez cette réponse.")
    expect(part(page, "form/salaire-2")).to_have_value("912")


def test_on_a_phone_what_stops_a_message_is_seen_and_the_next_field_keeps_the_focus(phone: Page, room: Room) -> None:
    open_desk(phone, room, "mail/lire-et-repondre", "assisted")
    touch(phone, room, "mail/new")
    part(phone, "mail/to").fill("nimporte")
    part(phone, "mail/attach").scroll_into_view_if_needed()
    touch(phone, room, "mail/send")
    told = phone.locator(".sim-mail .fault").first
    expect(told).to_be_focused()
    guide, box = phone.locator(".desk-guide").bounding_box(), told.bounding_box()
    assert guide
    assert box
    assert guide["y"] + guide["height"] <= box["y"] <= 740
    part(phone, "mail/to").fill("chorale@valcombe.example")
    part(phone, "mail/body").tap()
    wait_until(phone, lambda: "to" not in world(room)["mail"]["errors"], "the address is not mended")
    expect(part(phone, "mail/body")).to_be_focused()


def test_an_amount_is_shown_as_it_was_understood(page: Page, room: Room) -> None:
    open_desk(page, room, DECLARATION)
    to_samuel(page, room)
    touch(page, room, "form/salaire-3", "type", " 1 034,50 € ")
    expect(part(page, "form/salaire-3")).to_have_value("1034,50")
    assert world(room)["form"]["values"]["salaire-3"] == "1034.50"


def test_arrow_keys_choose_among_round_boxes_and_tell_only_where_they_rest(page: Page, room: Room) -> None:
    open_desk(page, room, DECLARATION)
    touch(page, room, "desk/form")
    touch(page, room, "form/go-profil")
    page.locator('input[value="oui"]').focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator('input[value="non"]')).to_be_checked()
    page.keyboard.press("Tab")
    wait_until(page, lambda: world(room)["form"]["values"].get("change") == "non", "not chosen")
    assert [one["value"] for one in room.attempts["a1"].counted if one["part"] == "form/change"] == ["non"]


def test_the_trainer_sees_the_same_screen_and_changes_nothing(
    page: Page, open_page: Callable[..., Page], room: Room
) -> None:
    open_desk(page, room, DECLARATION)
    to_samuel(page, room)
    touch(page, room, "form/salaire-3", "type", "1034")
    trainer = open_page()
    trainer.goto(f"{room.url}/teach/screens/a1")
    expect(trainer.locator('.desk-room:not([hidden]) [data-part="form/salaire-3"]')).to_have_value("1034")
    assert trainer.evaluate(TEXTS) == page.evaluate(TEXTS)
    rev = room.attempts["a1"].rev
    trainer.locator('.desk-room:not([hidden]) [data-part="form/next"]').dispatch_event("click")
    trainer.wait_for_timeout(400)
    assert room.attempts["a1"].rev == rev


def test_the_receipt_and_its_number_are_seen_in_the_form_the_file_and_the_mail(page: Page, room: Room) -> None:
    open_desk(page, room, DECLARATION)
    while not world(room)["form"]["sent"]:
        guide = guide_of(room)
        assert guide
        touch(page, room, guide.part, guide.do, guide.value)
    touch(page, room, "form/download")
    number = world(room)["form"]["receipt"]
    expect(page.locator(".receipt")).to_contain_text(number)
    expect(page.locator(".receipt")).to_contain_text("SPÉCIMEN")
    for name in ("desk/files", "files/folder-downloads", "files/row-f-recu"):
        touch(page, room, name)
    expect(page.locator(".sheet")).to_contain_text(number)
    touch(page, room, "desk/mail")
    touch(page, room, "mail/inbox")
    touch(page, room, "mail/row-m-recu")
    expect(page.locator(".sim-mail .body")).to_contain_text(number)
