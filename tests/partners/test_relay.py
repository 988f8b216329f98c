"""What waits for a partner reaches it once, whatever the partner does; it is a real server on a real socket."""

from __future__ import annotations

import hashlib
import json
import ssl
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, text, update

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Outbox, Statement
from lms.errors import NotFound
from lms.lrs.attachments import Part
from lms.lrs.building import build_authority
from lms.lrs.kept import find_kept
from lms.lrs.letters import write_letter
from lms.lrs.parsing import parse_statements
from lms.lrs.receiving import Sender, build_entries
from lms.lrs.retrieval import Key
from lms.lrs.signatures import SIGNATURE
from lms.partners.deliveries import Delivery, Letterbox
from lms.partners.outbox import FIRST, Due, claim, drop_parked, enqueue_past, read_parked, retry_now
from lms.partners.registry import WrongRelay, close_partner, read_target, stop_relay
from lms.partners.relay import DAY, Pace
from tests.fixtures.certificate import make_certificate
from tests.partners.conftest import KEY, Post, build_relay, open_post
from tests.partners.strange import Answer, hang, run_strange
from tests.room import open_room, read_rows


def stored() -> dict[str, str]:
    return {one["id"]: one["body"] for one in read_rows(Statement)}


def test_what_happens_reaches_the_partner_once_and_character_for_character(post: Post) -> None:
    post.say(1, 2, 3, 4, 5)
    assert post.send() == len(stored()) == 6
    assert set(post.strange.kept) == set(stored())
    sent = b"".join(post.strange.raw)
    assert all(body.encode() in sent for body in stored().values())
    assert [len(one) for one in post.strange.posts] == [4, 2]
    assert post.strange.headers[0]["X-Experience-API-Version"] == "1.0.3"
    assert post.strange.headers[0]["Authorization"].startswith("Basic ")
    assert (post.waiting(), post.parked(), post.send()) == ([], [], 0)
    assert (post.backlog().sent, post.backlog().oldest, post.backlog().error) == (6, 0, "")


def test_a_partner_that_cannot_now_is_asked_again_and_nothing_is_lost(post: Post) -> None:
    post.relay = build_relay(post.room, Pace(first=3600 * 1_000_000))
    answers: list[Answer] = [(503, b"<html>busy</html>", {"Retry-After": "7200"}), (401, b"who?", {})]
    post.strange.answer = lambda _: answers.pop(0)
    post.say(1)
    assert post.send() == 0
    assert post.backlog().error == "503: busy"
    assert (len(post.waiting()), post.backlog().failures) == (2, 1)
    assert min(one["next_try"] for one in read_rows(Outbox)) > now() + 7100 * 1_000_000, "it asked for two hours"
    assert (post.send(), len(answers)) == (0, 1), "not before its time"
    for error in ("401: who?", ""):
        wake(post)
        post.send()
        assert post.backlog().error == error
        post.strange.answer = None
    assert set(post.strange.kept) == set(stored())


def wake(post: Post) -> None:
    """Its time has come."""
    with transaction() as connection:
        retry_now(connection, post.room.organisation, post.partner)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((200, b"<html><h1>Welcome</h1></html>", {}), "200, but it does not name what was sent: Welcome"),
        ((200, b'["someone else"]', {}), "200, but it does not name"),
        ((204, b"", {}), "204, but it does not name"),
        ((200, b"x" * 400_000, {}), "too long"),
        ((302, b"", {"Location": "https://elsewhere.invalid/"}), "302"),
        ((404, b"not here", {}), "404: not here"),
        ((429, b"", {"Retry-After": "soon"}), "429"),
    ],
)
def test_garbage_a_wrong_address_or_a_refused_access_park_nothing(post: Post, answer: Answer, told: str) -> None:
    post.relay = build_relay(post.room, Pace(first=3600 * 1_000_000))
    post.strange.answer = lambda _: answer
    post.say(1)
    assert post.send() == 0
    assert told in post.backlog().error
    assert (len(post.waiting()), post.parked()) == (2, [])


def test_a_partner_that_hangs_or_is_away_holds_nobody(post: Post) -> None:
    post.relay = build_relay(post.room, Pace(first=3600 * 1_000_000), seconds=0.3)
    post.strange.answer = hang(1.0)
    post.say(1)
    assert post.send() == 0
    assert "timed out" in post.backlog().error.lower()
    post.wish(url="http://127.0.0.1:1/xapi")
    wake(post)
    assert post.send() == 0
    assert "refused" in post.backlog().error.lower()
    assert len(post.waiting()) == 2


