"""«Only these learners, only these courses», and «only what I said myself»: how far a credential reads."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from lms.database.models import GroupMember
from lms.database.terms import name_agent, term
from lms.lrs.reach import Reach
from lms.lrs.vocabulary import activity_iri
from lms.partners.credentials import Credential


def find_reach(connection: Connection, credential: Credential, authority: str, identity: str) -> Reach | None:
    """What the credential may read; None for everything. `authority` is its own, an Agent as JSON.

    What it posted itself it may always read. `identity` is the prefix of our learners' home pages.
    """
    own = str(name_agent(json.loads(authority)))
    if credential.only_mine:
        return Reach(own)
    found: list[frozenset[int]] = []
    if credential.limits.groups:
        names = find_learners(connection, credential, identity)
        found.append(frozenset(term("agent", one) for one in names))
    if credential.limits.courses:
        iris = map(activity_iri, credential.limits.courses)
        found.append(frozenset(term(kind, one) for one in iris for kind in ("activity", "related_activity")))
    return Reach(own, tuple(found)) if found else None


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
