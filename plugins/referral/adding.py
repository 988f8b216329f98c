"""A place that no file knows: written by somebody who went there."""

from __future__ import annotations

import uuid
from typing import Any

from flask import redirect, request, url_for

from lms.contract.pages import needs, render, viewer

from .communes import find_spots
from .desk import READERS, pages, today
from .hours import is_readable
from .places import store_batch
from .records import BadRow, parse_row
from .standard import vocabularies

TEXTS = {
    "nom": "Nom du lieu", "adresse": "Adresse : numéro et rue", "commune": "Commune", "code_postal": "Code postal",
    "telephone": "Téléphone", "courriels": "Mail", "horaires": "Horaires (format OpenStreetMap)",
    "presentation_resume": "En deux phrases",
}  # fmt: skip
NEEDED = ("nom", "adresse", "commune", "code_postal")
LISTS = {
    "services": "Ce que l'on y trouve",
    "modalites_acces": "Comment prendre contact",
    "prise_en_charge_specifique": "Accueil particulier",
    "frais_a_charge": "Prix",
    "modalites_accompagnement": "Façon d'accompagner",
}
SOURCE = "Saisi dans Déclic"


@pages.get("/add")
@needs(*READERS)
def add_form() -> Any:
    """One record of the directory, empty."""
    return _show("")


@pages.post("/add")
@needs(*READERS)
def add() -> Any:
    """Keep it, by the same rules as a row of a file. The same form twice makes one place."""
    cells = {name: " ".join(request.form.get(name, "").split())[:400] for name in TEXTS}
    cells |= {
        name: "|".join(one for one in request.form.getlist(name) if one in vocabularies()[name]) for name in LISTS
    }
    if missing := [TEXTS[name] for name in NEEDED if not cells[name]]:
        return _show(f"Il manque : {', '.join(missing)}."), 400
    if cells["horaires"] and not is_readable(cells["horaires"]):
        return _show("Horaires : écrivez par exemple Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00"), 400
    form = request.form.get("form") or uuid.uuid4().hex
    made = f"maison-{uuid.uuid5(uuid.NAMESPACE_URL, viewer().organisation + form)}"
    spots = find_spots(f"{cells['commune']} {cells['code_postal']}")
    point = {"latitude": str(spots[0].latitude), "longitude": str(spots[0].longitude)} if spots else {}
    try:
        row = parse_row({**cells, **point, "id": made, "date_maj": today().isoformat(), "source": SOURCE})
    except BadRow as error:
        return _show(f"{error}."), 400
    store_batch(viewer().organisation, {made: row.fields})
    return redirect(url_for("referral.show", id=made))


def _show(wrong: str) -> str:
    form = request.form
    texts = [(name, label, form.get(name, ""), name in NEEDED) for name, label in TEXTS.items()]
    lists = [
        (name, title, [(one, one in form.getlist(name)) for one in vocabularies()[name]])
        for name, title in LISTS.items()
    ]
    return render("referral/add.html", texts=texts, lists=lists, wrong=wrong)
