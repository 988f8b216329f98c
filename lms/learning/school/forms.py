"""What a student writes: the fields of each kind of work, and what is asked of them before it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.content.fictional import find_real
from lms.content.places import find_faults
from lms.errors import BadRequest
from lms.learning.school.works import check_text


@dataclass(frozen=True)
class WorkField:
    """One text of a work."""

    name: str
    label: str
    hint: str
    rows: int


TEXT = "text"
CASE = (
    WorkField(TEXT, "La situation", "Sans nom, sans lieu, sans date exacte.", 6),
    WorkField("reading", "Ce que vous comprenez", "Ce qui est su, ce qui est supposé.", 5),
    WorkField("action", "Ce que vous proposez", "Avec, pour, ou apprendre ; et la suite.", 5),
    WorkField("rights", "Ses choix, ses droits, ses données", "Ce qui a été demandé, noté, transmis.", 4),
)
FIELDS: Mapping[str, tuple[WorkField, ...]] = {
    "answer": (WorkField(TEXT, "Votre réponse", "", 12),),
    "case": CASE,
    "place": (
        *CASE[:1],
        WorkField("observation", "Le lieu observé", "L'accueil, les gestes, ce qui aide, ce qui bloque.", 6),
        *CASE[1:],
    ),
}

REAL = {
    "real-phone": "Un vrai numéro de téléphone semble écrit dans votre texte.",
    "real-email": "Une vraie adresse e-mail semble écrite dans votre texte.",
    "real-nir": "Un vrai numéro de sécurité sociale semble écrit dans votre texte.",
    "real-iban": "Un vrai numéro de compte semble écrit dans votre texte.",
}


def check_body(kind: str, body: Mapping[str, Any]) -> None:
    """Raises BadRequest with a sentence for what is missing, or for what nobody's work may hold."""
    check_text(body)
    for one in FIELDS[kind]:
        text = str(body.get(one.name, ""))
        if not text:
            raise BadRequest(f"{one.name} is empty", sentence=f"« {one.label} » est vide. Le brouillon est gardé.")
        if kind != "answer" and (code := find_real(text + " ")):
            sentence = f"{REAL[code]} Retirez-le, puis rendez votre travail. Le brouillon est gardé."
            raise BadRequest(f"{one.name}: {code}", sentence=sentence)
    if kind == "place" and (faults := find_faults(body.get("record", {}))):
        first = next(iter(faults.values()))
        more = f" Et {len(faults) - 1} autre(s) champ(s)." if len(faults) > 1 else ""
        raise BadRequest(f"record: {', '.join(faults)}", sentence=f"La fiche du lieu. {first}{more}")


def complete_record(typed: Mapping[str, str], work: str) -> dict[str, str]:
    """The record with what a student does not type: a reference of its own, and where it comes from."""
    return {**typed, "id": f"observation-{work[:8]}", "source": "Observation de stage"}
