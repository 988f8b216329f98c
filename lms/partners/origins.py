"""Pages in a browser that may use a credential, by their origin: scheme and host (RFC 6454)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from lms.database.clock import now
from lms.database.models import PartnerCredential
from lms.errors import BadRequest


def check_origin(origin: str) -> None:
    """Raises BadRequest for what no browser says of a page: scheme and host, nothing behind."""
    if not origin.startswith(("https://", "http://")) or origin.count("/") != 2 or origin.split() != [origin]:
        raise BadRequest(
            f"origin {origin!r}: https://host is needed, nothing behind it",
            sentence="Écrivez des adresses comme https://exemple.example, sans rien après.",
        )


def allows_origin(connection: Connection, origin: str) -> bool:
    """Whether any open credential names this origin: a browser asks before it shows its credential."""
    wanted = select(PartnerCredential.origins).where(
        PartnerCredential.revoked.is_(None),
        PartnerCredential.expires.is_(None) | (PartnerCredential.expires > now()),
        PartnerCredential.origins.contains(origin, autoescape=True),
    )
    return any(origin in found.split() for found in connection.execute(wanted).scalars())
