"""What a credential may do, in the words of the specification (xAPI 1.0.3, part 3, 6.2)."""

from __future__ import annotations

from collections.abc import Iterable

SCOPES = (
    "all",
    "all/read",
    "statements/write",
    "statements/read",
    "statements/read/mine",
    "state",
    "profile",
    "define",
)

_INCLUDES = {
    "all": frozenset(SCOPES),
    "all/read": frozenset({"statements/read", "statements/read/mine", "state/read", "profile/read"}),
    "statements/read": frozenset({"statements/read/mine"}),
    "state": frozenset({"state/read"}),
    "profile": frozenset({"profile/read"}),
}
"""`state/read` and `profile/read` are our names for what `all/read` gives of documents; nobody is given them alone."""


def widen(scopes: Iterable[str]) -> frozenset[str]:
    """These scopes and all that they include."""
    found = set(scopes)
    for scope in tuple(found):
        for inner in _INCLUDES.get(scope, ()):
            found |= {inner} | _INCLUDES.get(inner, frozenset())
    return frozenset(found)


def read_scopes(text: str) -> tuple[str, ...]:
    """The words of a list of scopes. Raises ValueError naming the unknown one."""
    found = tuple(dict.fromkeys(text.replace(",", " ").split()))
    for one in found:
        if one not in SCOPES:
            raise ValueError(f"scope {one!r}; allowed: {', '.join(SCOPES)}")
    return found
