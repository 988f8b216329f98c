"""Statements out and in, a line each: nothing changed, nothing twice, a line at fault refused alone."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

import pytest

from lms.database.db import db
from lms.database.door import transaction
from lms.errors import StorageFull
from lms.lrs import transfer
from lms.lrs.building import build_authority
from lms.lrs.receiving import Sender
from lms.lrs.transfer import Report, count_statements, import_lines, one_line, read_bodies
from lms.people.accounts import add_organisation
from tests.room import Room


def build_lines(count: int, **more: Any) -> list[str]:
    return [
        json.dumps(
            {
                "id": str(uuid.uuid4()),
                "actor": {"mbox": "mailto:olena@example.org", "name": "Олена"},
                "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
                "object": {"id": f"https://example.org/{at}"},
                "timestamp": "2025-03-01T10:00:00.1234567Z",
                **more,
            }
        )
        for at in range(count)
    ]


def take(organisation: str, lines: Iterable[str]) -> Report:
    sender = Sender(organisation, "a-key", build_authority("https://here.example/o/", organisation, "a-key"))
    return list(import_lines(db.engine, sender, lines, lambda _connection, _kept: None))[-1]


def read(organisation: str, **limits: int) -> list[dict[str, Any]]:
    with db.engine.connect() as connection:
        return [json.loads(one) for one in read_bodies(connection, organisation, **limits)]


def test_what_goes_out_comes_in_elsewhere_the_same_but_for_who_vouches(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "AT_ONCE", 3)
    lines = build_lines(10)
    assert take(room.organisation, lines).new == 10
    with transaction() as connection:
        there = add_organisation(connection, "there", "Là-bas")
        out = list(read_bodies(connection, room.organisation))
    assert [json.loads(one)["id"] for one in out] == [json.loads(one)["id"] for one in lines], "in order, none twice"
    assert all("\n" not in one for one in out)
    assert take(there, [one + "\n" for one in out]).new == 10
    left, right = read(room.organisation), read(there)
    for one in (*left, *right):
        one.pop("stored")
        one.pop("authority")
    assert left == right
    assert left[0]["timestamp"] == "2025-03-01T10:00:00.1234567Z"


def test_a_second_import_keeps_nothing_twice(room: Room) -> None:
    lines = build_lines(4)
    assert (take(room.organisation, lines).new, take(room.organisation, lines).known) == (4, 4)
    with db.engine.connect() as connection:
        assert count_statements(connection, room.organisation) == 4


def test_a_line_at_fault_is_refused_alone_with_its_reason(room: Room) -> None:
    good = build_lines(6)
    other = json.loads(good[0]) | {"verb": {"id": "http://example.org/other"}}
    lines = [good[0], "{ nonsense", good[1], "", good[2], f"[{good[3]},{good[4]}]", json.dumps(other), "7"]
    lines += [good[3], build_lines(1, version="3.0.0")[0], build_lines(1, version="2.0.0")[0]]
    report = take(room.organisation, lines)
    assert (report.new, [one.line for one in sorted(report.refused, key=lambda one: one.line)]) == (5, [2, 6, 7, 8, 10])
    told = {one.line: one.why for one in report.refused}
    assert told[2].startswith("not JSON")
    assert told[6] == "one statement a line is needed, not an array"
    assert "already stored, as another statement" in told[7]
    assert "version" in told[10]
    assert len(read(room.organisation)) == 5


def test_a_full_disk_stops_the_import_and_is_no_fault_of_a_line(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise StorageFull("no room")

    monkeypatch.setattr(transfer, "_receive", full)
    with pytest.raises(StorageFull):
        take(room.organisation, build_lines(2))


def test_only_what_was_stored_between_two_instants_goes_out(room: Room) -> None:
    from lms.database.clock import from_iso

    take(room.organisation, build_lines(3))
    stored = [from_iso(one["stored"]) for one in read(room.organisation)]
    assert stored == sorted(stored)
    assert read(room.organisation, since=stored[-1] + 1000) == []
    assert len(read(room.organisation, since=stored[0] - 1000, until=stored[-1] + 1000)) == 3
    assert read("nobody") == []


def test_a_body_on_several_lines_goes_out_on_one() -> None:
    assert json.loads(one_line('{"a":\r\n "b\\n"\n}')) == {"a": "b\n"}
    assert "\n" not in one_line('{"a":\r\n "b\\n"\n}')
