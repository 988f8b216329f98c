"""Pages of the directory: the search, a place, its local edit, the guide to print, what lies beyond digital."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import redirect, request, url_for

from lms.contract.pages import BadRequest, find_tiles, list_competences, needs, render, viewer

from .desk import READERS, WORKERS, now, pages, today
from .hours import is_readable, tell_now, tell_week
from .needs import read_needs
from .places import EDITABLE, Place, change_place, count_places, is_stale, read_place
from .searching import GROUPS, RADII, Hit, Question, find_near, list_needs, read_question, search
from .standard import LOCAL, LOCAL_TEXTS, marks, vocabularies

TITLES = {
    "services": "Services",
    "modalites_acces": "Comment prendre contact",
    "prise_en_charge_specifique": "Accueil particulier",
    "frais_a_charge": "Prix",
    "publics_specifiquement_adresses": "Pour qui",
    "modalites_accompagnement": "Façon d'accompagner",
}
LABELS = {
    "nom": "Nom", "adresse": "Adresse", "complement_adresse": "Étage, entrée, repère", "telephone": "Téléphone",
    "courriels": "Adresses mail (séparées par |)", "site_web": "Site (séparés par |)",
    "horaires": "Horaires (format OpenStreetMap)", "presentation_resume": "En deux phrases",
    "prise_rdv": "Rendez-vous en ligne",
}  # fmt: skip


@pages.get("/")
@needs(*READERS)
def home() -> Any:
    """The search: a list first, a map beside it where the instance has one."""
    house, text = viewer().organisation, request.args.get("ou", "").strip()[:80]
    spots = find_near(house, text)
    question = read_question(request.args, spots)
    asked = bool(request.args)
    answer = search(house, question, now()) if asked else None
    hits = [show_hit(one) for one in answer.hits] if answer else []
    return render(
        "referral/search.html",
        total=count_places(house),
        answer=answer,
        hits=hits,
        points=[one["point"] for one in hits if one["point"]],
        tiles=find_tiles() if asked else None,
        question=question,
        text=text,
        spots=spots,
        chosen=list_chosen(question),
        carried=list_carried(),
        form={"needs": list_needs(), "groups": list_groups(question), "radii": RADII, "local": list_local(question)},
        needs_asked=request.args.getlist("besoin"),
        address=address_of,
        may_refer=bool(viewer().roles & set(WORKERS)),
    )


def address_of(**changes: Any) -> str:
    """This search again, with something changed."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    return f"{url_for('referral.home')}?{urlencode(pairs + list(changes.items()))}"


def list_carried() -> list[dict[str, str]]:
    """Needs that came with the address and are no box of the form: competences of a profile."""
    names = list_competences()
    codes = {one["code"] for one in list_needs()}
    return [
        {"code": one, "label": names.get(one, one)}
        for one in request.args.getlist("besoin")
        if one not in codes and (one in names or read_needs([one]).values)
    ]


def list_groups(question: Question) -> list[dict[str, Any]]:
    """The filters by column, each with what is ticked."""
    return [
        {
            "name": column,
            "title": TITLES[column],
            "values": [(one, one in question.values.get(column, ())) for one in vocabularies()[column]],
        }
        for column in GROUPS
        if column != "services"
    ]


def list_local(question: Question) -> list[tuple[str, str, bool]]:
    """What the house itself knows of a place."""
    return [(name, label, name in question.local) for name, label in LOCAL.items()]


def list_chosen(question: Question) -> list[str]:
    """What is asked, in words, above the list."""
    told = [value for values in question.values.values() for value in values]
    told += [LOCAL[one] for one in question.local]
    if question.no_travel:
        told.append("sans se déplacer : à distance ou itinérant")
    return told + (["ouvert maintenant"] if question.open_now else [])


