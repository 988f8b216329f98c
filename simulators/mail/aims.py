"""Ways to every mail that may be wanted, and one aim for each that is to be sorted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Any


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """`app.open-<mail>`, the way to every mail. One that is not `junk` may be wanted: deleted, it is brought back."""
    facts = ref.get(app, {})
    found: dict[str, dict[str, Json]] = {}
    for mail in (*facts.get("inbox", ()), *facts.get("later", ())):
        if not mail.get("junk"):
            ways = _mail_goals(app, mail["id"])
            found |= {name: goal | {"named": False} for name, goal in ways.items()}
        if mail.get("verdict"):
            found[f"{app}.sorted-{mail['id']}"] = _sorted(app, mail)
    return found


def _mail_goals(app: str, mail: str) -> dict[str, dict[str, Json]]:
    shown = {"done": {f"{app}.page": "message", f"{app}.open": mail}, "touch": f"{app}/row-{mail}"}
    kept = {"done": {"not": {f"{app}.deleted": {"has": mail}}}, "touch": f"{app}/restore"}
    return {
        f"{app}.open-{mail}": shown | {"needs": [f"{app}.kept-{mail}", f"{app}.inbox"], "say": "Ouvrez ce message."},
        f"{app}.gone-{mail}": shown | {"needs": [f"{app}.deleted"], "say": "Ouvrez le message supprimé."},
        f"{app}.kept-{mail}": kept | {"needs": [f"{app}.gone-{mail}"], "say": "Remettez ce message dans la boîte."},
    }


def _sorted(app: str, mail: Mapping[str, Json]) -> dict[str, Json]:
    """Sorted as it is, or left in doubt and then asked about."""
    place, then, word = f"{app}.sorted.{mail['id']}", f"{app}.then.{mail['id']}", mail["verdict"]
    says = {"safe": "Ce message est « Fiable ».", "trap": "Ce message est un « Piège »."}
    return {
        "done": [{place: word}, {place: "unsure", then: {"in": ["ask", "site"]}}],
        "ways": [
            {"touch": f"{app}/ask", "if": {place: "unsure"}, "say": "Appuyez sur « Je demande à quelqu'un »."},
            {"touch": f"{app}/sort-{word}", "say": mail.get("say") or says[word]},
        ],
        "needs": [f"{app}.kept-{mail['id']}", f"{app}.open-{mail['id']}"],
        "hints": mail.get("hints") or ["Qui écrit, et que demande-t-il ?", "Un doute ? Demandez avant d'appuyer."],
        "competence": mail.get("competence") or "E06",
        "aim": True,
    }
