"""Twenty megabytes, through real forms: a page that can be read, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

from tests.bad_input.room import Room, begin, find_token
from tests.web.markup import read_text

TWENTY = 20 * 1024 * 1024
TOO_LONG = "Ce texte est trop long."
TOO_HEAVY = "Ce fichier est trop lourd : 10 Mo au plus."


def find_form(room: Room, client: httpx.Client) -> tuple[str, str]:
    """The path of the names' form, and a token."""
    page = client.get("/teach/").text
    path = page.split('href="/teach/workshops/')[1].split('"')[0].removesuffix("/board")
    return f"/teach/workshops/{path}", find_token(page)


def test_a_book_pasted_into_a_form(room: Room) -> None:
    client, people = room.sign_in_trainer(), room.count("person")
    path, token = find_form(room, client)
    answer = client.post(f"{path}/learners", data={"csrf_token": token, "names": "Anne\n" * (TWENTY // 5)})
    assert answer.status_code == 413
    assert TOO_LONG in read_text(answer.text)
    assert "Revenez en arrière, et gardez-en une partie." in read_text(answer.text)
    assert room.count("person") == people
    assert client.get(path).status_code == 200, "one is still signed in"


def test_a_file_of_twenty_megabytes(room: Room) -> None:
    client = room.sign_in_trainer()
    path, token = find_form(room, client)
    answer = client.post(f"{path}/learners", data={"csrf_token": token}, files={"names": ("x.mp4", b"x" * TWENTY)})
    assert answer.status_code == 413
    assert TOO_HEAVY in read_text(answer.text)


def test_an_event_of_twenty_megabytes(room: Room) -> None:
    play, before = begin(room.sign_in_learner()), room.count("event")
    answer = play.client.post(play.island["urls"]["events"], json={"token": "x" * TWENTY, "events": []})
    assert answer.status_code == 413
    assert answer.json()["error"]["sentence"]
    assert room.count("event") == before
    assert play.send().status_code == 200


@pytest.mark.parametrize("kind", ["text", "file"])
def test_in_a_browser_the_page_can_be_read(room: Room, page: Page, tmp_path: Path, kind: str) -> None:
    people = room.count("person")
    page.goto(f"{room.server.url}/account/sign-in")
    page.locator("#field-login").fill(room.told.login)
    page.locator("#field-password").fill(room.told.password)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("link", name="Préparer").first.click()
    page.wait_for_url("**/teach/workshops/*")
    if kind == "text":
        page.locator("#field-names").evaluate(
            "(area, size) => { area.hidden = true; area.value = ('Anne '.repeat(40) + '\\n').repeat(size / 200) }",
            TWENTY,
        )
    else:
        page.locator("#field-names").fill("Anne")
        page.locator("#field-names").evaluate(
            """area => {
                const file = Object.assign(document.createElement("input"), {type: "file", name: "file", id: "big"});
                area.form.enctype = "multipart/form-data";
                area.form.append(file);
            }"""
        )
        big = tmp_path / "film.mp4"
        big.write_bytes(b"x" * TWENTY)
        page.locator("#big").set_input_files(big)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_text(TOO_LONG if kind == "text" else TOO_HEAVY).wait_for(timeout=60_000)
    assert room.count("person") == people
    page.get_by_role("link", name="Revenir à la page d'avant").click()
    page.wait_for_url("**/teach/workshops/*")
    page.get_by_text(room.told.learner, exact=True).first.wait_for()
