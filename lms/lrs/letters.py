"""Statements as they are sent on: the JSON that is kept, with the attachments it names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain

from lms.lrs.attachments import read_parts
from lms.lrs.kept import Kept
from lms.lrs.multipart import MULTIPART, new_boundary, write_multipart


def write_letter(organisation: str, batch: Sequence[Kept]) -> tuple[str, bytes]:
    """(content type, body) of one POST of these statements, with the bytes of the attachments that are kept here."""
    text = f"[{','.join(one.body for one in batch)}]"
    parts = read_parts(organisation, [json.loads(one.body) for one in batch if one.may_attach])
    first = next(parts, None)
    if first is None:
        return "application/json", text.encode()
    boundary = new_boundary()
    pieces = write_multipart(boundary, text, chain([first], parts))
    return f"{MULTIPART}; boundary={boundary}", b"".join(pieces)
