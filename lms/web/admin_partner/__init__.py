"""The administrator's page of one partner: what it may do here, what is sent to it, what it refused."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

pages = Blueprint("partners", __name__, url_prefix="/admin/partners/<partner>")


def back(partner: str) -> Response:
    """To its page, after something was done."""
    return redirect(url_for("partners.show", partner=partner))


from lms.web.admin_partner import keys, page, relays  # noqa: E402,F401  (they register their routes on `pages`)
