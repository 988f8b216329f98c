"""Role × route × organisation: every route of the application, opened by everybody."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.database.ids import new_id
from lms.people.roles import ROLES
from tests.web.house import EXERCISE, LESSON, VISITOR, Home, House
from tests.web.routes import CREDENTIAL, FIGURES, MINE, OPEN, ROLE, TOKEN, Route
from tests.web.routes import ROUTES as MOST
from tests.web.school_routes import SCHOOL

ROUTES = (*MOST, *SCHOOL)
NAMES = [f"{route.method} {route.endpoint}" for route in ROUTES]
VERSION = {"X-Experience-API-Version": "1.0.3"}


def test_every_route_stands_in_the_table(house: House) -> None:
    table = {(route.endpoint, route.method) for route in ROUTES}
    found = {
        (rule.endpoint, method) for rule in house.app.url_map.iter_rules() for method in rule.methods or () if method
    }
    assert {(name, method) for name, method in found if method not in ("HEAD", "OPTIONS")} == table


def test_a_route_that_is_added_without_a_row_is_noticed(house: House) -> None:
    table = {route.endpoint for route in ROUTES}
    endpoints = {rule.endpoint for rule in house.app.url_map.iter_rules()} | {"teach.forgotten"}
    assert endpoints - table == {"teach.forgotten"}


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_whoever_may_not_is_refused_and_changes_nothing(house: House, route: Route) -> None:
    for name, client, status in iter_refused(house, route):
        answer = ask(client, route, house.here)
        assert answer.status_code == status, name
        assert_tells_nothing(house, answer, name)
    if house.watch.changed:
        assert read_all(house.live) == read_all(house.kept)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_whoever_may_is_let_in(house: House, route: Route) -> None:
    for name, client, status in iter_allowed(house, route):
        house.restore()
        assert ask(client, route, house.here).status_code == status, name


def iter_refused(house: House, route: Route) -> Iterator[tuple[str, FlaskClient, int]]:
    """(who, browser, status) of everybody who may not open this route of `house.here`."""
    if route.kind in (ROLE, MINE):
        away = 302 if route.method == "GET" and route.accept != "application/json" else 401
        yield VISITOR, house.visit(), away
    if route.kind == MINE:
        yield "a guest", house.visit(guest=new_id()), 404
        yield "another learner", house.visit(house.here.id, house.here.learners[1].person), 404
        yield from ((f"{role} here", house.as_role(house.here, role), 404) for role in ROLES if role != "learner")
        yield from ((f"{role} there", house.as_role(house.there, role), 404) for role in ROLES)
    if route.kind == ROLE:
        for role in sorted(set(ROLES) - set(route.roles)):
            for home, place in ((house.here, "here"), (house.there, "there")):
                yield f"{role} {place}", house.as_role(home, role), 403
    if route.owned:
        for role in route.roles:
            yield f"{role} there", house.as_role(house.there, role), 404
        if route.roles in (("trainer",), ("teacher",), ("student",)):
            yield "another one of this house", house.as_role(house.others, route.roles[0]), 404
    if route.kind == FIGURES:
        yield "a partner", with_credential(house.visit(), house.here), 401
    if route.kind in (CREDENTIAL, FIGURES):
        yield from ((f"{role} without credential", house.as_role(house.here, role), 401) for role in ROLES)
        yield "no credential", house.visit(), 401
    if route.kind == TOKEN:
        yield "nobody's token", house.visit(), 404


def iter_allowed(house: House, route: Route) -> Iterator[tuple[str, FlaskClient, int]]:
    """(who, browser, status) of everybody who may."""
    if route.kind == OPEN:
        yield VISITOR, house.visit(), route.others.get(VISITOR, route.status)
        for home, place in ((house.here, "here"), (house.there, "there")):
            yield from ((f"{role} {place}", house.as_role(home, role), route.status) for role in ROLES)
    if route.kind == ROLE:
        for role in route.roles:
            yield role, house.as_role(house.here, role), route.status
            if not route.owned:
                yield f"{role} there", house.as_role(house.there, role), route.status
    if route.kind == MINE:
        yield "the learner", house.as_role(house.here, "learner"), route.status
    if route.kind == CREDENTIAL:
        yield "the partner", with_credential(house.visit(), house.here), route.status
    if route.kind == FIGURES:
        yield "who watches the machine", with_figures(house.visit(), house), route.status
    if route.kind == TOKEN:
        yield "the learner", with_token(house.as_role(house.here, "learner"), house.here), route.status
        yield "the queue, after the sign-in", with_token(house.visit(), house.here), route.status


def ask(client: FlaskClient, route: Route, home: Home) -> TestResponse:
    """Send the row's request about things of `home`."""
    words = {
        "digest": "0" * 12,
        "code": home.workshop.code,
        "person": home.learners[0].person,
        "workshop": home.workshop.id,
        "lesson": home.attempts[LESSON],
        "exercise": home.attempts[EXERCISE],
        "trainer": home.people["trainer"],
        "partner": home.partner,
        "credential": home.credential,
        "fresh": new_id(),
        "student": home.people["student"],
        "promotion": home.school.promotion,
        "module": home.school.module,
        "written": home.school.written,
        "work": home.school.work,
        "attestation": home.school.attestation,
        "file": home.school.file,
        "attested": home.school.code,
    }
    more: dict[str, Any] = {"headers": {"Accept": route.accept} | (VERSION if "/xapi/" in route.path else {})}
    if route.json is not None:
        token = client.environ_base.get("test.token")
        more["json"] = route.json | {"token": token or "nobody.nothing"} if route.kind == TOKEN else route.json
    elif route.form:
        more["data"] = {name: one.format(**words) if isinstance(one, str) else one for name, one in route.form.items()}
    if secret := client.environ_base.get("test.secret"):
        more["auth"] = secret
    return client.open(route.path.format(**words), method=route.method, **more)


