"""One promotion through the first module: from a pasted list to an attestation that anybody may check."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.house import House
from e2e.school import do_activity, sign_in

MODULE = "Détecter une difficulté en entretien"
CASE = "Une situation de stage"
TEXT = "Une personne arrive avec trois lettres. Nous les lisons ensemble, et elle choisit la suite."
PASSWORD = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")


def test_one_promotion_from_a_list_to_a_signed_attestation(
    page: Page, open_page: Callable[..., Page], house: House
) -> None:
    sign_in(page, house, house.told.teacher, house.told.teacher_password, "Mes promotions")
    promotion, login, password = make_promotion(page)
    give_work(page, promotion)
    student = open_page()
    sign_in(student, house, login, password, "Mon travail")
    do_module(student, house)
    write_case(student, house)
    mark_case(page, promotion)
    code = sign_attestation(page, promotion)
    look_at_results(student, house)
    check_code(open_page(), house, code)


def make_promotion(page: Page) -> tuple[str, str, str]:
    """Name it, paste two names, read the slip of the first; the promotion's address, identifier, password."""
    page.get_by_label("Nom de la promotion").fill("Promotion du jeudi")
    page.get_by_role("button", name="Créer la promotion").click()
    page.get_by_label("Prénoms et noms").fill("Nour Haddad\nPaula Simon")
    page.get_by_role("button", name="Créer les comptes").click()
    slip = page.locator(".slips > li").filter(has_text="Nour Haddad")
    login, password = slip.locator("dd").nth(1).inner_text(), slip.locator("dd").nth(2).inner_text()
    assert PASSWORD.fullmatch(password)
    page.get_by_role("link", name="C'est remis").click()
    expect(page.get_by_role("rowheader", name="Paula Simon")).to_be_visible()
    assert password not in page.content()
    return page.url.removesuffix("/students"), login, password


def give_work(page: Page, promotion: str) -> None:
    """The module, and a case to be marked."""
    page.goto(promotion)
    page.get_by_role("link", name="Donner un premier module").click()
    page.get_by_label("Module", exact=True).select_option(label=MODULE)
    page.get_by_role("button", name="Ajouter au calendrier").click()
    page.get_by_text("Donner un module ou un travail").click()
    page.get_by_label("Ce qu'il faut faire").select_option(label="Analyse de cas")
    page.get_by_label("Module", exact=True).select_option(label=MODULE)
    page.get_by_text("Pour un travail écrit ou un jeu de rôle").click()
    page.get_by_label("Titre").fill(CASE)
    page.get_by_label("Question ou consigne").fill("Racontez, sans nom ni lieu.")
    page.get_by_label("Corriger sans voir les noms").check()
    page.get_by_role("button", name="Ajouter au calendrier").click()
    expect(page.get_by_role("link", name=CASE)).to_be_visible()


def do_module(page: Page, house: House) -> None:
    """Every activity, the next one first, until the module says that all is done."""
    course = house.classroom.catalogue.find_course("accompagner")
    assert course is not None
    count = len(course.modules[0].activities)
    for _ in range(count):
        page.goto(f"{house.url}/school/me")
        page.get_by_role("link", name=MODULE).first.click()
        page.locator("a.button-next").click()
        if "/learn/begin/" in page.url:  # what two may play asks first
            page.locator("button[name=mode]").first.click()
        page.wait_for_url("**/learn/attempts/*")
        do_activity(page, house)
    page.goto(f"{house.url}/school/me")
    expect(page.get_by_role("row").filter(has_text=MODULE)).to_contain_text("terminé")


def write_case(page: Page, house: House) -> None:
    """A draft first; a real number is refused and everything kept; then it is in."""
    page.get_by_role("link", name=CASE).first.click()
    for label in ("La situation", "Ce que vous comprenez", "Ce que vous proposez", "Ses choix, ses droits"):
        page.get_by_label(label).fill(TEXT)
    page.get_by_role("button", name="Garder le brouillon").click()
    expect(page.get_by_text("Votre brouillon est gardé.")).to_be_visible()
    page.get_by_label("Ce que vous proposez").fill(f"{TEXT} Son numéro : 06 12 34 56 78.")
    page.get_by_role("button", name="Rendre mon travail").click()
    expect(page.get_by_text("Un vrai numéro de téléphone semble écrit")).to_be_visible()
    expect(page.get_by_label("La situation")).to_have_value(TEXT)
    page.get_by_label("Ce que vous proposez").fill(TEXT)
    page.get_by_role("button", name="Rendre mon travail").click()
    expect(page.get_by_text("Votre travail est rendu. Vous verrez ici le résultat.")).to_be_visible()


def mark_case(page: Page, promotion: str) -> None:
    """Without a name; a criterion that was forgotten is named; then the result is given back."""
    page.goto(promotion)
    page.locator("a.button-next").click()
    page.locator("a.button-next").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Copie")
    expect(page.locator("main")).not_to_contain_text("Nour")
    for name in ("r1", "r2", "r3", "r4"):
        page.locator(f"[name={name}][value='3']").check()
    page.get_by_label("Commentaire").fill("La suite est datée, bien.")
    page.get_by_role("button", name="Valider ma correction").click()
    expect(page.get_by_text("Il reste à noter : R5")).to_be_visible()
    page.locator("[name=r5][value='2']").check()
    page.get_by_role("button", name="Valider ma correction").click()
    page.get_by_role("button", name="Rendre 1 résultat").click()
    expect(page.get_by_role("row").filter(has_text="Nour Haddad")).to_contain_text("rendue, 14/15")


def sign_attestation(page: Page, promotion: str) -> str:
    """Sign for whoever did all of it; the PDF is there, and so is its code."""
    page.goto(f"{promotion}/attestations")
    other = page.get_by_role("row").filter(has_text="Paula Simon")
    expect(other).to_contain_text("0 sur")
    row = page.get_by_role("row").filter(has_text="Nour Haddad")
    row.get_by_role("button", name="Signer").click()
    expect(row).to_contain_text("signée par Hélène")
    address = row.get_by_role("link").get_attribute("href")
    answer = page.context.request.get(str(page.evaluate("(path) => new URL(path, location).href", address)))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    return str(address)


def look_at_results(page: Page, house: House) -> None:
    """The student reads marks and comment, and has the attestation."""
    page.goto(f"{house.url}/school/me/portfolio")
    expect(page.get_by_text("La suite est datée, bien.")).to_be_visible()
    expect(page.get_by_text("14/15, acquis")).to_be_visible()
    expect(page.get_by_role("link", name=MODULE)).to_be_visible()
    expect(page.get_by_role("region", name="Positionnement : " + MODULE)).to_contain_text("1 sur 3")


def check_code(page: Page, house: House, address: str) -> None:
    """A stranger types the code of the paper: valid, the module, and no name."""
    code = house.find_attestation_code(address.rpartition("/")[2].removesuffix(".pdf"))
    page.goto(f"{house.url}/attestation")
    page.get_by_label("Le code de l'attestation").fill(code)
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_text("est valable")).to_be_visible()
    expect(page.locator("main")).to_contain_text(MODULE)
    expect(page.locator("main")).not_to_contain_text("Nour")
    page.get_by_label("Le code de l'attestation").fill("aaaa-bbbb-cccc")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_text("valable n'a ce code")).to_be_visible()
