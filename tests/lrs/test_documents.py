"""State, agent profiles, activity profiles: xAPI 1.0.3, part 3, 2.2 to 2.7 and 3.1; 2.0, 4.1.4 and 4.1.6."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.http import parse_date
from werkzeug.test import TestResponse

from lms.database.clock import to_iso
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Document, GroupMember
from lms.database.rows import insert_missing, table
from lms.lrs.conditions import Condition, ConditionMissing, PreconditionFailed
from lms.lrs.documents import STATE, Content, Place, erase_documents, find_document, put_document
from lms.lrs.merging import merge_objects
from lms.lrs.vocabulary import activity_iri
from lms.partners.credentials import Limits, add_key
from lms.partners.registry import find_partner_id
from tests.learning.test_submit import at_once
from tests.lrs.partner import Partner, add_partner, tell_fault
from tests.room import Room

SALLY = {"mbox": "mailto:sally@example.org"}
ACTIVITY = "https://example.org/activities/one"
ABOUT: dict[str, dict[str, str]] = {
    "activities/state": {"activityId": ACTIVITY, "agent": json.dumps(SALLY), "stateId": "page"},
    "agents/profile": {"agent": json.dumps(SALLY), "profileId": "page"},
    "activities/profile": {"activityId": ACTIVITY, "profileId": "page"},
}
PATHS = pytest.mark.parametrize("path", ABOUT)
BYTES = {"data": b"\x00\xff", "headers": {"Content-Type": "image/jpeg"}}

Ask = Callable[..., TestResponse]


def name_of(path: str) -> str:
    return "stateId" if path.endswith("state") else "profileId"


def at(partner: Partner, path: str) -> Ask:
    """Ask for the document of `ABOUT`; parameters by keyword replace its own, None drops one.

    A PUT says that nothing is there yet, unless it has a condition of its own or is `blind`.
    """

    def ask(
        method: str,
        *,
        json: Any = None,
        data: Any = None,
        headers: dict[str, str] | None = None,
        blind: bool = False,
        **more: Any,
    ) -> Any:
        asked = {name: value for name, value in {**ABOUT[path], **more}.items() if value is not None}
        sent = dict(headers or {})
        if method == "PUT" and not blind and "If-Match" not in sent:
            sent.setdefault("If-None-Match", "*")
        body = {"data": data} if json is None else {"json": json}
        return partner.ask(method, path, query_string=asked, headers=sent, **body)

    return ask


@PATHS
def test_a_document_is_kept_read_listed_and_deleted(each_partner: Partner, path: str) -> None:
    ask = at(each_partner, path)
    assert ask("GET").status_code == 404
    assert ask("PUT", **BYTES).status_code == 204
    found = ask("GET")
    assert (found.status_code, found.data, found.headers["Content-Type"]) == (200, b"\x00\xff", "image/jpeg")
    assert found.headers["ETag"] == f'"{hashlib.sha1(found.data).hexdigest()}"'
    changed = parse_date(found.headers["Last-Modified"])
    assert changed is not None
    assert abs((datetime.now(UTC) - changed).total_seconds()) < 60
    assert "sandbox" in found.headers["Content-Security-Policy"]
    assert ask("HEAD").data == b""
    listed = ask("GET", **{name_of(path): None})
    assert (listed.get_json(), listed.headers["Last-Modified"]) == (["page"], found.headers["Last-Modified"])
    assert ask("DELETE").status_code == 204
    assert ask("GET").status_code == 404
    assert ask("GET", **{name_of(path): None}).get_json() == []
    assert ask("DELETE").status_code == 204


@PATHS
def test_post_merges_one_level_deep(each_partner: Partner, path: str) -> None:
    ask = at(each_partner, path)
    assert ask("POST", json={"a": {"x": 1, "y": 2}, "b": 1}).status_code == 204
    assert ask("POST", json={"a": {"x": 3}, "c": [4]}).status_code == 204
    assert ask("GET").get_json() == {"a": {"x": 3}, "b": 1, "c": [4]}


@PATHS
def test_what_cannot_be_merged_changes_nothing(partner: Partner, path: str) -> None:
    ask, as_json = at(partner, path), {"Content-Type": "application/json; charset=utf-8"}
    assert ask("POST", data=b'{"a": 1}', headers=as_json).status_code == 204
    for words, data, kind in (
        ("Content-Type: POST merges", b"words", "text/plain"),
        ("Content-Type: POST merges", b'{"a": 2}', ""),
        ("a JSON object is needed", b"[1]", "application/json"),
        ("not JSON", b'{"a": 2}{', "application/json"),
        ("not JSON: NaN", b'{"a": NaN}', "application/json"),
        ("not UTF-8", b'{"a": "\xff"}', "application/json"),
        ("nested too deeply", b"[" * 100_000, "application/json"),
    ):
        answer = ask("POST", data=data, headers={"Content-Type": kind} if kind else {})
        assert (answer.status_code, words in tell_fault(answer)) == (400, True), (words, tell_fault(answer))
    assert ask("GET").data == b'{"a": 1}'
    other = {name_of(path): "picture"}
    assert ask("PUT", **BYTES, **other).status_code == 204
    answer = ask("POST", json={"a": 1}, **other)
    assert (answer.status_code, "is image/jpeg" in tell_fault(answer)) == (400, True)
    assert ask("GET", **other).data == b"\x00\xff"
    assert ask("PUT", data=b"{", headers=as_json, **{name_of(path): "broken"}).status_code == 400


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
objects = st.dictionaries(st.text(), values, max_size=5)


@given(objects, objects, st.booleans())
def test_a_merge_is_that_of_the_specification(kept: dict[str, Any], posted: dict[str, Any], indent: bool) -> None:
    texts = [json.dumps(one, indent=2 if indent else None) for one in (kept, posted)]
    assert json.loads(merge_objects(*texts)) == {**kept, **posted}


def test_a_merge_keeps_the_very_characters_of_every_value() -> None:
    assert merge_objects('{ "a": 1.50e2 , "b":0}', '{"b" : 12345678901234567890.10,"b":"\\u00e9"}') == (
        '{"a": 1.50e2,"b":"\\u00e9"}'
    )


TAG = '"' + "0" * 40 + '"'


@PATHS
def test_a_document_is_changed_only_as_it_was_read(partner: Partner, path: str) -> None:
    for version in ("1.0.3", "2.0.0"):
        ask = at(replace(partner, version=version), path)
        assert ask("PUT", json={"a": 1}, headers={"If-Match": "*"}).status_code == 412
        assert ask("DELETE", headers={"If-Match": TAG}).status_code == 412
        assert ask("PUT", json={"a": 1}, headers={"If-None-Match": "*"}).status_code == 204
        first = ask("GET").headers["ETag"]
        for method in ("PUT", "POST"):
            for wrong in ({"If-None-Match": "*"}, {"If-Match": TAG}, {"If-None-Match": f"{TAG}, {first}"}):
                answer = ask(method, json={"a": 2}, headers=wrong)
                assert (answer.status_code, first in tell_fault(answer)) == (412, True), (method, wrong)
        assert ask("DELETE", headers={"If-Match": TAG}).status_code == 412
        assert ask("GET").get_json() == {"a": 1}
        assert ask("GET", headers={"If-None-Match": first}).status_code == 304
        assert ask("PUT", json={"a": 2}, headers={"If-Match": f"{TAG}, {first}"}).status_code == 204
        assert ask("POST", json={"b": 3}, headers={"If-Match": first}).status_code == 412
        second = ask("GET").headers["ETag"]
        assert ask("POST", json={"b": 3}, headers={"If-Match": f"W/{second}"}).status_code == 204
        assert ask("GET").get_json() == {"a": 2, "b": 3}
        assert ask("DELETE", headers={"If-Match": ask("GET").headers["ETag"]}).status_code == 204


@PATHS
@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_a_document_is_not_replaced_blindly_save_a_state_in_1_0_3(partner: Partner, path: str, version: str) -> None:
    ask = at(replace(partner, version=version), path)
    made = ask("PUT", json={"a": 1}, blind=True)
    if version == "1.0.3" and not path.endswith("state"):
        assert (made.status_code, "If-None-Match: *" in tell_fault(made)) == (400, True)
        assert ask("POST", json={"a": 1}).status_code == 204
    answer = ask("PUT", json={"a": 2}, blind=True)
    if version == "1.0.3" and path.endswith("state"):
        assert (answer.status_code, ask("GET").get_json()) == (204, {"a": 2})
        return
    assert (answer.status_code, ask("GET").get_json()) == (409, {"a": 1})
    assert "read it (GET), then send its ETag as If-Match" in tell_fault(answer)
    assert ask("POST", json={"a": 2}).status_code == 204


def test_states_of_a_registration_stand_beside_those_of_none(each_partner: Partner) -> None:
    ask, one = at(each_partner, "activities/state"), str(uuid.uuid4())
    for registration, name in ((None, "page"), (one, "page"), (one.upper(), "mark")):
        assert (
            ask("PUT", data=(registration or "none").lower(), registration=registration, stateId=name).status_code
            == 204
        )
    assert (ask("GET").text, ask("GET", registration=one).text) == ("none", one)
    assert ask("GET", stateId=None).get_json() == ["page", "mark"]
    assert ask("GET", stateId=None, registration=one).get_json() == ["page", "mark"]
    assert ask("GET", stateId=None, registration=str(uuid.uuid4())).get_json() == []
    other = json.dumps({"mbox": "mailto:bob@example.org"})
    assert ask("PUT", data="bob", agent=other).status_code == 204
    assert ask("DELETE", stateId=None, registration=one).status_code == 204
    assert ask("GET", stateId=None).get_json() == ["page"]
    assert ask("DELETE", stateId=None).status_code == 204
    assert (ask("GET", stateId=None).get_json(), ask("GET", agent=other).text) == ([], "bob")


@PATHS
def test_only_what_changed_since_is_listed(each_partner: Partner, path: str) -> None:
    ask, name = at(each_partner, path), name_of(path)
    for one in ("first", "second"):
        assert ask("PUT", json={}, **{name: one}).status_code == 204
    with each_partner.app.app_context(), db.engine.connect() as connection:
        mine = table(Document).c.organisation_id == each_partner.organisation
        stored = dict(connection.execute(select(Document.name, Document.stored).where(mine)).all())
    whole = to_iso(stored["first"])[:-1] + f"{stored['first'] % 1000:03d}+00:00"
    assert ask("GET", since=whole, **{name: None}).get_json() == ["second"]
    assert ask("GET", since="1999-01-01T00:00:00Z", **{name: None}).get_json() == ["first", "second"]
    assert ask("POST", json={"a": 1}, **{name: "first"}).status_code == 204
    assert ask("GET", since=to_iso(stored["second"] + 1000), **{name: None}).get_json() == ["first"]


WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("activityId", "activityId: this parameter", {"activityId": None}),
    ("activityId", "activityId: an IRI", {"activityId": "one"}),
    ("agent", "agent: this parameter", {"agent": None}),
    ("agent", "agent: not JSON", {"agent": "sally"}),
    ("agent", "agent: not JSON", {"agent": "[" * 100_000}),
    ("agent", "agent: a JSON object", {"agent": "[]"}),
    ("agent", "agent: exactly one of", {"agent": '{"name":"Sally"}'}),
    ("agent", "agent.account.homePage: required", {"agent": '{"account":{"name":"a"}}'}),
    ("agent", "agent.mbox", {"agent": '{"mbox":12}'}),
    ("agent", "agent.objectType: Agent", {"agent": json.dumps({**SALLY, "objectType": "Group"})}),
    ("registration", "registration: a UUID", {"registration": "true"}),
    ("", "colour: unknown parameter", {"colour": "red"}),
    ("", "STATEID: unknown parameter", {"STATEID": "page"}),
    ("", "{name}: this parameter", {"{name}": ""}),
]


@PATHS
def test_a_wrong_parameter_is_named_by_every_method(partner: Partner, path: str) -> None:
    ask = at(partner, path)
    allowed = {*ABOUT[path], *(["registration"] if path.endswith("state") else [])}
    for needs, words, changed in WRONG:
        if needs and needs not in allowed:
            continue
        name = name_of(path)
        asked = {key.format(name=name) if key.startswith("{") else key: value for key, value in changed.items()}
        for method in ("GET", "PUT", "POST", "DELETE"):
            answer = ask(method, json={} if method in ("PUT", "POST") else None, **asked)
            assert answer.status_code == 400, (method, words, answer.text)
            assert words.replace("{name}", name) in tell_fault(answer), (method, tell_fault(answer))
    for since in ("yesterday", "2026", "", "9999999999999999", "2026-11-26"):
        answer = ask("GET", since=since, **{name_of(path): None})
        assert (answer.status_code, tell_fault(answer)) == (400, "since: an ISO 8601 instant is needed")
    assert ask("DELETE", since="2026-01-01T00:00:00Z").status_code == 400
    assert ask("PUT", json={}, since="2026-01-01T00:00:00Z").status_code == 400


def test_a_profile_is_deleted_by_name_only(partner: Partner) -> None:
    answer = at(partner, "agents/profile")("DELETE", profileId=None)
    assert (answer.status_code, tell_fault(answer)) == (400, "profileId: this parameter is needed")


@pytest.mark.parametrize("kind", ["image/jpeg", "application/json", "application/x-www-form-urlencoded"])
def test_a_body_without_its_length_is_kept_whole_or_refused(partner: Partner, kind: str) -> None:
    limit = 10 * 1024 * 1024
    in_chunks = {"wsgi.input_terminated": True, "CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    for length, status in ((3, 204), (limit, 204), (limit + 1, 413), (limit + 5000, 413)):
        answer = partner.ask(
            "PUT",
            "activities/state",
            query_string={**ABOUT["activities/state"], "stateId": str(length)},
            input_stream=BytesIO(b"1" * length if length < 10 else b'"' + b"1" * (length - 2) + b'"'),
            headers={"Content-Type": kind},
            environ_overrides=in_chunks,
        )
        assert answer.status_code == status, (length, answer.text[:200])
        found = at(partner, "activities/state")("GET", stateId=str(length))
        assert (len(found.data) == length) is (status == 204)


def test_a_form_may_not_smuggle_a_header(partner: Partner) -> None:
    form = {**ABOUT["activities/state"], "content": "x", "Content-Type": "text/plain\r\nX-Injected: 1"}
    answer = partner.ask(
        "POST",
        "activities/state?method=PUT",
        data=urlencode(form),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert (answer.status_code, tell_fault(answer)) == (400, "Content-Type: a header is one line of text")


@PATHS
def test_names_and_agents_may_hold_any_character(each_partner: Partner, path: str) -> None:
    ask, name = at(each_partner, path), name_of(path)
    odd = {name: "é\\u0000/" + "n" * 3000}
    if "agent" in ABOUT[path]:
        odd["agent"] = '{"account":{"homePage":"https://example.org/","name":"\\ud800é"}}'
    assert ask("PUT", data=b"x", **odd).status_code == 204
    assert ask("GET", **odd).data == b"x"
    assert ask("GET", **{**odd, name: None}).get_json() == [odd[name]]


def test_a_document_that_is_too_large_is_refused_with_the_limit(partner: Partner) -> None:
    ask = at(partner, "activities/state")
    assert ask("PUT", data=b"small").status_code == 204
    answer = ask("PUT", data=b"x" * 10_500_000)
    assert (answer.status_code, "10 Mo" in answer.get_json()["error"]["sentence"]) == (413, True)
    assert ask("PUT", data=b"x", headers={"Content-Type": "a/" + "b" * 300}).status_code == 400
    assert ask("GET").data == b"small"


@PATHS
def test_another_house_sees_and_changes_nothing(each_partner: Partner, path: str) -> None:
    mine, theirs = at(each_partner, path), at(add_partner(each_partner.app), path)
    assert mine("PUT", json={"a": 1}).status_code == 204
    assert theirs("GET").status_code == 404
    assert theirs("GET", **{name_of(path): None}).get_json() == []
    assert theirs("PUT", json={"b": 1}).status_code == 204
    assert theirs("DELETE").status_code == 204
    assert mine("GET").get_json() == {"a": 1}


def test_a_limited_credential_stays_with_its_learners_and_courses(partner: Partner) -> None:
    house, (mine, hers) = partner.organisation, (str(uuid.uuid4()) for _ in range(2))
    member = {"organisation_id": house, "group_id": "g", "part": "learner", "changed": 1, "origin": "here"}
    groups, courses = frozenset(["g"]), frozenset(["premiers-pas"])
    limits = {"both": Limits(groups, courses), "learners": Limits(groups), "courses": Limits(courses=courses)}
    with partner.app.app_context(), transaction() as connection:
        insert_missing(connection, GroupMember, [{**member, "person_id": mine, "deleted_at": None}])
        insert_missing(connection, GroupMember, [{**member, "person_id": hers, "deleted_at": 1}])
        found = find_partner_id(connection, house, "Partenaire")
        keys = {name: add_key(connection, house, found, ("all",), one) for name, one in limits.items()}
    home, course = f"https://declic.invalid/o/{house}", activity_iri("premiers-pas")
    accounts = ((home, mine), (home, hers), ("https://example.org/", mine))
    agents = [json.dumps({"account": {"homePage": page, "name": person}}) for page, person in accounts]
    for name, path, activity, agent in product(keys, ABOUT, (course, f"{course}/m01", f"{course}2/m01"), agents):
        key, secret = keys[name]
        given = {"activityId": activity, "agent": agent}
        asked = {one: given[one] for one in ABOUT[path] if one in given}
        wanted = is_allowed(name, path, not activity.startswith(f"{course}2"), agent == agents[0])
        for method, status in (("POST", 204), ("GET", 200)):
            body = {"a": 1} if method == "POST" else None
            answer = at(replace(partner, key=key, secret=secret), path)(method, json=body, **asked)
            assert answer.status_code == (status if wanted else 403), (name, path, asked, answer.text)


def is_allowed(name: str, path: str, of_course: bool, is_mine: bool) -> bool:
    """What the limits of the test mean for one request."""
    right_course = of_course or name == "learners" or path == "agents/profile"
    right_person = is_mine or name == "courses" or path == "activities/profile"
    return right_course and right_person and (name, path) != ("courses", "agents/profile")


def test_what_is_kept_about_somebody_can_be_erased(each_partner: Partner) -> None:
    bob = json.dumps({"mbox": "mailto:bob@example.org"})
    for path in ABOUT:
        assert at(each_partner, path)("PUT", json={}).status_code == 204
    assert at(each_partner, "agents/profile")("PUT", json={}, agent=bob).status_code == 204
    with each_partner.app.app_context():
        with transaction() as connection:
            assert (
                erase_documents(
                    connection, each_partner.organisation, {"name": "S", "mbox": "mailto:sally@EXAMPLE.org"}
                )
                == 2
            )
        with db.engine.connect() as connection:
            assert "sally" not in str(connection.execute(select(table(Document))).all())
    assert [at(each_partner, path)("GET").status_code for path in ABOUT] == [404, 404, 200]
    assert at(each_partner, "agents/profile")("GET", agent=bob).status_code == 200


def test_eight_who_write_the_same_document_at_once_follow_one_another(room: Room) -> None:
    place, none = Place(room.organisation, STATE, ACTIVITY, SALLY), Condition(none_match=frozenset("*"))

    def write(number: int) -> int:
        with transaction() as connection:
            put_document(connection, place, "page", Content("text/plain", b"%d" % number), none, "always")
        return number

    results = at_once(8, write, room)
    (won,) = (one for one in results if isinstance(one, int))
    assert sum(isinstance(one, PreconditionFailed) for one in results) == 7, results
    with db.engine.connect() as connection:
        kept = find_document(connection, place, "page")
    assert kept is not None
    assert kept.content.body == b"%d" % won
    with pytest.raises(ConditionMissing), transaction() as connection:
        put_document(connection, place, "page", kept.content, Condition(), "always")
