"""The site as the scenario tells it: its pages, what leads from one to another, the fields that are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Any


def pages(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """Every page by id; plain ids follow each other and the last one sends. A link of another app may name them."""
    listed = ref[app]["pages"]
    plain = [page if isinstance(page, str) else page["id"] for page in listed]
    found = {}
    for rank, page in enumerate(listed):
        around = {"back": plain[rank - 1] if rank else "", "next": (*plain[rank + 1 :], "")[0], "title": plain[rank]}
        found[plain[rank]] = {"id": page, **around} if isinstance(page, str) else dict(page)
    if isinstance(listed[-1], str):
        found[plain[-1]] |= {"send": "Envoyer", "then": "recu"}
        found["recu"] = {"id": "recu", "title": "Reçu", "receipt": "yes"}
    return found


def edges(ref: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> dict[str, tuple[str, str]]:
    """Parts of a page that lead elsewhere: part → (page, words on it)."""
    found = {}
    if page.get("next"):
        found["next"] = (page["next"], page.get("next_label", "Continuer"))
    if page.get("back"):
        found["previous"] = (page["back"], "Retour")
    menu = () if page.get("closed") else ref[app].get("menu", ())
    for link in (*page.get("links", ()), *page.get("cards", ()), *menu):
        if link["to"] != page["id"]:
            found.setdefault(f"go-{link['to']}", (link["to"], link["label"]))
    return found


def hidden(page: Mapping[str, Json], world: Mapping[str, Json]) -> set[str]:
    """Cards of a page that the answers put aside: a list that is narrowed."""
    return {f"go-{card['to']}" for card in page.get("cards", ()) if not holds(card.get("when", {}), world)}


def fields(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: str = "") -> dict[str, dict[str, Json]]:
    """The fields that are asked now, of one page or of all."""
    asked = ref[app].get("fields", {}).items()
    return {name: field for name, field in asked if page in ("", field["page"]) and holds(field.get("when", {}), world)}


def holds(spec: Json, value: Json) -> bool:
    """Whether a field's `when` holds: the goals' own language, as far as forms need it."""
    if isinstance(spec, list):
        return any(holds(one, value) for one in spec)
    if not isinstance(spec, Mapping):
        return bool(value == spec)
    return all(_holds_member(key, test, value) for key, test in spec.items())


def _holds_member(key: str, test: Json, value: Json) -> bool:
    if key == "not":
        return not holds(test, value)
    if key == "in":
        return value in test
    if key == "filled":
        return (value not in (None, "", [], {})) is test
    if key == "any":
        return any(holds(one, value) for one in test)
    for step in key.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return holds(test, value)


def options(field: Mapping[str, Json]) -> list[str]:
    """Values that a field with choices takes."""
    return [choice["value"] if isinstance(choice, Mapping) else choice for choice in field.get("choices", ())]


def fields_of(ref: Mapping[str, Json], app: str, page: str) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """The fields of a page that are to be answered on the way; not those that a wrong answer asks."""
    for name, field in ref[app].get("fields", {}).items():
        aside = field.get("optional") or ("when" in field and "example" not in field)
        if field["page"] == page and ("expect" in field or not aside):
            yield name, field
