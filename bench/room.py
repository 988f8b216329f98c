"""A room to load: one workshop, its learners, signed sessions, open attempts and the touches that end them."""

from __future__ import annotations

import json
import os
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf

from bench.load import Call, call
from lms.app import create_app
from lms.contract import Activity, Scenario, State
from lms.database.db import db
from lms.database.door import transaction
from lms.learning.attempts import AttemptNow, Who, read_attempt, start_attempt
from lms.people.accounts import (
    add_organisation,
    add_person,
    check_password,
    find_account,
    new_password,
    set_password,
)
from lms.people.workshops import LearnerFacts, WorkshopFacts, add_learners, add_workshop, read_learners, read_workshop
from lms.settings import Settings, read_settings
from lms.web.access import SignedIn, this_hour

ACTIVITY = "premiers-pas/p01-exercice"
LONGEST = 60
"""Touches after which a scenario's hints ought to have ended it."""


@dataclass(frozen=True)
class Learner:
    """One learner's requests, ready to be sent."""

    person: str
    home: Call
    activity: Call
    sign_in: Call
    events: list[Call]


@dataclass(frozen=True)
class Room:
    """A workshop, its trainer's sign-in, what his board asks every two seconds, its learners."""

    organisation: str
    workshop: str
    login: str
    password: str
    board: Call
    learners: list[Learner]


def build_room(home: Path, database_url: str, learners: int, attempts: int) -> Room:
    """Fill a fresh instance in `home`; each learner gets `attempts` open attempts."""
    settings: Settings = replace(read_settings({"LMS_HOME": str(home)}), database_url=database_url)
    app = create_app(settings)
    with app.app_context():
        login, password = f"trainer-{os.getpid()}-{uuid.uuid4().hex[:6]}", new_password()
        workshop = add_room(learners, login, password)
        with db.engine.connect() as connection:
            people = read_learners(connection, workshop.organisation, workshop.group)
            account = find_account(connection, *(check_password(connection, login, password) or ("", "")))
        assert account is not None
        trainer = SignedIn(account).get_id()
        room = [_prepare(app, workshop, one, attempts) for one in people]
        db.engine.dispose()
    board = call("GET", f"/teach/workshops/{workshop.id}/live.json", sign_in_as(app, trainer))
    return Room(workshop.organisation, workshop.id, login, password, board, room)


def add_room(learners: int, login: str, password: str) -> WorkshopFacts:
    with transaction() as connection:
        organisation = add_organisation(connection, login, "Bench")
        trainer = add_person(connection, organisation, "Nadia", ["trainer"])
        set_password(connection, organisation, trainer, login, password)
        made = add_workshop(connection, organisation, trainer, "Bench", "premiers-pas")
        workshop = read_workshop(connection, organisation, trainer, made)
        add_learners(
            connection, workshop, [f"Personne {chr(65 + at // 26)}{chr(65 + at % 26)}" for at in range(learners)]
        )
    return workshop


def make_cookie(app: Flask, values: dict[str, Any]) -> str:
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(values)}"


def sign_in_as(app: Flask, key: str) -> str:
    """The session of a browser after its first page: signed in, with its form token and the hour of its renewal."""
    seen = {"_permanent": True, "hour": this_hour(), "csrf_token": secrets.token_hex(20)}
    return make_cookie(app, {"_user_id": key, "_fresh": True} | seen)


def _prepare(app: Flask, workshop: WorkshopFacts, learner: LearnerFacts, attempts: int) -> Learner:
    cookie = sign_in_as(app, f"{workshop.organisation}|{learner.person}")
    classroom = app.extensions["lms"].classroom
    activity = find_simulation(classroom.catalogue)
    who = Who(workshop.organisation, learner.person)
    ids = [start_attempt(classroom, who, activity.id, "guided") for _ in range(attempts)]
    with db.engine.connect() as connection:
        opened = [read_attempt(connection, workshop.organisation, one) for one in ids]
    page = call("GET", f"/learn/attempts/{ids[-1]}", cookie)
    events = [one for attempt in opened[:-1] for one in list_touches(activity, attempt, cookie)]
    return Learner(learner.person, call("GET", "/learn/", cookie), page, _sign_in(app, workshop, learner), events)


def find_simulation(catalogue: Any) -> Activity:
    """The procedure of «Premiers pas»: forms, mail and files on one desk, the heaviest of the exercises."""
    found: Activity | None = catalogue.find_activity(ACTIVITY)
    if found is None:
        raise LookupError(f"no activity {ACTIVITY}")
    return found


def _sign_in(app: Flask, workshop: WorkshopFacts, learner: LearnerFacts) -> Call:
    with app.app_context(), app.test_request_context():
        form = [("csrf_token", generate_csrf()), ("learner", learner.person)]
        cookie = make_cookie(app, {"code": workshop.code, "csrf_token": session["csrf_token"]})
    body = urlencode([*form, *(("picture", one) for one in learner.pictures)]).encode()
    return call("POST", "/learn/pictures", cookie, body, "application/x-www-form-urlencoded", (302,))


def list_touches(activity: Activity, attempt: AttemptNow, cookie: str) -> list[Call]:
    """The events that bring one attempt to its end, as its own hints tell."""
    scenario: Scenario = activity.options["scenario"]
    path, made = f"/learn/attempts/{attempt.id}/events", []
    state: State = attempt.state
    now, seed = datetime.fromisoformat(state["clock"]), int(state["seed"])
    for rev in range(attempt.rev, attempt.rev + LONGEST):
        guide = scenario.guide(state)
        if guide is None:
            return made
        response = {"part": guide.part, "do": guide.do, "value": guide.value}
        event = {"id": str(uuid.uuid4()), "rev": rev, "response": response, "at": state["clock"]}
        token = f"{attempt.who.organisation}.{attempt.token}"
        body = json.dumps({"token": token, "events": [event]}).encode()
        made.append(call("POST", path, cookie, body, "application/json"))
        state = scenario.advance(state, response, now, seed).state
    raise RuntimeError(f"{scenario.id}: its hints did not end it in {LONGEST} touches")
