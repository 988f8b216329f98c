"""One record of the national directory of places, as somebody writes it who learns: our words, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from lms.contract.places import Column, load_columns


@dataclass(frozen=True)
class PlaceField:
    """One column of the standard in our words."""

    column: Column
    label: str
    hint: str

    @property
    def name(self) -> str:
        """As the file heads it."""
        return self.column.name


LABELS: Mapping[str, tuple[str, str]] = {
    "id": ("Référence de la fiche", ""),
    "pivot": ("Numéro SIRET ou RNA", "De 9 à 14 chiffres ou lettres, sans espace."),
    "nom": ("Nom du lieu", ""),
    "commune": ("Commune", ""),
    "code_postal": ("Code postal", "Cinq chiffres."),
    "code_insee": ("Code Insee de la commune", "Cinq signes."),
    "adresse": ("Adresse", ""),
    "complement_adresse": ("Complément d'adresse", ""),
    "latitude": ("Latitude", "Avec un point : 46.58."),
    "longitude": ("Longitude", "Avec un point : 0.34."),
    "typologie": ("Type de lieu", "Sigles de la norme, séparés par | : CCAS, EPN, BIB…"),
    "telephone": ("Téléphone du lieu", "Commence par +33, sans espace."),
    "courriels": ("Adresses e-mail du lieu", "Séparées par |."),
    "site_web": ("Site du lieu", "Commence par https://."),
    "horaires": ("Horaires", "Mo-Fr 09:00-12:00,14:00-18:00"),
    "presentation_resume": ("Présentation en une phrase", "280 signes au plus."),
    "presentation_detail": ("Présentation", ""),
    "source": ("Source", ""),
    "itinerance": ("Le lieu se déplace-t-il ?", ""),
    "structure_parente": ("Structure parente", ""),
    "date_maj": ("Date de l'observation", ""),
    "services": ("Services", ""),
    "publics_specifiquement_adresses": ("Publics accueillis en particulier", ""),
    "prise_en_charge_specifique": ("Prises en charge spécifiques", ""),
    "frais_a_charge": ("Coût", ""),
    "dispositif_programmes_nationaux": ("Programmes nationaux", ""),
    "formations_labels": ("Labels et formations", ""),
    "autres_formations_labels": ("Autres labels", ""),
    "modalites_acces": ("Comment y accéder", ""),
    "modalites_accompagnement": ("Comment on y est accompagné", ""),
    "fiche_acces_libre": ("Fiche d'accessibilité", "Commence par https://."),
    "prise_rdv": ("Prise de rendez-vous en ligne", "Commence par https://."),
}
"""Our words for the columns: label and hint."""

LINKS = frozenset(("site_web", "fiche_acces_libre", "prise_rdv"))


@cache
def load_place_fields() -> tuple[PlaceField, ...]:
    """All columns, in the order of the file."""
    return tuple(PlaceField(one, *LABELS[one.name]) for one in load_columns().values())


def find_faults(record: Mapping[str, str]) -> dict[str, str]:
    """By column, a sentence for what the standard does not take; empty when the record is whole."""
    told = {one.name: _find_fault(one, record.get(one.name, "")) for one in load_place_fields()}
    return {name: say for name, say in told.items() if say}


def _find_fault(field: PlaceField, value: str) -> str:
    column = field.column
    if not value:
        return f"{field.label} : à compléter." if column.required else ""
    if column.values and (strange := next((one for one in value.split("|") if one not in column.values), "")):
        return f"{field.label} : « {strange} » n'est pas une valeur de la norme."
    if column.longest and len(value) > column.longest:
        return f"{field.label} : {column.longest} signes au plus."
    if column.pattern and not re.fullmatch(column.pattern, value, re.ASCII):
        return f"{field.label} : ce n'est pas la forme attendue. {field.hint}".strip()
    return _find_type_fault(field, value)


def _find_type_fault(field: PlaceField, value: str) -> str:
    try:
        if field.column.type == "number":
            most = 90 if field.name == "latitude" else 180
            if not abs(float(value)) <= most:
                return f"{field.label} : un nombre entre -{most} et {most}."
        if field.column.type == "date":
            date.fromisoformat(value)
    except ValueError:
        return f"{field.label} : ce n'est pas la forme attendue. {field.hint}".strip()
    if field.name in LINKS and not all(one.startswith(("https://", "http://")) for one in value.split("|")):
        return f"{field.label} : ce n'est pas la forme attendue. {field.hint}"
    return ""
