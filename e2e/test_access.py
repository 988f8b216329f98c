"""Every page, in each look: axe finds nothing, nothing scrolls sideways, and little is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.conftest import Faults
from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import begin, choose_name, come_in, part, wait_for_desk
from tests.fixtures.browser import LAPTOP
from tests.fixtures.server import running

LOOKS = ("default", "high-contrast", "right-to-left")
NARROW = {"width": 320, "height": 740}
ZOOMED = {"width": 320, "height": 256}
KILO = 1000


@pytest.fixture(scope="session")
def mirrored(house: House) -> Iterator[str]:
    """The same house where visitors read from right to left; its words are Arabic."""
    with running(house.server.home, locale="ar") as server:
        yield server.url


class Walker:
    """Looks at one page after the other, and keeps what is wrong with each."""

    def __init__(self, page: Page, axe: Callable[[Page], list[str]], look: str, base: str) -> None:
        self.page, self.axe, self.look, self.base = page, axe, look, base
        self.found: dict[str, list[str]] = {}
        self.seen: list[str] = []

    def look_at(self, name: str) -> None:
        """axe at 1366 × 768, then no sideways scrolling at 320 px and at 400 % zoom."""
        self.seen.append(name)
        self.page.wait_for_load_state()
        direction, theme = self.page.evaluate(
            "() => [document.dir, Boolean(document.querySelector('[href*=high-contrast]'))]"
        )
        assert (direction == "rtl") == (self.look == "right-to-left"), name
        assert theme == (self.look == "high-contrast"), name
        wrong = self.axe(self.page)
        for size in (NARROW, ZOOMED):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            wide = self.page.evaluate("() => document.documentElement.scrollWidth")
            if wide > size["width"]:
                wrong.append(f"{wide} px wide at {size}")
        self.page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
        if wrong:
            self.found[name] = wrong

    def open(self, name: str, path: str) -> None:
        """Go there by its address and look."""
        self.page.goto(self.base + path)
        self.look_at(name)


@pytest.fixture(params=LOOKS)
def walker(request: pytest.FixtureRequest, page: Page, house: House, axe: Callable[[Page], list[str]]) -> Walker:
    """A walker in each look."""
    look: str = request.param
    base = request.getfixturevalue("mirrored") if look == "right-to-left" else house.url
    return Walker(page, axe, look, base)


def dress(house: House, person: str, look: str) -> None:
    """Give somebody this look."""
    theme = "high-contrast" if look == "high-contrast" else ""
    house.change_person(person, theme=theme, locale="ar" if look == "right-to-left" else "fr")


def choose_contrast(walker: Walker) -> None:
    """At the foot of the page, as a visitor does; what was chosen stays until somebody comes in."""
    if walker.look == "high-contrast" and not walker.page.get_by_role("button", name="Couleurs douces").count():
        walker.page.get_by_role("button", name="Plus de contraste").click()
        expect(walker.page.get_by_role("button", name="Couleurs douces")).to_be_visible()


def test_every_page_of_a_visitor(walker: Walker, house: House, learner: Learner, faults: Faults) -> None:
    faults.forgive("404")
    page = walker.page
    page.goto(walker.base)
    choose_contrast(walker)
    walker.look_at("welcome")
    page.locator("#field-code").fill("000001")
    page.locator(".code-form .button-next").click()
    expect(page.locator(".field-error")).to_be_visible()
    walker.look_at("wrong code")
    walker.open("sign-in", "/account/sign-in")
    walker.open("help", "/learn/help")
    walker.open("languages", "/learn/language")
    walker.open("exercises", "/learn/exercises")
    walker.open("module", "/learn/exercises/premiers-pas/souris")
    walker.open("words", "/learn/words")
    walker.open("word", "/learn/words/formulaire")
    walker.open("error", "/nothing/here")
    walker.open("goodbye", "/learn/goodbye")
    page.goto(walker.base)
    page.locator("form[action$='/learn/try'] button").click()
    page.wait_for_url("**/learn/try")
    choose_contrast(walker)
    walker.look_at("guest")
    page.goto(f"{walker.base}/c/{learner.code}")
    choose_contrast(walker)
    walker.look_at("names")
    page.get_by_role("button", name=learner.name, exact=True).click()
    page.wait_for_url("**/learn/pictures")
    walker.look_at("pictures")
    assert walker.found == {}


def test_every_page_of_a_learner(walker: Walker, house: House, learner: Learner) -> None:
    dress(house, learner.person, walker.look)
    page = walker.page
    page.goto(f"{walker.base}/c/{learner.code}")
    choose_name(page, learner)
    walker.look_at("home")
    begin(page, house, "m01-lecon", base=walker.base)
    walker.look_at("lesson")
    while "/done" not in page.url:
        with page.expect_navigation():
            page.locator(".button-next").click()
    walker.look_at("done")
    page.locator("a.card[href$=memo]").click()
    walker.look_at("memo")
    walker.open("home with what one can do", "/learn/")
    begin(page, house, "p01-quiz", base=walker.base)
    walker.look_at("quiz")
    with page.expect_navigation():
        page.locator(".button-next").click()
    walker.look_at("quiz, nothing chosen")
    walker.open("ways of a conversation", "/learn/begin/accompagner/ms3-ce-soir")
    page.locator("button[name=mode][value=alone]").click()
    walker.look_at("conversation")
    walker.open("where one stands", "/learn/begin/accompagner/ms3-avant")
    walker.open("grid", "/learn/begin/accompagner/ms1-evaluer")
    walker.open("mode", "/learn/begin/premiers-pas/p01-exercice")
    page.locator("button[name=mode][value=guided]").click()
    look_at_the_desk(walker, house)
    walker.open("languages", "/learn/language")
    walker.open("exercises", "/learn/exercises")
    walker.open("module", "/learn/exercises/premiers-pas/souris")
    walker.open("words", "/learn/words")
    walker.open("word", "/learn/words/formulaire")
    walker.open("help", "/learn/help")
    page.locator("main form button.card").first.click()
    walker.look_at("help, called")
    assert walker.found == {}
    assert len(walker.seen) == 23


def look_at_the_desk(walker: Walker, house: House) -> None:
    """Its three apps, its help, a fault told, its end."""
    page = walker.page
    wait_for_desk(page)
    walker.look_at("desk")
    page.locator("#help").click()
    walker.look_at("desk, help")
    page.locator("#help").click()
    part(page, "form/next").click()
    part(page, "form/code").click()
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    part(page, "form/next").click()
    expect(page.locator(".faults")).to_be_visible()
    walker.look_at("desk, to be looked at again")
    Hand(page, house).follow()
    walker.look_at("desk, end")


@pytest.mark.parametrize(
    "activity", ["m01-exercice", "m04-exercice", "m05-exercice", "k02-exercice", "e05-exercice", "p02-exercice"]
)
def test_every_simulator(
    page: Page, house: House, learner: Learner, axe: Callable[[Page], list[str]], activity: str
) -> None:
    come_in(page, house, learner)
    begin(page, house, activity, "guided")
    walker = Walker(page, axe, "default", house.url)
    walker.look_at(activity)
    assert walker.found == {}


def test_every_page_of_the_staff(
    walker: Walker, house: House, learner: Learner, open_page: Callable[..., Page]
) -> None:
    other = open_page()
    come_in(other, house, learner)
    begin(other, house, "p01-exercice", "guided")
    dress(house, house.find_person("Claire"), walker.look)
    try:
        page = walker.page
        page.goto(f"{walker.base}/account/sign-in")
        page.locator("[name=login]").fill(house.told.login)
        page.locator("[name=password]").fill(house.told.password)
        page.locator(".button-next").click()
        workshop = f"/teach/workshops/{house.find_workshop().id}"
        walker.open("workshops", "/teach/")
        walker.open("workshop", workshop)
        walker.open("board", f"{workshop}/board")
        walker.open("screen", f"/teach/learners/{learner.person}")
        begin(other, house, "m01-quiz")
        walker.open("screen without a desk", f"/teach/learners/{learner.person}")
        walker.open("statements", "/teach/statements")
        walker.open("sessions", "/teach/sessions")
        walker.open("session", "/teach/sessions/premiers-pas/5")
        walker.open("to be read again", "/teach/reviews")
        walker.open("different", "/teach/different/premiers-pas/p01-exercice")
        walker.open("house", "/admin/")
    finally:
        dress(house, house.find_person("Claire"), "default")
    assert walker.found == {}


def test_every_page_of_who_accompanies(walker: Walker, house: House) -> None:
    dress(house, house.find_person("Claire"), walker.look)
    page = walker.page
    try:
        page.goto(f"{walker.base}/account/sign-in")
        page.locator("[name=login]").fill(house.told.login)
        page.locator("[name=password]").fill(house.told.password)
        page.locator(".button-next").click()
        for path in ("social/", "detection/", "detection/records", "detection/figures", "detection/words"):
            walker.open(path, f"/{path}")
        for path in ("postures/", "postures/urgence", "postures/mandat", "social/together", "social/seats"):
            walker.open(path, f"/{path}")
        walker.open("begin", "/detection/")
        page.get_by_role("button", name="douze questions").click()
        for number in range(1, 13):
            page.wait_for_url(f"**/q{number}")
            if number in (1, 10):
                walker.look_at(f"question {number}")
            page.locator("[value='-']").click()
        page.wait_for_url("**/result")
        walker.look_at("result")
        page.locator("input[value='3']").check()
        page.locator(".button-next").click()
        for path in ("plan", "paper", "keep"):
            walker.open(path, f"/detection/{path}")
    finally:
        dress(house, house.find_person("Claire"), "default")
    assert walker.found == {}


def weigh(context: BrowserContext, url: str, ready: Callable[[Page], None] = lambda page: None) -> tuple[int, int]:
    """Bytes that came over the network for this address, and how many requests were answered by it."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: dict[str, int] = {}
    session.on("Network.loadingFinished", lambda one: sizes.update({one["requestId"]: int(one["encodedDataLength"])}))
    session.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    ready(page)
    page.close()
    sent = [size for size in sizes.values() if size]
    return sum(sent), len(sent)


