"""Directories of any size, made by chance from a seed: real communes, invented places. Nothing here knows our code."""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests/plugins/lieux.example.csv"
COMMUNES = ROOT / "plugins/referral/data/communes.csv.gz"
SERVICES = (
    "Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien",
    "Insertion professionnelle via le numérique", "Utilisation sécurisée du numérique",
    "Accès internet et matériel informatique", "Loisirs et créations numériques",
)  # fmt: skip
CARES = ("Surdité", "Illettrisme", "Langues étrangères (anglais)", "Langues étrangères (autres)", "Déficience visuelle")
HOURS = (
    "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00", "Tu-Sa 10:00-18:00", "Mo,We,Fr 09:00-12:00; PH off",
    "We 14:00-17:00", "Mo-Fr 08:30-17:30", "",
)  # fmt: skip
KINDS = ("Médiathèque", "Espace numérique", "France services", "CCAS", "Centre social", "Mairie")


def read_communes() -> list[list[str]]:
    """Cells of every commune: simple name, postal codes, INSEE, latitude, longitude, how exact, name."""
    return [line.split(";") for line in gzip.decompress(COMMUNES.read_bytes()).decode().strip().split("\n")]


def some(chance: random.Random, values: tuple[str, ...], most: int = 3) -> str:
    """A few of these, as a cell holds them."""
    return "|".join(sorted(chance.sample(values, chance.randint(0, most))))


def iter_places(count: int, seed: int = 1) -> Iterator[Mapping[str, str]]:
    """Places, each in a commune taken by chance."""
    chance, communes = random.Random(seed), read_communes()
    for at in range(count):
        _, codes, insee, latitude, longitude, _, name = chance.choice(communes)
        yield {
            "id": f"lieu-{at}",
            "pivot": f"{chance.randrange(10**13, 10**14)}",
            "nom": f"{chance.choice(KINDS)} de {name}",
            "commune": name,
            "code_postal": codes.split()[0],
            "code_insee": insee,
            "adresse": f"{chance.randint(1, 99)} rue de l'Église",
            "latitude": f"{float(latitude) + chance.uniform(-0.02, 0.02):.5f}",
            "longitude": f"{float(longitude) + chance.uniform(-0.02, 0.02):.5f}",
            "telephone": f"+331990000{chance.randint(10, 99)}",
            "horaires": chance.choice(HOURS),
            "presentation_resume": "Un lieu inventé pour essayer l'annuaire, avec une phrase de longueur ordinaire.",
            "presentation_detail": "Il y a du matériel en libre accès l'après-midi, et une permanence le samedi. " * 4,
            "source": "essai",
            "itinerance": chance.choice(("Fixe", "Fixe", "Fixe", "Itinérant", "")),
            "date_maj": f"{chance.choice((2024, 2025, 2026, 2026))}-0{chance.randint(1, 9)}-15",
            "services": some(chance, SERVICES),
            "publics_specifiquement_adresses": some(chance, ("Jeunes", "Seniors", "Femmes"), 1),
            "prise_en_charge_specifique": some(chance, CARES, 2),
            "frais_a_charge": chance.choice(("Gratuit", "Gratuit", "Gratuit sous condition", "Payant", "")),
            "modalites_acces": some(chance, ("Se présenter", "Téléphoner", "Contacter par mail"), 2),
            "modalites_accompagnement": some(chance, ("En autonomie", "Accompagnement individuel", "À distance"), 2),
        }


def write_directory(file: Path, count: int, seed: int = 1, **form: str) -> Path:
    """A CSV of the standard. `form`: `delimiter`, `encoding`."""
    with file.open("w", encoding=form.get("encoding", "utf-8"), newline="") as out:
        places = iter_places(count, seed)
        first = next(places)
        writer = csv.DictWriter(out, list(first), delimiter=form.get("delimiter", ","))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(places)
    return file
