"""multipart/mixed: statements first, then one part for each attachment (xAPI 1.0.3, part 3, 1.5.2)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import islice

from lms.errors import BadRequest
from lms.lrs.attachments import Part

MULTIPART = "multipart/mixed"
HASH = "X-Experience-API-Hash"
ENCODING = "Content-Transfer-Encoding"
MOST_PARTS, LONGEST_HEAD = 1000, 8192
"""Attachments of one request; bytes of one part's headers. Reading either costs more than bytes."""

_END = re.compile(rb"(--)?[ \t]*(?:\r\n|$)")
"""What stands behind a boundary: `--` behind the last one; anything else is not a boundary but content."""


class MalformedMultipart(BadRequest):
    """The body is not multipart/mixed as its header says; the detail names the part."""

    sentence = "Cet envoi en plusieurs parties n'est pas bien formé."


def read_multipart(content_type: str, body: bytes) -> tuple[str, list[Part]]:
    """The JSON of the statements, and the attachments. Raises MalformedMultipart naming the part, from 1."""
    pieces = list(islice(_split(body, _find_boundary(content_type)), MOST_PARTS + 2))
    if not pieces:
        raise MalformedMultipart("multipart: no part; the first one holds the statements")
    if len(pieces) > MOST_PARTS + 1:
        raise MalformedMultipart(f"multipart: at most {MOST_PARTS} attachments at once")
    headers, first = _read_piece(1, pieces[0])
    if headers.get_content_type() != "application/json" or "Content-Type" not in headers:
        raise MalformedMultipart("part 1: Content-Type must be application/json: it holds the statements")
    try:
        text = first.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedMultipart("part 1: not UTF-8") from error
    return text, [_read_part(number, piece) for number, piece in enumerate(pieces[1:], 2)]


def _find_boundary(content_type: str) -> bytes:
    header = Message()
    header["Content-Type"] = content_type
    found = header.get_param("boundary", "")
    if not isinstance(found, str) or not found or not found.isascii():
        raise MalformedMultipart("Content-Type: multipart/mixed needs a boundary")
    return found.encode("ascii")


def _split(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """Headers and content of each part. Raises MalformedMultipart when the last boundary is missing."""
    mark, whole = b"\r\n--" + boundary, b"\r\n" + body
    start, at = -1, whole.find(mark)
    while at >= 0:
        end = _END.match(whole, at + len(mark))
        if end is None:
            at = whole.find(mark, at + len(mark))
            continue
        if start >= 0:
            yield whole[start:at]
        if end[1]:
            return
        start = end.end() - 2  # the line's end may also be the empty line that ends headers which are not there
        at = whole.find(mark, start)
    told = "does not begin with the boundary of Content-Type" if start < 0 else "the closing boundary is missing"
    raise MalformedMultipart(f"multipart: {told}")


def _read_piece(number: int, piece: bytes) -> tuple[Message, bytes]:
    head, blank, content = piece.partition(b"\r\n\r\n")
    if not blank:
        raise MalformedMultipart(f"part {number}: no empty line between headers and content")
    if len(head) > LONGEST_HEAD:
        raise MalformedMultipart(f"part {number}: headers longer than {LONGEST_HEAD} bytes")
    headers = BytesHeaderParser().parsebytes(head[2:])
    if headers.defects or not head.isascii():
        raise MalformedMultipart(f"part {number}: headers that cannot be read")
    return headers, content


def _read_part(number: int, piece: bytes) -> Part:
    headers, content = _read_piece(number, piece)
    if HASH not in headers:
        raise MalformedMultipart(f"part {number}: {HASH} is missing")
    if (encoding := headers.get(ENCODING, "binary").strip().lower()) != "binary":
        raise MalformedMultipart(f"part {number}: {ENCODING} must be binary, not {encoding}")
    return Part(headers[HASH].strip().lower(), headers.get("Content-Type", "").strip(), content, f"part {number}")


def new_boundary() -> str:
    """A boundary that stands in no content."""
    return f"declic-{secrets.token_hex(16)}"


def write_multipart(boundary: str, text: str, parts: Iterable[Part]) -> Iterator[bytes]:
    """The body piece by piece, so that only one attachment is in memory at a time."""
    mark = f"--{boundary}"
    yield f"{mark}\r\nContent-Type: application/json\r\n\r\n{text}\r\n".encode()
    for part in parts:
        headers = {"Content-Type": part.content_type, ENCODING: "binary", HASH: part.sha2}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        yield f"{mark}\r\n{lines}\r\n".encode() + part.body + b"\r\n"
    yield f"{mark}--\r\n".encode()
