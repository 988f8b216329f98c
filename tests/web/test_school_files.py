"""Pages of a work's files: joined beside a kept text, shown to the student and the marker, to nobody else."""

from __future__ import annotations

import io
import re

from werkzeug.test import TestResponse

from lms.database.clock import now
from lms.learning.school.assignments import move_assignment, read_assignment
from lms.people.accounts import add_person
from lms.people.promotions import add_teacher, remove_teacher
from tests.learning.test_school_files import PAPER, draw
from tests.web.house import DAY, PDF, House
from tests.web.test_school import promotion_of, read, writing


def join(house: House, body: bytes, name: str = "Ines-Caron.jpg") -> TestResponse:
    path = f"/school/me/assignments/{house.here.school.written}/files"
    data = {"file": (io.BytesIO(body), name)}
    return house.as_role(house.here, "student").post(path, data=data, follow_redirects=True)


def test_the_text_is_kept_on_the_way_to_the_files_and_they_are_counted_on_the_way_back(house: House) -> None:
    student, path = house.as_role(house.here, "student"), f"/school/me/assignments/{house.here.school.written}"
    answer = student.post(path, data={"text": "Un début de réponse.", "do": "files"})
    assert answer.headers["Location"] == f"{path}/files"
    shown = read(join(house, draw()))
    assert "Pièce 1 (photo, 1 Ko)" in shown
    assert "Ines-Caron" not in shown, "a name may say who wrote it"
    back = read(student.get(path))
    assert "Un début de réponse." in back
    assert "Photos et PDF : 1" in back


def test_what_is_refused_is_said_beside_the_form(house: House) -> None:
    assert "Ce n'est ni une photo (JPEG, PNG) ni un PDF." in read(join(house, b"MZ program", "photo.jpg"))
    assert "Choisissez d'abord un fichier." in read(join(house, b""))


def test_a_file_is_taken_out_again(house: House) -> None:
    shown = read(join(house, PAPER))
    path = re.search(r'action="([^"]+/files/[^"]+/remove)"', shown)
    assert path is not None
    assert "Pièce 1" not in read(house.as_role(house.here, "student").post(path[1], follow_redirects=True))


def test_the_marker_and_the_student_read_it_and_no_page_runs_it(house: House) -> None:
    path = f"/school/files/{house.here.school.file}"
    for role in ("student", "teacher"):
        answer = house.as_role(house.here, role).get(path)
        assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Pièce 1 (PDF, 1 Ko)" in read(
        house.as_role(house.here, "teacher").get(f"/school/works/{house.here.school.work}")
    )


def test_another_teacher_of_the_promotion_who_does_not_mark_it_and_another_student_do_not(house: House) -> None:
    with writing(house) as connection:
        other = add_person(connection, house.here.id, "Ben", ["teacher"])
        add_teacher(connection, promotion_of(house), other)
        student = add_person(connection, house.here.id, "Tom", ["student"])
    for person in (other, student):
        answer = house.visit(house.here.id, person).get(f"/school/files/{house.here.school.file}")
        assert answer.status_code == 404
        assert PDF not in answer.data


def test_a_teacher_who_marked_it_and_left_the_promotion_reads_it_no_more(house: House) -> None:
    with writing(house) as connection:
        one = promotion_of(house)
        add_teacher(connection, one, add_person(connection, house.here.id, "Ben", ["teacher"]))
        remove_teacher(connection, one, house.here.people["teacher"])
    teacher = house.as_role(house.here, "teacher")
    for path in (f"/school/works/{house.here.school.work}", f"/school/files/{house.here.school.file}"):
        answer = teacher.get(path)
        assert answer.status_code == 404, path
        assert PDF not in answer.data


def test_before_it_opens_the_page_says_so_and_takes_no_file(house: House) -> None:
    path = f"/school/me/assignments/{house.here.school.written}/files"
    join(house, PAPER)
    with writing(house) as connection:
        given = read_assignment(connection, house.here.id, house.here.school.written)
        move_assignment(connection, given, now() + DAY, now() + 2 * DAY, late=False)
    shown = read(house.as_role(house.here, "student").get(path))
    assert "Ce travail ouvre le " in shown
    assert "Pièce 1" in shown
    assert "Joindre ce fichier" not in shown
    assert "Retirer" not in shown
