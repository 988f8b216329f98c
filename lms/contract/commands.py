"""For plugins that add verbs to `lms`: what the core lends to a command. Beside `lms.contract`.

A verb takes it with `@click.pass_obj`; inside `console.open()` the functions of `lms.contract.tables` work, each write
in a `lms.contract.tables.begin()`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol


class Console(Protocol):
    """The object that click hands to the verb of a plugin."""

    def open(self, organisation: str = "") -> AbstractContextManager[str]:
        """The data of this instance, no pages; the id of the organisation of that slug, without one of the only one."""
