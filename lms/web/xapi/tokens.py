"""POST oauth/token: OAuth 2 client credentials (RFC 6749, 4.4). Key and secret give a token for an hour."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Response, current_app, jsonify
from werkzeug.datastructures import Authorization

from lms.database.db import reading
from lms.partners.credentials import Credential, check_credential
from lms.partners.tokens import TokenError, make_token
from lms.web.access import open_to_anybody
from lms.web.xapi.credentials import check_origin
from lms.web.xapi.requests import FORM, Asked
from lms.web.xapi.resources import add_resource


def give(asked: Asked) -> Response:
    """A token, or an error with one of the codes of RFC 6749, 5.2."""
    try:
        form = _read_form(asked)
        if form.get("grant_type") != "client_credentials":
            raise TokenError("unsupported_grant_type", "grant_type: client_credentials is the only one")
        credential = _find_client(asked, form)
        return jsonify(make_token(str(current_app.config["SECRET_KEY"]), credential, form.get("scope", "")))
    except TokenError as error:
        return _refuse(error)


def _read_form(asked: Asked) -> dict[str, str]:
    if not asked.headers.get("Content-Type", "").startswith(FORM):
        raise TokenError("invalid_request", f"Content-Type: {FORM} is needed")
    try:
        pairs = parse_qsl(asked.body.decode("utf-8"), keep_blank_values=True)
    except UnicodeDecodeError as error:
        raise TokenError("invalid_request", "the body is not UTF-8") from error
    if len(dict(pairs)) < len(pairs):
        raise TokenError("invalid_request", "the same parameter twice")
    return dict(pairs)


def _find_client(asked: Asked, form: dict[str, str]) -> Credential:
    """In the header, or in the form, not in both (2.3.1)."""
    given = Authorization.from_header(asked.headers.get("Authorization"))
    key, secret = form.get("client_id", ""), form.get("client_secret", "")
    if given is not None and given.type == "basic":
        if secret:
            raise TokenError("invalid_request", "the client shows its secret twice")
        key, secret = given.username or "", given.password or ""
    with reading() as connection:
        found = check_credential(connection, key, secret)
    if found is None:
        raise TokenError("invalid_client", "key or secret unknown, ended or revoked", 401)
    check_origin(found)
    return found


def _refuse(error: TokenError) -> Response:
    answer = jsonify(error=error.code, error_description=error.detail)
    answer.status_code = error.status
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="xAPI"'
    return answer


add_resource("token", "oauth/token", {"POST": give}, access=open_to_anybody, versioned=False)
