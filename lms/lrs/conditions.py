"""Whether a document may be changed: `If-Match` and `If-None-Match` (xAPI 1.0.3, part 3, 3.1; 2.0, 4.1.4)."""

from __future__ import annotations

from dataclasses import dataclass

from lms.errors import Conflict, LMSError

ANY = "*"


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


@dataclass(frozen=True)
class Condition:
    """The ETags of both headers, without quotes; None where the header was not sent, `*` for any document."""

    match: frozenset[str] | None = None
    none_match: frozenset[str] | None = None

    def check(self, etag: str | None, *, needed: bool = False) -> None:
        """Nothing when the document with this ETag (None: there is none) may be changed.

        Raises PreconditionFailed, or ConditionMissing when a document is there and no header although one is `needed`.
        """
        if self.match is not None and not _holds(self.match, etag):
            raise PreconditionFailed(f"If-Match: {_say(etag)}")
        if self.none_match is not None and _holds(self.none_match, etag):
            raise PreconditionFailed(f"If-None-Match: {_say(etag)}")
        if needed and etag is not None and self.match is None and self.none_match is None:
            raise ConditionMissing(
                f'a document is there already: read it (GET), then send its ETag as If-Match: "{etag}", '
                "or use POST to merge into it"
            )


def _holds(tags: frozenset[str], etag: str | None) -> bool:
    return etag is not None and (ANY in tags or etag in tags)


def _say(etag: str | None) -> str:
    return "there is no document" if etag is None else f'the document now has the ETag "{etag}"'