def test_a_certificate_that_nobody_vouches_for_is_refused(post: Post, tmp_path: Path) -> None:
    file = make_certificate(tmp_path)

    def wrap(server: ThreadingHTTPServer) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        server.socket = context.wrap_socket(server.socket, server_side=True)

    with run_strange(wrap, "https") as liar:
        post.relay = build_relay(post.room, Pace(first=3600 * 1_000_000))
        post.wish(url=liar.url)
        post.say(1)
        assert post.send() == 0
        assert "certificate" in post.backlog().error.lower()
        assert liar.posts == []
    assert len(post.waiting()) == 2


def test_the_one_statement_that_a_partner_refuses_is_parked_with_its_answer(post: Post) -> None:
    post.say(1, 2, 3)
    bad = sorted(stored())[2]

    def answer(statements: list[dict[str, Any]]) -> Answer:
        wrong = any(one["id"] == bad for one in statements)
        return (400, b"we do not know this verb", {}) if wrong else post.strange.keep(statements)

    post.strange.answer = answer
    assert post.send() == 3
    assert post.parked() == ["400: we do not know this verb"]
    assert (post.waiting(), post.backlog().parked, post.backlog().error) == ([], 1, "")
    post.strange.answer = None
    with transaction() as connection:
        assert [one.statement_id for one in read_parked(connection, post.room.organisation, post.partner)] == [bad]
        assert retry_now(connection, post.room.organisation, post.partner) == 1
    assert (post.send(), post.parked(), set(post.strange.kept)) == (1, [], set(stored()))


def test_what_is_given_up_for_a_partner_stays_here(post: Post) -> None:
    post.strange.answer = lambda _: (400, b"no", {})
    post.say()
    post.send()
    name = next(iter(stored()))
    with transaction() as connection:
        drop_parked(connection, post.room.organisation, post.partner, name)
        with pytest.raises(NotFound):
            drop_parked(connection, post.room.organisation, post.partner, name)
    assert (read_rows(Outbox), list(stored())) == ([], [name])


def test_a_partner_that_refuses_everything_is_the_one_that_is_wrong(post: Post) -> None:
    post.relay = build_relay(post.room, Pace(batch=50, first=3600 * 1_000_000, stop_at=5))
    post.strange.answer = lambda _: (400, b"wrong version", {})
    post.say(*range(1, 20))
    assert post.send() == 0
    assert (len(post.waiting()), post.parked(), post.backlog().error) == (20, [], "400: wrong version")


def test_after_days_without_an_answer_a_statement_is_set_aside_with_the_last_one(post: Post) -> None:
    post.strange.answer = lambda _: (500, b"broken", {})
    post.say()
    with transaction() as connection:
        connection.execute(update(Outbox).values(stored=now() - 15 * DAY))
    post.send()
    assert post.parked() == ["given up: 500: broken"]


def test_whoever_dies_between_sending_and_writing_it_down_sends_the_same_ids_again(post: Post) -> None:
    post.say(1, 2)
    due = Due(post.room.organisation, post.partner)
    with transaction() as connection:
        taken = claim(connection, due, 10, lease=60 * 1_000_000)
    post.strange.keep([json.loads(stored()[one.statement_id]) for one in taken])  # it was sent; then the process died
    assert (post.send(), len(post.waiting())) == (0, 3), "nobody else takes them while the lease lasts"
    wake(post)
    assert post.send() == 3
    assert (set(post.strange.kept), post.waiting(), post.parked()) == (set(stored()), [], [])


def test_two_processes_take_different_rows(post: Post) -> None:
    post.say(*range(1, 8))
    due = Due(post.room.organisation, post.partner)
    taken = []
    for _ in range(3):
        with transaction() as connection:
            taken.append([one.statement_id for one in claim(connection, due, 4, lease=60 * 1_000_000)])
    assert [len(one) for one in taken] == [4, 4, 0]
    assert not set(taken[0]) & set(taken[1])