def show_hit(hit: Hit) -> dict[str, Any]:
    """A line of the list."""
    known = marks()
    shown = ("frais_a_charge:Gratuit", "itinerance:Itinérant", "modalites_accompagnement:À distance", *LOCAL)
    tags = [LOCAL.get(one, one.partition(":")[2]) for one in shown if hit.marks & known[one]]
    point = (
        [hit.latitude, hit.longitude, hit.name, url_for("referral.show", id=hit.id)]
        if hit.latitude is not None
        else None
    )
    return {
        "hit": hit,
        "away": tell_away(hit.away),
        "now": tell_now(hit.hours, now()),
        "tags": tags,
        "stale": is_stale(hit.updated, today()),
        "sheet": bool(hit.marks & known["modalites_acces:Envoyer un mail avec une fiche de prescription"]),
        "point": point,
    }


def tell_away(away: float | None) -> str:
    """«à moins d'un km», «à 7 km»: as the crow flies."""
    if away is None:
        return ""
    return "à moins d'un km" if away < 1 else f"à {away:.0f} km"


@pages.get("/place/<path:id>")
@needs(*READERS)
def show(id: str) -> Any:
    """One place, as the house knows it."""
    found = read_place(viewer().organisation, id)
    return render(
        "referral/place.html",
        **show_place(found),
        may_refer=bool(viewer().roles & set(WORKERS)),
        asked=request.args.getlist("besoin"),
    )


def show_place(found: Place) -> dict[str, Any]:
    """What a page tells of a place."""
    return {
        "place": found,
        "now": tell_now(found.get("horaires"), now()),
        "week": tell_week(found.get("horaires")),
        "stale": is_stale(found.get("date_maj"), today()),
        "seen": tell_date(found.get("date_maj")),
        "lists": [(TITLES[one], found.all(one)) for one in TITLES if found.all(one)],
        "local": [label for name, label in LOCAL.items() if found.get(name)],
        "phone": tell_phone(found.get("telephone")),
        "sites": [one for one in found.all("site_web") if one.startswith(("http://", "https://"))],
    }


def tell_date(iso: str) -> str:
    """`2026-09-14` as people read it: 14/09/2026."""
    return "/".join(reversed(iso.split("-")))


def tell_phone(number: str) -> str:
    """`+33199000001` as people read it: 01 99 00 00 01."""
    if number.startswith("+33") and len(number) == 12:
        own = f"0{number[3:]}"
        return " ".join(own[at : at + 2] for at in range(0, 10, 2))
    return number


@pages.get("/edit/<path:id>")
@needs(*READERS)
def edit_form(id: str) -> Any:
    """What the house knows better."""
    return _show_edit(read_place(viewer().organisation, id), {})


@pages.post("/edit/<path:id>")
@needs(*READERS)
def edit(id: str) -> Any:
    """Keep it over the imported record."""
    found = read_place(viewer().organisation, id)
    given = {name: " ".join(request.form.get(name, "").split())[:400] for name in (*EDITABLE, *LOCAL_TEXTS)}
    given |= {name: "oui" if request.form.get(name) else "" for name in LOCAL}
    if not given["nom"]:
        raise BadRequest("nom is empty", sentence="Le nom du lieu manque.")
    if given["horaires"] and given["horaires"] != found.get("horaires") and not is_readable(given["horaires"]):
        return _show_edit(found, given, "Écrivez par exemple : Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00"), 400
    change_place(viewer().organisation, id, given, viewer().person)
    return redirect(url_for("referral.show", id=id))


def _show_edit(found: Place, given: Mapping[str, str], wrong: str = "") -> str:
    def value(name: str) -> str:
        return given.get(name, found.get(name))

    texts = [(name, LABELS[name], value(name), name in found.own) for name in EDITABLE]
    known = [(name, label, value(name)) for name, label in LOCAL_TEXTS.items()]
    boxes = [(name, label, bool(value(name))) for name, label in LOCAL.items()]
    return render("referral/edit.html", place=found, texts=texts, known=known, boxes=boxes, wrong=wrong)


def name_need(need: str) -> str:
    """A need in words: of a competence, of a code, or as it stands."""
    short = {one["code"]: one["label"] for one in list_needs()}
    return list_competences().get(need) or short.get(need) or need
