"""«Mon compte»: the password in force, another twice; the other sign-ins end, wrong tries are counted."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.database.door import transaction
from lms.people import throttle
from lms.people.accounts import set_password
from lms.people.roles import LEARNER, ROLES
from tests.web.house import PASSWORD, House
from tests.web.test_school import PASSWORD as SHOWN
from tests.web.test_school import paste, read

NEW = "sept mots au calme pour ma porte"
LOGIN = "trainer@ici"


def enter(house: House, password: str = PASSWORD, login: str = LOGIN) -> FlaskClient:
    """A browser that signed in as people do."""
    browser = house.visit()
    browser.post("/account/sign-in", data={"login": login, "password": password})
    return browser


def change(browser: FlaskClient, current: str = PASSWORD, new: str = NEW, again: str | None = None) -> str:
    form = {"current": current, "password": new, "again": new if again is None else again}
    return read(browser.post("/account/me", data=form, follow_redirects=True))


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/account/me").status_code == 200


def test_the_new_password_opens_and_the_old_one_no_more(house: House) -> None:
    assert "Votre mot de passe est changé." in change(enter(house))
    assert is_in(enter(house, NEW))
    assert not is_in(enter(house))


def test_other_sign_ins_end_and_this_one_goes_on(house: House) -> None:
    here, there = enter(house), enter(house)
    assert is_in(there)
    change(here)
    assert is_in(here)
    assert not is_in(there)
    answer = there.get("/account/me")
    assert answer.status_code == 302
    assert "/account/sign-in" in answer.headers["Location"]


def test_a_password_that_the_administrator_makes_ends_all_sign_ins_too(house: House) -> None:
    browser = enter(house)
    house.as_role(house.here, "administrator").post(f"/admin/people/{house.here.people['trainer']}/password")
    assert not is_in(browser)


@pytest.mark.parametrize(
    ("new", "again", "says"),
    [
        ("court", None, "C'est court : 5 signes. Il en faut 12 au moins."),
        ("a" * 201, None, "C'est long : 200 signes au plus."),
        ("aaaaaaaaaaaa", None, "Toujours les mêmes signes."),
        (f"{LOGIN} 2026", None, "Votre identifiant est dedans."),
        (PASSWORD, None, "C'est le même qu'avant."),
        (NEW, NEW + ".", "Les deux ne sont pas pareils."),
    ],
)
def test_each_rule_is_told_beside_its_field_and_nothing_changes(
    house: House, new: str, again: str | None, says: str
) -> None:
    shown = change(enter(house), new=new, again=again)
    assert says in shown
    assert NEW not in shown
    assert is_in(enter(house))


def test_a_wrong_current_password_is_counted_and_pauses(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = enter(house)
    for _ in range(4):
        assert "Ce n'est pas votre mot de passe d'aujourd'hui." in change(browser, current="autre chose ici")
    assert "Nous faisons une petite pause." in change(browser, current="autre chose ici")
    assert "Nous faisons une petite pause." in change(browser)
    assert is_in(enter(house)), "the sign-in itself is not paused"
    later = throttle.now() + throttle.PAUSE + 1
    monkeypatch.setattr(throttle, "now", lambda: later)
    assert "Votre mot de passe est changé." in change(browser)


def test_a_student_changes_the_one_that_was_printed_and_the_list_shows_none_any_more(house: House) -> None:
    printed = SHOWN.findall(paste(house, "Lina Moreau", form="f1"))[0]
    browser = enter(house, printed, "lina.moreau")
    assert "Mon compte" in read(browser.get("/school/me"))
    assert "Votre mot de passe est changé." in change(browser, current=printed)
    assert not SHOWN.search(paste(house, "Lina Moreau", form="f1"))


def test_whoever_has_no_password_here_is_told_so(house: House) -> None:
    author = house.as_role(house.here, "author")
    assert "Vous entrez ici sans mot de passe." in read(author.get("/account/me"))
    assert "Vous entrez ici sans mot de passe." in change(author)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {LEARNER}))
def test_every_role_finds_the_page_in_its_menu(house: House, role: str) -> None:
    home = house.as_role(house.here, role).get("/", follow_redirects=True)
    assert 'href="/account/me"' in home.get_data(as_text=True)


def test_another_house_with_the_same_person_is_not_touched(house: House) -> None:
    elsewhere = enter(house, login="trainer@ailleurs")
    change(enter(house))
    assert is_in(elsewhere)
    with house.app.app_context(), transaction() as connection:
        set_password(connection, house.there.id, house.there.people["trainer"], "trainer@ailleurs", NEW)
    assert not is_in(elsewhere)


def test_an_administrator_who_renews_the_own_one_stays_and_reads_it(house: House) -> None:
    person = house.here.people["administrator"]
    with house.app.app_context(), transaction() as connection:
        set_password(connection, house.here.id, person, "chef@ici", NEW)
    browser = enter(house, login="chef@ici", password=NEW)
    shown = read(browser.post(f"/admin/people/{person}/password", follow_redirects=True))
    assert SHOWN.search(shown), "the new password stands on the page"


def test_who_is_paused_signs_in_with_what_the_administrator_gives(house: House) -> None:
    for _ in range(throttle.FREE_TRIES):
        enter(house, "ce n'est pas celui-là")
    assert not is_in(enter(house)), "the pause holds for the right one too"
    chief = house.as_role(house.here, "administrator")
    chief.post(f"/admin/people/{house.here.people['trainer']}/password")
    with chief.session_transaction() as session:
        given = session["fresh"]["secret"]
    assert is_in(enter(house, given))
