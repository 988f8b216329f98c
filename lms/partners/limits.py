"""«Only these learners, only these courses», and «only what I said myself», as terms that a statement must have."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from lms.database.models import GroupMember
from lms.database.terms import name_agent, term
from lms.lrs.vocabulary import activity_iri
from lms.partners.credentials import Credential

Terms = tuple[tuple[int, ...], ...]
"""Of each group a statement has one at least, as `lms.lrs.retrieval.Filters.terms`."""


def find_limits(connection: Connection, credential: Credential, authority: str, identity: str) -> Terms:
    """What the credential may read; empty for everything. `authority` is its own, an Agent as JSON.

    What it posted itself it may always read. `identity` is the prefix of our learners' home pages.
    """
    own = term("related_agent", str(name_agent(json.loads(authority))))
    if credential.only_mine:
        return ((own,),)
    found: list[tuple[int, ...]] = []
    if credential.limits.groups:
        names = find_learners(connection, credential, identity)
        found.append((own, *(term("agent", one) for one in sorted(names))))
    if credential.limits.courses:
        iris = [activity_iri(one) for one in sorted(credential.limits.courses)]
        found.append((own, *(term("related_activity", one) for one in iris)))
    return tuple(found)


def find_learners(connection: Connection, credential: Credential, identity: str) -> frozenset[str]:
    """Names (`name_agent`) of the learners of its groups, as they are now."""
    wanted = select(GroupMember.person_id).where(
        GroupMember.organisation_id == credential.organisation,
        GroupMember.group_id.in_(credential.limits.groups),
        GroupMember.part == "learner",
        GroupMember.deleted_at.is_(None),
    )
    home_page = f"{identity}{credential.organisation}"
    people = connection.execute(wanted).scalars()
    return frozenset(str(name_agent({"account": {"homePage": home_page, "name": one}})) for one in people)
