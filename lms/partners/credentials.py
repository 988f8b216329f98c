"""Credentials of partner systems: a key and a secret of 256 random bits, kept as SHA-256.

A credential belongs to one organisation and is an authority of its own: its key names it in every statement it posts.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from lms.database.clock import now
from lms.database.ids import natural_id, new_id
from lms.database.models import Partner, PartnerCredential
from lms.database.prepared import find_row
from lms.database.rows import table, upsert
from lms.errors import BadRequest, NotFound
from lms.partners.origins import check_origin
from lms.partners.scopes import widen

USUAL = ("statements/read", "statements/write", "define")
HOUR = 3600 * 1_000_000
OVERLAP = 24 * HOUR
"""How long the former secret still opens after a change."""


@dataclass(frozen=True)
class Limits:
    """Only these learners' groups, only these courses; empty means all. Raises BadRequest for a name that is none."""

    groups: frozenset[str] = frozenset()
    courses: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """They are kept as words: an empty name would be lost, and with the last one every limit."""
        for one in (*self.groups, *self.courses):
            if one.split() != [one]:
                raise BadRequest(f"a limit is the name of a group or a course; found {one!r}")


@dataclass(frozen=True)
class Credential:
    """A key of a partner. `scopes` as given; `may` knows what they include. Instants in microseconds."""

    organisation: str
    id: str
    partner: str
    name: str
    key: str
    scopes: frozenset[str]
    limits: Limits = field(default_factory=Limits)
    origins: frozenset[str] = frozenset()
    created: int = 0
    expires: int | None = None
    revoked: int | None = None
    last_used: int | None = None

    @cached_property
    def _wide(self) -> frozenset[str]:
        return widen(self.scopes)

    def may(self, scope: str) -> bool:
        """Whether this credential includes `scope`."""
        return scope in self._wide

    @property
    def only_mine(self) -> bool:
        """Whether it reads only the statements that it posted itself."""
        return not self.may("statements/read")

    def is_open(self, instant: int) -> bool:
        """Neither revoked nor expired."""
        return self.revoked is None and (self.expires is None or instant < self.expires)

    def narrow(self, scopes: Sequence[str]) -> Credential:
        """The same with no more than these scopes, as a token carries them."""
        return replace(self, scopes=frozenset(one for one in scopes if self.may(one)))


def hash_secret(secret: str) -> str:
    """SHA-256: a random secret of 256 bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add_credential(
    connection: Connection,
    organisation: str,
    name: str,
    scopes: Sequence[str] = USUAL,
    made: str = "",
) -> tuple[str, str]:
    """(key, secret) of a new partner; the secret cannot be read again. The same `made` twice is one, with new ones."""
    partner = made or new_id()
    row = {"organisation_id": organisation, "id": partner, "name": name[:120], "created": now()}
    upsert(connection, Partner, row | _NO_RELAY, keep=_keep_relay)
    return add_key(connection, organisation, partner, scopes, made=natural_id(partner, "first"))


_NO_RELAY = {
    "relay_url": "",
    "relay_key": "",
    "relay_secret": "",
    "relay_version": "1.0.3",
    "relay_what": "own",
    "relay_filter": "{}",
    "pseudonym": "",
    "relay_failures": 0,
    "relay_next": 0,
    "relay_error": "",
    "relay_sent": 0,
    "relay_last": 0,
}


def _keep_relay(_excluded: Any) -> Mapping[str, Any]:
    return {name: getattr(Partner, name) for name in _NO_RELAY}


def add_key(
    connection: Connection,
    organisation: str,
    partner: str,
    scopes: Sequence[str] = USUAL,
    limits: Limits = Limits(),
    origins: Sequence[str] = (),
    expires: int | None = None,
    made: str = "",
) -> tuple[str, str]:
    """(key, secret) of one more credential of this partner. Raises NotFound: closed, or not of this house."""
    _check_open(connection, organisation, partner)
    for one in origins:
        check_origin(one)
    key, secret = secrets.token_hex(12), secrets.token_urlsafe(32)
    row = {
        "organisation_id": organisation,
        "id": made or new_id(),
        "partner_id": partner,
        "key": key,
        "secret_hash": hash_secret(secret),
        "previous_hash": "",
        "previous_until": 0,
        "scopes": " ".join(scopes),
        "groups": " ".join(sorted(limits.groups)),
        "courses": " ".join(sorted(limits.courses)),
        "origins": " ".join(origins),
        "created": now(),
        "expires": expires,
        "revoked": None,
        "last_used": None,
    }
    upsert(connection, PartnerCredential, row)
    return key, secret


def _check_open(connection: Connection, organisation: str, partner: str) -> None:
    wanted = select(Partner.revoked).where(Partner.organisation_id == organisation, Partner.id == partner)
    row = connection.execute(wanted).first()
    if row is None or row.revoked is not None:
        raise NotFound(f"no open partner {partner!r}")


def find_partner_name(connection: Connection, organisation: str, partner: str) -> str:
    """The name of a partner. Raises NotFound for another organisation's."""
    wanted = select(Partner.name).where(Partner.organisation_id == organisation, Partner.id == partner)
    found = connection.execute(wanted).scalar()
    if found is None:
        raise NotFound(f"no partner {partner!r}")
    return found


