"""Pages where a house says the grid in its own words and says where each need leads: a form, or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.contract.pages import TooLarge, needs, render, viewer

from .checking import Fault, Path
from .door import SHAPERS, pages
from .grid import Json, read_shipped
from .shaping import LARGEST, copy_tree, drop_text, find_text, keep_text, read_shape, write_yaml

SECTIONS = {
    "flash": "Les trois questions",
    "questions": "Les questions à points",
    "flags": "Les questions de besoins",
    "profiles": "Ce que l'on dit, et où cela mène",
    "needs": "Besoins à part",
    "actions": "Les actions",
    "reasons": "Raisons d'un relais dans la durée",
}
LABELS = {
    "say": "Phrase",
    "note": "Mot pour le professionnel",
    "none": "Aucune réponse ne convient",
    "short": "Pour les listes de l'équipe",
    "need": "Ce que la personne entend",
    "more": "La phrase d'après",
    "house": "Chez nous (atelier, jour, lieu)",
    "actions": "Actions, par leur nom court",
    "competences": "Compétences travaillées",
    "words": "Mots de l'annuaire",
}
BOM = "\ufeff"


@dataclass(frozen=True)
class Line:
    """One field of the form: where it stands in the tree."""

    path: Path
    label: str
    value: str

    @property
    def name(self) -> str:
        """As it is posted."""
        return ".".join(map(str, self.path))


def iter_lines(tree: Json, base: Mapping[str, Json]) -> Iterator[Line]:
    """Every text and list that may be changed, in order."""
    for section in ("flash", "questions", "flags", "profiles", "needs"):
        for at, one in enumerate(base[section]):
            title = str(one.get("id") or one.get("short"))
            yield from _iter_entry((section, at), tree[section][at], title)
    for section in ("actions", "reasons"):
        for name, say in tree[section].items():
            yield Line((section, name), name, say)


def _iter_entry(place: Path, one: Mapping[str, Json], title: str) -> Iterator[Line]:
    if place[0] in ("profiles", "needs"):
        one = {"house": "", **one}
    for name, label in LABELS.items():
        if name in one:
            value = one[name]
            yield Line((*place, name), f"{title} : {label}", value if isinstance(value, str) else ", ".join(value))
    for at, answer in enumerate(one.get("answers", ())):
        points = f", {answer['points']} point{'s' if answer['points'] > 1 else ''}" if "points" in answer else ""
        yield Line((*place, "answers", at, "say"), f"{title} : réponse {at + 1}{points}", answer["say"])
        if "words" in answer:
            label = f"{title} : réponse {at + 1}, mots de l'annuaire"
            yield Line((*place, "answers", at, "words"), label, ", ".join(answer["words"]))


def fill_tree(tree: Json, lines: list[Line], form: Mapping[str, str]) -> Json:
    """The tree with what the form says; what the form does not hold stays."""
    for line in lines:
        if line.name in form:
            given = " ".join(form[line.name].split())
            *way, last = line.path
            here = tree
            for step in way:
                here = here[step]
            parts = [one.strip() for one in given.split(",") if one.strip()]
            here[last] = parts if last in ("actions", "competences", "words") and len(line.path) > 2 else given
    return tree


@pages.get("/words")
@needs(*SHAPERS)
def words() -> str:
    """The grid in force, in a form."""
    text = find_text(viewer().organisation)
    stale = list(read_shape(text).faults) if text else []
    done = [{"tone": "done", "say": "La grille est enregistrée."}] if "saved" in request.args else []
    return show_words(copy_tree(text), own=bool(text), faults=stale, notices=done)


def show_words(tree: Json, own: bool, faults: list[tuple[Fault, int]], notices: Any = ()) -> str:
    """The form, what is wrong at the top and beside its field."""
    lines = list(iter_lines(tree, read_shipped()))
    sections = [
        {"title": title, "open": any(fault.path[:1] == (name,) for fault, _ in faults)}
        | {"lines": [line for line in lines if line.path[0] == name]}
        for name, title in SECTIONS.items()
    ]
    told = {fault.name: fault.say for fault, _ in faults}
    values = {"sections": sections, "faults": faults, "told": told, "own": own, "notices": list(notices)}
    return render("detection/words.html", **values)


@pages.post("/words")
@needs(*SHAPERS)
def save_words() -> Response | tuple[str, int]:
    """Keep the form if it is right; else show it as it was typed."""
    text = find_text(viewer().organisation)
    tree = copy_tree(text)
    filled = write_yaml(fill_tree(tree, list(iter_lines(tree, read_shipped())), request.form))
    shape = read_shape(filled)
    if shape.faults:
        return show_words(shape.tree, bool(text), [(fault, 0) for fault, _ in shape.faults]), 400
    keep_text(viewer(), filled)
    return redirect(url_for("detection.words", saved=1))


@pages.get("/words.yaml")
@needs(*SHAPERS)
def words_file() -> Response:
    """The grid in force as a file."""
    text = find_text(viewer().organisation) or write_yaml(read_shipped())
    answer = Response(text, content_type="application/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="grille.yaml"'
    return answer


@pages.post("/words/file")
@needs(*SHAPERS)
def send_file() -> Response | tuple[str, int]:
    """A grid from a file; checked whole, and only then in force."""
    text, fault = read_file()
    faults = [(fault, 0)] if fault else list(read_shape(text).faults)
    if faults:
        own = find_text(viewer().organisation)
        return show_words(copy_tree(own), bool(own), faults), 400
    keep_text(viewer(), text)
    return redirect(url_for("detection.words", saved=1))


def read_file() -> tuple[str, Fault | None]:
    """The text of the posted file, or why there is none. Raises TooLarge."""
    given = request.files.get("file")
    raw = given.read(LARGEST + 1) if given else b""
    if len(raw) > LARGEST:
        raise TooLarge(f"a grid of more than {LARGEST} bytes")
    if not raw.strip():
        return "", Fault((), "Le fichier est vide, ou n'a pas été choisi.")
    try:
        return raw.decode("utf-8").removeprefix(BOM), None
    except UnicodeDecodeError:
        return "", Fault((), "Ce fichier n'est pas écrit en UTF-8. Enregistrez-le ainsi, puis déposez-le encore.")


@pages.post("/words/reset")
@needs(*SHAPERS)
def reset_words() -> Response:
    """Back to the grid as it is shipped."""
    drop_text(viewer())
    return redirect(url_for("detection.words", saved=1))
