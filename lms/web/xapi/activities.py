"""GET activities: an activity with all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response
from sqlalchemy import Connection

from lms.database.db import reading
from lms.lrs import vocabulary
from lms.lrs.definitions import merge_definitions, read_definitions
from lms.lrs.retrieval import find_filters, read_filtered
from lms.partners.credentials import Credential
from lms.web.site import site
from lms.web.xapi.answers import answer_json
from lms.web.xapi.credentials import find_credential
from lms.web.xapi.limits import read_reach
from lms.web.xapi.parameters import read_iri
from lms.web.xapi.requests import Asked, check_parameters
from lms.web.xapi.resources import add_resource


def show(asked: Asked) -> Response:
    """An Activity; with an id alone when nobody described it."""
    credential = find_credential(asked, "statements/read/mine")
    check_parameters(asked, ("activityId",))
    iri = read_iri(asked, "activityId")
    with reading() as connection:
        learnt = find_learnt(connection, credential, iri)
    definition = merge_definitions(learnt, find_own(iri))
    described = {"definition": definition} if definition else {}
    return answer_json(asked, {"objectType": "Activity", "id": iri, **described})


def find_learnt(connection: Connection, credential: Credential, iri: str) -> Mapping[str, Any]:
    """What statements said of it; nothing when none that names it may be read with this credential."""
    if (reach := read_reach(connection, credential)) is not None:
        named = replace(find_filters(activity=iri, related_activities=True, limit=1), reach=reach)
        if not read_filtered(connection, credential.organisation, named):
            return {}
    return read_definitions(connection, credential.organisation, [iri]).get(iri, {})


def find_own(iri: str) -> Mapping[str, Any]:
    """The definition of an exercise that is in our own courses; of that we know best."""
    name = iri.removeprefix(vocabulary.activity_iri(""))
    course = site().classroom.catalogue.find_course(name.partition("/")[0])
    if name == iri or course is None:
        return {}
    languages = {course.locale: course.activities, **course.translations}
    titles = {locale: found[name].title for locale, found in languages.items() if name in found}
    return {"type": vocabulary.EXERCISE, "name": titles} if titles else {}


add_resource("activities", "activities", {"GET": show})
