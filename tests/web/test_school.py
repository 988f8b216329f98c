"""Pages of a school: what a teacher types, what a student sees, and what neither sees of the others."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, select

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import PromotionStudent, Work
from lms.learning.school.assignments import move_assignment, read_assignment
from lms.people.promotions import PromotionFacts, add_group, find_promotion
from lms.people.students import change_student
from tests.web.house import DAY, House, assign

PASSWORD = re.compile(r"(?<![\w-])[a-z2-9]{4}(?:-[a-z2-9]{4}){3}(?![\w-])")
TEXT = "J'ai écouté la personne, puis nous avons lu la lettre ensemble. Elle a choisi la suite."


@contextmanager
def reading(house: House) -> Iterator[Connection]:
    """Not around a request: pages would share what they know of who asks."""
    with house.app.app_context(), db.engine.connect() as connection:
        yield connection


@contextmanager
def writing(house: House) -> Iterator[Connection]:
    with house.app.app_context(), transaction() as connection:
        yield connection


def promotion_of(house: House) -> PromotionFacts:
    with reading(house) as connection:
        return find_promotion(connection, house.here.id, house.here.school.promotion)


def read(answer: object) -> str:
    """The words of a page, without the links of the lexicon."""
    text = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    shown = html.unescape(re.sub(r'<a class="word"[^>]*>(.*?)</a>', r"\1", text))
    return shown.replace("\u00a0", " ").replace("\u202f", " ")


def paste(house: House, names: str, **more: str) -> str:
    path = f"/school/promotions/{house.here.school.promotion}/students"
    return read(house.as_role(house.here, "teacher").post(path, data={"names": names, **more}))


def test_a_pasted_list_shows_passwords_once_and_again_only_to_the_same_form(house: House) -> None:
    shown = paste(house, "Lina Moreau\nPaul Petit", form="f1")
    found = PASSWORD.findall(shown)
    assert len(found) == 2
    assert PASSWORD.findall(paste(house, "Lina Moreau\nPaul Petit", form="f1")) == found
    later = paste(house, "Lina Moreau", form="f2")
    assert "Déjà dans la promotion" in later
    assert not PASSWORD.search(later)
    teacher = house.as_role(house.here, "teacher")
    assert not any(
        one in read(teacher.get(f"/school/promotions/{house.here.school.promotion}/students")) for one in found
    )


def test_a_new_student_signs_in_with_what_was_printed(house: House) -> None:
    shown = paste(house, "Lina Moreau", form="f1")
    password = PASSWORD.findall(shown)[0]
    browser = house.visit()
    answer = browser.post("/account/sign-in", data={"login": "lina.moreau", "password": password})
    assert answer.headers["Location"] == "/school/me"
    assert "À faire : module" in read(browser.get("/school/me"))


def test_a_list_that_is_refused_stays_in_its_field(house: House) -> None:
    shown = paste(house, "Lina Moreau\nquelqu-un@example.org")
    assert "gardez seulement le prénom et le nom" in shown
    assert "Lina Moreau\nquelqu-un@example.org</textarea>" in shown


def test_a_list_of_a_hundred_thousand_lines_is_refused_clearly(house: House) -> None:
    shown = paste(house, "\n".join(["Lina Moreau"] * 100_000))
    assert "La liste a 100 000 lignes." in shown
    assert "Aucun compte n'est créé." in shown


def test_an_unknown_student_of_a_group_is_named_and_the_list_kept(house: House) -> None:
    paste(house, "Lina Moreau")
    path = f"/school/promotions/{house.here.school.promotion}/groups"
    form = {"group": "Groupe A", "names": "Lina Moreau\nNina Inconnue"}
    shown = read(house.as_role(house.here, "teacher").post(path, data=form))
    assert "« Nina Inconnue »" in shown
    assert "Lina Moreau\nNina Inconnue</textarea>" in shown
    with reading(house) as connection:
        assert set(connection.execute(select(PromotionStudent.group_id)).scalars()) == {None}


def test_an_assignment_posted_twice_is_one(house: House) -> None:
    teacher, path = house.as_role(house.here, "teacher"), f"/school/promotions/{house.here.school.promotion}/calendar"
    form = {"kind": "module", "module": "orienter", "opens": "2026-11-01", "due": "2026-12-01", "form": "once"}
    for _ in range(2):
        assert teacher.post(path, data=form).status_code == 302
    assert read(teacher.get(path)).count("Orienter et suivre</a>") == 1


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"kind": "module"}, "Choisissez un module."),
        ({"kind": "answer", "brief": "Pourquoi ?"}, "Donnez un titre"),
        ({"kind": "answer", "title": "Question"}, "Écrivez la question"),
        ({"kind": "module", "module": "orienter", "due": "2026-10-01"}, "La fin vient après le début."),
        ({"kind": "module", "module": "orienter", "due": "demain"}, "Fin : écrivez le jour"),
        ({"kind": "pair", "title": "Jeu", "activity": "nothing"}, "Choisissez l'exercice du jeu de rôle."),
    ],
)
def test_what_is_missing_in_an_assignment_is_said(house: House, form: dict[str, str], says: str) -> None:
    path = f"/school/promotions/{house.here.school.promotion}/calendar"
    given = {"opens": "2026-11-01", "due": "2026-12-01", "markers": "1"} | form
    assert says in read(house.as_role(house.here, "teacher").post(path, data=given))


def write(house: House, do: str, text: str = TEXT, assignment: str = "") -> str:
    path = f"/school/me/assignments/{assignment or house.here.school.written}"
    student = house.as_role(house.here, "student")
    answer = student.post(path, data={"text": text, "do": do})
    return read(student.get(answer.headers["Location"]) if answer.status_code == 302 else answer)


def works(house: House) -> list[tuple[str, bool, bool]]:
    with reading(house) as connection:
        built = [home.school.work for home in (house.here, house.there, house.others)]
        rows = connection.execute(select(Work.body, Work.handed, Work.late).where(Work.id.not_in(built))).all()
    return [(body, handed is not None, bool(late)) for body, handed, late in rows]


def test_a_draft_is_kept_then_handed_in_once(house: House) -> None:
    assert "Votre brouillon est gardé." in write(house, "keep", "Un début.")
    assert works(house) == [('{"text": "Un début."}', False, False)]
    assert "Votre travail est rendu" in write(house, "hand")
    assert "Votre travail est rendu" in write(house, "hand", "Autre chose, après coup, et assez long.")
    (only,) = works(house)
    assert TEXT in only[0]
    assert only[1:] == (True, False)


def move(house: House, opens: int, due: int, late: bool) -> None:
    with writing(house) as connection:
        given = read_assignment(connection, house.here.id, house.here.school.written)
        move_assignment(connection, given, opens, due, late)


def test_late_work_is_taken_and_says_so(house: House) -> None:
    move(house, now() - 9 * DAY, now() - DAY, True)
    assert "en retard" in write(house, "hand")
    assert works(house)[0][1:] == (True, True)


def test_late_work_that_is_not_taken_is_kept_as_a_draft(house: House) -> None:
    move(house, now() - 9 * DAY, now() - DAY, False)
    shown = write(house, "hand")
    assert "Ce travail était à rendre le " in shown
    assert TEXT in shown
    assert works(house) == [(f'{{"text": "{TEXT}"}}', False, False)]


def test_a_teacher_grants_one_student_more_time(house: House) -> None:
    move(house, now() - 9 * DAY, now() - DAY, False)
    path = f"/school/assignments/{house.here.school.written}/students/{house.here.people['student']}/time"
    house.as_role(house.here, "teacher").post(path, data={"due": "2036-12-24"})
    assert "Votre travail est rendu." in write(house, "hand")
    assert works(house)[0][1:] == (True, False)


def test_more_time_by_right_moves_the_end(house: House) -> None:
    move(house, now() - 9 * DAY, now() - DAY, False)
    with writing(house) as connection:
        change_student(connection, promotion_of(house), house.here.people["student"], extra=33)
    assert "Votre travail est rendu." in write(house, "hand")


def test_nothing_opens_before_the_representative_agreed(house: House) -> None:
    one, person = promotion_of(house), house.here.people["student"]
    teacher = house.as_role(house.here, "teacher")
    path = f"/school/promotions/{one.id}/students/{person}"
    teacher.post(path, data={"guarded": "on", "extra": "0"})
    student = house.as_role(house.here, "student")
    assert "L'accord de votre représentant·e est attendu." in read(student.get("/school/me"))
    assert "L'accord de votre représentant·e est attendu." in write(house, "hand")
    begun = student.get("/learn/begin/accompagner/ms1-pourquoi")
    assert (begun.status_code, "Ensuite, votre travail s'ouvre." in read(begun)) == (403, True)
    assert works(house) == []
    assert "Cette date n'est pas encore passée." in read(
        teacher.post(path, data={"guarded": "on", "consented": "2099-01-01"})
    )
    teacher.post(path, data={"guarded": "on", "consented": "2026-11-20"})
    assert "Votre travail est rendu." in write(house, "hand")


def test_a_student_sees_what_is_his_and_nothing_of_another_group(house: House) -> None:
    one = promotion_of(house)
    with writing(house) as connection:
        group = add_group(connection, one, "Les autres")
        made = assign(connection, one, "answer", group=group, title="Pour un autre groupe")
    student = house.as_role(house.here, "student")
    assert "Pour un autre groupe" not in read(student.get("/school/me"))
    assert student.get(f"/school/me/assignments/{made}").status_code == 404


def test_what_is_not_open_yet_is_announced_and_closed(house: House) -> None:
    with writing(house) as connection:
        made = assign(connection, promotion_of(house), "answer", title="Plus tard", opens=now() + DAY)
    assert "Plus tard : ouvre" in read(house.as_role(house.here, "student").get("/school/me"))
    assert "Ce travail ouvre le " in write(house, "keep", assignment=made)
    assert works(house) == []


PLACE = {
    "nom": "Médiathèque de Valcombe", "pivot": "00000000000001", "adresse": "1 place du Marché", "code_postal": "00100",
    "commune": "Valcombe", "date_maj": "2026-11-20", "telephone": "+33536491201",
    "services": ["Aide aux démarches administratives", "Accès internet et matériel informatique"],
    "text": TEXT, "observation": TEXT, "reading": TEXT, "action": TEXT, "rights": TEXT, "do": "hand",
}  # fmt: skip


def place(house: House, **more: object) -> str:
    with writing(house) as connection:
        made = assign(connection, promotion_of(house), "place")
    student, path = house.as_role(house.here, "student"), f"/school/me/assignments/{made}"
    answer = student.post(path, data={**PLACE, **more})
    return read(student.get(answer.headers["Location"]) if answer.status_code == 302 else answer)


def test_an_observed_place_is_one_record_of_the_standard(house: House) -> None:
    assert "Votre travail est rendu" in place(house)
    assert "Aide aux démarches administratives|Accès internet" in works(house)[0][0]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("code_postal", "100", "Code postal"),
        ("pivot", "12", "Numéro SIRET"),
        ("nom", "", "Nom du lieu : à compléter."),
        ("telephone", "05 36 49 12 01", "Téléphone du lieu"),
        ("presentation_resume", "x" * 281, "280 signes au plus."),
        ("rights", "", "est vide"),
        ("text", "Appelez-la au 06 12 34 56 78, elle attend votre appel.", "Un vrai numéro de téléphone"),
    ],
)
def test_a_fault_of_the_record_is_named_and_the_draft_kept(house: House, field: str, value: str, says: str) -> None:
    shown = place(house, **{field: value})
    assert says in shown
    assert "Médiathèque de Valcombe" in shown or field == "nom"
    assert [one[1] for one in works(house)] == [False]
