"""GET agents: the Person of an agent."""

from __future__ import annotations

from flask import Response

from lms.lrs.people import build_person
from lms.web.xapi.answers import answer_json
from lms.web.xapi.credentials import find_credential
from lms.web.xapi.parameters import read_agent
from lms.web.xapi.requests import Asked, check_parameters
from lms.web.xapi.resources import add_resource


def show(asked: Asked) -> Response:
    """What was asked, as a Person."""
    find_credential(asked, "statements/read/mine")
    check_parameters(asked, ("agent",))
    return answer_json(asked, build_person(read_agent(asked)))


add_resource("agents", "agents", {"GET": show})
