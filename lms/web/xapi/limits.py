"""What a limited credential is kept from, in the words of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from lms.database.db import reading
from lms.database.terms import name_agent
from lms.errors import NotAllowed
from lms.lrs.building import build_authority
from lms.lrs.reach import Reach
from lms.lrs.vocabulary import activity_iri
from lms.partners.credentials import Credential
from lms.partners.limits import find_learners, find_reach
from lms.web.site import site


def build_vouching(credential: Credential) -> str:
    """The credential as the authority of what it posts, JSON."""
    return build_authority(site().settings.identity_iri, credential.organisation, credential.key)


def read_reach(connection: Connection, credential: Credential) -> Reach | None:
    """How far it reads; None for everything."""
    return find_reach(connection, credential, build_vouching(credential), site().settings.identity_iri)


def check_agents(credential: Credential, agents: Mapping[str, Mapping[str, Any]]) -> None:
    """Place → agent: each is a learner of the credential's groups, when it has groups. Raises NotAllowed."""
    if not credential.limits.groups:
        return
    with reading() as connection:
        known = find_learners(connection, credential, site().settings.identity_iri)
    for place, agent in agents.items():
        if name_agent(agent) not in known:
            raise NotAllowed(f"{place}: not a learner of the groups that this credential is limited to")


def check_course(credential: Credential, activity: str) -> None:
    """The activity is of one of the credential's courses, when it has courses. Raises NotAllowed.

    A person's profile is of no course: only who is also limited to learners may touch those of them.
    """
    courses = credential.limits.courses
    if not courses or (not activity and credential.limits.groups):
        return
    if not any(f"{activity}/".startswith(f"{activity_iri(course)}/") for course in courses):
        raise NotAllowed("activityId: this credential is limited to some courses, and this is of none of them")
