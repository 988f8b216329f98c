"""What cannot be kept is refused with its place, never with a 500; what is accepted comes back, every character."""

from __future__ import annotations

import gc
import gzip
import json
import time
import tracemalloc
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lrs.partner import Partner, add_partner, tell_fault
from tests.lrs.test_validation import FULL, JSON, PATHS, change

PLAIN: dict[str, Any] = {
    "actor": {"mbox": "mailto:sally@example.org"},
    "verb": {"id": "https://example.org/did"},
    "object": {"id": "https://example.org/one"},
}
TEXT = json.dumps(PLAIN)
KIND = {"Content-Type": "application/json"}


def send(partner: Partner, text: str | bytes, **headers: str) -> Any:
    return partner.ask("POST", data=text, headers={**KIND, **headers})


def inside(value: str) -> str:
    """A statement with this JSON as an extension."""
    return TEXT[:-1] + ', "result": {"extensions": {"a:b": ' + value + "}}}"


WRONG = [
    (f"[{TEXT},]", "not JSON: Expecting value, line 1"),
    (f"[,{TEXT}]", "not JSON: Expecting value"),
    (f"[{TEXT} {TEXT}]", "not JSON: Expecting ',' delimiter"),
    (f"[{TEXT}", "not JSON: Expecting ',' delimiter"),
    (f"{TEXT} x", "not JSON: Extra data"),
    (f"[{TEXT}] []", "not JSON: Extra data"),
    ("[", "not JSON: Expecting value"),
    ("7", "a statement, or an array"),
    (f"[{TEXT}, 7]", "[1]: an object is needed; found 7"),
    (inside('{"x": 1, "x": 2}'), "x: the same member twice"),
    (inside("NaN"), "NaN is not JSON"),
    (inside("-Infinity"), "-Infinity is not JSON"),
    (inside("9" * 5000), "not JSON that can be read"),
    (inside("-1e400"), "-1e400: a number beyond"),
    (inside("1" * 310 + ".5"), "1" * 20 + ": a number beyond"),
    (inside('"\\ud800"'), "result.extensions.a:b: a lone surrogate"),
    (inside('{"\\uDFFF": 1}'), "result.extensions.a:b.\\udfff: a lone surrogate"),
    (inside("[" * 200 + "]" * 200), "JSON nested too deeply, more than 100 levels"),
    ("[" * 200_000, "JSON nested too deeply"),
    (f"[{TEXT}, {inside('[' * 99 + ']' * 99)}]", "[1]: JSON nested too deeply"),
    (f"[{','.join([TEXT] * 10_000)}]", "[1001]: more than 1000 statements"),
    (TEXT.replace("did", "di\x00d"), "not JSON: Invalid control character"),
    (TEXT.replace("did", "di\\u0000d"), "verb.id: an IRI with a scheme is needed"),
]


@pytest.mark.parametrize(("text", "words"), WRONG, ids=[words[:40] for _, words in WRONG])
def test_what_cannot_be_kept_is_told_with_its_place(partner: Partner, text: str, words: str) -> None:
    answer = send(partner, text)
    assert answer.status_code == 400, answer.text
    assert tell_fault(answer).startswith(words)
    assert partner.read() == []


MANY = 30_000
TWICE = {
    "form": ("statements?method=PUT", "&".join(f"p{at}" for at in range(MANY)) + "&z&z", "z: the same parameter"),
    "members": (
        "statements",
        inside(json.dumps({str(at): 1 for at in range(MANY)})[:-1] + ', "z": 1, "z": 2}'),
        "z: the",
    ),
    "components": (
        "statements",
        json.dumps(
            PLAIN
            | {
                "object": {
                    "id": "a:b",
                    "definition": {
                        "interactionType": "choice",
                        "choices": [{"id": name} for name in (*map(str, range(MANY)), "z", "z")],
                    },
                }
            }
        ),
        "object.definition.choices: the id 'z'",
    ),
}


@pytest.mark.parametrize("kind", TWICE)
def test_what_stands_twice_among_many_is_found_in_one_walk(partner: Partner, kind: str) -> None:
    """Nobody holds the server with a small request; the form is read before anybody knows who sends it."""
    path, body, words = TWICE[kind]
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if kind == "form" else KIND
    begun = time.process_time()
    answer = partner.ask("POST", path, data=body, headers=headers)
    assert time.process_time() - begun < 5
    assert (answer.status_code, tell_fault(answer).startswith(words)) == (400, True)


