"""From a need to what one looks for: competences and flags of a profile, and nine needs in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .standard import INDEXED, vocabularies

PAPERS, DAILY = "Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien"
SAFE, WORK = "Utilisation sécurisée du numérique", "Insertion professionnelle via le numérique"
ACCESS, BUY = "Accès internet et matériel informatique", "Acquisition de matériel informatique à prix solidaire"
FAMILY, LEISURE, WORLD = (
    "Parentalité et éducation avec le numérique",
    "Loisirs et créations numériques",
    "Compréhension du monde numérique",
)
BY_LETTER = {"M": DAILY, "K": DAILY, "N": DAILY, "E": DAILY, "F": PAPERS, "P": PAPERS, "C": SAFE, "D": PAPERS}
"""The first letter of a competence of the base course → the service that trains it."""
SHORT = {
    "demarches": ("Faire une démarche, être aidé·e", PAPERS, "formulaire"),
    "apprendre": ("Apprendre l'ordinateur, le téléphone", DAILY, "ordinateur"),
    "securite": ("Être tranquille : mots de passe, arnaques", SAFE, "cadenas"),
    "travail": ("Chercher du travail avec le numérique", WORK, "liste"),
    "acces": ("Avoir internet, se servir d'un appareil", ACCESS, "page-web"),
    "materiel": ("Acheter un appareil pas cher", BUY, "portable"),
    "famille": ("Accompagner ses enfants", FAMILY, "groupe"),
    "loisirs": ("Photos, créations, plaisir", LEISURE, "carte"),
    "comprendre": ("Comprendre le monde numérique", WORLD, "loupe"),
}
"""Code in an address → (plain words, service, pictogram)."""
FLAGS = {
    "audio": "Illettrisme",
    "images": "Illettrisme",
    "traduction": "Langues étrangères (autres)",
    "grand texte": "Déficience visuelle",
    "clavier adapté": "Handicaps moteurs",
}
"""Flags of the detection grid → the special care that answers them."""


@dataclass
class Wanted:
    """What a list of needs asks of a place, by column of the standard, and what nothing there answers."""

    values: dict[str, list[str]] = field(default_factory=dict)
    no_travel: bool = False

    def add(self, column: str, value: str) -> None:
        found = self.values.setdefault(column, [])
        if value not in found:
            found.append(value)


def read_needs(needs: Sequence[str]) -> Wanted:
    """Competences («E02»), flags («audio»), values of the standard («Illettrisme»), codes («demarches»)."""
    wanted = Wanted()
    for need in needs:
        if need in SHORT:
            wanted.add("services", SHORT[need][1])
        elif need in FLAGS:
            wanted.add("prise_en_charge_specifique", FLAGS[need])
        elif need in ("ne peut pas se déplacer", "sans déplacement"):
            wanted.no_travel = True
        elif len(need) == 3 and need[0] in BY_LETTER and need[1:].isdigit():
            wanted.add("services", BY_LETTER[need[0]])
        else:
            for column in INDEXED:
                if need in vocabularies()[column]:
                    wanted.add(column, need)
    return wanted
