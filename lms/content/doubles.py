"""Two things of one name among the facts of an app: their parts would be one, a touch of one a touch of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.content.goal_specs import Place
from lms.content.world_paths import Json


def check_doubles(facts: Json, place: Place) -> None:
    """Refuse an `id` that lists of the same kind have twice: in one list, or a field on this page and on that one."""
    seen: dict[tuple[tuple[str, ...], str], str] = {}
    for kind, steps, name in _iter_ids(facts, (), ()):
        told = ".".join(map(str, steps))
        first = seen.setdefault((kind, name), told)
        if first != told:
            place.at(*steps).refuse(f"two parts are named «{name}», here and at {first}; give one another `id`")


def _iter_ids(
    facts: Json, kind: tuple[str, ...], steps: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[str | int, ...], str]]:
    """Kind of list, place and id of everything that has one, in the order in which it is written."""
    if isinstance(facts, Mapping):
        for key, child in facts.items():
            yield from _iter_ids(child, (*kind, key), (*steps, key))
    elif isinstance(facts, list):
        for at, child in enumerate(facts):
            if isinstance(child, Mapping) and isinstance(child.get("id"), str):
                yield kind, (*steps, at), child["id"]
            yield from _iter_ids(child, kind, (*steps, at))
