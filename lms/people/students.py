"""Students of a promotion: a pasted list becomes accounts, passwords are made once and shown once."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select, update

from lms.contract import find_words
from lms.database.clock import now
from lms.database.ids import natural_id
from lms.database.models import Person, Promotion, PromotionStudent, StaffAccount
from lms.database.rows import insert_missing, table
from lms.errors import BadRequest, NotFound
from lms.people.accounts import LETTERS, SHOWN_AGAIN, add_person, hash_password, keep_password, merge_marks
from lms.people.enrolments import enrol
from lms.people.promotions import PromotionFacts
from lms.people.roles import STUDENT

LARGEST_LIST = 200
LONGEST_NAME = 60


@dataclass(frozen=True)
class StudentFacts:
    """A student of a promotion. `extra` is more time in percent; `consented` the day, empty while it is waited for."""

    person: str
    name: str
    login: str
    group: str
    extra: int
    guarded: bool
    consented: str

    @property
    def may_work(self) -> bool:
        """Whoever needs somebody's agreement begins once it was given."""
        return not self.guarded or bool(self.consented)


@dataclass(frozen=True)
class NewStudent:
    """An account that is being made. `password` is empty where it was shown before and is known to nobody."""

    person: str
    name: str
    login: str
    password: str
    hashed: str = ""


def split_list(text: str) -> list[str]:
    """Names of a pasted list, one a line; columns of a spreadsheet are joined. BadRequest for none or too many."""
    lines = text.splitlines()
    if len(lines) > LARGEST_LIST * 5:
        raise _too_long(len(lines))
    found = [name for name in map(_clean, lines) if name]
    if not found:
        raise BadRequest("no names", sentence="Écrivez au moins un nom.")
    if len(found) > LARGEST_LIST:
        raise _too_long(len(found))
    return found


def _too_long(count: int) -> BadRequest:
    told = f"{count:,}".replace(",", "\u202f")
    sentence = f"La liste a {told} lignes. Une promotion en prend {LARGEST_LIST} au plus. Aucun compte n'est créé."
    return BadRequest(f"{count} lines, at most {LARGEST_LIST}", sentence=sentence)


def _clean(line: str) -> str:
    line = re.sub(r"[\t;,]+", " ", line)
    shown = "".join(one for one in line if one.isprintable() or one.isspace())
    return re.sub(r"^(\d+[.)]?\s+|[-–•*]\s+)", "", " ".join(shown.split())).strip(" .")


def check_names(names: Sequence[str]) -> None:
    """Raises BadRequest naming the first that is no name: nobody else's account is made either."""
    for name in names:
        if "@" in name or any(one.isdigit() for one in name):
            sentence = f"« {name[:60]} » : gardez seulement le prénom et le nom. Aucun compte n'est créé."
            raise BadRequest("a line is no name", sentence=sentence)
        if len(name) > LONGEST_NAME:
            sentence = f"« {name[:30]}… » est long : {LONGEST_NAME} signes au plus. Aucun compte n'est créé."
            raise BadRequest(f"a name of {len(name)} characters", sentence=sentence)


def fold_name(name: str) -> str:
    """A name for comparing: its words, in whichever order they are written."""
    return " ".join(sorted(find_words(name)))


def prepare_students(
    connection: Connection, one: PromotionFacts, names: Sequence[str], form: str, secret: str
) -> list[NewStudent]:
    """The accounts of a list, before the write lock is taken: hashing is slow on purpose.

    The same form twice prepares the same people. Their passwords come from the instance's secret and the form, so
    that a list posted twice within the hour shows them again. Whoever is in the promotion already is left out.
    """
    made = {name: natural_id(one.id, form, name) for name in names}
    before = {each.person: each for each in read_students(connection, one)}
    folded = {fold_name(each.name) for each in before.values()}
    again = [_again(connection, one, before[person], form, secret) for person in made.values() if person in before]
    fresh = {name: person for name, person in made.items() if person not in before and fold_name(name) not in folded}
    logins = _free_logins(connection, list(fresh))
    return again + [_prepare(name, person, logins[name], form, secret) for name, person in fresh.items()]


def _prepare(name: str, person: str, login: str, form: str, secret: str) -> NewStudent:
    password = _derive(secret, form, person)
    return NewStudent(person, name, login, password, hash_password(password))


def _again(connection: Connection, one: PromotionFacts, who: StudentFacts, form: str, secret: str) -> NewStudent:
    mine = (StaffAccount.organisation_id == one.organisation, StaffAccount.person_id == who.person)
    made = connection.execute(select(StaffAccount.changed).where(*mine)).scalar() or 0
    shown = _derive(secret, form, who.person) if made > now() - SHOWN_AGAIN else ""
    return NewStudent(who.person, who.name, who.login, shown)


def _derive(secret: str, form: str, person: str) -> str:
    """Four groups of four, as `new_password`: 79 bits of a keyed hash."""
    value = int.from_bytes(hmac.digest(secret.encode(), f"student\n{form}\n{person}".encode(), hashlib.sha256), "big")
    letters = []
    for _ in range(16):
        value, at = divmod(value, len(LETTERS))
        letters.append(LETTERS[at])
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))


