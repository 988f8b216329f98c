"""Addresses and numbers that arrive with a request: only pages of ours are gone to, only numbers are counted with."""

from __future__ import annotations

import re

from flask import current_app, request, url_for

_INSIDE = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")
_NUMBER = re.compile(r"[0-9]{1,18}")
_MACHINES = re.compile(r"(/o/[^/]+)?/xapi/.*", re.DOTALL)


def find_inside(wanted: str, otherwise: str) -> str:
    """`wanted` when it is a page of this site; browsers read `//`, `/\\` and `/<tab>/` as another one."""
    return wanted if _INSIDE.fullmatch(wanted) else otherwise


def find_referrer() -> str:
    """The page of ours that the request came from; empty when it came from elsewhere."""
    referrer = request.referrer or ""
    return (
        find_inside("/" + referrer.removeprefix(request.host_url), "") if referrer.startswith(request.host_url) else ""
    )


def find_address(endpoint: str) -> str:
    """The address of a page without variables; built once, since every page of ours names many."""
    known: dict[tuple[str, str], str] = current_app.extensions.setdefault("lms_addresses", {})
    key = (request.script_root, endpoint)
    if key not in known:
        known[key] = url_for(endpoint)
    return known[key]


def read_number(text: str, otherwise: int = 0) -> int:
    """A number that a database takes; figures of other scripts and longer numbers are none."""
    return int(text) if _NUMBER.fullmatch(text) else otherwise


def is_for_machines(path: str) -> bool:
    """Whether partners' systems, not browsers, ask there."""
    return _MACHINES.fullmatch(path) is not None