def with_token(client: FlaskClient, home: Home) -> FlaskClient:
    client.environ_base["test.token"] = home.tokens[EXERCISE]
    return client


def with_credential(client: FlaskClient, home: Home) -> FlaskClient:
    client.environ_base["test.secret"] = (home.key, home.secret)
    return client


def with_figures(client: FlaskClient, house: House) -> FlaskClient:
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {(house.folder / 'metrics.token').read_text().strip()}"
    return client


def assert_tells_nothing(house: House, answer: TestResponse, name: str) -> None:
    """No name, code or id of the organisation stands in a refusal."""
    text = answer.get_data(as_text=True)
    for secret in (house.here.workshop.code, house.here.workshop.title, house.here.learners[0].first_name):
        own = name == "learner here" and secret == house.here.learners[0].first_name
        assert own or secret not in text, name


def read_all(database: Path) -> str:
    """Everything in the database, as SQL; but for what the same refusals count."""
    with closing(sqlite3.connect(database)) as connection:
        return "\n".join(line for line in connection.iterdump() if not line.startswith('INSERT INTO "throttle"'))


@pytest.mark.parametrize("role", ["trainer"])
def test_a_trainer_reads_only_statements_of_his_own_groups(house: House, role: str) -> None:
    own = house.as_role(house.here, role).get("/teach/statements").get_data(as_text=True)
    assert house.here.learners[0].first_name in own
    for home in (house.there, house.others):
        seen = house.as_role(home, role).get("/teach/statements").get_data(as_text=True)
        assert house.here.learners[0].first_name not in seen
        assert house.here.learners[0].person not in seen
        assert home.learners[0].first_name in seen


def test_a_partner_reads_only_statements_of_its_own_organisation(house: House) -> None:
    def read(home: Home, path: str = "") -> TestResponse:
        return house.visit().get(f"/xapi/statements{path}", auth=(home.key, home.secret), headers=VERSION)

    found = read(house.here).get_json()["statements"]
    assert {one["actor"]["account"]["homePage"].rpartition("/")[2] for one in found} == {house.here.id}
    assert read(house.there, f"?statementId={found[0]['id']}").status_code == 404


def test_lists_show_only_people_of_the_own_house(house: House) -> None:
    shown = house.as_role(house.there, "administrator").get("/admin/").get_data(as_text=True)
    assert "trainer@ailleurs" in shown
    assert "trainer@ici" not in shown
    workshops = house.as_role(house.others, "trainer").get("/teach/").get_data(as_text=True)
    assert house.others.workshop.code in workshops
    assert house.here.workshop.code not in workshops


def test_the_token_of_one_attempt_opens_no_other(house: House) -> None:
    for home in (house.there, house.others):
        body = {"token": house.here.tokens[LESSON], **{"events": [{"id": new_id(), "response": {"help": "lost"}}]}}
        answer = house.visit().post(f"/learn/attempts/{home.attempts[EXERCISE]}/events", json=body)
        assert answer.status_code in (403, 404)


def test_a_token_writes_but_is_shown_nothing(house: House) -> None:
    body = {"token": house.here.tokens[EXERCISE], "events": [{"id": new_id(), "response": {"help": "lost"}}]}
    url = f"/learn/attempts/{house.here.attempts[EXERCISE]}/events"
    assert set(house.visit().post(url, json=body).get_json()) == {"acknowledged"}
    assert "world" in house.as_role(house.here, "learner").post(url, json=body).get_json()
