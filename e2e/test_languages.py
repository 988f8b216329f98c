"""A learner who reads Arabic: from the card to the end of an exercise on a French screen, right to left."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import begin, come_in, part, wait_for_desk, wait_until_sent


def test_who_reads_arabic_answers_a_french_message(page: Page, house: House, learner: Learner) -> None:
    page.goto(house.url)
    page.get_by_role("button", name="العربية", exact=True).click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    come_in(page, house, learner)
    page.get_by_role("link", name="كل التمارين").click()
    page.get_by_role("link", name="البريد").click()
    expect(page.locator(".exercise-list").get_by_text("قراءة رسالة والرد عليها")).to_be_visible()
    attempt = begin(page, house, "e02-exercice", "guided")
    expect(page.locator(".desk-app")).to_have_attribute("dir", "ltr")
    hand = Hand(page, house)
    shown = set()
    while guide := house.find_guide(attempt):
        expect(part(page, guide.part)).to_be_visible()
        shown.update(page.locator(".desk-say bdi[lang=fr][dir=ltr]").all_inner_texts())
        hand.touch(guide)
        wait_until_sent(page)
    assert any("Répondre" in one for one in shown)
    expect(page.locator(".desk-end-say")).to_contain_text("أنهيتَ: قراءة رسالة والرد عليها")


def test_what_is_not_translated_says_so_and_stays_french(page: Page, house: House, learner: Learner) -> None:
    house.change_person(learner.person, locale="ar")
    come_in(page, house, learner)
    begin(page, house, "n01-exercice", "guided")
    wait_for_desk(page)
    expect(page.locator(".in-french")).to_contain_text("بالفرنسية")
    expect(page.locator(".desk-say")).to_have_attribute("lang", "fr")
    part(page, "nav/address").fill("mediatheque")
    part(page, "nav/go").click()
    told = page.locator(".desk-feedback p")
    expect(told).not_to_be_empty()
    assert not re.search("[\u0600-\u06ff]", told.inner_text()), "one sentence in two languages"
