"""GET about: which versions are understood. It needs neither credential nor version."""

from __future__ import annotations

from flask import Response, jsonify

from lms.web.access import open_to_anybody
from lms.web.xapi.requests import Asked, check_parameters
from lms.web.xapi.resources import add_resource
from lms.web.xapi.versions import UNDERSTOOD


def show(asked: Asked) -> Response:
    """The versions, newest last."""
    check_parameters(asked, ())
    return jsonify(version=list(UNDERSTOOD))


add_resource("about", "about", {"GET": show}, access=open_to_anybody, versioned=False)
