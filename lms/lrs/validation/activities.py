"""Activities and their definitions, interactions included."""

from __future__ import annotations

from typing import Any

from lms.lrs.repeats import find_repeated
from lms.lrs.validation.languages import language_map
from lms.lrs.validation.shapes import Shape, array_of, element, map_of
from lms.lrs.validation.values import iri, one_of, string

INTERACTIONS = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
"""Which lists of components each interactionType has (1.0.3, part 2, 2.4.4.1)."""

COMPONENTS = ("choices", "scale", "source", "target", "steps")

extensions = map_of(iri, None)
_component = Shape("an interaction component", {"id": string}, {"description": language_map}, required=("id",))
_components = array_of(_component)


def _check_components(value: Any, place: str, faults: list[str]) -> None:
    _components(value, place, faults)
    if type(value) is not list:
        return
    names = [str(one["id"]) for one in value if type(one) is dict and type(one.get("id")) is str]
    if (twice := find_repeated(names)) is not None:
        faults.append(f"{place}: the id {twice!r} stands twice")


_definition = Shape(
    "an activity definition",
    {"type": iri, "moreInfo": iri, "interactionType": one_of(INTERACTIONS)},
    {
        "name": language_map,
        "description": language_map,
        "extensions": extensions,
        "correctResponsesPattern": array_of(element(string)),
        **dict.fromkeys(COMPONENTS, _check_components),
    },
)


def _check_definition(value: Any, place: str, faults: list[str]) -> None:
    if not _definition.check(value, place, faults):
        return
    kind = value.get("interactionType")
    for name in COMPONENTS:
        if name in value and type(kind) is str and name not in INTERACTIONS.get(kind, COMPONENTS):
            faults.append(f"{place}.{name}: not a member of the interactionType {kind}")
    if kind is None and any(name in value for name in ("correctResponsesPattern", *COMPONENTS)):
        faults.append(f"{place}.interactionType: required with an interaction's members")


check_activity = Shape(
    "an Activity", {"objectType": one_of({"Activity"}), "id": iri}, {"definition": _check_definition}, required=("id",)
)


def check_activities(value: Any, place: str, faults: list[str]) -> None:
    """One Activity or an array of them, as in contextActivities."""
    if type(value) is list:
        for at, one in enumerate(value):
            check_activity(one, f"{place}[{at}]", faults)
    else:
        check_activity(value, place, faults)
