"""Who asks: a key and its secret (Basic), or a token made with them (Bearer)."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

from flask import current_app, g, request
from werkzeug.datastructures import Authorization

from lms.database.db import reading
from lms.database.door import transaction
from lms.errors import LMSError, NotAllowed, StorageBusy, StorageFull
from lms.partners.credentials import Credential, is_use_known, note_use
from lms.partners.tokens import read_token
from lms.people.accounts import find_organisation
from lms.web.site import site
from lms.web.xapi.requests import Asked


class NoCredential(LMSError):
    """No credential, or a wrong, ended or revoked one."""

    status = 401
    headers = {"WWW-Authenticate": 'Basic realm="xAPI", Bearer realm="xAPI"'}
    sentence = "Clé ou secret inconnus."
    kept = ""
    next = "Vérifiez l'accès auprès de l'administrateur."


def find_credential(asked: Asked, scope: str) -> Credential:
    """The partner that asks. Raises NoCredential, or NotAllowed without the scope, in another's house or page."""
    found = read_authorization(Authorization.from_header(asked.headers.get("Authorization")))
    if found is None:
        raise NoCredential("credential or token missing, unknown, ended or revoked")
    if asked.slug:
        _check_house(asked.slug, found)
    check_origin(found)
    if not found.may(scope):
        raise NotAllowed(f"this credential has no scope {scope}")
    if not is_use_known(found):
        _note(found)
    return found


def _note(found: Credential) -> None:
    """Who only reads is not refused because the hour of its use cannot be written just now."""
    with suppress(StorageBusy, StorageFull):
        with transaction() as writing:
            note_use(writing, found)
        site().keyring.forget()


def read_authorization(given: Authorization | None) -> Credential | None:
    """The open credential that a header shows, else None."""
    if given is None:
        return None
    if given.type == "basic":
        return site().keyring.open_key(given.username or "", given.password or "")
    if given.type == "bearer":
        return read_token(site().keyring.find_named, str(current_app.config["SECRET_KEY"]), given.token or "")
    return None


def _check_house(slug: str, found: Credential) -> None:
    with reading() as connection:
        if find_organisation(connection, slug) != found.organisation:
            raise NotAllowed(f"this credential is not of the house {slug!r}")


def check_origin(found: Credential) -> None:
    """A browser says whose page asks: only pages that the credential names, and our own, may use it."""
    origin = request.headers.get("Origin")
    if origin is None or urlsplit(origin).netloc == request.host:
        return
    if origin not in found.origins:
        raise NotAllowed(f"this credential may not be used from pages of {origin}; it names: {_list(found.origins)}")
    g.xapi_origin = origin


def _list(origins: frozenset[str]) -> str:
    return ", ".join(sorted(origins)) or "none"
