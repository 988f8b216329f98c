"""One drawn family: a 48 grid, one stroke, two tones; nothing that loads or runs."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

STATIC = Path(__file__).parents[2] / "themes/default/static"
PICTOGRAMS = sorted((STATIC / "pictograms").glob("*.svg"))
CODES = sorted((STATIC / "codes").glob("*.svg"))
SHAPES = {"svg", "g", "path", "rect", "circle"}
HONEY = "#F2C14E"
NEEDED = [
    "souris",
    "clic",
    "double-clic",
    "glisser",
    "defiler",
    "clavier",
    "effacer",
    "majuscule",
    "arobase",
    "tabulation",
    "e-mail",
    "repondre",
    "envoyer",
    "trombone",
    "fichier",
    "dossier",
    "telecharger",
    "formulaire",
    "date",
    "euro",
    "papier",
    "attestation",
    "imprimante",
    "telephone",
    "guichet",
    "ecouter",
    "stop",
    "aide",
    "perdu",
    "continuer",
    "retour",
    "valider",
    "presque",
    "fini",
    "recommencer",
    "personne",
    "groupe",
    "carte",
    "calendrier",
    "oeil",
    "main",
    "ordinateur",
    "cadenas",
    "message",
    "poubelle",
    "loupe",
    "horloge",
    "maison",
    "langue",
    "doigt",
    "balayer",
    "agrandir",
]
TWELVE = [
    "cle",
    "soleil",
    "arbre",
    "poisson",
    "tasse",
    "velo",
    "cloche",
    "maison",
    "livre",
    "fleur",
    "bateau",
    "parapluie",
]


def read_elements(file: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(file).getroot().iter())


def name_of(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def read_colours(file: Path) -> set[str]:
    found = {element.get(kind, "none") for element in read_elements(file) for kind in ("fill", "stroke")}
    return found - {"none", "currentColor"}


def test_every_pictogram_that_was_asked_for_is_there() -> None:
    assert set(NEEDED) <= {file.stem for file in PICTOGRAMS}


def test_the_twelve_pictures_of_the_codes_are_there() -> None:
    assert {file.stem for file in CODES} == set(TWELVE)


@pytest.mark.parametrize("file", PICTOGRAMS + CODES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_drawing_stands_on_the_48_grid_with_one_stroke_width(file: Path) -> None:
    root, *others = read_elements(file)
    assert root.get("viewBox") == "0 0 48 48"
    assert root.get("stroke-width") == "2.5"
    assert not [element for element in others if element.get("stroke-width")]


@pytest.mark.parametrize("file", PICTOGRAMS + CODES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_drawing_has_no_raster_script_or_reference(file: Path) -> None:
    for element in read_elements(file):
        assert name_of(element) in SHAPES
        names = {name.rpartition("}")[2] for name in element.attrib}
        assert not [name for name in names if name in ("href", "style") or name.startswith("on")]
        assert not [value for value in element.attrib.values() if "url(" in value or "data:" in value]


@pytest.mark.parametrize("file", PICTOGRAMS, ids=lambda file: file.stem)
def test_a_pictogram_has_two_tones_that_a_theme_can_change(file: Path) -> None:
    toned = [element for element in read_elements(file) if element.get("class") == "tone"]
    assert toned
    assert read_colours(file) == {HONEY}


def test_each_code_picture_has_a_main_colour_of_its_own() -> None:
    ink = "#1F2A37"
    colours = {file.stem: read_colours(file) - {ink} for file in CODES}
    for name, own in colours.items():
        others = set().union(*(shades for other, shades in colours.items() if other != name))
        assert own - others, f"{name} shares all its colours with other pictures"
