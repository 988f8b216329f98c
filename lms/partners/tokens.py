"""OAuth 2 client credentials (RFC 6749, 4.4): a token that says which credential, and no more than which scopes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.database.clock import now
from lms.partners.credentials import Credential, Record
from lms.partners.scopes import read_scopes

LASTS = 3600
"""Seconds; a revoked credential closes its tokens all the same."""


@dataclass(frozen=True)
class TokenError(Exception):
    """Why no token is given; `code` is one of RFC 6749, 5.2."""

    code: str
    detail: str
    status: int = 400


def make_token(secret_key: str, credential: Credential, scope: str = "") -> Mapping[str, Any]:
    """The answer of the token endpoint. Raises TokenError for a scope that is unknown or too wide."""
    try:
        wanted = read_scopes(scope) or tuple(sorted(credential.scopes))
    except ValueError as error:
        raise TokenError("invalid_scope", str(error)) from error
    for one in wanted:
        if not credential.may(one):
            raise TokenError("invalid_scope", f"this credential has no scope {one}")
    token = _serializer(secret_key).dumps([credential.id, wanted])
    return {"access_token": token, "token_type": "Bearer", "expires_in": LASTS, "scope": " ".join(wanted)}


def read_token(find: Callable[[str], Record | None], secret_key: str, token: str) -> Credential | None:
    """The credential behind a token, with the token's scopes; None when token or credential are no longer good.

    `find` gives the record of an id.
    """
    try:
        credential, scopes = _serializer(secret_key).loads(token, max_age=LASTS)
    except (BadSignature, ValueError):
        return None
    found = find(credential)
    return found.credential.narrow(scopes) if found and found.credential.is_open(now()) else None


def _serializer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt="oauth-token")
