"""The guides' plugins in a whole application: tables are made, a row is written, a job forgets it."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import text

from lms.app import create_app
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import new_id
from lms.learning.attempts import Who, start_attempt
from lms.learning.submit import Response, submit
from lms.people.accounts import add_organisation, add_person
from lms.settings import Settings
from lms.worker import find_work, watch_once
from tests.docs.blocks import DOCS, write_blocks


def build_app(home: Path) -> Flask:
    """An instance with every file of the guides, in the theme of one of them."""
    for name in ("courses.md", "plugins.md", "themes.md"):
        write_blocks(DOCS / name, home)
    course = home / "courses/essai/course.yaml"
    course.write_text(course.read_text().replace("[bouger, choisir]", "[bouger, choisir, cadenas]"))
    return create_app(Settings(home=home, theme="nuit"))


def read_bravos() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text("SELECT activity FROM bravos_bravo")).scalars())


def test_the_plugin_with_a_table_counts_what_the_other_plugin_passed(tmp_path: Path) -> None:
    app = build_app(tmp_path)
    with app.app_context():
        classroom = app.extensions["lms"].classroom
        with transaction() as connection:
            organisation = add_organisation(connection, "ici", "Ici")
            person = add_person(connection, organisation, "Monique", ["learner"])
        attempt = start_attempt(classroom, Who(organisation, person), "essai/cadenas", "alone")
        submit(classroom, organisation, attempt, [Response(new_id(), 0, {"answer": "false"})], lambda _: True)
        assert read_bravos() == ["https://w3id.org/xapi/declic/activities/essai/cadenas"]
        works = find_work(app.extensions["lms"].settings, classroom.plugins)
        assert watch_once({"forget-bravos": works["forget-bravos"]}, "me") == {"forget-bravos": 1}
        assert read_bravos() == []


def test_the_theme_of_the_guide_repaints_the_first_page(tmp_path: Path) -> None:
    client = build_app(tmp_path).test_client()
    page = client.get("/").text
    sheet = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    assert "theme/nuit/" in sheet
    assert "--paper: #10141A" in client.get(sheet).text


def test_the_plugin_with_pages_keeps_a_word_and_answers_a_need(tmp_path: Path) -> None:
    app = build_app(tmp_path)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), transaction() as connection:
        organisation = add_organisation(connection, "ici", "Ici")
        worker = add_person(connection, organisation, "Inès", ["social_worker"])
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{organisation}|{worker}"
    assert "Le livre" in client.get("/social/").text
    assert client.post("/guestbook/", data={"say": ""}).status_code == 400
    assert client.post("/guestbook/", data={"say": "Bon courage."}).status_code == 302
    assert "<p>Bon courage.</p>" in client.get("/guestbook/").text
