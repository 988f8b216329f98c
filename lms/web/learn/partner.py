"""What the desk says of the other one, where two people play: waited for, here, cut off, gone."""

from __future__ import annotations

from typing import Any

from flask import url_for

from lms.database.db import db
from lms.learning.attempts import AttemptNow
from lms.learning.seats import Place, find_other, find_place, read_places
from lms.web.languages import gettext as _


def show_pair(attempt: AttemptNow) -> dict[str, Any]:
    """Everything of the other one that the desk draws, read now."""
    with db.engine.connect() as connection:
        places = read_places(connection, attempt.who.organisation, attempt.id)
    return tell_pair(attempt, places, find_place(places, attempt.who.person))


def tell_pair(attempt: AttemptNow, places: list[Place], place: Place) -> dict[str, Any]:
    """State, sentence, code while nobody came, and the addresses of what may be done."""
    other = find_other(places, place)
    state = _find_state(other)
    alone = place.host and state != "here"
    return {
        "state": state,
        "say": _say(state, other),
        "code": other.code,
        "url": url_for("learn.pair_json", attempt_id=attempt.id),
        "leave": {"label": _("Quitter l'exercice"), "url": url_for("learn.leave_pair", attempt_id=attempt.id)},
        "alone": {"label": _("Continuer seul·e"), "url": url_for("learn.play_on_alone", attempt_id=attempt.id)}
        if alone
        else None,
    }


def _find_state(other: Place) -> str:
    if not other.person:
        return "waiting"
    if other.gone:
        return "gone"
    return "here" if other.is_here else "away"


def _say(state: str, other: Place) -> str:
    return {
        "waiting": _("Votre voisin ouvre le même exercice. Il tape ce code."),
        "here": _("Vous jouez avec %(name)s.", name=other.first_name),
        "away": _("La connexion de %(name)s est coupée. Attendez un peu.", name=other.first_name),
        "gone": _("%(name)s a quitté l'exercice.", name=other.first_name),
    }[state]
