"""The JSON that partners send, read strictly: each statement with its own characters, each fault with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isinf
from typing import Any

from lms.errors import BadRequest
from lms.lrs.repeats import find_repeated
from lms.lrs.validation import InvalidStatement, check_statement

LARGEST_BATCH = 1000
DEEPEST = 100
"""Levels of nesting: far more than any statement has, far fewer than a stack holds."""

_SPACE = re.compile(r"[ \t\n\r]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True)
class Given:
    """One statement as it was sent: its characters, and what they say."""

    raw: str
    statement: Mapping[str, Any]


def parse_statements(text: str, version: str = "1.0.3") -> list[Given]:
    """Each statement of the body, checked. Raises InvalidStatement or BadRequest naming the place."""
    try:
        found = list(_read(text))
    except json.JSONDecodeError as error:
        raise BadRequest(
            f"not JSON: {error.msg}, line {error.lineno} column {error.colno}", sentence="Ce n'est pas du JSON."
        ) from error
    except RecursionError as error:
        raise BadRequest("JSON nested too deeply") from error
    except ValueError as error:  # a whole number of more than 4,300 digits
        raise BadRequest(f"not JSON that can be read: {error}", sentence="Ce n'est pas du JSON.") from error
    if _SURROGATE.search(text):
        for place, one in found:
            _check_text(one.statement, place)
    for place, one in found:
        _check_depth(one.raw, place)
        check_statement(one.statement, place, version)
    return [one for _, one in found]


def _read(text: str) -> Iterator[tuple[str, Given]]:
    """(place, statement) of a single statement or of each element of an array."""
    start = _skip(text, 0)
    if text[start : start + 1] != "[":
        value, end = _decoder.raw_decode(text, start)
        _check_end(text, end)
        if type(value) is not dict:
            raise InvalidStatement("a statement, or an array of statements, is needed")
        yield "", Given(text[start:end], value)
        return
    at, number = _skip(text, start + 1), 0
    while text[at : at + 1] != "]" or number:
        value, end = _decoder.raw_decode(text, at)
        yield f"[{number}]", Given(text[at:end], value)
        number += 1
        if number > LARGEST_BATCH:
            raise BadRequest(f"[{number}]: more than {LARGEST_BATCH} statements; send them in several batches")
        at = _skip(text, end)
        if text[at : at + 1] == "]":
            break
        if text[at : at + 1] != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
        at = _skip(text, at + 1)
    _check_end(text, at + 1)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _check_end(text: str, at: int) -> None:
    if (end := _skip(text, at)) < len(text):
        raise json.JSONDecodeError("Extra data", text, end)


def _check_depth(raw: str, place: str) -> None:
    """Counted only where there are enough brackets for it to be possible."""
    if raw.count("[") + raw.count("{") <= DEEPEST:
        return
    depth = 0
    for found in _BRACKETS.finditer(raw):
        if found[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                raise BadRequest(f"{place}: JSON nested too deeply, more than {DEEPEST} levels".removeprefix(": "))
        elif found[0] in "]}":
            depth -= 1


def _check_text(value: Any, place: str) -> None:
    """Raises InvalidStatement for half of a pair of surrogates: no such text can be sent on, or compared."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise InvalidStatement(f"{place}: a lone surrogate is no character") from error
    elif isinstance(value, list):
        for at, one in enumerate(value):
            _check_text(one, f"{place}[{at}]")
    elif isinstance(value, dict):
        for name, one in value.items():
            safe = name.encode("ascii", "backslashreplace").decode()
            _check_text(name, f"{place}.{safe}".removeprefix("."))
            _check_text(one, f"{place}.{safe}".removeprefix("."))


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = find_repeated(name for name, _ in pairs)
        raise InvalidStatement(f"{json.dumps(twice)[1:-1]}: the same member twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise InvalidStatement(f"{name} is not JSON")


def _read_float(text: str) -> float:
    """Whoever reads 1e400 gets infinity, which is no JSON: it could be given back in no form but `exact`."""
    found = float(text)
    if isinf(found):
        raise InvalidStatement(f"{text[:20]}: a number beyond 1.8e308 cannot be read by others")
    return found


_decoder = json.JSONDecoder(object_pairs_hook=_refuse_twice, parse_constant=_refuse_constant, parse_float=_read_float)
