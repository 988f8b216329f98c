"""Signed statements: xAPI 1.0.3, part 2, 2.6 and 2.3.1; what was signed must be what is stored."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from lms.lrs.equality import are_same
from lms.lrs.signatures import SIGNATURE, InvalidSignature, check_signature

STATEMENT: dict[str, Any] = {
    "id": "7ccd3322-e1a5-411a-a67d-6a735c76f119",
    "timestamp": "2026-11-26T10:00:00.000Z",
    "actor": {"mbox": "mailto:sally@Example.org", "name": "Sally"},
    "verb": {"id": "http://example.org/v", "display": {"en": "did"}},
    "object": {"id": "http://example.org/o", "definition": {"name": {"en": "One"}}},
    "result": {"duration": "PT1.234S", "success": True, "score": {"raw": 1}},
    "context": {
        "contextActivities": {"parent": {"id": "http://example.org/p"}},
        "team": {"objectType": "Group", "member": [{"mbox": "mailto:a@e.org"}, {"mbox": "mailto:b@e.org"}]},
    },
}
HEADER = {"usageType": SIGNATURE, "contentType": "application/octet-stream", "sha2": "", "length": 1}
DIGESTS = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}

Sign = Callable[..., bytes]


def encode(piece: bytes) -> bytes:
    return base64.urlsafe_b64encode(piece).rstrip(b"=")


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="module")
def certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Département")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    start = datetime.now(UTC)
    signed = made.serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(days=1))
    der = signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return base64.b64encode(der).decode()


@pytest.fixture(scope="module")
def sign(key: rsa.RSAPrivateKey) -> Sign:
    def make(payload: Mapping[str, Any], alg: str = "RS256", **header: Any) -> bytes:
        signed = encode(json.dumps({"alg": alg, **header}).encode()) + b"." + encode(json.dumps(payload).encode())
        return signed + b"." + encode(key.sign(signed, padding.PKCS1v15(), DIGESTS.get(alg, hashes.SHA256())))

    return make


def check(body: bytes | None, statement: Mapping[str, Any] = STATEMENT, **header: Any) -> None:
    check_signature(statement, HEADER | header, body, "attachments[0]")


@pytest.mark.parametrize("alg", DIGESTS)
def test_a_right_signature_passes_with_and_without_certificate(sign: Sign, certificate: str, alg: str) -> None:
    check(sign(STATEMENT, alg))
    check(sign(STATEMENT, alg, x5c=[certificate]), STATEMENT | {"attachments": [HEADER]})


def test_a_signature_of_another_key_than_the_certificates_is_noticed(certificate: str) -> None:
    other = rsa.generate_private_key(65537, 2048)
    signed = (
        encode(json.dumps({"alg": "RS256", "x5c": [certificate]}).encode())
        + b"."
        + encode(json.dumps(STATEMENT).encode())
    )
    body = signed + b"." + encode(other.sign(signed, padding.PKCS1v15(), hashes.SHA256()))
    with pytest.raises(InvalidSignature, match="does not fit the certificate"):
        check(body)


def test_a_signature_that_is_none_is_told_with_its_fault(sign: Sign, certificate: str) -> None:
    right = sign(STATEMENT)
    head, payload, last = right.split(b".")
    wrong: list[tuple[str, bytes | None, dict[str, Any]]] = [
        ("contentType: a signature is", right, {"contentType": "text/plain"}),
        ("sent with its statement", None, {}),
        ("compact form", b"words", {}),
        ("header: not base64url", b"!." + payload + b"." + last, {}),
        ("payload: not JSON", head + b"." + encode(b"{'a'}") + b"." + last, {}),
        ("signature: not base64url", head + b"." + payload + b".!", {}),
        ("header.alg: one of RS256", sign(STATEMENT, "HS256"), {}),
        ("header.alg: one of RS256", sign(STATEMENT, "none"), {}),
        ("header.crit", sign(STATEMENT, crit=["b64"], b64=False), {}),
        ("payload: what was signed", sign({**STATEMENT, "verb": {"id": "http://example.org/w"}}), {}),
        ("payload: what was signed", head + b"." + encode(b"[1]") + b"." + last, {}),
        *((("x5c: the first entry", sign(STATEMENT, x5c=x5c), {})) for x5c in ([], None, 1, ["AAAA"], {"a": 1}, ["é"])),
    ]
    for words, body, header in wrong:
        with pytest.raises(InvalidSignature, match=words) as caught:
            check(body, **header)
        assert str(caught.value).startswith("attachments[0]")


def change(**members: Any) -> dict[str, Any]:
    return {**STATEMENT, **members}


SAME: dict[str, dict[str, Any]] = {
    "what the store sets": change(
        stored="2026-01-01T00:00:00Z", authority={"mbox": "mailto:lrs@e.org"}, version="1.0.0"
    ),
    "an id that was given later": {name: value for name, value in STATEMENT.items() if name not in ("id", "timestamp")},
    "capitals of an id": change(id=STATEMENT["id"].upper()),
    "another time zone": change(timestamp="2026-11-26T11:00:00.0004+01:00"),
    "capitals of a mail's domain": change(actor={"mbox": "mailto:sally@example.org", "name": "Sally"}),
    "a verb's words": change(verb={"id": "http://example.org/v"}),
    "a definition": change(object={"id": "http://example.org/o"}),
    "a duration's thousandths": change(result=STATEMENT["result"] | {"duration": "PT1.23S"}),
    "another way to write a number": change(result=STATEMENT["result"] | {"score": {"raw": 1.0}}),
    "an array of one, members in another order": change(
        context={
            "contextActivities": {"parent": [{"id": "http://example.org/p", "definition": {}}]},
            "team": {"objectType": "Group", "member": [{"mbox": "mailto:b@e.org"}, {"mbox": "mailto:a@E.org"}]},
        }
    ),
    "the signature": change(attachments=[HEADER]),
}
OTHER: dict[str, dict[str, Any]] = {
    "another id": change(id="7ccd3322-e1a5-411a-a67d-6a735c76f118"),
    "another instant": change(timestamp="2026-11-26T10:00:01Z"),
    "another person": change(actor={"mbox": "mailto:Sally@example.org", "name": "Sally"}),
    "another name": change(actor={"mbox": "mailto:sally@example.org", "name": "Sal"}),
    "another object": change(object={"id": "http://example.org/O"}),
    "hundredths of a duration": change(result=STATEMENT["result"] | {"duration": "PT1.24S"}),
    "one instead of true": change(result=STATEMENT["result"] | {"success": 1}),
    "another attachment": change(attachments=[HEADER | {"usageType": "http://example.org/essay"}]),
    "no context": {name: value for name, value in STATEMENT.items() if name != "context"},
}


@pytest.mark.parametrize("what", SAME)
def test_what_a_store_may_change_makes_no_difference(what: str) -> None:
    assert are_same(STATEMENT, SAME[what], (SIGNATURE,))


@pytest.mark.parametrize("what", OTHER)
def test_anything_else_does(what: str) -> None:
    assert not are_same(STATEMENT, OTHER[what], (SIGNATURE,))


def test_a_sub_statement_is_compared_by_the_same_rules() -> None:
    inner = {name: STATEMENT[name] for name in ("actor", "verb", "object")} | {"objectType": "SubStatement"}
    plain = inner | {"verb": {"id": "http://example.org/v"}}
    assert are_same(change(object=inner), change(object=plain))
    assert not are_same(change(object=inner), change(object=plain | {"actor": {"mbox": "mailto:bob@e.org"}}))
