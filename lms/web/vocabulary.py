"""Our xAPI profile at its own addresses: a page for people, JSON-LD for machines.

`https://w3id.org/xapi/declic/…` is to lead to `/vocabulary/…` of a site (docs/xapi.md).
"""

from __future__ import annotations

import json

from flask import Blueprint, Response, request

from lms.errors import NotFound
from lms.lrs.profile import build_profile, list_foreign
from lms.lrs.vocabulary import DECLIC
from lms.web.access import open_to_anybody
from lms.web.pages import render
from lms.web.site import site

pages = Blueprint("vocabulary", __name__)
TYPES = ("application/ld+json", "application/json")


@pages.get("/vocabulary")
@pages.get("/vocabulary/<path:name>")
@open_to_anybody
def show(name: str = "") -> Response | str:
    """The profile; below it, the page with one word in view, or that word alone as JSON-LD. Raises NotFound."""
    profile = build_profile(list(site().classroom.plugins.vocabulary.values()))
    wanted = name.removesuffix(".jsonld")
    found = profile if wanted in ("", "profile") else None
    for one in (*profile["concepts"], *profile["templates"], *profile["versions"]):
        if one["id"] == f"{DECLIC}/{wanted}":
            found = one
    if found is None:
        raise NotFound(f"no word {wanted!r} in the profile")
    if name.endswith(".jsonld") or request.accept_mimetypes.best_match(["text/html", *TYPES]) in TYPES:
        body = json.dumps(found, ensure_ascii=False, indent=1)
        return Response(body, mimetype=TYPES[0], headers={"Vary": "Accept", "Access-Control-Allow-Origin": "*"})
    return render(
        "admin/vocabulary.html",
        profile=profile,
        wanted=found["id"],
        foreign=list_foreign(),
        short=lambda iri: iri.removeprefix(f"{DECLIC}/"),
    )
