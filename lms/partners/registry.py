"""What is sent to a partner, and how: the relay's settings of one partner."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, delete, select, update

from lms.database.clock import now
from lms.database.models import Outbox, Partner, PartnerCredential
from lms.database.rows import table
from lms.errors import BadRequest, NotFound
from lms.partners.sealing import seal, unseal

VERSIONS = ("1.0.3", "2.0.0")
WHAT = ("own", "all")
LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Target:
    """Where a partner's statements go. `courses` and `verbs` (IRIs) are all that is sent, empty for everything;
    `salt` hides who acted, empty when actors are sent as they are."""

    organisation: str
    partner: str
    name: str
    url: str
    key: str
    secret: str
    version: str = "1.0.3"
    what: str = "own"
    courses: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    salt: str = ""
    failures: int = 0


@dataclass(frozen=True)
class Wish:
    """What an administrator asks of a relay. An empty `secret` keeps the former one."""

    url: str
    key: str = ""
    secret: str = ""
    version: str = "1.0.3"
    what: str = "own"
    courses: Sequence[str] = field(default_factory=tuple)
    verbs: Sequence[str] = field(default_factory=tuple)
    pseudonyms: bool = False


class WrongRelay(BadRequest):
    """A setting of a relay is wrong; `where` names the field."""

    def __init__(self, where: str, detail: str, sentence: str) -> None:
        super().__init__(f"{where}: {detail}", sentence=sentence)
        self.where = where


def read_partners(connection: Connection, organisation: str) -> Sequence[Row[Any]]:
    """The partners of an organisation, the open ones first."""
    wanted = select(table(Partner)).where(Partner.organisation_id == organisation)
    return connection.execute(wanted.order_by(Partner.revoked.is_not(None), Partner.name)).all()


def find_partner(connection: Connection, organisation: str, partner: str) -> Row[Any]:
    """One partner's row. Raises NotFound for another organisation's."""
    wanted = select(table(Partner)).where(Partner.organisation_id == organisation, Partner.id == partner)
    row = connection.execute(wanted).first()
    if row is None:
        raise NotFound(f"no partner {partner!r}")
    return row


def find_partner_id(connection: Connection, organisation: str, name: str) -> str:
    """By name or id, as the command line gives it. Raises NotFound naming those that are there."""
    rows = read_partners(connection, organisation)
    for row in rows:
        if name in (row.id, row.name):
            return str(row.id)
    raise NotFound(f"no partner {name!r}; there are: {', '.join(row.name for row in rows) or 'none'}")


def set_relay(connection: Connection, secret_key: str, organisation: str, partner: str, wish: Wish) -> None:
    """Send to this address from now on. Raises WrongRelay naming the field, NotFound."""
    _check(wish)
    row = find_partner(connection, organisation, partner)
    salt = (row.pseudonym or secrets.token_hex(16)) if wish.pseudonyms else ""
    values = {
        "relay_url": _with_slash(wish.url),
        "relay_key": wish.key,
        "relay_secret": seal(secret_key, wish.secret) if wish.secret else _keep_secret(row, wish.url),
        "relay_version": wish.version,
        "relay_what": wish.what,
        "relay_filter": json.dumps({"courses": sorted(wish.courses), "verbs": sorted(wish.verbs)}),
        "pseudonym": salt,
        "relay_failures": 0,
        "relay_next": 0,
        "relay_error": "",
    }
    mine = (Partner.organisation_id == organisation, Partner.id == partner)
    connection.execute(update(Partner).where(*mine).values(values))


def _keep_secret(row: Row[Any], url: str) -> str:
    """The former secret goes to the machine that gave it, to no other."""
    return row.relay_secret if urlsplit(url).netloc == urlsplit(row.relay_url).netloc else ""


def read_filter(row: Row[Any]) -> Mapping[str, Sequence[str]]:
    """`courses` and `verbs` that are sent to this partner; empty for all."""
    found: Mapping[str, Sequence[str]] = json.loads(row.relay_filter or "{}")
    return found


def _with_slash(url: str) -> str:
    return url.rstrip("/") + "/"


def _check(wish: Wish) -> None:
    parts = urlsplit(wish.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise WrongRelay("url", f"{wish.url!r}: http(s)://host/path", "Cette adresse n'est pas celle d'un LRS.")
    if parts.username or parts.password:
        raise WrongRelay("url", "holds a password", "Mettez la clé et le secret dans leurs champs, pas dans l'adresse.")
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        raise WrongRelay(
            "url", "http beyond this machine", "Il faut une adresse en https : elle protège les personnes."
        )
    if wish.version not in VERSIONS:
        raise WrongRelay("version", f"{wish.version!r}; allowed: {', '.join(VERSIONS)}", "Cette version n'existe pas.")
    if wish.what not in WHAT:
        raise WrongRelay("what", f"{wish.what!r}; allowed: {', '.join(WHAT)}", "Choisissez ce qui est envoyé.")


def stop_relay(connection: Connection, organisation: str, partner: str) -> int:
    """Send nothing more, and drop what waits; how many rows. Raises NotFound."""
    find_partner(connection, organisation, partner)
    mine = (Partner.organisation_id == organisation, Partner.id == partner)
    connection.execute(update(Partner).where(*mine).values(relay_url="", relay_secret="", relay_error=""))
    waiting = (Outbox.organisation_id == organisation, Outbox.partner_id == partner)
    return connection.execute(delete(Outbox).where(*waiting)).rowcount


def close_partner(connection: Connection, organisation: str, partner: str) -> None:
    """Close the partner: its credentials open nothing more, nothing more is sent. Raises NotFound."""
    stop_relay(connection, organisation, partner)
    instant = now()
    keys = (PartnerCredential.organisation_id == organisation, PartnerCredential.partner_id == partner)
    open_keys = update(PartnerCredential).where(*keys, PartnerCredential.revoked.is_(None))
    connection.execute(open_keys.values(revoked=instant))
    mine = (Partner.organisation_id == organisation, Partner.id == partner)
    connection.execute(update(Partner).where(*mine).values(revoked=instant))


def read_target(connection: Connection, secret_key: str, organisation: str, partner: str) -> Target:
    """What the relay needs to know. Raises NotFound, CannotUnseal."""
    row = find_partner(connection, organisation, partner)
    chosen = read_filter(row)
    return Target(
        organisation=row.organisation_id,
        partner=row.id,
        name=row.name,
        url=row.relay_url,
        key=row.relay_key,
        secret=unseal(secret_key, row.relay_secret) if row.relay_secret else "",
        version=row.relay_version,
        what=row.relay_what,
        courses=frozenset(chosen.get("courses", ())),
        verbs=frozenset(chosen.get("verbs", ())),
        salt=row.pseudonym,
        failures=row.relay_failures,
    )
