"""Tokens, origins, policy, cookies, headers: on every route and every page."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest

from lms.app import read_key
from lms.database.ids import new_id
from lms.web.security import POLICY
from tests.web.house import EXERCISE, PASSWORD, QUIZ, House
from tests.web.markup import inspect, read_text
from tests.web.pages import iter_pages
from tests.web.routes import CREDENTIAL, TOKEN, Route
from tests.web.test_routes import ROUTES, ask

UNSAFE = [route for route in ROUTES if route.method != "GET" and route.kind != CREDENTIAL]
FORMS = [route for route in UNSAFE if route.json is None]
SCRIPTS = [route for route in UNSAFE if route.json is not None]


def name(route: Route) -> str:
    return f"{route.method} {route.endpoint}"


@pytest.mark.parametrize("route", FORMS, ids=name)
def test_a_form_without_token_is_refused_with_a_sentence(house: House, route: Route) -> None:
    role = route.roles[0] if len(route.roles) == 1 else "learner"
    with house.checked():
        answer = ask(house.as_role(house.here, role), route, house.here)
    assert answer.status_code == 400
    text = read_text(answer.get_data(as_text=True))
    assert "une autre personne est venue. Rechargez la page, puis essayez encore." in text.replace(
        "Ce que vous avez déjà fait est gardé. ", ""
    )


@pytest.mark.parametrize("route", SCRIPTS, ids=name)
def test_what_a_script_sends_must_be_json(house: House, route: Route) -> None:
    role = route.roles[0] if len(route.roles) == 1 else "learner"
    client = house.as_role(house.here, role)
    things = {"person": house.here.learners[0].person, "exercise": house.here.attempts[EXERCISE], "fresh": new_id()}
    path = route.path.format(**things)
    with house.checked():
        answer = client.post(path, data='{"kind": "say", "text": "x"}', content_type="text/plain")
    assert answer.status_code == (200 if route.endpoint == "learn.call_from_desk" else 400)


@pytest.mark.parametrize(
    "origin", ["https://example.org", "null", "http://localhost.example.org", "http://localhost:81"]
)
@pytest.mark.parametrize("route", UNSAFE, ids=name)
def test_another_site_is_refused_with_a_sentence(house: House, route: Route, origin: str) -> None:
    role = route.roles[0] if len(route.roles) == 1 else "learner"
    client = house.as_role(house.here, role)
    client.environ_base["HTTP_ORIGIN"] = origin
    answer = ask(client, route, house.here)
    assert answer.status_code == 403
    told = answer.get_json()["error"]["sentence"] if answer.is_json else read_text(answer.get_data(as_text=True))
    assert "Cette demande vient d'un autre site." in told


def test_our_own_pages_are_not_refused(house: House) -> None:
    client = house.as_role(house.here, "learner")
    client.environ_base["HTTP_ORIGIN"] = "http://localhost"
    assert client.post("/learn/call").status_code == 302


def test_the_token_of_an_earlier_sign_in_is_refused(house: House) -> None:
    with house.checked():
        client = house.as_role(house.here, "learner")
        token = find_token(client.get("/learn/").get_data(as_text=True))
        assert client.post("/learn/call", data={"csrf_token": token}).status_code == 302
        client.post("/learn/finish", data={"csrf_token": token})
        with client.session_transaction() as session:
            session["_user_id"] = f"{house.here.id}|{house.here.learners[1].person}"
        assert client.post("/learn/call", data={"csrf_token": token}).status_code == 400


def find_token(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def test_going_out_twice_is_no_fault(house: House) -> None:
    with house.checked():
        assert house.visit().post("/learn/finish").headers["Location"] == "/"


def test_every_page_keeps_the_strict_policy(house: House) -> None:
    seen = 0
    for client, path, status in iter_pages(house):
        answer = client.get(path)
        assert answer.status_code == status, path
        assert answer.headers["Content-Security-Policy"] == POLICY, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store", path
        found = inspect(answer.get_data(as_text=True))
        assert found.faults == [], path
        assert all("csrf_token" in form for form in found.forms), path
        seen += 1
    assert seen > 25


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    answer = house.visit().post("/account/sign-in", data={"login": "trainer@ici", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie, "a room on http:// would lose it"


def test_behind_https_the_cookie_is_secure(house: House) -> None:
    house.app.config["SESSION_COOKIE_SECURE"] = True
    try:
        answer = house.visit().post("/account/sign-in", data={"login": "trainer@ici", "password": PASSWORD})
        assert "Secure" in answer.headers["Set-Cookie"]
    finally:
        house.app.config["SESSION_COOKIE_SECURE"] = False


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file, before = tmp_path / "secret.key", os.umask(0)
    try:
        first = read_key(file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_key(file) == first
    assert len(first) >= 43


@pytest.mark.parametrize(
    "wanted", ["//evil.org", "https://evil.org", "/\\evil.org", "/\t/evil.org", "javascript:alert(1)"]
)
def test_no_form_leads_to_another_site(house: House, wanted: str) -> None:
    client = house.visit()
    data = {"login": "trainer@ici", "password": PASSWORD, "next": wanted}
    assert client.post("/account/sign-in", data=data).headers["Location"] == "/teach/"
    assert client.post("/look", data={"back": wanted}).headers["Location"] == "/"
    learner = house.as_role(house.here, "learner")
    help_page = learner.get("/learn/help", query_string={"back": wanted}).get_data(as_text=True)
    assert inspect(help_page).faults == []
    # The page's own address may come back, quoted, as the place to return to: there it is looked at again.
    own = re.sub(r'name="back" value="[^"]*"|href="/learn/language\?back=/learn/help%3F[^"]*"', "", help_page)
    assert "evil" not in own
    chosen = learner.post("/look", data={"locale": "fr", "back": wanted})
    assert chosen.headers["Location"] in ("/", "/learn/")


def test_a_page_of_ours_is_gone_back_to(house: House) -> None:
    data = {"login": "trainer@ici", "password": PASSWORD, "next": f"/teach/workshops/{house.here.workshop.id}?card=1"}
    assert house.visit().post("/account/sign-in", data=data).headers["Location"] == data["next"]
    away = house.visit().get("/teach/statements?before=5")
    assert away.headers["Location"] == "/account/sign-in?next=/teach/statements?before%3D5"


def test_the_error_page_leads_back_to_our_page_only(house: House) -> None:
    client = house.as_role(house.here, "learner")

    def refuse(referrer: str) -> str:
        wrong = {"mode": "none of them"}
        return client.post(f"/learn/begin/{QUIZ}", data=wrong, headers={"Referer": referrer}).get_data(as_text=True)

    assert 'href="/learn/help"' in refuse("http://localhost/learn/help")
    for foreign in ("https://evil.org/x", "http://localhost//evil.org"):
        assert "evil" not in refuse(foreign)
    gone = client.get("/nowhere", headers={"Referer": "http://localhost/learn/done"}).get_data(as_text=True)
    assert 'href="/learn/done"' not in gone


def test_names_are_shown_as_text_everywhere(house: House) -> None:
    trainer, workshop = house.as_role(house.here, "trainer"), house.here.workshop
    bad = "<img src=x onerror=y>"
    trainer.post(f"/teach/workshops/{workshop.id}/learners", data={"names": bad})
    trainer.post("/teach/workshops", data={"name": bad})
    named = house.visit()
    named.post("/learn/code", data={"code": workshop.code})
    for client, path in (
        (trainer, f"/teach/workshops/{workshop.id}"),
        (trainer, f"/teach/workshops/{workshop.id}/board"),
        (trainer, "/teach/"),
        (named, "/learn/name"),
    ):
        html = client.get(path).get_data(as_text=True)
        assert inspect(html).faults == []
        assert bad in read_text(html)


def test_a_word_sent_to_a_learner_is_data_and_no_markup(house: House) -> None:
    trainer, person = house.as_role(house.here, "trainer"), house.here.learners[0].person
    trainer.post(f"/teach/learners/{person}/nudge", data={"kind": "say", "text": "</script><script>x"})
    found = house.as_role(house.here, "learner").get("/learn/nudges?after=0")
    assert found.mimetype == "application/json"
    assert found.get_json()["nudges"][0]["text"] == "</script><script>x"


def test_the_token_route_takes_any_text_for_a_token(house: House) -> None:
    body = {"token": f"{house.here.id}.é\u2028", "events": [{"id": new_id(), "response": {}}]}
    assert house.visit().post(f"/learn/attempts/{house.here.attempts[EXERCISE]}/events", json=body).status_code == 403
    assert next(route for route in ROUTES if route.kind == TOKEN).endpoint == "learn.events"
