"""The page of a partner keeps what it does not ask, and gives back what was typed."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from lms.database.db import db
from lms.database.door import transaction
from lms.partners.credentials import read_credentials
from lms.partners.registry import Wish, find_partner, set_relay
from tests.web.house import COURSE, House

VERB = "http://adlnet.gov/expapi/verbs/passed"


def test_a_new_address_keeps_the_courses_and_verbs_that_are_sent(house: House) -> None:
    with house.app.app_context(), transaction() as connection:
        wish = Wish("https://lrs.example/xapi", "k", "s", courses=[COURSE], verbs=[VERB])
        set_relay(connection, "key", house.here.id, house.here.partner, wish)
    client, page = house.as_role(house.here, "administrator"), f"/admin/partners/{house.here.partner}"
    shown = client.get(page).get_data(as_text=True)
    assert f'name="course" value="{COURSE}" checked' in shown
    form = {"url": "https://new.example/xapi", "key": "k", "version": "1.0.3", "what": "own", "course": COURSE}
    assert client.post(f"{page}/relay", data=form).status_code == 302
    with house.app.app_context(), db.engine.connect() as connection:
        row = find_partner(connection, house.here.id, house.here.partner)
    assert (row.relay_url, json.loads(row.relay_filter)) == (
        "https://new.example/xapi/",
        {"courses": [COURSE], "verbs": [VERB]},
    )


def test_a_wrong_address_gives_back_what_was_typed_and_ticked(house: House) -> None:
    client, page = house.as_role(house.here, "administrator"), f"/admin/partners/{house.here.partner}"
    form = {"url": "http://far.example/xapi", "key": "our-key", "version": "2.0.0", "what": "all", "course": COURSE}
    shown = client.post(f"{page}/relay", data=form).get_data(as_text=True)
    assert "Il faut une adresse en https" in shown
    for part in ('value="http://far.example/xapi"', 'value="our-key"', "<option selected>2.0.0", 'value="all" checked'):
        assert part in shown, part
    assert f'name="course" value="{COURSE}" checked' in shown


@pytest.mark.parametrize("deed", ["keys/{credential}/revoke", "close"])
def test_an_access_that_is_closed_on_its_page_opens_nothing_from_then_on(house: House, deed: str) -> None:
    assert show(house, house.here.secret) == 200
    press(house, deed)
    assert show(house, house.here.secret) == 401


def test_a_new_secret_opens_at_once_beside_the_former(house: House) -> None:
    assert show(house, house.here.secret) == 200
    client = press(house, "keys/{credential}/rotate")
    with client.session_transaction() as session:
        fresh = session["fresh"]["secret"]
    assert [show(house, secret) for secret in (fresh, house.here.secret, "neither")] == [200, 200, 401]


def test_a_limit_that_is_not_there_any_more_makes_no_access_without_it(house: House) -> None:
    """A group was deleted while the page was open: what was ticked must not become everything."""
    client, page = house.as_role(house.here, "administrator"), f"/admin/partners/{house.here.partner}"
    with house.app.app_context(), db.engine.connect() as connection:
        before = len(read_credentials(connection, house.here.id))
    for name in ("group", "course"):
        answer = client.post(f"{page}/keys", data={"scope": "all", name: "gone"})
        assert answer.status_code == 400
    assert client.post(f"{page}/keys", data={"scope": "all", "course": COURSE}).status_code == 302
    with house.app.app_context(), db.engine.connect() as connection:
        made = read_credentials(connection, house.here.id)
    assert len(made) == before + 1
    assert {frozenset({COURSE})} == {one.limits.courses for one in made if one.limits.courses}


def press(house: House, deed: str) -> FlaskClient:
    """A button of the partner's page."""
    client = house.as_role(house.here, "administrator")
    path = f"/admin/partners/{house.here.partner}/{deed.format(credential=house.here.credential)}"
    assert client.post(path).status_code == 302
    return client


def show(house: House, secret: str) -> int:
    """The answer to this secret."""
    headers = {"X-Experience-API-Version": "1.0.3"}
    return house.visit().get("/xapi/statements", headers=headers, auth=(house.here.key, secret)).status_code
