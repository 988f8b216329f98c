"""Signed statements: a JSON web signature as attachment (xAPI 1.0.3, part 2, 2.6; RFC 7515)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from lms.errors import BadRequest
from lms.lrs.equality import are_same

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
CONTENT_TYPE = "application/octet-stream"
ALGORITHMS = ("RS256", "RS384", "RS512")


class InvalidSignature(BadRequest):
    """A signature that is none, or that signs something else; the detail says what."""

    sentence = "La signature de cette déclaration n'est pas valable."


def check_signature(
    statement: Mapping[str, Any], attachment: Mapping[str, Any], body: bytes | None, place: str
) -> None:
    """Nothing when `body` is a signature of this statement.

    A certificate in it is used to catch mistakes; whom to trust is for those who read the statement (2.6). Without
    one nobody can verify, and the signature is kept for whoever holds the key. Raises InvalidSignature.
    """
    if attachment["contentType"].partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise InvalidSignature(f"{place}.contentType: a signature is {CONTENT_TYPE}")
    if body is None:
        raise InvalidSignature(f"{place}: a signature is sent with its statement, not only as fileUrl")
    pieces = body.strip().split(b".")
    if len(pieces) != 3:
        raise InvalidSignature(f"{place}: no JSON web signature in compact form: header.payload.signature")
    header, payload = (
        _read_json(piece, f"{place}: {name}") for piece, name in zip(pieces[:2], ("header", "payload"), strict=True)
    )
    _check_header(header, place)
    if not isinstance(payload, dict) or not are_same(payload, statement, (SIGNATURE,)):
        raise InvalidSignature(f"{place}: payload: what was signed is not this statement")
    signature = _decode(pieces[2], f"{place}: signature")
    if "x5c" in header:
        _verify(header, b".".join(pieces[:2]), signature, place)


def _decode(piece: bytes, place: str) -> bytes:
    try:
        return base64.b64decode(piece + b"=" * (-len(piece) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidSignature(f"{place}: not base64url") from error


def _read_json(piece: bytes, place: str) -> Any:
    try:
        return json.loads(_decode(piece, place).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InvalidSignature(f"{place}: not JSON") from error


def _check_header(header: Any, place: str) -> None:
    if not isinstance(header, dict) or header.get("alg") not in ALGORITHMS:
        raise InvalidSignature(f"{place}: header.alg: one of {', '.join(ALGORITHMS)}")
    if "crit" in header:
        raise InvalidSignature(f"{place}: header.crit: no extension of JWS is understood")


def _verify(header: Mapping[str, Any], signed: bytes, signature: bytes, place: str) -> None:
    """Against the first certificate of `x5c`. The library is loaded by the first signature that brings one."""
    from cryptography.exceptions import InvalidSignature as Wrong
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.x509 import load_der_x509_certificate

    digest = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}[header["alg"]]
    try:
        key = load_der_x509_certificate(base64.b64decode(header["x5c"][0], validate=True)).public_key()
    except (ValueError, TypeError, LookupError, UnsupportedAlgorithm) as error:
        raise InvalidSignature(f"{place}: header.x5c: the first entry is no certificate") from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise InvalidSignature(f"{place}: header.x5c: {header['alg']} needs an RSA key")
    try:
        key.verify(signature, signed, padding.PKCS1v15(), digest)
    except Wrong as error:
        raise InvalidSignature(f"{place}: the signature does not fit the certificate in header.x5c") from error
