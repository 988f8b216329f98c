"""Typed models. Keys of every large table begin with `organisation_id`, so that the schema shards by tenant."""

from lms.database.models.declarative import Base, Mergeable
from lms.database.models.learning import Attempt, Event, LearnerHome, Live, Nudge, Progress
from lms.database.models.operations import Instance, Lease, Sequence, Throttle
from lms.database.models.people import (
    Attendance,
    Card,
    Enrolment,
    GroupMember,
    LearnerGroup,
    Organisation,
    Person,
    PersonAlias,
    RoleGrant,
    StaffAccount,
    Workshop,
    WorkshopDate,
)
from lms.database.models.records import (
    CourseRevision,
    Erasure,
    Origin,
    Outbox,
    Partner,
    Statement,
    StatementKey,
    Voiding,
)

__all__ = [
    "Attempt",
    "Attendance",
    "Base",
    "Card",
    "CourseRevision",
    "Enrolment",
    "Erasure",
    "Event",
    "GroupMember",
    "Instance",
    "LearnerGroup",
    "LearnerHome",
    "Lease",
    "Live",
    "Mergeable",
    "Nudge",
    "Organisation",
    "Origin",
    "Outbox",
    "Partner",
    "Person",
    "PersonAlias",
    "Progress",
    "RoleGrant",
    "Sequence",
    "StaffAccount",
    "Statement",
    "StatementKey",
    "Throttle",
    "Voiding",
    "Workshop",
    "WorkshopDate",
]
