"""The grid in force: the house's own where it has one that can be used, else the one that is shipped."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from sqlalchemy import delete, insert, select

from lms.contract import Viewer
from lms.contract.pages import viewer
from lms.contract.tables import read, write

from .checking import Fault, Path, find_faults
from .grid import Grid, Json, build_grid, load_shipped, read_shipped
from .storing import GRID, now

LARGEST = 100_000


@dataclass(frozen=True)
class Shape:
    """A text read: its tree, or what is wrong with it, with lines."""

    tree: Json
    faults: tuple[tuple[Fault, int], ...]


def find_grid() -> Grid:
    """The grid of the viewer's organisation."""
    text = find_text(viewer().organisation)
    return (load_text(text) if text else None) or load_shipped()


def find_text(organisation: str) -> str:
    """What the house wrote; empty where it wrote nothing."""
    rows = read(select(GRID.c.text).where(GRID.c.organisation == organisation))
    return str(rows[0]["text"]) if rows else ""


@lru_cache(maxsize=64)
def load_text(text: str) -> Grid | None:
    """A house's grid; None when it does not fit the shipped one any more, after an upgrade."""
    shape = read_shape(text)
    return None if shape.faults else build_grid(shape.tree)


def read_shape(text: str) -> Shape:
    """Parse and check; every fault with the line it stands on, 0 where there is none."""
    try:
        tree, node = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        say = "Le fichier n'est pas lisible ici. Vérifiez les deux-points, les guillemets et les retraits."
        return Shape(None, ((Fault((), say), mark.line + 1 if mark else 0),))
    faults = find_faults(tree, read_shipped())
    return Shape(tree, tuple((one, find_line(node, one.path)) for one in faults))


def find_line(node: Any, path: Path) -> int:
    """The line of the nearest node there is on this path, counted from 1."""
    line = 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
        else:
            found = None
        if found is None:
            break
        node, line = found, found.start_mark.line + 1
    return line


def keep_text(who: Viewer, text: str) -> None:
    """The house's grid from now on."""
    drop_text(who)
    write(insert(GRID), {"organisation": who.organisation, "text": text, "changed": now(), "person": who.person})


def drop_text(who: Viewer) -> None:
    """Back to the shipped grid."""
    write(delete(GRID).where(GRID.c.organisation == who.organisation))


def write_yaml(tree: Json) -> str:
    """The tree as a file that people may edit."""
    return str(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=120))


def copy_tree(text: str) -> Json:
    """The tree in force, to be changed: the house's, else a copy of the shipped one."""
    shape = read_shape(text) if text else None
    return deepcopy(read_shipped() if shape is None or shape.faults else shape.tree)