def test_pseudonyms_hide_who_acted_and_stay_the_same(post: Post) -> None:
    post.wish(pseudonyms=True, secret="")
    post.say(1)
    post.say(2)
    assert post.send() == 4
    actors = {json.dumps(one["actor"]) for one in post.strange.kept.values()}
    assert len(actors) == 1
    assert post.room.person not in b"".join(post.strange.raw).decode()
    assert all(post.room.person in body for body in stored().values()), "ours stay as they are"


def refuse_new(post: Post, statements: list[dict[str, Any]]) -> Answer:
    """As an LRS of 1.0.3 does."""
    if any(not one.get("version", "1.0.3").startswith("1.0") for one in statements):
        return 400, b"version", {}
    return post.strange.keep(statements)


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ({}, True),
        ({"context": {"platform": '"version": "2.0.0"', "extensions": {"http://e.org/version": "2"}}}, True),
        ({"context": {"contextAgents": [{"objectType": "contextAgent", "agent": {"mbox": "mailto:a@e.org"}}]}}, False),
    ],
)
def test_a_statement_of_2_0_is_taken_by_a_partner_of_1_0_3_where_it_can_be(
    post: Post, more: dict[str, Any], taken: bool
) -> None:
    post.wish(what="all")
    post.strange.answer = lambda statements: refuse_new(post, statements)
    statement = {
        "actor": {"mbox": "mailto:monique@example.org"},
        "verb": {"id": "http://example.org/v"},
        "object": {"id": "http://example.org/o"},
        **more,
    }
    house, given = post.room.organisation, parse_statements(json.dumps(statement), "2.0.0")
    sender = Sender(house, "k", build_authority("https://i.example/o/", house, "k"))
    (name,) = Letterbox().keep(Delivery(house, "somebody", given, build_entries(sender, given, "2.0.0"), [])).ids
    assert post.send() == int(taken)
    assert (post.waiting(), post.parked()) == ([], [] if taken else ["400: version"])
    ours = stored()[name]
    assert '"version":"2.0.0"' in ours
    if taken:
        assert ours.replace('"version":"2.0.0"', '"version":"1.0.3"').encode() in post.strange.raw[-1]


def test_a_signature_of_who_acted_does_not_go_with_a_pseudonym(post: Post) -> None:
    post.wish(pseudonyms=True, what="all", secret="")
    signed = json.dumps({"actor": {"mbox": "mailto:monique@example.org"}}).encode()
    parts = [
        Part(hashlib.sha256(body).hexdigest(), kind, body) for body, kind in ((signed, "a/b"), (b"drawing", "c/d"))
    ]
    usages = (SIGNATURE, "http://example.org/drawing")
    attached = [
        {"usageType": usage, "display": {}, "contentType": part.content_type, "length": 7, "sha2": part.sha2}
        for usage, part in zip(usages, parts, strict=True)
    ]
    statement = {
        "actor": {"mbox": "mailto:monique@example.org"},
        "verb": {"id": "http://example.org/v"},
        "object": {"id": "http://example.org/o"},
        "attachments": attached,
    }
    house, given = post.room.organisation, parse_statements(json.dumps(statement))
    entries = build_entries(Sender(house, "k", build_authority("https://i.example/o/", house, "k")), given)
    kept = Letterbox().keep(Delivery(house, "somebody", given, entries, parts))
    with db.engine.connect() as connection:
        target = read_target(connection, KEY, house, post.partner)
        ready = post.relay.prepare(target, find_kept(connection, house, kept.ids))
    _, sent = write_letter(house, ready)
    assert (b"monique" in sent, b"drawing" in sent, parts[0].sha2.encode() in sent) == (False, True, False)


def test_only_the_chosen_verbs_are_sent(post: Post) -> None:
    verb = "http://adlnet.gov/expapi/verbs/initialized"
    post.wish(verbs=[verb])
    post.say(1, 2)
    assert post.send() == 1
    assert [one["verb"]["id"] for one in post.strange.kept.values()] == [verb]
    assert (post.waiting(), post.parked()) == ([], [])


def test_a_partner_that_begins_late_is_sent_what_was_stored_before(post: Post) -> None:
    with transaction() as connection:
        stop_relay(connection, post.room.organisation, post.partner)
    post.say(1, 2, 3)
    assert read_rows(Outbox) == []
    post.wish()
    with transaction() as connection:
        count, after = enqueue_past(connection, post.room.organisation, post.partner, FIRST, 3)
        assert (count, after is None) == (3, False)
        assert enqueue_past(connection, post.room.organisation, post.partner, after or FIRST, 3) == (1, None)
    assert (post.send(), set(post.strange.kept)) == (4, set(stored()))


