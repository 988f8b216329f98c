"""Whether a document may be changed: `If-Match` and `If-None-Match` (xAPI 1.0.3, part 3, 3.1; 2.0, 4.1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lms.errors import BadRequest, Conflict, LMSError

ANY = "*"
Need = Literal["never", "to replace", "always"]
"""When one of the two headers must be there."""


class PreconditionFailed(LMSError):
    """The document is not the one that the sender has read; nothing was written."""

    status = 412
    sentence = "Ce document a changé depuis que vous l'avez lu."
    kept = "Le document est gardé tel qu'il est."
    next = "Lisez le document, puis envoyez encore votre changement."


class ConditionMissing(Conflict):
    """A document that exists is not replaced blindly."""

    sentence = "Ce document existe déjà."
    kept = "Le document est gardé tel qu'il est."
    next = "Lisez le document, puis envoyez son ETag dans If-Match."


class NoCondition(BadRequest):
    """A profile is not even made without saying that none is there."""

    sentence = "Cet envoi ne dit pas quel document il remplace."
    next = "Envoyez If-None-Match: * pour un nouveau document, sinon son ETag dans If-Match."


@dataclass(frozen=True)
class Condition:
    """The ETags of both headers, without quotes; None where the header was not sent, `*` for any document."""

    match: frozenset[str] | None = None
    none_match: frozenset[str] | None = None

    def check(self, etag: str | None, need: Need = "never") -> None:
        """Nothing when the document with this ETag (None: there is none) may be changed.

        Raises PreconditionFailed; ConditionMissing or NoCondition without a header although one is needed.
        """
        if self.match is not None and not _holds(self.match, etag):
            raise PreconditionFailed(f"If-Match: {_say(etag)}")
        if self.none_match is not None and _holds(self.none_match, etag):
            raise PreconditionFailed(f"If-None-Match: {_say(etag)}")
        if need == "never" or self.match is not None or self.none_match is not None:
            return
        if etag is not None:
            raise ConditionMissing(
                f'a document is there already: read it (GET), then send its ETag as If-Match: "{etag}", '
                "or use POST to merge into it"
            )
        if need == "always":
            raise NoCondition("If-None-Match: * is needed to make a new profile, If-Match to replace one")


def _holds(tags: frozenset[str], etag: str | None) -> bool:
    return etag is not None and (ANY in tags or etag in tags)


def _say(etag: str | None) -> str:
    return "there is no document" if etag is None else f'the document now has the ETag "{etag}"'
