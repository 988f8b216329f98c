"""multipart/mixed in and out: xAPI 1.0.3, part 3, 1.5.2; RFC 2046."""

from __future__ import annotations

import contextlib
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lrs.attachments import Part
from lms.lrs.multipart import MalformedMultipart, new_boundary, read_multipart, write_multipart

TYPE = "multipart/mixed; boundary=abc"
FIRST = b"--abc\r\nContent-Type: application/json\r\n\r\n{}\r\n"
END = b"--abc--\r\n"


def part(headers: bytes, content: bytes = b"x") -> bytes:
    return b"--abc\r\n" + headers + b"\r\n\r\n" + content + b"\r\n"


@given(st.lists(st.binary(max_size=200), max_size=4), st.text(alphabet=st.characters(codec="utf-8"), max_size=50))
def test_what_is_written_is_read_again_byte_for_byte(contents: list[bytes], text: str) -> None:
    parts = [Part(hashlib.sha256(one).hexdigest(), "image/jpeg", one) for one in contents]
    boundary = new_boundary()
    body = b"".join(write_multipart(boundary, text, parts))
    found, read = read_multipart(f'multipart/mixed; boundary="{boundary}"', body)
    assert (found, [(one.sha2, one.content_type, one.body) for one in read]) == (
        text,
        [(one.sha2, one.content_type, one.body) for one in parts],
    )


def test_the_example_of_the_specification_is_read() -> None:
    sha2 = "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a"
    body = (
        "\r\n--abcABC0123'()+_,-./:=?\r\nContent-Type:application/json\r\n\r\n{}\r\n"
        "--abcABC0123'()+_,-./:=?\r\nContent-Type:text/plain\r\nContent-Transfer-Encoding:binary\r\n"
        f"X-Experience-API-Hash:{sha2}\r\n\r\nhere is a simple attachment\r\n--abcABC0123'()+_,-./:=?--"
    )
    text, (one,) = read_multipart('multipart/mixed; boundary="abcABC0123\'()+_,-./:=?"', body.encode())
    assert (text, one.body, one.content_type) == ("{}", b"here is a simple attachment", "text/plain")
    assert hashlib.sha256(one.body).hexdigest() == one.sha2 == sha2


def test_content_may_look_like_a_boundary_and_a_preamble_is_skipped() -> None:
    content = b"\r\n--abcd\r\n--ab\r\n --abc\r\n--abc-\r\n\r\n"
    body = b"a preamble\r\n" + FIRST + part(b"X-Experience-API-Hash: 00", content) + END + b"an epilogue"
    assert [one.body for one in read_multipart(TYPE, body)[1]] == [content]


WRONG = [
    ("Content-Type: multipart/mixed needs a boundary", "multipart/mixed;", FIRST + END),
    ("Content-Type: multipart/mixed needs a boundary", "multipart/mixed; boundary=é", FIRST + END),
    ("does not begin with the boundary", TYPE, b"{}"),
    ("does not begin with the boundary", TYPE, b""),
    ("no part", TYPE, END),
    ("closing boundary is missing", TYPE, FIRST),
    ("part 1: Content-Type must be application/json", TYPE, part(b"Content-Type: text/plain", b"{}") + END),
    ("part 1: Content-Type must be application/json", TYPE, part(b"A: b", b"{}") + END),
    ("part 1: not UTF-8", TYPE, part(b"Content-Type: application/json", b"\xff") + END),
    ("part 2: no empty line", TYPE, FIRST + b"--abc\r\nX-Experience-API-Hash: 00\r\n" + END),
    ("part 2: X-Experience-API-Hash is missing", TYPE, FIRST + part(b"Content-Type: text/plain") + END),
    ("part 2: headers that cannot be read", TYPE, FIRST + part(b"X-Experience-API-Hash: \xff") + END),
    ("part 2: headers longer than", TYPE, FIRST + part(b"A: " + b"b" * 9000) + END),
    ("at most 1000 attachments", TYPE, FIRST + part(b"X-Experience-API-Hash: 00") * 1001 + END),
    (
        "part 2: Content-Transfer-Encoding must be binary, not base64",
        TYPE,
        FIRST + part(b"Content-Transfer-Encoding: base64\r\nX-Experience-API-Hash: 00") + END,
    ),
]


@pytest.mark.parametrize(("words", "content_type", "body"), WRONG)
def test_a_malformed_body_is_told_with_the_part(words: str, content_type: str, body: bytes) -> None:
    with pytest.raises(MalformedMultipart, match=words):
        read_multipart(content_type, body)


@given(st.binary(max_size=300), st.sampled_from([b"", b"--abc\r\n", b"\r\n--abc", FIRST]))
def test_whatever_arrives_it_is_read_or_refused(noise: bytes, start: bytes) -> None:
    with contextlib.suppress(MalformedMultipart):
        read_multipart(TYPE, start + noise + b"\r\n--abc--")
