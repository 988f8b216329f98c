"""Pages: one blueprint per person, and one for machines."""

from __future__ import annotations

from flask import Flask

from lms.web import (
    account,
    admin,
    admin_partner,
    assets,
    compression,
    errors,
    learn,
    metrics,
    pages,
    plugin_pages,
    school,
    security,
    social,
    teach,
    together,  # noqa: F401  (its routes stand on those of `social`)
    vocabulary,
    xapi,
)
from lms.web.access import read_access
from lms.web.site import Site


def install_web(app: Flask, site: Site) -> None:
    """Register every blueprint; a route that does not say who may open it is refused here."""
    compression.install(app)  # the first to be installed is the last to see an answer
    security.install(app)
    errors.install(app)
    pages.install(app, site)
    for blueprint in (
        assets.pages,
        account.pages,
        learn.pages,
        teach.pages,
        social.pages,
        school.pages,
        admin.pages,
        admin_partner.pages,
        metrics.pages,
        vocabulary.pages,
        xapi.pages,
    ):
        app.register_blueprint(blueprint)
    plugin_pages.install(app, site)
    csrf = app.extensions["csrf"]
    # JSON from our own scripts: another site cannot send it without a preflight, which nobody answers, and `Origin`
    # is checked; events carry the attempt's token besides, since they may outlive the sign-in.
    ours = (learn.events.events, learn.events.call_from_desk, learn.sharing.answer_sharing)
    for view in (*ours, teach.screen.nudge_from_mirror):
        csrf.exempt(view)
    csrf.exempt(xapi.pages)
    read_access(app)
