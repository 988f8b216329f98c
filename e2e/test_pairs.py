"""Two people at two machines, in two windows: one shows a code, each plays from his own seat, one leaves."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import come_in, find_attempt, part, wait_for_desk
from lms.contract import Guide

MANDATE = "accompagner/ms3-mandat"


Open = Callable[..., Page]


def sit_before(open_page: Open, house: House, who: Learner) -> Page:
    """A machine of his own, at the page where one chooses how to do the exercise."""
    page = open_page(viewport={"width": 1366, "height": 768})
    page.add_init_script("localStorage.setItem('voice', 'off')")
    come_in(page, house, who)
    page.goto(f"{house.url}/learn/begin/{MANDATE}")
    return page


def meet(first: Page, second: Page) -> str:
    """The one takes the professional's seat and shows the code, the other types it; the attempt."""
    first.get_by_role("button", name="Le professionnel").click()
    wait_for_desk(first)
    code = first.locator(".desk-pair-code").inner_text()
    second.get_by_label("Le code de votre voisin").fill(code)
    second.get_by_role("button", name="Rejoindre").click()
    wait_for_desk(second)
    assert find_attempt(first) == find_attempt(second)
    return find_attempt(first)


def see(house: House, attempt: str, seat: str) -> Guide | None:
    """What the guide means for whoever sits there."""
    found = house.read_attempt(attempt)
    activity = house.classroom.find_activity(found.activity)
    kind = house.classroom.find_type(activity)
    guide: Guide | None = activity.options["scenario"].guide(kind.sit(activity, found.state, seat))
    return None if found.ended else guide


def play(house: House, attempt: str, hands: dict[str, Hand]) -> dict[str, int]:
    """Whoever is called acts, on what the own page shows by then; how often each did."""
    count = dict.fromkeys(hands, 0)
    for _ in range(80):
        turns = {seat: see(house, attempt, seat) for seat in hands}
        called = [(seat, guide) for seat, guide in turns.items() if guide and guide.part]
        if not called:
            break
        seat, guide = called[0]
        expect(part(hands[seat].page, guide.part)).to_be_visible()
        hands[seat].touch(guide)
        count[seat] += 1
    return count


def test_a_pair_plays_the_mandate_from_two_windows_to_its_end(open_page: Open, house: House) -> None:
    one, two = house.add_learner(), house.add_learner()
    first, second = sit_before(open_page, house, one), sit_before(open_page, house, two)
    attempt = meet(first, second)
    expect(first.locator(".desk-pair")).to_contain_text(f"Vous jouez avec {two.name}.")
    count = play(house, attempt, {"pro": Hand(first, house), "person": Hand(second, house)})
    assert min(count.values()) >= 4
    for page in (first, second):
        expect(page.locator(".desk-reference")).to_contain_text("ENT-")
    assert house.read_attempt(attempt).ended
    assert house.count_statements(one.person) > 4
    assert house.count_statements(two.person) > 4


def test_who_stays_is_told_that_the_other_left_and_goes_on_alone(open_page: Open, house: House) -> None:
    one, two = house.add_learner(), house.add_learner()
    first, second = sit_before(open_page, house, one), sit_before(open_page, house, two)
    meet(first, second)
    second.get_by_role("button", name="Quitter l'exercice").click()
    second.wait_for_url("**/learn/")
    expect(first.locator(".desk-pair")).to_contain_text(f"{two.name} a quitté l'exercice.")
    first.get_by_role("button", name="Continuer seul·e").click()
    expect(first.get_by_role("button", name="Passez à la place de Chloé")).to_be_visible()


TALK = "accompagner/ms1-refus"


def answer(page: Page, text: str) -> None:
    """Choose the answer that begins so, and give it."""
    page.locator("ul.answers label", has_text=text).click()
    page.get_by_role("button", name="Répondre").click()


def test_two_people_hold_a_conversation_one_answers_and_the_other_says_what_it_did(
    open_page: Open, house: House
) -> None:
    one, two = house.add_learner(), house.add_learner()
    first, second = sit_before(open_page, house, one), sit_before(open_page, house, two)
    for page in (first, second):
        page.goto(f"{house.url}/learn/begin/{TALK}")
    first.get_by_role("button", name="Le professionnel").click()
    second.get_by_label("Le code de votre voisin").fill(first.locator(".pair-code").inner_text())
    second.get_by_role("button", name="Rejoindre").click()
    expect(first.locator("[data-pair]")).to_contain_text(f"Vous jouez avec {two.name}.")
    expect(second.locator("main")).to_contain_text("Dites cette phrase à voix haute, avec vos mots.")
    expect(second.get_by_role("button", name="Répondre")).to_have_count(0)
    answer(first, "Je comprends, mais vous verrez")
    expect(second.locator(".talk-now")).to_contain_text("Voilà. Vous aussi.")
    expect(second.locator("#answer")).to_be_empty()
    second.locator("label", has_text="Je me suis refermé·e.").click()
    second.get_by_role("button", name="Noter mon ressenti").click()
    first.locator(".talk-past summary").click()
    expect(first.locator(".talk-past")).to_contain_text("Gérard Aubert : Je me suis refermé·e.")
    answer(first, "Vous l'avez entendu partout")
    expect(second.locator(".talk-now")).to_contain_text("J'appelle, ou j'y vais.")
    attempt = find_attempt(first)
    paper = open_page()
    come_in(paper, house, two)
    paper.goto(f"{house.url}/learn/attempts/{attempt}/memo")
    expect(paper.locator("main")).to_contain_text("Gérard Aubert : Je me suis refermé·e.")
    expect(paper.locator("main")).to_contain_text("L'argument fait peur")


def test_who_is_left_in_a_conversation_goes_on_alone_and_ends_it(open_page: Open, house: House) -> None:
    one, two = house.add_learner(), house.add_learner()
    first, second = sit_before(open_page, house, one), sit_before(open_page, house, two)
    for page in (first, second):
        page.goto(f"{house.url}/learn/begin/{TALK}")
    first.get_by_role("button", name="Gérard Aubert").click()
    second.get_by_label("Le code de votre voisin").fill(first.locator(".pair-code").inner_text())
    second.get_by_role("button", name="Rejoindre").click()
    expect(first.locator("[data-pair]")).to_contain_text(f"Vous jouez avec {two.name}.")
    answer(second, "D'accord. Alors comment faites-vous")
    expect(first.locator(".talk-now")).to_contain_text("J'appelle, ou j'y vais.")
    second.get_by_role("button", name="Quitter l'exercice").click()
    first.get_by_role("button", name="Continuer seul·e").click()
    for text in ("Ce carnet, c'est", "Je ne sais pas encore.", "Que vous préférez le guichet"):
        answer(first, text)
    first.get_by_role("button", name="Terminer l'entretien").click()
    expect(first.locator("main")).to_contain_text("Un reçu dans le carnet.")
