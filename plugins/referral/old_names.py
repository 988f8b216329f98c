"""Version 0.1.1 of the standard: what its columns and values are called today.

The columns follow the publisher's own list of changes; the values are our reading of it, and each use is told.
"""

from __future__ import annotations

from functools import lru_cache

from .standard import simplify, vocabularies

COLUMNS = {
    "courriel": "courriels",
    "conditions_acces": "frais_a_charge",
    "labels_nationaux": "dispositif_programmes_nationaux",
    "labels_autres": "autres_formations_labels",
    "accessibilite": "fiche_acces_libre",
    "publics_accueillis": "publics_specifiquement_adresses",
}
LEFT_OUT = ("cle_ban",)
DAILY, PAPERS = "Maîtrise des outils numériques du quotidien", "Aide aux démarches administratives"
ACCESS, WORK = "Accès internet et matériel informatique", "Insertion professionnelle via le numérique"
WORLD = "Compréhension du monde numérique"
VALUES = {
    "services": {
        "Devenir autonome dans les démarches administratives": PAPERS,
        "Réaliser des démarches administratives avec un accompagnement": PAPERS,
        "Accompagner les démarches de santé": PAPERS,
        "Prendre en main un smartphone ou une tablette": DAILY,
        "Prendre en main un ordinateur": DAILY,
        "Utiliser le numérique au quotidien": DAILY,
        "Approfondir ma culture numérique": WORLD,
        "Promouvoir la citoyenneté numérique": WORLD,
        "Favoriser mon insertion professionnelle": WORK,
        "Créer et développer mon entreprise": WORK,
        "Accéder à une connexion internet": ACCESS,
        "Accéder à du matériel": ACCESS,
        "S'équiper en matériel informatique": "Acquisition de matériel informatique à prix solidaire",
        "Créer avec le numérique": "Loisirs et créations numériques",
        "Soutenir la parentalité et l'éducation avec le numérique": "Parentalité et éducation avec le numérique",
    },
    "modalites_accompagnement": {
        "Seul": "En autonomie",
        "Avec de l'aide": "Accompagnement individuel",
        "A ma place": "Accompagnement individuel",
        "Dans un atelier": "Dans un atelier collectif",
    },
    "publics_specifiquement_adresses": {"Familles/enfants": "Familles et/ou enfants", "Uniquement femmes": "Femmes"},
    "prise_en_charge_specifique": {
        "Handicaps psychiques": "Handicaps mentaux",
        "Personnes en situation d'illettrisme": "Illettrisme",
        "Public langues étrangères": "Langues étrangères (autres)",
    },
}
EVERYBODY = frozenset({"adultes", "tout public", "tous publics"})


@lru_cache(maxsize=4096)
def find_value(column: str, value: str) -> str | None:
    """The value of the list that is meant: the same but for accents, or an old name; None for none."""
    if value in vocabularies()[column]:
        return value
    wanted = simplify(value)
    for one in vocabularies()[column]:
        if simplify(one) == wanted:
            return one
    short = simplify(value.split(" : ")[0].split(":")[0])
    for old, new in VALUES.get(column, {}).items():
        if simplify(old) in (wanted, short):
            return new
    return next((one for one in vocabularies()[column] if simplify(one) == short), None)