def _free_logins(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """`lina.moreau`, with a number where somebody has it."""
    found: dict[str, str] = {}
    for name in names:
        stem, taken, number = _find_stem(name), set(found.values()), 1
        like = select(StaffAccount.login).where(StaffAccount.login.startswith(stem, autoescape=True))
        taken |= set(connection.execute(like).scalars())
        login = stem
        while login in taken:
            number += 1
            login = f"{stem}{number}"
        found[name] = login
    return found


def _find_stem(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", ".", ".".join(find_words(name))).strip(".")[:60] or "etudiant"


def add_students(connection: Connection, one: PromotionFacts, prepared: Sequence[NewStudent]) -> None:
    """Write the accounts that were prepared; those that are there already stay as they are."""
    for each in prepared:
        if each.hashed and enlist(connection, one, each.person):
            add_person(connection, one.organisation, each.name, [STUDENT], made=each.person, longest=LONGEST_NAME)
            keep_password(connection, one.organisation, each.person, each.login, each.hashed, shown=True)


def enlist(connection: Connection, one: PromotionFacts, person: str) -> bool:
    """Put somebody into a promotion, and on its course; whether that was new."""
    where = {"organisation_id": one.organisation, "person_id": person} | merge_marks(connection)
    row = where | {"promotion_id": one.id, "group_id": None, "extra": 0, "guarded": False, "consented": ""}
    enrol(connection, one.organisation, person, one.course)
    return insert_missing(connection, PromotionStudent, [row]) == 1


def read_students(connection: Connection, one: PromotionFacts, person: str = "") -> list[StudentFacts]:
    """The students of a promotion, by name; with `person` this one alone."""
    at = PromotionStudent
    wanted = _select_students(one.organisation).where(at.promotion_id == one.id)
    rows = connection.execute(wanted.where(at.person_id == person) if person else wanted)
    return sorted((_read(row) for row in rows), key=lambda each: (each.name.casefold(), each.person))


def _select_students(organisation: str) -> Select[str, str, str, str | None, int, bool, str]:
    """All of a house, once for each promotion."""
    at = PromotionStudent
    named = (StaffAccount.organisation_id == Person.organisation_id) & (StaffAccount.person_id == Person.id)
    return (
        select(Person.id, Person.first_name, StaffAccount.login, at.group_id, at.extra, at.guarded, at.consented)
        .join(at, (at.organisation_id == Person.organisation_id) & (at.person_id == Person.id))
        .outerjoin(StaffAccount, named)
        .where(at.organisation_id == organisation, at.deleted_at.is_(None), Person.deleted_at.is_(None))
    )


def _read(row: Sequence[Any]) -> StudentFacts:
    person, name, login, group, extra, guarded, consented, *_ = row
    return StudentFacts(person, name, login or "", group or "", extra, bool(guarded), consented)


def read_enlisted(connection: Connection, organisation: str, person: str) -> list[tuple[PromotionFacts, StudentFacts]]:
    """The promotions that somebody is a student of, newest first; one query."""
    at = PromotionStudent
    wanted = (
        _select_students(organisation)
        .add_columns(Promotion.organisation_id, Promotion.id, Promotion.title, Promotion.course)
        .join(Promotion, (Promotion.organisation_id == at.organisation_id) & (Promotion.id == at.promotion_id))
        .where(at.person_id == person, Promotion.deleted_at.is_(None))
        .order_by(Promotion.id.desc())
    )
    return [(PromotionFacts(*row[-4:]), _read(row)) for row in connection.execute(wanted)]


def read_student(connection: Connection, one: PromotionFacts, person: str) -> StudentFacts:
    """A student of this promotion. Raises NotFound for anybody else."""
    found = next(iter(read_students(connection, one, person)), None) if person else None
    if found is None:
        sentence = "Cette personne n'est pas dans cette promotion."
        raise NotFound(f"no student {person!r} in {one.id}", sentence=sentence)
    return found


def find_enlisted(connection: Connection, one: PromotionFacts, text: str) -> list[StudentFacts]:
    """The students whose names or identifiers stand in a pasted list.

    Raises BadRequest naming those who are not in the promotion, or a name of two people.
    """
    students, known = read_students(connection, one), dict[str, list[StudentFacts]]()
    for each in students:
        known.setdefault(fold_name(each.name), []).append(each)
    logins = {each.login: [each] for each in students if each.login}
    names = split_list(text)
    found = {name: logins.get(name) or known.get(fold_name(name)) or logins.get(name.lower(), []) for name in names}
    unknown = [name for name, people in found.items() if not people]
    if unknown:
        told = ", ".join(f"« {name} »" for name in unknown[:5]) + (" et d'autres" if len(unknown) > 5 else "")
        sentence = f"Pas dans cette promotion : {told}. Rien n'est changé. Corrigez ce nom, ou ajoutez-le d'abord."
        raise BadRequest(f"{len(unknown)} unknown students", sentence=sentence)
    double = next((name for name, people in found.items() if len(people) > 1), None)
    if double:
        sentence = f"Deux personnes portent le nom « {double} ». Écrivez l'identifiant à la place."
        raise BadRequest("a name of two students", sentence=sentence)
    return [found[name][0] for name in names]


def change_student(connection: Connection, one: PromotionFacts, person: str, **values: object) -> None:
    """Another group, more time, the agreement of whoever must agree."""
    at = table(PromotionStudent).c
    mine = (at.organisation_id == one.organisation, at.promotion_id == one.id, at.person_id == person)
    changed = merge_marks(connection)["changed"]
    connection.execute(update(table(PromotionStudent)).where(*mine).values(changed=changed, **values))


def renew_student(connection: Connection, one: PromotionFacts, who: StudentFacts, hashed: str) -> None:
    """Another password; the one before opens nothing any more."""
    keep_password(connection, one.organisation, who.person, who.login, hashed)


def remove_student(connection: Connection, one: PromotionFacts, who: StudentFacts) -> None:
    """Out of the promotion; works and marks stay."""
    change_student(connection, one, who.person, deleted_at=now())
