"""Sessions: a signed cookie for people; machines show a credential each time, and have none."""

from __future__ import annotations

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from lms.web.addresses import is_for_machines


class Visits(SecureCookieSessionInterface):
    """Flask's own, that neither reads nor signs anything for a machine."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None: Flask then gives an empty one that cannot be written."""
        return None if is_for_machines(request.path) else super().open_session(app, request)
