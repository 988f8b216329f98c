"""Every hook is called for real: one plugin implements all, and each shows its effect through the application."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

import lms.cli
from lms.app import create_app
from lms.cli import serving
from lms.contract import Standing
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import new_id
from lms.database.models import Organisation
from lms.errors import PluginError
from lms.learning.attempts import Who, start_attempt
from lms.learning.submit import Response, submit
from lms.lrs.kept import Kept
from lms.partners.preparing import build_preparing
from lms.partners.registry import Target
from lms.people.accounts import add_organisation, add_person
from lms.settings import Settings
from lms.web.site import Site
from lms.worker import find_work, watch_once
from tests.fixtures.server import run_lms

EVERY = Path(__file__).parent / "every"
COURSE = """
title: Crier
type: backwards
locale: fr
modules: [{id: m, title: Crier, activities: [haut, bas]}]
"""
ACTIVITY = "---\ntype: shout\ntitle: Crier\ninstruction: Criez.\n---\nohé\n"
BARE = """
from lms.contract import hookimpl
from lms.contract.pages import Blueprint

CONTRACT = 1
pages = Blueprint("bare", __name__)


@pages.get("/")
def page():
    return "open to whom?"


@hookimpl
def register_blueprints():
    return [pages]
"""
SHOUTED = "https://w3id.org/xapi/declic/verbs/shouted"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the plugin, and a course that needs it."""
    home = tmp_path_factory.mktemp("hooks")
    shutil.copytree(EVERY, home / "plugins/every", ignore=shutil.ignore_patterns("__pycache__"))
    course = home / "courses/cris"
    course.mkdir(parents=True)
    (course / "course.yaml").write_text(COURSE)
    for name in ("haut", "bas"):
        (course / f"{name}.fr.md").write_text(ACTIVITY)
    return home


@pytest.fixture(scope="module")
def app(home: Path) -> Flask:
    return create_app(Settings(home=home, theme="plum"))


@pytest.fixture
def site(app: Flask) -> Iterator[Site]:
    with app.app_context():
        yield app.extensions["lms"]


@pytest.fixture
def learner(site: Site) -> Who:
    return add_somebody("learner")


def add_somebody(role: str) -> Who:
    with transaction() as connection:
        organisation = add_organisation(connection, new_id(), "Ici")
        return Who(organisation, add_person(connection, organisation, "Monique", [role]))


def visit(app: Flask, who: Who) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{who.organisation}|{who.person}"
    return client


def shout(site: Site, who: Who) -> None:
    attempt = start_attempt(site.classroom, who, "cris/haut", "alone")
    submit(site.classroom, who.organisation, attempt, [Response(new_id(), 0, {})], lambda _: True)


def read_heard() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text("SELECT what FROM every_heard")).scalars())


def test_register_course_types_decides_what_comes_next(site: Site) -> None:
    course = site.classroom.catalogue.courses["cris"]
    kind = site.classroom.plugins.course_types[course.type]
    assert kind.next(list(course.activities), {}) == "cris/bas"
    assert kind.done(list(course.activities), {one: Standing(one) for one in course.activities})


def test_register_activity_types_shows_its_page_to_a_learner(app: Flask, site: Site, learner: Who) -> None:
    attempt = start_attempt(site.classroom, learner, "cris/haut", "alone")
    page = visit(app, learner).get(f"/learn/attempts/{attempt}")
    assert page.status_code == 200
    assert "<p>Crier</p>" in page.text


def test_register_simulators_brings_scenarios_and_static_files(app: Flask, site: Site) -> None:
    assert site.simulators["bell"].scenario_names() == ["bell/sonner"]
    assert app.test_client().get(site.trees.url("simulator/bell/app.js")).status_code == 200


def test_register_themes_brings_the_theme_of_the_instance(site: Site) -> None:
    assert (site.find_theme("").name, site.find_theme("").parent) == ("plum", "default")


def test_register_vocabulary_gives_a_verb_its_identifier_and_label(site: Site, learner: Who) -> None:
    shout(site, learner)
    with db.engine.connect() as connection:
        wanted = text("SELECT body FROM statement WHERE verb = :verb AND person_id = :person")
        body = connection.execute(wanted, {"verb": SHOUTED, "person": learner.person}).scalar_one()
    assert '"a crié"' in body


def test_register_tables_makes_the_plugins_own_table_and_version(site: Site) -> None:
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM every_version")).scalar_one() == "0001"
    assert isinstance(read_heard(), list)


