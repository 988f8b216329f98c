"""What a referral never holds: numbers of people, passwords, income, diagnosis, origin. Refused before it is stored."""

from __future__ import annotations

import re

RULES = (
    (re.compile(r"(?:\d[ .]?){13,15}"), "un numéro de sécurité sociale"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,}", re.IGNORECASE), "un numéro de compte"),
    (re.compile(r"\d\s?(?:€|euros?\b)", re.IGNORECASE), "un montant"),
    (re.compile(r"(?<!\d)\d{7}\s?[A-Z]?(?!\d)"), "un numéro d'allocataire"),
    (re.compile(r"mots? de passe\s*[:=]|\bcode\s*[:=]|\bcode secret", re.IGNORECASE), "un mot de passe ou un code"),
    (re.compile(r"\bdiagnosti|\bpatholog|\bsous traitement\b", re.IGNORECASE), "une information de santé"),
    (re.compile(r"\bnationalité\b|\bsans[- ]papiers\b|\borigine\s+\w+", re.IGNORECASE), "une origine"),
)


def find_forbidden(text: str) -> str:
    """What in this text must not be kept, in words; empty when nothing is."""
    return next((what for pattern, what in RULES if pattern.search(text)), "")
