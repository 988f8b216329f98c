"""An independent client (tincan's RemoteLRS) reads and writes through a real server with a credential."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from tincan import Activity, Agent, AgentProfileDocument, RemoteLRS, StateDocument, Statement, Verb

from tests.fixtures.server import Server
from tests.lrs.partner import open_house

VERSION = {"X-Experience-API-Version": "1.0.3"}
SIMPLE: dict[str, Any] = {
    "actor": {"mbox": "mailto:sally@example.org"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
    "object": {"id": "https://example.org/activities/one"},
}


@dataclass(frozen=True)
class Machine:
    """A server and one partner's key to it."""

    server: Server
    key: str
    secret: str
    database_url: str

    def ask(self, method: str, path: str = "statements", **more: Any) -> httpx.Response:
        more["headers"] = VERSION | more.get("headers", {})
        more.setdefault("auth", (self.key, self.secret))
        return httpx.request(method, f"{self.server.url}/xapi/{path}", timeout=60, **more)

    def stored(self) -> list[str]:
        return [one["id"] for one in self.ask("GET").json()["statements"]]


@pytest.fixture
def machine(instance_url: str, tmp_path: Path, start_server: Callable[..., Server]) -> Machine:
    home = tmp_path / "instance"
    pair = open_house(home, instance_url)
    return Machine(start_server(home=home, database_url=instance_url, workers=1), *pair, instance_url)


def test_an_independent_client_writes_and_reads(machine: Machine) -> None:
    remote = RemoteLRS(
        version="1.0.3", endpoint=f"{machine.server.url}/xapi/", username=machine.key, password=machine.secret
    )
    made = [
        Statement(
            id=str(uuid.uuid4()),
            actor=Agent(name="Олена", mbox="mailto:olena@example.org"),
            verb=Verb(id=SIMPLE["verb"]["id"], display={"fr": "a vécu"}),
            object=Activity(id=f"https://example.org/activities/{at}"),
        )
        for at in range(4)
    ]
    first = remote.save_statement(made[0])  # PUT, since it has an id
    assert first.success, first.data
    rest = remote.save_statements(made[1:])
    assert rest.success, rest.data
    read = remote.retrieve_statement(made[0].id)
    assert read.success, read.data
    assert (read.content.actor.name, read.content.verb.display["fr"]) == ("Олена", "a vécu")
    page = remote.query_statements({"limit": 3, "agent": Agent(mbox="mailto:olena@example.org"), "ascending": True})
    assert page.success, page.data
    following = remote.more_statements(page.content)
    assert following.success, following.data
    found = [str(one.id) for one in [*page.content.statements, *following.content.statements]]
    assert found == [str(one.id) for one in made]
    assert remote.save_statement(made[0]).success  # the same again is taken, and kept once
    made[0].verb.id = "http://example.org/other"
    again = remote.save_statement(made[0])
    assert not again.success
    assert again.response.status == 409
    check_refusals(machine, found)
    check_documents(remote)


def check_documents(remote: RemoteLRS) -> None:
    """The client's states and profiles; it cannot say If-None-Match, so a profile is there before it changes it."""
    olena, activity = Agent(mbox="mailto:olena@example.org"), Activity(id="https://example.org/activities/1")
    state = StateDocument(id="page", content=bytearray(b"page 3\n"), agent=olena, activity=activity)
    assert remote.save_state(state).success
    read = remote.retrieve_state(activity, olena, "page")
    assert read.content.content == b"page 3\n"
    assert remote.retrieve_state_ids(activity, olena).content == ["page"]
    state.etag = '"' + "0" * 40 + '"'
    assert remote.save_state(state).response.status == 412
    state.etag = None
    assert remote.delete_state(state).success
    assert remote.retrieve_state_ids(activity, olena).content == []
    profile = AgentProfileDocument(id="page", content=bytearray(b"x"), agent=olena)
    assert remote.save_agent_profile(profile).response.status == 400


def check_refusals(machine: Machine, kept: list[str]) -> None:
    """Each wrong request gets a clear 4xx that names the member; what was stored stays, nothing is added."""
    wrong: list[tuple[int, str, httpx.Response]] = [
        (400, "not JSON", machine.ask("POST", content="{ nonsense")),
        (400, "verb: an object is needed", machine.ask("POST", json={**SIMPLE, "verb": 1})),
        (400, "actor.mbox", machine.ask("POST", json={**SIMPLE, "actor": {"mbox": "sally"}})),
        (400, "[1].id: a UUID", machine.ask("POST", json=[SIMPLE, {**SIMPLE, "id": "x"}])),
        (400, "actor: the same member twice", machine.ask("POST", content='{"actor":1,"actor":2}')),
        (400, "version: 1.0 or", machine.ask("POST", json={**SIMPLE, "version": "2.0"})),
        (400, "X-Experience-API-Version '3.0'", machine.ask("GET", headers={"X-Experience-API-Version": "3.0"})),
        (400, "X-Experience-API-Version ''", machine.ask("GET", headers={"X-Experience-API-Version": ""})),
        (400, "statementId", machine.ask("PUT", params={"statementId": str(uuid.uuid4())}, json=[SIMPLE, SIMPLE])),
        (400, "colour: unknown parameter", machine.ask("GET", params={"colour": "red"})),
        (400, "since", machine.ask("GET", params={"since": "yesterday"})),
        (400, "agent: not JSON", machine.ask("GET", params={"agent": "sally"})),
        (400, "not UTF-8", machine.ask("POST", content=b"\xff\xfe")),
        (401, "credential", machine.ask("GET", auth=(machine.key, "wrong"))),
        (401, "credential", machine.ask("POST", auth=("", ""), json=SIMPLE)),
        (404, "no statement", machine.ask("GET", params={"statementId": str(uuid.uuid4())})),
        (409, kept[0], machine.ask("POST", json={**SIMPLE, "id": kept[0]})),
    ]
    for status, words, answer in wrong:
        assert answer.status_code == status, (words, answer.text)
        told = answer.json()["error"]
        assert words in told["detail"], told
        assert told["sentence"]
        assert answer.headers["X-Experience-API-Version"] == "1.0.3"
    assert sorted(machine.stored()) == sorted(kept)


def test_another_organisations_credential_sees_and_changes_nothing(machine: Machine) -> None:
    from flask import Flask

    from lms.database.db import connect_database, db
    from lms.database.door import transaction
    from lms.partners.credentials import add_credential
    from lms.people.accounts import add_organisation

    name = machine.ask("POST", json=SIMPLE).json()[0]
    app = Flask("other")
    connect_database(app, machine.database_url, 5)
    with app.app_context():
        with transaction() as connection:
            other = add_organisation(connection, "there", "Là-bas")
            key, secret = add_credential(connection, other, "Ailleurs")
            reader, read_secret = add_credential(connection, other, "Lecture", ["statements/read"])
        db.engine.dispose()
    theirs = (key, secret)
    assert machine.ask("GET", auth=theirs).json()["statements"] == []
    assert machine.ask("GET", auth=theirs, params={"statementId": name}).status_code == 404
    assert machine.ask("POST", auth=theirs, json={**SIMPLE, "id": name}).status_code == 200  # ids are each house's own
    assert machine.ask("POST", auth=(reader, read_secret), json=SIMPLE).status_code == 403
    assert machine.stored() == [name]
    kept = machine.ask("GET", params={"statementId": name}).json()
    assert kept["authority"]["account"]["name"] == machine.key