def test_register_jobs_runs_when_due_and_may_read_the_plugins_table(site: Site, learner: Who) -> None:
    shout(site, learner)
    works = find_work(site.settings, site.classroom.plugins)
    assert watch_once({"count-shouts": works["count-shouts"]}, "me") == {"count-shouts": len(read_heard())}


def test_register_commands_adds_a_verb_to_lms(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_HOME", str(home))
    monkeypatch.setattr(lms.cli.lms, "commands", dict(lms.cli.lms.commands))
    serving.add_plugin_verbs(["shout"])
    assert CliRunner().invoke(lms.cli.lms, ["shout"]).output == "Ohé !\n"


def test_register_blueprints_gives_pages_by_role_in_one_transaction(app: Flask) -> None:
    with app.app_context():
        trainer, learner = add_somebody("trainer"), add_somebody("learner")
        before = len(read_heard())
    app.config["WTF_CSRF_ENABLED"] = False
    assert visit(app, trainer).post("/every/").status_code == 204
    assert "Cela est refusé." in visit(app, trainer).post("/every/", data={"fail": "1"}).text
    assert visit(app, learner).get("/every/").status_code == 403
    assert visit(app, learner).post("/every/").status_code == 403
    assert app.test_client().get("/every/door").status_code == 200
    assert f"{trainer.person} {before + 1}" in visit(app, trainer).get("/every/").text
    assert sys.modules["lms_plugins.every"].TOLD[-1:] == [trainer.person]


def test_register_blueprints_refuses_a_page_that_does_not_say_for_whom(tmp_path: Path) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "bare.py").write_text(BARE)
    with pytest.raises(PluginError, match=r"view bare\.page: add @needs"):
        create_app(Settings(home=tmp_path))


def test_register_panels_stand_on_the_desk_of_whom_they_are_for(app: Flask) -> None:
    with app.app_context():
        trainer, worker = add_somebody("trainer"), add_somebody("social_worker")
    assert 'href="/every/"' in visit(app, trainer).get("/social/").text
    assert 'href="/every/"' not in visit(app, worker).get("/social/").text


def test_offers_for_stand_beside_the_paths_of_the_courses(app: Flask) -> None:
    with app.app_context():
        trainer = add_somebody("trainer")
    shown = visit(app, trainer).get("/every/").text
    first, last = "Un cours de cri /every/", "La souris /learn/exercises/premiers-pas/souris"
    assert 0 <= shown.find(first) < shown.find(last)


def test_navigation_items_stand_in_the_menu_of_whom_they_are_for(app: Flask) -> None:
    with app.app_context():
        trainer, learner = add_somebody("trainer"), add_somebody("learner")
    # Outside of that context: one visit must not remember who made the other.
    assert ">Les cris</a>" in visit(app, trainer).get("/teach/").text
    assert "Les cris" not in visit(app, learner).get("/learn/").text


def test_render_body_replaces_markdown_for_its_own_activities_alone(site: Site) -> None:
    activities = site.classroom.catalogue.courses
    assert activities["cris"].activities["cris/haut"].html == "<p class='shouted'>OHÉ</p>"
    assert "<h2" in activities["premiers-pas"].activities["premiers-pas/m01-lecon"].html


def test_statement_for_partner_changes_or_withholds_what_is_sent(site: Site) -> None:
    prepare = build_preparing(site.classroom.plugins, "https://here.example/o/")
    kept = [Kept("1", 1, "declic", SHOUTED, "cris/haut", '{"id": "1"}')]
    target = Target("o", "p", "Département", "https://there.example/xapi/", "", "")
    assert [one.body for one in prepare(target, kept)] == ['{"id":"1","context":{"platform":"for Département"}}']
    assert prepare(replace(target, name="Nobody"), kept) == []


def test_statement_stored_is_told_after_the_commit(site: Site, learner: Who) -> None:
    before = len(read_heard())
    shout(site, learner)
    assert f"stored {SHOUTED}" in read_heard()[before:]


def test_person_erased_is_told_after_the_commit(home: Path, site: Site, learner: Who) -> None:
    with db.engine.connect() as connection:
        slug = connection.execute(select(Organisation.slug).where(Organisation.id == learner.organisation)).scalar_one()
    told = run_lms(home, "people", "erase", learner.person, "--yes", "--organisation", slug)
    assert told.returncode == 0, told.stderr
    assert f"erased {learner.person}" in read_heard()


def test_progress_changed_is_told_after_the_commit(site: Site, learner: Who) -> None:
    before = len(read_heard())
    shout(site, learner)
    assert "changed cris/haut" in read_heard()[before:]
