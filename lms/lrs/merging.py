"""JSON documents: what is one, and a merge one level deep that keeps every value's own characters."""

from __future__ import annotations

import json
from typing import Any

from lms.errors import BadRequest
from lms.lrs.members import find_members

JSON = "application/json"


def is_json(content_type: str) -> bool:
    """Whether a document of this type is JSON; parameters such as a charset do not matter."""
    return content_type.partition(";")[0].strip().lower() == JSON


def read_json(body: bytes, place: str) -> Any:
    """The value. Raises BadRequest saying where it stops being JSON."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise BadRequest(f"{place}: not UTF-8") from error
    except json.JSONDecodeError as error:
        told = f"{place}: not JSON: {error.msg}, line {error.lineno} column {error.colno}"
        raise BadRequest(told, sentence="Ce n'est pas du JSON.") from error
    except ValueError as error:
        raise BadRequest(f"{place}: not JSON: {error}", sentence="Ce n'est pas du JSON.") from error
    except RecursionError as error:
        raise BadRequest(f"{place}: JSON nested too deeply") from error


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def check_object(body: bytes, place: str) -> str:
    """The text of a JSON object. Raises BadRequest for anything else."""
    if not isinstance(read_json(body, place), dict):
        raise BadRequest(f"{place}: a JSON object is needed to merge")
    return body.decode("utf-8")


def merge_objects(kept: str, posted: str) -> str:
    """`kept` with the members of `posted` in their place: one level deep (xAPI 1.0.3, part 3, 2.2)."""
    members = _members(kept) | _members(posted)
    return "{" + ",".join(members.values()) + "}"


def _members(text: str) -> dict[str, str]:
    """Name → the characters of the member; of a name that stands twice the last one counts, as parsers do."""
    return {name: text[start:end] for name, start, end in find_members(text)}
