"""Students of a promotion: a pasted list, passwords shown once, groups, more time, who agrees for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import new_id
from lms.errors import BadRequest
from lms.learning.school.assignments import MOST_EXTRA
from lms.people.accounts import hash_password, new_password
from lms.people.promotions import PromotionFacts, add_group, read_groups
from lms.people.students import (
    NewStudent,
    StudentFacts,
    add_students,
    change_student,
    check_names,
    find_enlisted,
    prepare_students,
    read_student,
    read_students,
    remove_student,
    renew_student,
    split_list,
)
from lms.web.access import needs
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.days import type_day
from lms.web.school.promotions import find_own
from lms.web.site import site


@pages.get("/school/promotions/<promotion_id>/students")
@needs("teacher")
def students(promotion_id: str) -> str:
    """Everybody in the promotion."""
    return draw_students(find_own(promotion_id))


def draw_students(
    one: PromotionFacts, errors: dict[str, str] | None = None, typed: dict[str, str] | None = None
) -> str:
    """The page, with what was typed where it was refused."""
    with db.engine.connect() as connection:
        found, groups = read_students(connection, one), read_groups(connection, one)
    return render(
        "school/students.html",
        promotion=one,
        students=[_show(one, each, groups) for each in found],
        groups=[{"name": name, "count": sum(each.group == id for each in found)} for id, name in groups.items()],
        waiting=sum(not each.may_work for each in found),
        list_action=url_for("school.paste_students", promotion_id=one.id),
        group_action=url_for("school.new_group", promotion_id=one.id),
        back_url=url_for("school.promotion", promotion_id=one.id),
        errors=errors or {},
        typed=typed or {},
    )


def _show(one: PromotionFacts, each: StudentFacts, groups: dict[str, str]) -> dict[str, Any]:
    return {
        "name": each.name,
        "login": each.login,
        "group": groups.get(each.group, ""),
        "extra": each.extra,
        "waits": not each.may_work,
        "url": url_for("school.student", promotion_id=one.id, person=each.person),
    }


@pages.post("/school/promotions/<promotion_id>/students")
@needs("teacher")
def paste_students(promotion_id: str) -> str:
    """A pasted list becomes accounts; the answer shows their passwords, this once."""
    one, text = find_own(promotion_id), request.form.get("names", "")
    try:
        names = split_list(text)
        check_names(names)
        with db.engine.connect() as connection:
            made = prepare_students(connection, one, names, read_form(), current_app.config["SECRET_KEY"])
        with transaction() as connection:
            add_students(connection, one, made)
    except BadRequest as error:
        return draw_students(one, {"names": error.sentence}, {"names": text})
    return draw_passwords(one, made, find_left_out(names, made))


def read_form() -> str:
    """The id of the form that was posted: the same list twice makes nobody twice."""
    return request.form.get("form") or new_id()


def find_left_out(names: list[str], made: list[NewStudent]) -> list[str]:
    """Names for which no account was made: they are there already, or stand twice in the list."""
    left = list(names)
    for each in made:
        left.remove(each.name)
    return left


def draw_passwords(one: PromotionFacts, made: list[NewStudent], left_out: list[str]) -> str:
    """Slips to print and to cut: name, address, identifier, password."""
    address = (site().settings.public_url or request.host_url).rstrip("/")
    return render(
        "school/passwords.html",
        promotion=one,
        made=made,
        left_out=left_out,
        address=address + url_for("account.sign_in_page"),
        back_url=url_for("school.students", promotion_id=one.id),
    )


@pages.post("/school/promotions/<promotion_id>/students/<person>/password")
@needs("teacher")
def new_password_of(promotion_id: str, person: str) -> str:
    """Another password; shown this once."""
    one, password = find_own(promotion_id), new_password()
    with db.engine.connect() as connection:
        who = read_student(connection, one, person)
    hashed = hash_password(password)
    with transaction() as connection:
        renew_student(connection, one, who, hashed)
    return draw_passwords(one, [NewStudent(who.person, who.name, who.login, password)], [])


@pages.get("/school/promotions/<promotion_id>/students/<person>")
@needs("teacher")
def student(promotion_id: str, person: str, errors: dict[str, str] | None = None) -> str:
    """One student: group, more time, agreement."""
    one = find_own(promotion_id)
    with db.engine.connect() as connection:
        who, groups = read_student(connection, one, person), read_groups(connection, one)
    where: dict[str, Any] = {"promotion_id": one.id, "person": person}
    return render(
        "school/student.html",
        promotion=one,
        student=who,
        groups=groups,
        today=type_day(now()),
        change_action=url_for("school.change", **where),
        password_action=url_for("school.new_password_of", **where),
        remove_action=url_for("school.take_student_out", **where),
        portfolio_url=url_for("school.portfolio_of", **where),
        back_url=url_for("school.students", promotion_id=one.id),
        errors=errors or {},
    )


@pages.post("/school/promotions/<promotion_id>/students/<person>")
@needs("teacher")
def change(promotion_id: str, person: str) -> str | Response:
    """Group, more time, and the day on which the representative agreed. Nothing else is kept of that."""
    one = find_own(promotion_id)
    with db.engine.connect() as connection:
        who, groups = read_student(connection, one, person), read_groups(connection, one)
    try:
        values = read_change(groups)
    except BadRequest as error:
        return student(promotion_id, who.person, {str(error).split(":")[0]: error.sentence})
    with transaction() as connection:
        change_student(connection, one, who.person, **values)
    return redirect(url_for("school.students", promotion_id=one.id))


def read_change(groups: dict[str, str]) -> dict[str, object]:
    """What the form says. Raises BadRequest whose detail begins with the field."""
    given = request.form
    extra, guarded, day = given.get("extra", "0").strip() or "0", "guarded" in given, given.get("consented", "").strip()
    if not extra.isascii() or not extra.isdigit() or int(extra) > MOST_EXTRA:
        sentence = f"Écrivez un nombre de 0 à {MOST_EXTRA}. Un tiers-temps s'écrit 33."
        raise BadRequest("extra: no number", sentence=sentence)
    if guarded and day:
        check_consent(day)
    group = given.get("group", "")
    return {
        "group_id": group if group in groups else None,
        "extra": int(extra),
        "guarded": guarded,
        "consented": day if guarded else "",
    }


def check_consent(text: str) -> None:
    """Raises BadRequest for what is no day, or a day to come."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest("consented: no day", sentence="Écrivez le jour, le mois et l'année.") from error
    if day.isoformat() > type_day(now()):
        raise BadRequest("consented: to come", sentence="Cette date n'est pas encore passée.")


@pages.post("/school/promotions/<promotion_id>/students/<person>/remove")
@needs("teacher")
def take_student_out(promotion_id: str, person: str) -> Response:
    """Out of the promotion; what was done stays."""
    one = find_own(promotion_id)
    with transaction() as connection:
        remove_student(connection, one, read_student(connection, one, person))
    return redirect(url_for("school.students", promotion_id=one.id))


@pages.post("/school/promotions/<promotion_id>/groups")
@needs("teacher")
def new_group(promotion_id: str) -> str | Response:
    """A group, and who is in it: a pasted list of names of the promotion."""
    one, typed = find_own(promotion_id), {name: request.form.get(name, "") for name in ("group", "names")}
    try:
        with transaction() as connection:
            found = find_enlisted(connection, one, typed["names"])
            made = add_group(connection, one, typed["group"])
            for each in found:
                change_student(connection, one, each.person, group_id=made)
    except BadRequest as error:
        where = "group" if "group name" in str(error) else "members"
        return draw_students(one, {where: error.sentence}, {"group": typed["group"], "members": typed["names"]})
    return redirect(url_for("school.students", promotion_id=one.id))
