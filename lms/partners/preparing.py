"""What a partner gets of a statement: all of it untouched, a changed copy, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lms.lrs.kept import Kept
from lms.partners.pseudonyms import hide_people
from lms.partners.registry import Target
from lms.partners.versions import lower_version
from lms.plugins import Plugins

Prepare = Callable[[Target, Sequence[Kept]], list[Kept]]


def build_preparing(plugins: Plugins, identity: str) -> Prepare:
    """The partner's own filter, pseudonyms, what plugins say, its version. `identity` is the prefix of home pages."""

    def prepare(target: Target, kept: Sequence[Kept]) -> list[Kept]:
        found = change(target, kept)
        return [replace(one, body=lower_version(one.body)) for one in found] if target.version < "2" else found

    def change(target: Target, kept: Sequence[Kept]) -> list[Kept]:
        hooks = plugins.manager.hook.statement_for_partner.get_hookimpls()
        chosen = [one for one in kept if is_wanted(target, one)]
        if not target.salt and not hooks:
            return chosen
        home_page = f"{identity}{target.organisation}/pseudonyms"
        found = []
        for one in chosen:
            statement = _change(json.loads(one.body), target, home_page, hooks)
            if statement is not None:
                found.append(replace(one, body=json.dumps(statement, ensure_ascii=False, separators=(",", ":"))))
        return found

    return prepare


def is_wanted(target: Target, one: Kept) -> bool:
    """Whether the partner's filter lets it through."""
    if target.verbs and one.verb not in target.verbs:
        return False
    return not target.courses or one.activity.split("/")[0] in target.courses


def _change(
    statement: Mapping[str, Any], target: Target, home_page: str, hooks: Sequence[Any]
) -> Mapping[str, Any] | None:
    """None when somebody withholds it. A plugin that raises stops the batch: nothing unfiltered goes out."""
    found: Mapping[str, Any] | None = statement
    if target.salt:
        found = hide_people(statement, target.salt, home_page)
    for one in reversed(hooks):
        if found is None:
            return None
        known = {"organisation": target.organisation, "partner": target.name, "statement": found}
        found = one.function(*(known[name] for name in one.argnames))
    return found
