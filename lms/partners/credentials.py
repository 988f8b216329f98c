"""Credentials of partner systems: a key and a secret of 256 random bits, kept as SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from lms.database.clock import now
from lms.database.ids import new_id
from lms.database.models import Partner
from lms.database.rows import table, upsert
from lms.errors import NotFound

SCOPES = ("all", "all/read", "statements/read", "statements/read/mine", "statements/write")


@dataclass(frozen=True)
class Credential:
    """A partner that showed its key and secret."""

    organisation: str
    id: str
    name: str
    key: str
    scopes: frozenset[str]
    revoked: int | None = None

    def may(self, scope: str) -> bool:
        """Whether this credential includes `scope`."""
        wider = {"statements/read": {"all", "all/read"}, "statements/write": {"all"}}
        return bool(self.scopes & ({scope} | wider.get(scope, {"all"})))


def add_credential(
    connection: Connection,
    organisation: str,
    name: str,
    scopes: Sequence[str] = ("statements/read", "statements/write"),
    made: str = "",
) -> tuple[str, str]:
    """(key, secret) of a new partner; the secret cannot be read again. The same `made` twice is one, with new ones."""
    key, secret = secrets.token_hex(12), secrets.token_urlsafe(32)
    row = {
        "organisation_id": organisation,
        "id": made or new_id(),
        "name": name[:120],
        "key": key,
        "secret_hash": _hash(secret),
        "scopes": " ".join(scopes),
        "relay_url": "",
        "created": now(),
    }
    upsert(connection, Partner, row)
    return key, secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def check_credential(connection: Connection, key: str, secret: str) -> Credential | None:
    """The partner when key and secret fit and are not revoked, else None."""
    row = connection.execute(select(table(Partner)).where(Partner.key == key)).first()
    right = hmac.compare_digest(row.secret_hash if row else _hash(""), _hash(secret))
    if row is None or not right or row.revoked is not None:
        return None
    return Credential(row.organisation_id, row.id, row.name, row.key, frozenset(row.scopes.split()))


def read_credentials(connection: Connection, organisation: str) -> list[Credential]:
    """All partners of an organisation, the open ones first."""
    wanted = select(table(Partner)).where(Partner.organisation_id == organisation)
    rows = connection.execute(wanted.order_by(Partner.revoked.is_not(None), Partner.name)).all()
    return [
        Credential(row.organisation_id, row.id, row.name, row.key, frozenset(row.scopes.split()), row.revoked)
        for row in rows
    ]


def revoke_credential(connection: Connection, organisation: str, partner: str) -> None:
    """Close a partner's access for good. Raises NotFound for another organisation's."""
    mine = (Partner.organisation_id == organisation, Partner.id == partner)
    if connection.execute(update(Partner).where(*mine).values(revoked=now())).rowcount == 0:
        raise NotFound(f"no partner {partner!r}")
