"""Language tags of RFC 5646 and maps of them."""

from __future__ import annotations

import re
from typing import Any

from lms.lrs.validation.shapes import map_of
from lms.lrs.validation.values import string
from lms.remembering import remember_short

_TAG = re.compile(
    r"""(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})
        (?:-[a-z]{4})?                                         # script
        (?:-(?:[a-z]{2}|[0-9]{3}))?                            # region
        (?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)
        (?P<extensions>(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*)
        (?:-x(?:-[a-z0-9]{1,8})+)?
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+", re.IGNORECASE | re.ASCII)
_SINGLETON = re.compile(r"-([0-9a-wy-z])(?=-)", re.IGNORECASE | re.ASCII)
_GRANDFATHERED = re.compile(
    r"""en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
        |sgn-(?:be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|no-bok|no-nyn
        |zh-(?:guoyu|hakka|min|min-nan|xiang)""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
"""Tags registered before the grammar (RFC 5646, 2.1)."""


@remember_short(512)
def is_tag(text: str) -> bool:
    """Whether the text is a well-formed tag, no variant and no extension twice (RFC 5646, 2.2.9)."""
    if _PRIVATE.fullmatch(text) or _GRANDFATHERED.fullmatch(text):
        return True
    found = _TAG.fullmatch(text)
    if found is None:
        return False
    variants = found["variants"].lower().split("-")[1:]
    singletons = _SINGLETON.findall(found["extensions"].lower())
    return len(set(variants)) == len(variants) and len(set(singletons)) == len(singletons)


def language(value: Any) -> str:
    """A language tag."""
    return "" if type(value) is str and is_tag(value) else "a language tag of RFC 5646 is needed, such as fr or en-GB"


language_map = map_of(language, string)
