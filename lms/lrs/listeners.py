"""Plugins hear of statements that were stored, whoever said them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from lms.database.db import reading
from lms.lrs.kept import find_kept
from lms.plugins import Plugins
from lms.plugins.listeners import call_after_commit, has_listeners


def tell_stored(plugins: Plugins, organisation: str, ids: Sequence[str]) -> None:
    """Call `statement_stored` for each of these statements, in the order they were stored."""
    if not ids or not has_listeners(plugins, "statement_stored"):
        return
    with reading() as connection:
        kept = find_kept(connection, organisation, ids)
    for one in kept:
        call_after_commit(plugins, "statement_stored", organisation=organisation, statement=json.loads(one.body))
