"""What the phone holds now: SMS received, callers, what may be wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Any

BAIT: dict[str, Json] = {
    "id": "bait",
    "name": "Numéro inconnu",
    "number": "06 39 98 77 01",
    "body": "Votre colis attend. Payez 1,99 € aujourd'hui.",
    "link": "colis-attente.example",
    "junk": "yes",
}
"""The SMS that an author or a trainer may send into any scenario."""


def texts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    """Every SMS on the screen, the newest first; one that is late is not there yet."""
    facts, mine = ref.get(app, {}), world.get(app, {})
    later = {text["id"]: text for text in (*facts.get("later", ()), BAIT)}
    arrived = [later[text] for text in dict.fromkeys(mine.get("got", ())) if text in later]
    if mine.get("late"):
        arrived = [text for text in arrived if text["id"] in mine.get("read", ())]
    there = [*reversed(arrived), *facts.get("texts", ())]
    return [text for text in there if text["id"] not in mine.get("deleted", ())]


def find(items: Json, wanted: Json) -> dict[str, Json]:
    """The item of this id, or nothing."""
    return next((dict(item) for item in items or () if item["id"] == wanted), {})


def public(facts: Mapping[str, Json]) -> dict[str, Json]:
    """The facts without what is safe and what is a trap, with the SMS that may come."""
    shown = {name: [_hide(text) for text in facts.get(name, ())] for name in ("texts", "later")}
    sorting = "yes" if any(text.get("verdict") for text in facts.get("texts", ())) else ""
    return {**facts, **shown, "later": [*shown["later"], BAIT], "sorting": sorting}


def _hide(text: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in text.items() if key not in ("verdict", "say", "hints", "competence", "junk")}


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """The way to every SMS, and one aim for each that is to be sorted."""
    facts = ref.get(app, {})
    found: dict[str, dict[str, Json]] = {}
    for text in (*facts.get("texts", ()), *facts.get("later", ())):
        name = f"{app}.open-{text['id']}"
        shown = {"done": {f"{app}.page": "text", f"{app}.open": text["id"], f"{app}.ring": None, f"{app}.call": None}}
        needs = [f"{app}.kept-{text['id']}", f"{app}.texts"]
        way = {"touch": f"{app}/row-{text['id']}", "needs": needs, "say": f"Ouvrez le message « {text['name']} »."}
        found[name] = shown | way | {"named": False}
        found[needs[0]] = _kept(app, text["id"])
        if text.get("verdict"):
            found[f"{app}.sorted-{text['id']}"] = _sorted(app, text)
    return found


def _kept(app: str, text: str) -> dict[str, Json]:
    """A deleted SMS that is wanted is put back."""
    done = {"not": {f"{app}.deleted": {"has": text}}}
    say = "Appuyez sur « Remettre les messages supprimés »."
    return {"done": done, "touch": f"{app}/restore", "needs": [f"{app}.texts"], "say": say, "named": False}


def _sorted(app: str, text: Mapping[str, Json]) -> dict[str, Json]:
    """Sorted as it is, or left in doubt and then asked about."""
    place, then, word = f"{app}.sorted.{text['id']}", f"{app}.then.{text['id']}", text["verdict"]
    says = {"safe": "Ce message est « Fiable ».", "trap": "Ce message est un « Piège »."}
    hints = text.get("hints") or ["Regardez qui écrit et ce qu'on demande.", "Un doute ? Demandez avant d'appuyer."]
    return {
        "done": [{place: word}, {place: "unsure", then: {"in": ["ask", "site"]}}],
        "ways": [
            {"touch": f"{app}/ask", "if": {place: "unsure"}, "say": "Appuyez sur « Je demande »."},
            {"touch": f"{app}/sort-{word}", "say": text.get("say") or says[word]},
        ],
        "needs": [f"{app}.open-{text['id']}"],
        "hints": hints,
        "competence": text.get("competence") or "E06",
        "aim": True,
    }
