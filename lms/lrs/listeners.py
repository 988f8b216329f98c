"""Plugins hear of statements that were stored, whoever said them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from lms.database.db import db
from lms.database.models import Statement, StatementKey
from lms.plugins import Plugins
from lms.plugins.listeners import call_after_commit, has_listeners


def tell_stored(plugins: Plugins, organisation: str, ids: Sequence[str]) -> None:
    """Call `statement_stored` for each of these statements, in the order they were stored."""
    if not ids or not has_listeners(plugins, "statement_stored"):
        return
    wanted = (
        select(Statement.body)
        .join(
            StatementKey,
            (StatementKey.organisation_id == Statement.organisation_id)
            & (StatementKey.stored == Statement.stored)
            & (StatementKey.id == Statement.id),
        )
        .where(StatementKey.organisation_id == organisation, StatementKey.id.in_(ids))
        .order_by(Statement.stored)
    )
    with db.engine.connect() as connection:
        bodies = connection.execute(wanted).scalars().all()
    for body in bodies:
        call_after_commit(plugins, "statement_stored", organisation=organisation, statement=json.loads(body))
