"""What a message lacks before it leaves: a right address, a subject, a text, a file that was announced. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from .letters import mails

Json = Any


def find_faults(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What stops the message, or is asked about once: field → sentence. Spelling is none of it."""
    mine, draft = world[app], world[app]["draft"]
    wrong = _wrong_address(ref, world, app, draft["to"], mine.get("tries", 0))
    if wrong:
        return {"to": wrong}
    asked = mine.get("errors", {})
    if not draft["subject"].strip() and "subject" not in asked:
        return {"subject": "L'objet est vide. Écrivez en 2 mots le sujet."}
    if not draft["body"].strip() and "body" not in asked:
        return {"body": "Le message est vide. Écrivez une phrase."}
    promised = re.search(r"(?i)pi[èe]ces? jointe|ci-joint|\bje (vous |te )?joins\b", draft["body"])
    if promised and not draft["files"] and "files" not in asked:
        return {"files": "Vous parlez d'une pièce jointe. Il n'y a pas de fichier."}
    return {}


def _wrong_address(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, to: str, tries: int) -> str:
    known = [entry["address"] for entry in ref.get(app, {}).get("directory", ())]
    known += [mail["from"] for mail in mails(ref, world, app)]
    if to in known:
        return ""
    if not to:
        return ("« À » est vide.", "L'adresse va dans la case « À ».", "La case « À » est en haut du message.")[
            min(tries, 2)
        ]
    near = get_close_matches(to, known, 1, 0.5)
    last = f"Vouliez-vous écrire {near[0]} ?" if near else "Recopiez l'adresse lettre par lettre."
    return ("Presque. Regardez l'adresse dans « À ».", "Comparez chaque lettre, le point et le @.", last)[min(tries, 2)]