def test_what_is_remembered_does_not_grow_with_what_is_sent(partner: Partner) -> None:
    """Thousands of terms are remembered; each may be as long as a partner likes."""

    def send(at: int) -> None:
        long = f"https://example.org/{at}/" + "x" * 300_000
        tag = f"fr-x-{at}" + "-abcdefgh" * 30_000
        about = {"id": long, "definition": {"name": {tag: "a"}, "type": "a:b"}}
        assert partner.ask("POST", json=PLAIN | {"verb": {"id": long}, "object": about}).status_code == 200

    send(0)
    gc.collect()
    tracemalloc.start()
    for at in range(1, 11):
        send(at)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 2_000_000, "ten requests of a megabyte leave nothing behind"


def test_strange_but_right_statements_are_kept(each_partner: Partner) -> None:
    texts = [
        inside(value)
        for value in ("1e308", "9" * 400, '"\\u0000"', '"\\ud83d\\ude00 é"', "[" * 90 + "]" * 90, "-0.0", "1E+2")
    ]
    for text in texts:
        answer = send(each_partner, text)
        assert answer.status_code == 200, answer.text
        kept = each_partner.ask("GET", query_string={"statementId": answer.get_json()[0]}).text
        assert kept.startswith(text[:-1])
    assert send(each_partner, "[]").get_json() == []
    assert send(each_partner, f"\n[ {TEXT}\t]\r\n").status_code == 200
    assert send(each_partner, gzip.compress(TEXT.encode()), **{"Content-Encoding": "gzip"}).status_code == 200
    assert len(each_partner.read()) == len(texts) + 2


@pytest.mark.parametrize("instant", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"])
def test_a_clock_that_is_wrong_loses_nothing(each_partner: Partner, instant: str) -> None:
    before = each_partner.ask("GET").headers["X-Experience-API-Consistent-Through"]
    each_partner.keep({**PLAIN, "timestamp": instant})
    (found,) = each_partner.read(since=before)
    assert found["timestamp"] == instant


def test_two_different_statements_with_one_id_at_the_same_instant_are_one_and_conflicts(each_partner: Partner) -> None:
    name = str(uuid.uuid4())

    def put(at: int) -> int:
        statement = {**PLAIN, "verb": {"id": f"https://example.org/did{at % 2}"}}
        return each_partner.ask("PUT", query_string={"statementId": name}, json=statement).status_code

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(put, range(8)))
    assert found == [204] * 4 + [409] * 4
    assert [one["id"] for one in each_partner.read()] == [name]


@pytest.fixture(scope="module")
def fuzzed(find_app: Callable[[str], Flask]) -> dict[str, Partner]:
    return {version: add_partner(find_app("sqlite"), version) for version in ("1.0.3", "2.0.0")}


def wrap(statement: dict[str, Any]) -> dict[str, Any]:
    """With single context activities as arrays."""
    context = statement.get("context", {})
    groups = {
        name: [one] if isinstance(one, dict) else one for name, one in context.get("contextActivities", {}).items()
    }
    return statement | {"context": context | {"contextActivities": groups}} if groups else statement


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    path=st.sampled_from(PATHS),
    value=JSON,
    version=st.sampled_from(["1.0.3", "2.0.0"]),
    indent=st.sampled_from([None, 1]),
)
def test_whatever_is_sent_is_kept_whole_or_refused_with_a_place(
    fuzzed: dict[str, Partner], path: str, value: Any, version: str, indent: int | None
) -> None:
    partner = fuzzed[version]
    statement = {name: one for name, one in change(path, value, FULL).items() if name != "attachments"}
    if path != "id":
        statement["id"] = str(uuid.uuid4())
    answer = send(partner, json.dumps(statement, indent=indent))
    assert answer.status_code in (200, 400), answer.text
    if answer.status_code == 400:
        assert tell_fault(answer)
        return
    kept = partner.ask("GET", query_string={"statementId": answer.get_json()[0]}).get_json()
    set_here = ("stored", "authority", *(("timestamp",) if version == "2.0.0" else ()))
    plain = wrap(statement)
    for name, one in plain.items():
        if name not in set_here:
            assert json.dumps(kept[name]) == json.dumps(one), name


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_that_are_no_statement_are_refused(fuzzed: dict[str, Partner], body: bytes) -> None:
    assert send(fuzzed["1.0.3"], body).status_code in (400, 200)
    assert send(fuzzed["1.0.3"], body, **{"Content-Encoding": "gzip"}).status_code in (400, 200)
