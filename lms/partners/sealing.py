"""Secrets that must be read again: sealed with the instance's key, so that a copy of the database opens nothing."""

from __future__ import annotations

import base64
import hashlib

from lms.errors import LMSError


class CannotUnseal(LMSError):
    """The instance's key is not the one that sealed this: the file `secret.key` was lost or changed."""

    sentence = "Le secret de ce partenaire ne peut plus être lu."
    next = "Entrez-le de nouveau sur la page du partenaire."


def seal(secret_key: str, text: str) -> str:
    """`text`, encrypted (Fernet: AES-128-CBC with HMAC-SHA256)."""
    from cryptography.fernet import Fernet

    return Fernet(_derive(secret_key)).encrypt(text.encode()).decode()


def unseal(secret_key: str, sealed: str) -> str:
    """What was sealed. Raises CannotUnseal."""
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(_derive(secret_key)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal("secret.key does not fit") from error


def _derive(secret_key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"partners\0" + secret_key.encode()).digest())
