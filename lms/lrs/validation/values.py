"""Rules for single values: IRIs, UUIDs, numbers, texts. Each says what is needed, or nothing when it is right."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from lms.lrs.validation.shapes import Leaf

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f<>\"{}|\\^`\ud800-\udfff]+")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_MBOX = re.compile(r"mailto:[^@\s\x00-\x1f\ud800-\udfff]+@[^@\s\x00-\x1f\ud800-\udfff]+")
_SHA1 = re.compile(r"[0-9a-f]{40}", re.IGNORECASE)
_SHA2 = re.compile(r"(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})", re.IGNORECASE)
_DURATION = re.compile(
    r"P(?:\d+(?:[.,]\d+)?W"
    r"|(?=\d|T\d)(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)",
    re.ASCII,
)
_MEDIA_TYPE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*(?:;.*)?", re.DOTALL)


def matching(pattern: re.Pattern[str], needed: str) -> Leaf:
    """A text that is this pattern from end to end."""
    fits = pattern.fullmatch

    def check(value: Any) -> str:
        return "" if type(value) is str and fits(value) else needed

    return check


iri = matching(_IRI, "an IRI with a scheme is needed")
uuid = matching(_UUID, "a UUID is needed")
mbox = matching(_MBOX, "mailto: and an address are needed")
sha1 = matching(_SHA1, "a SHA-1 is needed, 40 hexadecimal digits")
sha2 = matching(_SHA2, "a SHA-2 is needed, 56, 64, 96 or 128 hexadecimal digits")
duration = matching(_DURATION, "an ISO 8601 duration is needed, such as PT1H30M or P2W")
media_type = matching(_MEDIA_TYPE, "a media type is needed, such as text/plain")


def string(value: Any) -> str:
    """Any text."""
    return "" if type(value) is str else "a string is needed"


def boolean(value: Any) -> str:
    """true or false; not a text, not a number."""
    return "" if type(value) is bool else "true or false is needed"


def number(value: Any) -> str:
    """A number; a text that looks like one is none."""
    return "" if type(value) in (int, float) else "a number is needed"


def scaled(value: Any) -> str:
    """From -1 to 1."""
    return "" if type(value) in (int, float) and -1 <= value <= 1 else "a number from -1 to 1 is needed"


def length(value: Any) -> str:
    """Bytes."""
    return "" if type(value) is int and value >= 0 else "a whole number of bytes is needed"


def one_of(allowed: Collection[str]) -> Leaf:
    """One of these words, in these very letters."""
    needed = f"one of {', '.join(sorted(allowed))}"

    def check(value: Any) -> str:
        return "" if type(value) is str and value in allowed else needed

    return check
