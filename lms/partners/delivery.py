"""One request to a partner's LRS, and what its answer means."""

from __future__ import annotations

import base64
import json
import re
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from lms.partners.registry import Target

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

SECONDS = 30.0
"""How long a partner may take for one answer, whole."""

LARGEST_ANSWER = 256 * 1024
WAIT = frozenset({401, 402, 403, 404, 405, 407, 408, 421, 423, 425, 426, 429})
"""Not about the statement: the access, the address or the moment is wrong. Others of 4xx refuse what was sent."""

_TAGS = re.compile(r"<[^>]*>|\s+")


@dataclass(frozen=True)
class Verdict:
    """What an answer means: `kept`, `refused` (these statements, as they are) or `later` (the partner, for now).

    `told` is what happened, in words for the administrator; `wait` seconds that the partner asked for.
    """

    kind: Literal["kept", "refused", "later"]
    told: str = ""
    wait: float = 0.0
    status: int = 0


@dataclass(frozen=True)
class Letter:
    """What is sent at once: JSON texts with their ids, and the content type and body that carry them."""

    ids: Sequence[str]
    content_type: str
    body: bytes


class Client:
    """Speaks to partners; keeps connections open between letters. No redirect is followed, no certificate excused."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._pool: PoolManager | None = None

    def post(self, target: Target, letter: Letter) -> Verdict:
        """Send a batch. Never raises for what a partner or a network does."""
        found = self._ask(target, "POST", "statements", letter.content_type, letter.body)
        return found if isinstance(found, Verdict) else judge(found[0], found[1], letter.ids, found[2])

    def holds(self, target: Target, statement: str) -> bool:
        """Whether the partner has this statement already, voided or not."""
        for name in ("statementId", "voidedStatementId"):
            found = self._ask(target, "GET", f"statements?{urlencode({name: statement})}")
            if not isinstance(found, Verdict) and found[0] == 200:
                return True
        return False

    def about(self, target: Target) -> Verdict:
        """Try the address: `kept` when an LRS answers there that takes our credential."""
        found = self._ask(target, "GET", "statements?limit=1")
        if isinstance(found, Verdict):
            return found
        if found[0] == 200 and b'"statements"' in found[1]:
            return Verdict("kept", status=200)
        return Verdict("later", tell_answer(found[0], found[1]), status=found[0])

    def _ask(
        self, target: Target, method: str, path: str, content_type: str = "", body: bytes = b""
    ) -> tuple[int, bytes, float] | Verdict:
        """(status, body, seconds to wait), or a verdict when no answer came."""
        from urllib3.exceptions import HTTPError

        headers = {"X-Experience-API-Version": target.version, "Accept": "application/json"}
        if target.key:
            pair = base64.b64encode(f"{target.key}:{target.secret}".encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
        if content_type:
            headers["Content-Type"] = content_type
        deadline = time.monotonic() + self.seconds
        try:
            answer = self._open().request(
                method, target.url + path, body=body or None, headers=headers, preload_content=False
            )
            return answer.status, _read(answer, deadline), _read_wait(answer.headers.get("Retry-After", ""))
        except (HTTPError, OSError, ValueError) as error:
            return Verdict("later", tell_failure(error))

    def _open(self) -> PoolManager:
        import urllib3

        if self._pool is None:
            limits = urllib3.Timeout(connect=min(5.0, self.seconds), read=self.seconds)
            self._pool = urllib3.PoolManager(
                retries=False, timeout=limits, ssl_context=ssl.create_default_context(), maxsize=2
            )
        return self._pool


def _read(answer: BaseHTTPResponse, deadline: float) -> bytes:
    """The body, up to a size and a moment: a partner that drips holds nobody for ever."""
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in answer.stream(16 * 1024):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_ANSWER or time.monotonic() > deadline:
                raise OSError("the answer is too long, or comes too slowly")
    except BaseException:
        answer.close()
        raise
    answer.release_conn()
    return b"".join(pieces)


def _read_wait(text: str) -> float:
    """Seconds of a Retry-After header; its form as a date is not worth reading."""
    return min(float(text), 24 * 3600.0) if text.isascii() and text.isdigit() else 0.0


def judge(status: int, body: bytes, ids: Sequence[str], wait: float = 0.0) -> Verdict:
    """What an answer to a batch means."""
    if 200 <= status < 300:
        if _names(body) >= {one.lower() for one in ids}:
            return Verdict("kept", status=status)
        return Verdict("later", f"{status}, but it does not name what was sent: {_shorten(body)}", status=status)
    told = tell_answer(status, body)
    if status in WAIT or status >= 500 or status < 400:
        return Verdict("later", told, wait, status)
    return Verdict("refused", told, status=status)


def _names(body: bytes) -> set[str]:
    try:
        found: Any = json.loads(body)
    except ValueError:
        return set()
    return {str(one).lower() for one in found} if isinstance(found, list) else set()


def tell_answer(status: int, body: bytes) -> str:
    """The status and the beginning of what was said with it."""
    return f"{status}: {_shorten(body)}" if body.strip() else str(status)


def _shorten(body: bytes) -> str:
    return _TAGS.sub(" ", body[:1500].decode("utf-8", "replace")).strip()[:500] or "(nothing)"


def tell_failure(error: BaseException) -> str:
    """Why no answer came, without the address (it stands beside it)."""
    reason: Any = getattr(error, "reason", None) or error
    name = type(reason).__name__
    return f"{name}: {str(reason).rpartition('>: ')[2][:300]}"