def test_of_statements_of_one_instant_none_is_left_out_at_the_end_of_a_piece(post: Post) -> None:
    post.say(1)
    names = [one.name for one in Statement.__table__.columns if one.name not in ("id", "origin_seq")]
    copied = f"SELECT 'twin', -1, {', '.join(names)} FROM statement WHERE stored = (SELECT max(stored) FROM statement)"
    with transaction() as connection:
        connection.execute(text(f"INSERT INTO statement (id, origin_seq, {', '.join(names)}) {copied}"))
        connection.execute(delete(Outbox))
        after: Key | None = FIRST
        while after:
            _, after = enqueue_past(connection, post.room.organisation, post.partner, after, 1)
    assert {one["statement_id"] for one in read_rows(Outbox)} == set(stored())


def test_a_closed_partner_gets_nothing_more(post: Post) -> None:
    post.say(1)
    with transaction() as connection:
        close_partner(connection, post.room.organisation, post.partner)
    post.say(2)
    assert (post.send(), read_rows(Outbox), post.strange.posts) == (0, [], [])


@pytest.mark.parametrize(
    ("wish", "where"),
    [
        ({"url": "ftp://partner.example/"}, "url"),
        ({"url": "partner.example/xapi"}, "url"),
        ({"url": "http://partner.example/xapi"}, "url"),
        ({"url": "https://key:secret@partner.example/xapi"}, "url"),
        ({"version": "0.95"}, "version"),
        ({"what": "some"}, "what"),
    ],
)
def test_a_wrong_setting_is_told_by_its_field_and_changes_nothing(post: Post, wish: dict[str, str], where: str) -> None:
    with pytest.raises(WrongRelay) as caught:
        post.wish(**wish)
    assert caught.value.where == where
    with db.engine.connect() as connection, pytest.raises(NotFound):
        read_target_of_another(connection, post)
    post.say(1)
    assert post.send() == 2, "the former address holds"


def test_a_secret_goes_to_the_machine_that_gave_it_and_to_no_other(post: Post) -> None:
    def secret() -> str:
        with db.engine.connect() as connection:
            return read_target(connection, KEY, post.room.organisation, post.partner).secret

    post.wish(url=f"{post.strange.url}/other", secret="")
    assert secret() == "our secret"
    post.wish(url="https://elsewhere.example/xapi", secret="")
    assert secret() == ""


def read_target_of_another(connection: Any, post: Post) -> None:
    """Another organisation has no such partner."""
    read_target(connection, "key", "there", post.partner)


WITHHOLD = """
from lms.contract import hookimpl

CONTRACT = 1


@hookimpl
def statement_for_partner(partner, statement):
    if statement["verb"]["id"].endswith("/achieved"):
        return None
    if partner == "Département" and "boom" in statement["object"]["id"]:
        raise RuntimeError("cannot filter")
    return {**statement, "context": {**statement["context"], "platform": "hidden"}}
"""


def test_a_plugin_changes_or_withholds_what_a_partner_gets(migrated_url: str, tmp_path: Path) -> None:
    with open_room(migrated_url, tmp_path / "home", plugins={"withhold": WITHHOLD}) as room, run_strange() as strange:
        post = open_post(room, strange)
        post.say(1)
        assert post.send() == 1
        assert [one["context"]["platform"] for one in strange.kept.values()] == ["hidden"]
        assert (post.waiting(), post.parked(), len(stored())) == ([], [], 2)


def test_a_plugin_that_raises_lets_nothing_out(migrated_url: str, tmp_path: Path) -> None:
    raising = WITHHOLD.replace('"boom" in statement["object"]["id"]', "True")
    with open_room(migrated_url, tmp_path / "home", plugins={"raising": raising}) as room, run_strange() as strange:
        post = open_post(room, strange)
        post.say(1)
        post.relay = build_relay(room, Pace(first=3600 * 1_000_000))
        assert post.send() == 0
        assert (strange.posts, len(post.waiting())) == ([], 2)
        assert post.backlog().error == "RuntimeError: cannot filter"
