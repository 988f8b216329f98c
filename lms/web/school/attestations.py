"""Attestations: sign, print, withdraw; and the public page where a code is checked."""

from __future__ import annotations

from typing import Any

from flask import Response as FileResponse
from flask import redirect, request, url_for
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Organisation
from lms.errors import BadRequest, NotFound, TooManyTries
from lms.learning.days import find_day, say_day
from lms.learning.school.attestations import (
    AttestationFacts,
    check_ready,
    find_by_code,
    find_missing,
    list_lines,
    read_attestations,
    read_own_attestations,
    sign,
    withdraw,
)
from lms.learning.school.certificate import Paper, build_certificate
from lms.learning.school.standing import Stand, read_own_stands, read_stands
from lms.people.promotions import PromotionFacts, read_promotions
from lms.people.sign_in import CODES_PER_ADDRESS
from lms.people.students import read_student
from lms.people.throttle import check_open, count_failure
from lms.web.access import needs, open_to_anybody, viewer
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.calendar import list_modules
from lms.web.school.promotions import find_own
from lms.web.site import site
from lms.web.teach.workshops import read_date


@pages.get("/school/promotions/<promotion_id>/attestations")
@needs("teacher")
def attestations(promotion_id: str, error: str = "") -> str:
    """By module of the calendar, who may be attested and who is."""
    one = find_own(promotion_id)
    with db.engine.connect() as connection:
        board = read_stands(connection, site().classroom, one)
        held = read_attestations(connection, one)
    modules = list_modules(one.course)
    wanted = list(dict.fromkeys(s.given.module for some in board.values() for s in some if s.given.kind == "module"))
    return render(
        "school/attestations.html",
        promotion=one,
        modules=[_show_module(one, module, modules.get(module, module), board, held) for module in wanted],
        check_url=url_for("school.check"),
        back_url=url_for("school.promotion", promotion_id=one.id),
        error=error,
    )


def _show_module(
    one: PromotionFacts, module: str, title: str, board: dict[str, list[Stand]], held: list[AttestationFacts]
) -> dict[str, Any]:
    signed = {each.person: each for each in held if each.module == module}
    rows = [_show_row(one, module, stands, signed.get(person)) for person, stands in board.items() if stands]
    return {"title": title, "rows": rows}


def _show_row(one: PromotionFacts, module: str, stands: list[Stand], held: AttestationFacts | None) -> dict[str, Any]:
    row: dict[str, Any] = {"name": stands[0].who.name, "held": held, "missing": "", "sign_url": ""}
    if held is not None:
        row["pdf_url"] = url_for("school.attestation_pdf", attestation_id=held.id)
        row["withdraw_url"] = url_for("school.withdraw_attestation", promotion_id=one.id, attestation_id=held.id)
        return row
    row["missing"] = find_missing(stands, module)
    person = stands[0].who.person
    if not row["missing"]:
        row["sign_url"] = url_for("school.sign_attestation", promotion_id=one.id, person=person, module=module)
    return row


@pages.post("/school/promotions/<promotion_id>/attestations/<person>/<module>")
@needs("teacher")
def sign_attestation(promotion_id: str, person: str, module: str) -> str | Response:
    """Signed once, however often it is posted."""
    one, account = find_own(promotion_id), viewer()
    with db.engine.connect() as connection:
        who = read_student(connection, one, person)
        stands = read_own_stands(connection, site().classroom, one, who)
    title = list_modules(one.course).get(module, "")
    try:
        check_ready(stands, module)
        with transaction() as connection:
            teacher = (account.person, account.first_name)
            sign(connection, one, who, (module, title), teacher, find_day(now()), list_lines(stands, module))
    except BadRequest as error:
        return attestations(promotion_id, f"{who.name} : {error.sentence}")
    return redirect(url_for("school.attestations", promotion_id=one.id))


@pages.post("/school/promotions/<promotion_id>/attestations/<attestation_id>/withdraw")
@needs("teacher")
def withdraw_attestation(promotion_id: str, attestation_id: str) -> Response:
    """Its code is valid no more."""
    one = find_own(promotion_id)
    with transaction() as connection:
        withdraw(connection, one, attestation_id)
    return redirect(url_for("school.attestations", promotion_id=one.id))


@pages.get("/school/attestations/<attestation_id>.pdf")
@needs("teacher", "student")
def attestation_pdf(attestation_id: str) -> FileResponse:
    """For the student it is of, and for his teachers."""
    with db.engine.connect() as connection:
        held = find_held(connection, attestation_id)
        paper = build_paper(connection, held)
    name = f"attestation-{held.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return FileResponse(build_certificate(held, paper), mimetype="application/pdf", headers=headers)


def find_held(connection: Connection, id: str) -> AttestationFacts:
    """One that holds, and that the viewer may see. Raises NotFound for any other."""
    account = viewer()
    seen = read_own_attestations(connection, account.organisation, account.person)
    for one in read_promotions(connection, account.organisation, account.person):
        seen += read_attestations(connection, one)
    if found := next((each for each in seen if each.id == id), None):
        return found
    raise NotFound(f"no attestation {id!r}", sentence="Cette attestation n'existe pas, ou n'est plus valable.")


def build_paper(connection: Connection, held: AttestationFacts) -> Paper:
    """What is said beside: where, on which day, where it is checked."""
    wanted = select(Organisation.name).where(Organisation.id == viewer().organisation)
    address = (site().settings.public_url or request.host_url).rstrip("/") + url_for("school.check")
    return Paper(connection.execute(wanted).scalar_one(), say_day(read_date(held.day)), address)


@pages.get("/attestation")
@open_to_anybody
def check() -> str:
    """Valid or not, and the module; nothing of the person. Many wrong codes from one address wait."""
    code, found, error = request.args.get("code", "").strip(), None, ""
    if code:
        key = f"address:{request.remote_addr or ''}"
        try:
            with db.engine.connect() as connection:
                check_open(connection, key)
                found = find_by_code(connection, code)
        except TooManyTries as paused:
            error = f"{paused.sentence} Revenez dans quelques minutes."
        if found is None and not error:
            with transaction() as connection:
                count_failure(connection, key, CODES_PER_ADDRESS)
    return render(
        "school/check.html", code=code, valid=found is not None, module=found.title if found else "", error=error
    )
