"""Steps that several browser tests share."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.web_static.room import Room


def part(page: Page, name: str) -> Locator:
    """A part of the desk on screen."""
    return page.locator(f'[data-part="{name}"]')


def touched(room: Room, id: str = "a1") -> list[str]:
    """Parts and helps that the engine counted, in order."""
    return [response.get("part", response.get("help")) for response in room.attempts[id].counted]


def waiting(page: Page) -> int:
    """Events that this browser still keeps."""
    return int(
        page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('declic.waiting.')).length")
    )


def wait_until(page: Page, holds: Callable[[], bool], what: str, seconds: float = 15) -> None:
    """Wait for something outside the page; `what` is said when it does not come."""
    for _ in range(int(seconds * 20)):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(what)


def open_desk(page: Page, room: Room, mode: str = "alone") -> None:
    """A fresh attempt at the letter, ready to be touched."""
    page.goto(room.url + room.start(mode))
    expect(part(page, "notes/new")).to_be_visible()
    expect(page.locator(".desk-help-list button").first).to_be_attached()


def follow(page: Page) -> None:
    """Do what is pointed at, until the end, by real pointer and keys."""
    for _ in range(20):
        if page.locator(".desk-end").count():
            return
        pointed = page.locator(".is-pointed")
        expect(pointed).to_have_count(1)
        name = pointed.get_attribute("data-part")
        if name == "notes/text":
            pointed.fill("Bonjour Madame")
            pointed.blur()
        else:
            pointed.click()
        page.wait_for_timeout(450)
