"""What people write in many ways, kept in one form: 12/05/1996, 912.40."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Json = Any

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
    "code": (r"\d{6}", "Le code a 6 chiffres.", "Le code est dans vos messages."),
}
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def normalise(kind: str, text: str) -> str:
    """One form for what people write in many: spaces, points, two figures for a year, the euro sign."""
    if kind == "long":
        return text.strip()
    text = re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " ")).strip()
    return {"date": _date, "month": _month, "money": _money, "digits": _digits, "code": _digits, "phone": _digits}.get(
        kind, str
    )(text)


def _date(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})", text)
    if not found:
        return text
    day, month, year = (part for part in found.groups() if part)
    year = year if len(year) == 4 else ("20" if int(year) < 30 else "19") + year
    real = 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    return f"{int(day):02}/{int(month):02}/{year}" if real else text


def _month(text: str) -> str:
    word, _, year = text.lower().rpartition(" ")
    found = re.fullmatch(r"(\d{1,2})[/. -](\d{4})", f"{MONTHS.index(word) + 1} {year}" if word in MONTHS else text)
    return f"{int(found[1]):02}/{found[2]}" if found and 1 <= int(found[1]) <= 12 else text


def _money(text: str) -> str:
    bare = re.sub(r"(?i)€|euros?|\s", "", text).replace(",", ".")
    found = re.fullmatch(r"0*(\d+)(?:\.(\d{0,2}))?", bare)
    return (found[1] + (f".{found[2]:0<2}" if (found[2] or "").strip("0") else "")) if found else text


def _digits(text: str) -> str:
    bare = re.sub(r"[ .-]", "", text)
    return re.sub(r"^\+33", "0", bare) if re.fullmatch(r"\+?\d+", bare) else text


def find_shape(field: Mapping[str, Json]) -> str:
    """The pattern that an answer has to match."""
    return str(field.get("match") or SHAPES.get(field.get("kind", ""), (".*",))[0])