def test_pages_are_light(open_page: Callable[..., Page], house: House, learner: Learner) -> None:
    first = open_page()
    come_in(first, house, learner)
    attempt = begin(first, house, "p01-exercice", "guided")
    known = first.context.storage_state(path=None)
    fresh = open_page(storage_state=known).context
    weight, requests = weigh(fresh, f"{house.url}/learn/")
    assert weight <= 60 * KILO
    assert requests <= 10
    again, _ = weigh(fresh, f"{house.url}/learn/")
    assert again <= 15 * KILO
    desk, _ = weigh(open_page(storage_state=known).context, f"{house.url}/learn/attempts/{attempt}", wait_for_desk)
    assert desk <= 120 * KILO
    print(f"home {weight} bytes in {requests} requests, again {again}; desk {desk}")


def test_less_movement_is_respected(open_page: Callable[..., Page], house: House, learner: Learner) -> None:
    page = open_page(reduced_motion="reduce", forced_colors="active")
    come_in(page, house, learner)
    begin(page, house, "p01-exercice", "guided")
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(one);
      const moves = animationName !== "none" && parseFloat(animationDuration) > 0.15;
      return moves || parseFloat(transitionDuration) > 0.15;
    }).map(({ className }) => String(className))"""
    assert page.evaluate(moving) == []
