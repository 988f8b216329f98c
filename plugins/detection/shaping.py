"""The grid in force: the house's own where it has one, else the one that is shipped."""

from __future__ import annotations

from .grid import Grid, load_shipped


def find_grid() -> Grid:
    """The grid of the viewer's organisation."""
    return load_shipped()