def rotate_secret(
    connection: Connection, organisation: str, credential: str, overlap: int = OVERLAP
) -> tuple[str, str]:
    """(key, new secret); the former one opens for `overlap` microseconds more. Raises NotFound."""
    secret = secrets.token_urlsafe(32)
    mine = (PartnerCredential.organisation_id == organisation, PartnerCredential.id == credential)
    row = connection.execute(select(PartnerCredential.key, PartnerCredential.secret_hash).where(*mine)).first()
    if row is None:
        raise NotFound(f"no credential {credential!r}")
    changed = {
        "secret_hash": hash_secret(secret),
        "previous_hash": row.secret_hash,
        "previous_until": now() + overlap,
    }
    connection.execute(update(PartnerCredential).where(*mine).values(changed))
    return row.key, secret


def revoke_credential(connection: Connection, organisation: str, credential: str) -> None:
    """Close an access for good; tokens made with it close too. Raises NotFound for another organisation's."""
    mine = (PartnerCredential.organisation_id == organisation, PartnerCredential.id == credential)
    if connection.execute(update(PartnerCredential).where(*mine).values(revoked=now())).rowcount == 0:
        raise NotFound(f"no credential {credential!r}")


def expire_credential(connection: Connection, organisation: str, credential: str, instant: int | None) -> None:
    """Set when an access ends by itself; None for never. Raises NotFound for another organisation's."""
    mine = (PartnerCredential.organisation_id == organisation, PartnerCredential.id == credential)
    if connection.execute(update(PartnerCredential).where(*mine).values(expires=instant)).rowcount == 0:
        raise NotFound(f"no credential {credential!r}")


_SELECTED = select(table(PartnerCredential), Partner.name).join(
    Partner,
    (Partner.organisation_id == PartnerCredential.organisation_id) & (Partner.id == PartnerCredential.partner_id),
)
_BY_KEY = _SELECTED.where(PartnerCredential.key == bindparam("wanted"))
_BY_ID = _SELECTED.where(PartnerCredential.id == bindparam("wanted"))


@dataclass(frozen=True)
class Record:
    """A credential as it is kept: what opens it, and what it opens."""

    credential: Credential
    secret_hash: str
    previous_hash: str
    previous_until: int

    def fits(self, secret: str, instant: int) -> bool:
        """Whether this is its secret, or the former one while that opens still."""
        shown = hash_secret(secret)
        right = hmac.compare_digest(self.secret_hash, shown)
        return right | (instant < self.previous_until and hmac.compare_digest(self.previous_hash, shown))


def find_by_key(connection: Connection, key: str) -> Record | None:
    """The record of a key, open or not."""
    return _build_record(find_row(connection, _BY_KEY, {"wanted": key}))


def find_by_id(connection: Connection, credential: str) -> Record | None:
    """By its id, as a token names it, open or not."""
    return _build_record(find_row(connection, _BY_ID, {"wanted": credential}))


def _build_record(row: Any) -> Record | None:
    return None if row is None else Record(_read(row), row.secret_hash, row.previous_hash, row.previous_until)


def check_credential(connection: Connection, key: str, secret: str) -> Credential | None:
    """The partner when key and secret fit and the credential is open, else None."""
    return open_with(find_by_key(connection, key), secret)


def open_with(found: Record | None, secret: str) -> Credential | None:
    """What this secret opens now; an unknown key is compared with as a wrong secret is."""
    instant = now()
    right = (found or _NOBODY).fits(secret, instant)
    return found.credential if found is not None and right and found.credential.is_open(instant) else None


_NOBODY = Record(Credential("", "", "", "", "", frozenset()), hash_secret(""), "", 0)


def _read(row: Any) -> Credential:
    return Credential(
        organisation=row.organisation_id,
        id=row.id,
        partner=row.partner_id,
        name=row.name,
        key=row.key,
        scopes=frozenset(row.scopes.split()),
        limits=Limits(frozenset(row.groups.split()), frozenset(row.courses.split())),
        origins=frozenset(row.origins.split()),
        created=row.created,
        expires=row.expires,
        revoked=row.revoked,
        last_used=row.last_used,
    )


def read_credentials(connection: Connection, organisation: str, partner: str = "") -> list[Credential]:
    """All credentials of an organisation or of one partner, the open ones first."""
    wanted = _SELECTED.where(PartnerCredential.organisation_id == organisation)
    if partner:
        wanted = wanted.where(PartnerCredential.partner_id == partner)
    ordered = wanted.order_by(PartnerCredential.revoked.is_not(None), Partner.name, PartnerCredential.created)
    return [_read(row) for row in connection.execute(ordered)]


def note_use(connection: Connection, credential: Credential) -> None:
    """Remember that it was used, by the hour: a write for each request would cost more than it tells."""
    mine = (PartnerCredential.organisation_id == credential.organisation, PartnerCredential.id == credential.id)
    connection.execute(update(PartnerCredential).where(*mine).values(last_used=now() // HOUR * HOUR))


def is_use_known(credential: Credential) -> bool:
    """Whether this hour's use stands already."""
    return credential.last_used is not None and credential.last_used >= now() // HOUR * HOUR
