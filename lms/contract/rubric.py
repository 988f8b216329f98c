"""The common rubric of the training of social workers: five criteria, four levels each, one threshold.

Beside `lms.contract`. The school marks works by it, and an activity that trains to assess names its criteria by id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """What is looked at, and what an answer is like at 0, 1, 2 and 3."""

    title: str
    levels: tuple[str, str, str, str]


LEVELS = ("absent", "partiel", "juste", "transférable")
EACH, TOTAL = 2, 11
"""An answer passes with so much at every criterion, and so much in all."""

CRITERIA: Mapping[str, Criterion] = {
    "r1": Criterion(
        "R1 Relation et non-jugement",
        (
            "La personne est jugée, pressée ou absente.",
            "Le ton est poli, mais la personne écoute plus qu'elle ne parle.",
            "La personne est écoutée, sans étiquette ni injonction.",
            "Elle parle de ce qu'elle fait et veut ; ses mots sont repris.",
        ),
    ),
    "r2": Criterion(
        "R2 Justesse de l'évaluation",
        (
            "Rien n'est évalué, ou tout est deviné.",
            "Un seul aspect est vu : l'appareil, ou le savoir-faire.",
            "Équipement, connexion, usages et savoir-faire sont distingués.",
            "L'hypothèse est dite à la personne, qui la corrige.",
        ),
    ),
    "r3": Criterion(
        "R3 Pertinence de l'action ou de l'orientation",
        (
            "Aucune action, ou une action sans lien avec le besoin.",
            "L'action est possible, mais ni le moment ni le lieu ne conviennent.",
            "L'action répond au besoin et à l'urgence.",
            "Elle a une suite datée, et une autre voie si elle échoue.",
        ),
    ),
    "r4": Criterion(
        "R4 Autonomie de la personne",
        (
            "Tout est fait à sa place, sans le dire.",
            "La personne regarde faire.",
            "Elle agit elle-même là où elle le veut.",
            "Elle choisit ce qu'elle confie et ce qu'elle apprend.",
        ),
    ),
    "r5": Criterion(
        "R5 Droits, consentement, données",
        (
            "Des codes ou des données sensibles sont gardés.",
            "L'accord est supposé, non demandé.",
            "L'accord est demandé, le minimum est noté.",
            "La personne sait ce qui est noté, pour qui, et peut le reprendre.",
        ),
    ),
}
