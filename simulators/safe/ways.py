"""Ways to every paper and person, wherever the learner is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Any
FROM = {"photo": "Prendre une photo", "file": "Choisir un fichier", "mail": "Reçu par e-mail"}


def build_goals(facts: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """`app.from-<place>`, `app.picked-<paper>`, `app.open-<paper>`, `app.person-<id>`."""
    found: dict[str, dict[str, Json]] = {}
    for place, words in FROM.items():
        found[f"{app}.from-{place}"] = {
            "done": {f"{app}.page": "pick", f"{app}.from": place},
            "touch": f"{app}/from-{place}",
            "needs": [f"{app}.adding"],
            "say": f"Appuyez sur « {words} ».",
        }
    papers = {paper["id"]: "" for paper in facts.get("kept", ())}
    papers |= {source["id"]: source["from"] for source in facts.get("sources", ())}
    for paper, place in papers.items():
        found |= _paper_goals(app, paper, place)
    for person in facts.get("people", ()):
        found[f"{app}.person-{person['id']}"] = {
            "done": {f"{app}.page": "person", f"{app}.open": person["id"]},
            "touch": f"{app}/person-{person['id']}",
            "needs": [f"{app}.contacts"],
            "say": f"Choisissez « {person['name']} ».",
        }
    return {name: goal | {"named": False} for name, goal in found.items()}


def _paper_goals(app: str, paper: str, place: str) -> dict[str, dict[str, Json]]:
    """On the table: picked where it lies, or taken out of the safe again when it is there already."""
    inside = {f"{app}.papers": {"some": {"id": paper}}}
    edit = {"touch": f"{app}/edit", "if": inside, "needs": [f"{app}.open-{paper}"], "say": "Appuyez sur « Modifier »."}
    pick = {"touch": f"{app}/pick-{paper}", "needs": [f"{app}.from-{place}"], "say": "Choisissez ce papier."}
    return {
        f"{app}.open-{paper}": {
            "done": {f"{app}.page": "paper", f"{app}.open": paper},
            "touch": f"{app}/row-{paper}",
            "needs": [f"{app}.papers"],
            "say": "Ouvrez ce papier.",
        },
        f"{app}.picked-{paper}": {
            "done": {f"{app}.page": "describe", f"{app}.draft.id": paper},
            "ways": [edit, pick] if place else [edit],
        },
    }
