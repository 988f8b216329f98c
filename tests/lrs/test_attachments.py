"""Attachments: xAPI 1.0.3, part 2, 2.4.11 and part 3, 1.5; sent with statements, given back with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Attachment, Erasure
from lms.database.rows import insert_missing, table
from lms.lrs.attachments import Part, erase_attachments
from lms.lrs.multipart import read_multipart, write_multipart
from lms.lrs.signatures import SIGNATURE
from tests.lrs.partner import Partner, add_partner, tell_fault
from tests.lrs.test_limits import open_key

ESSAY, PHOTO = b"An essay\r\n--b\r\n", bytes(range(256))
TYPE = {"Content-Type": "multipart/mixed; boundary=b-o-u"}


def attach(content: bytes, kind: str = "sha256", **more: Any) -> dict[str, Any]:
    sha2 = hashlib.new(kind, content).hexdigest()
    about = {"usageType": "http://example.org/essay", "display": {"en": "Essay"}, "contentType": "text/plain"}
    return {**about, "length": len(content), "sha2": sha2, **more}


def statement(*attachments: dict[str, Any], **more: Any) -> dict[str, Any]:
    about = {
        "actor": {"mbox": "mailto:s@example.org"},
        "verb": {"id": "http://e.org/v"},
        "object": {"id": "http://e.org/o"},
    }
    return {**about, "attachments": list(attachments), **more}


def send(
    partner: Partner, body: Any, *contents: bytes, method: str = "POST", kind: str = "sha256", **more: Any
) -> TestResponse:
    parts = [Part(hashlib.new(kind, one).hexdigest(), "text/plain", one) for one in contents]
    data = b"".join(write_multipart("b-o-u", json.dumps(body), parts))
    return partner.ask(method, data=data, headers=TYPE, **more)


def read(partner: Partner, **asked: str) -> tuple[str, Sequence[Part]]:
    answer = partner.ask("GET", query_string={"attachments": "true", **asked})
    assert answer.status_code == 200, answer.text
    return read_multipart(answer.headers["Content-Type"], answer.data)


def test_attachments_are_kept_once_and_given_back_with_their_statements(each_partner: Partner) -> None:
    first, second = statement(attach(ESSAY), attach(PHOTO, contentType="image/png")), statement(attach(ESSAY))
    answer = send(each_partner, [first, second], ESSAY, PHOTO)
    assert answer.status_code == 200, answer.text
    name, other = answer.get_json()
    text, parts = read(each_partner)
    assert '"statements":[' in text
    assert [(one.body, one.content_type) for one in parts] == [(ESSAY, "text/plain"), (PHOTO, "image/png")]
    assert [one.body for one in read(each_partner, statementId=other)[1]] == [ESSAY]
    plain = each_partner.ask("GET", query_string={"statementId": name, "attachments": "false"})
    assert (plain.mimetype, plain.get_json()["attachments"]) == ("application/json", first["attachments"])
    assert read(add_partner(each_partner.app))[1] == []
    with each_partner.app.app_context(), db.engine.connect() as connection:
        mine = table(Attachment).c.organisation_id == each_partner.organisation
        assert len(connection.execute(select(Attachment.sha2).where(mine)).all()) == 2


def test_a_put_and_a_sub_statement_may_bring_attachments(partner: Partner) -> None:
    inner = {**statement(attach(PHOTO)), "objectType": "SubStatement"}
    name = "7ccd3322-e1a5-411a-a67d-6a735c76f119"
    whole = {**statement(attach(ESSAY, "sha512")), "object": inner}
    parts = {"method": "PUT", "query_string": {"statementId": name}}
    assert send(partner, whole, ESSAY, kind="sha512", **parts).status_code == 400
    made = [Part(attach(ESSAY, "sha512")["sha2"].upper(), "", ESSAY), Part(attach(PHOTO)["sha2"], "", PHOTO)]
    data = b"".join(write_multipart("b-o-u", json.dumps(whole), made))
    answer = partner.ask("PUT", query_string={"statementId": name}, data=data, headers=TYPE)
    assert answer.status_code == 204, answer.text
    assert [one.body for one in read(partner, statementId=name)[1]] == [ESSAY, PHOTO]


def test_a_file_elsewhere_needs_no_part(partner: Partner) -> None:
    elsewhere = statement(attach(ESSAY, fileUrl="https://example.org/essay.txt"))
    assert partner.ask("POST", json=elsewhere).status_code == 200
    assert send(partner, elsewhere).status_code == 200
    assert send(partner, statement()).status_code == 200
    assert send(partner, elsewhere, ESSAY).status_code == 200
    assert [one.body for one in read(partner)[1]] == [ESSAY]


def test_whoever_names_a_hash_alone_gets_nothing_of_what_has_it(each_partner: Partner) -> None:
    assert send(each_partner, statement(attach(ESSAY)), ESSAY).status_code == 200
    mine = open_key(each_partner, "statements/read/mine", "statements/write")
    (named,) = mine.keep(statement(attach(ESSAY, fileUrl="https://example.org/essay.txt")))
    assert read(mine)[1] == []
    assert read(each_partner, statementId=named)[1] == []
    assert [one.body for one in read(each_partner)[1]] == [ESSAY]
    (name,) = send(mine, statement(attach(ESSAY)), ESSAY).get_json()
    assert [one.body for one in read(mine, statementId=name)[1]] == [ESSAY], "who sent it has it"


def test_parts_and_statements_that_do_not_fit_are_told_apart(partner: Partner) -> None:
    right, unnamed = statement(attach(ESSAY)), statement(attach(PHOTO))
    signed = statement(attach(ESSAY, usageType=SIGNATURE, contentType="application/octet-stream"))
    wrong: list[tuple[str, TestResponse]] = [
        ("attachments[0]: no part of multipart/mixed", partner.ask("POST", json=right)),
        ("[1].attachments[0]: no part", send(partner, [right, unnamed], ESSAY)),
        ("part 3: no statement names", send(partner, right, ESSAY, PHOTO)),
        ("part 2: no statement names", send(partner, statement(), ESSAY)),
        ("attachments[0]: no JSON web signature", send(partner, signed, ESSAY)),
        ("part 2: X-Experience-API-Hash is no SHA-2", send(partner, right, ESSAY, kind="sha1")),
        (
            "Content-Type 'multipart/form-data; boundary=b-o-u'",
            partner.ask(
                "POST", data=b"x", headers={"Content-Type": TYPE["Content-Type"].replace("mixed", "form-data")}
            ),
        ),
        ("attachments: true or false", partner.ask("GET", query_string={"attachments": "yes"})),
    ]
    for words, answer in wrong:
        assert (answer.status_code, words in tell_fault(answer)) == (400, True), (words, tell_fault(answer))
    data = b"".join(write_multipart("b-o-u", json.dumps(right), [Part(right["attachments"][0]["sha2"], "", PHOTO)]))
    answer = partner.ask("POST", data=data, headers=TYPE)
    assert (answer.status_code, "part 2: X-Experience-API-Hash says" in tell_fault(answer)) == (400, True)
    assert partner.read() == []
    with partner.app.app_context(), db.engine.connect() as connection:
        mine = table(Attachment).c.organisation_id == partner.organisation
        assert connection.execute(select(Attachment.sha2).where(mine)).all() == []


def test_fifty_megabytes_are_refused_with_the_limit_and_nothing_is_lost(partner: Partner) -> None:
    assert send(partner, statement(attach(ESSAY)), ESSAY).status_code == 200
    large = b"x" * 50_000_000
    answer = send(partner, statement(attach(large)), large)
    assert (answer.status_code, "upload_megabytes" in tell_fault(answer)) == (413, True)
    assert [one.body for one in read(partner)[1]] == [ESSAY]


def test_bytes_go_with_the_last_statement_that_names_them(each_partner: Partner) -> None:
    both = [statement(attach(ESSAY)), statement(attach(ESSAY), attach(PHOTO))]
    first, second = send(each_partner, both, ESSAY, PHOTO).get_json()

    def erase(name: str) -> int:
        house = each_partner.organisation
        row = {"organisation_id": house, "statement_id": name, "reason": "test", "stored": 1, "origin": "here"}
        with each_partner.app.app_context(), transaction() as connection:
            insert_missing(connection, Erasure, [row])
            return erase_attachments(connection)

    assert (erase(second), [one.body for one in read(each_partner)[1]]) == (1, [ESSAY])
    assert (erase(first), read(each_partner)[1]) == (1, [])
    assert send(each_partner, statement(attach(PHOTO)), PHOTO).status_code == 200
    assert [one.body for one in read(each_partner)[1]] == [PHOTO]


@pytest.mark.parametrize("content_type", ["text/plain\r\nX-Injected: 1", "é"])
def test_a_type_that_cannot_stand_in_a_header_is_not_sent(partner: Partner, content_type: str) -> None:
    answer = send(partner, statement(attach(ESSAY, contentType=content_type)), ESSAY)
    if answer.status_code == 200:
        assert [one.content_type for one in read(partner)[1]] == ["application/octet-stream"]
    else:
        assert (answer.status_code, "contentType" in tell_fault(answer)) == (400, True)
