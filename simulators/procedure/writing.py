"""The shapes of answers, and how what people write in many ways is kept in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lms.contract import ANSWERS, is_same, normalise

Json = Any
Field = Mapping[str, Json]

SHAPES = {
    "date": (r"\d{2}/\d{2}/\d{4}", "Le jour d'abord : JJ/MM/AAAA.", "Par exemple : 07/06/1996."),
    "month": (r"\d{2}/\d{4}", "Le mois puis l'année : MM/AAAA.", "Par exemple : 09/2026."),
    "money": (r"\d+(\.\d\d?)?", "Écrivez des chiffres seulement.", "Par exemple : 912 ou 912,40."),
    "digits": (r"\d+", "Écrivez des chiffres seulement.", "Recopiez le numéro, chiffre par chiffre."),
    "mail": (
        r"[^@\s]+@[^@\s]+\.[a-z]{2,}",
        "L'adresse a un @ et un point.",
        "Par exemple : prenom.nom@courriel.example.",
    ),
    "phone": (r"0\d{9}", "Le numéro a 10 chiffres.", "Il commence par 0."),
    "password": (
        r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s]).{12,}|(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{14,}|(\S+ ){6,}\S+",
        "Ce mot de passe est trop court.",
        "Écrivez 12 signes : grande lettre, petite lettre, chiffre, signe.",
    ),
    "iban": (
        r"[A-Z]{2}\d{2}( [A-Z\d]{1,4}){3,8}",
        "L'IBAN a des lettres et des chiffres.",
        "Recopiez-le, quatre par quatre.",
    ),
    "code": (r"\d{6}", "Le code a 6 chiffres.", "Le code est dans vos messages."),
}


def check(ref: Mapping[str, Json], app: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Kinds of fields that nobody knows."""
    for name, field in ref[app].get("fields", {}).items():
        if field.get("kind", "text") not in ANSWERS:
            yield ("fields", name, "kind"), f"no kind of answer «{field['kind']}»; there is: {', '.join(ANSWERS)}"


def settle(field: Field, text: str) -> str:
    """One form for what people write in many; words that mean the expected ones are kept as those."""
    told = normalise(field.get("kind", "text"), text)
    return str(field["expect"]) if is_free(field) and is_expected(field, told) else told


def is_free(field: Field) -> bool:
    """Words, written in many ways; an identifier has a shape of its own (`match`): there every sign counts."""
    return field.get("kind", "text") == "text" and "match" not in field and not field.get("choices")


def is_expected(field: Field, text: str) -> bool:
    """Whether an answer means the one that is expected; never where none is."""
    kind, expect = field.get("kind", "text"), field.get("expect")
    if expect is None:
        return False
    return is_same(kind, text, str(expect)) if is_free(field) or kind != "text" else text == str(expect)


def find_shape(field: Field) -> str:
    """The pattern that an answer has to match."""
    return str(field.get("match") or SHAPES.get(field.get("kind", ""), (".*",))[0])
