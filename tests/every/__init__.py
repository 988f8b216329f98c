"""A plugin that implements every hook. Tests put a copy into an instance; it imports the contract and nothing else."""

from pathlib import Path

import click
from sqlalchemy import Column, MetaData, String, Table, insert, select

from lms.contract import (
    ActivityType,
    CourseType,
    Folder,
    Job,
    NavigationItem,
    Offer,
    Outcome,
    Panel,
    View,
    VocabularyTerm,
    hookimpl,
)
from lms.contract.pages import BadRequest, Blueprint, after_commit, find_offers, needs, open_to_anybody, render, viewer
from lms.contract.tables import Tables, read, write

CONTRACT = 1
TEMPLATES = {"every/ask.html": "<p>{{ data.ask }}</p>{{ activity.html|safe }}"}
PAGE = "{% extends 'layout.html' %}{% block main %}{{ who }} {{ count }} {{ offers|join(', ') }}{% endblock %}"
TEMPLATES |= {"every/heard.html": PAGE}
HERE = Path(__file__).parent
metadata = MetaData()
TOLD = []
HEARD = Table("every_heard", metadata, Column("what", String(200)))

pages = Blueprint("every", __name__)


@pages.get("/")
@needs("trainer")
def heard():
    offers = [f"{one.title} {one.url}" for one in find_offers(["M01"])]
    return render("every/heard.html", who=viewer().person, count=len(read(select(HEARD))), offers=offers)


@pages.post("/")
@needs("trainer")
def hear():
    write(insert(HEARD), {"what": "heard on a page"})
    after_commit(lambda: TOLD.append(viewer().person))
    raise_if_asked()
    return "", 204


@pages.get("/door")
@open_to_anybody
def door():
    return render("every/heard.html", who="nobody", count=0, offers=[])


def raise_if_asked():
    from flask import request

    if "fail" in request.form:
        raise BadRequest("asked to", sentence="Cela est refusé.")


class Shout(ActivityType):
    name = "shout"
    title = "Crier"

    def present(self, activity, state):
        return View("every/ask.html", {"ask": activity.title})

    def evaluate(self, activity, response, state):
        return Outcome(state, "shouted", success=True, completion=True)


class Backwards(CourseType):
    name = "backwards"
    title = "À l'envers"

    def next(self, activities, standings):
        left = [one for one in activities if one not in standings]
        return left[-1] if left else None


@hookimpl
def register_course_types():
    return [Backwards()]


@hookimpl
def register_activity_types():
    return [Shout()]


@hookimpl
def register_simulators():
    return [Folder("bell", HERE / "bell")]


@hookimpl
def register_themes():
    return [Folder("plum", HERE / "plum")]


@hookimpl
def register_vocabulary():
    return [VocabularyTerm("verb", "shouted", {"fr": "a crié"}, "Somebody shouted.")]


@hookimpl
def register_tables():
    return Tables(metadata, HERE / "migrations")


@hookimpl
def register_jobs():
    return [Job("count-shouts", 60, lambda: len(read(select(HEARD))))]


@hookimpl
def register_commands(cli):
    @cli.command("shout")
    def shout():
        """Say it aloud."""
        click.echo("Ohé !")


@hookimpl
def register_blueprints():
    return [pages]


@hookimpl
def register_panels():
    return [
        Panel("cries", "Écouter les cris", "Ce qui a été crié ici.", "every.heard", "ecouter", frozenset({"trainer"}))
    ]


@hookimpl
def offers_for(viewer, needs):
    return [Offer("Un cours de cri", "Le mardi.", "/every/", order=1)] if "M01" in needs else []


@hookimpl
def navigation_items(viewer):
    return [NavigationItem("Les cris", "teach.statements")] if "trainer" in viewer.roles else []


@hookimpl
def render_body(body, activity):
    return f"<p class='shouted'>{body.strip().upper()}</p>" if activity.type == "shout" else None


@hookimpl
def statement_for_partner(organisation, partner, statement):
    return None if partner == "Nobody" else {**statement, "context": {"platform": f"for {partner}"}}


@hookimpl
def statement_stored(organisation, statement):
    write(insert(HEARD), {"what": f"stored {statement['verb']['id']}"})


@hookimpl
def progress_changed(organisation, person, activity):
    write(insert(HEARD), {"what": f"changed {activity}"})


@hookimpl
def person_erased(organisation, person):
    write(insert(HEARD), {"what": f"erased {person}"})
