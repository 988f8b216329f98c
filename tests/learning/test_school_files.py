"""Files of a work, on both databases: known by content, kept without place, closed with the work, erased with it."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from PIL import Image

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import WorkFile
from lms.errors import BadRequest, NotAllowed, NotFound
from lms.learning.erasure import erase_person
from lms.learning.school.files import (
    JPEG,
    LARGEST,
    PDF,
    PNG,
    add_file,
    clean,
    copy_files,
    find_file,
    read_body,
    read_files,
    remove_file,
)
from lms.learning.school.works import WorkFacts, find_current, hand_in, read_own_works
from lms.people.students import StudentFacts, read_student
from tests.learning.test_school_gates import DAY, School, school  # noqa: F401  (a fixture)
from tests.room import count_rows

PAPER = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TEXT = {"text": "Nous avons lu la lettre ensemble, puis elle a choisi la suite."}


def draw(kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, placed: bool = False) -> bytes:
    """A picture; `placed` with the place where it was taken, and lying on its side."""
    out, drawn = io.BytesIO(), Image.new("RGB", size, "#0B565B")
    exif = Image.Exif()
    if placed:
        exif[0x0112] = 6  # turned by a quarter
        exif.get_ifd(0x8825)[2] = (46.0, 34.0, 0.0)
        exif[0x010F] = "Appareil"
    drawn.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.fixture
def desk(school: School) -> Desk:  # noqa: F811
    return Desk(school)


class Desk:
    """One student at one written work."""

    def __init__(self, school: School) -> None:  # noqa: F811
        self.school = school
        self.given = school.assign(-DAY, DAY, kind="answer", brief="Pourquoi ?", markers=1)

    @property
    def who(self) -> StudentFacts:
        with db.engine.connect() as connection:
            return read_student(connection, self.school.one, self.school.student)

    @property
    def work(self) -> WorkFacts:
        with db.engine.connect() as connection:
            works = read_own_works(connection, self.given.organisation, self.school.student)
        return find_current(works, self.given, self.school.student)

    def join(self, body: bytes) -> None:
        with transaction() as connection:
            add_file(connection, self.given, self.work, self.who, clean(body))

    def read(self) -> list[tuple[str, bytes]]:
        with db.engine.connect() as connection:
            found = read_files(connection, self.given.organisation, self.work.id)
            return [(one.media, read_body(connection, self.given.organisation, one.id)) for one in found]


def test_a_photo_and_a_pdf_are_kept_and_the_same_twice_is_one(desk: Desk) -> None:
    for body in (draw(), PAPER, PAPER):
        desk.join(body)
    assert [media for media, _ in desk.read()] == [JPEG, PDF]
    assert desk.read()[1][1] == PAPER


def test_a_photo_stands_upright_and_says_neither_where_nor_with_what_it_was_taken() -> None:
    media, kept = clean(draw(placed=True))
    with Image.open(io.BytesIO(kept)) as found:
        assert (media, found.size) == (JPEG, (40, 60))
        assert dict(found.getexif()) == {}
    assert b"Appareil" not in kept
    assert b"Appareil" in draw(placed=True), "it was there before"


def test_a_large_picture_is_made_smaller_and_a_png_stays_one() -> None:
    media, kept = clean(draw("PNG", (3000, 1000)))
    with Image.open(io.BytesIO(kept)) as found:
        assert (media, found.size) == (PNG, (2400, 800))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"MZ\x90\x00 a program", "Ce n'est ni une photo"),
        (b"<svg onload=alert(1)>", "Ce n'est ni une photo"),
        (b"%PDF-1.7 cut off", "Ce n'est ni une photo"),
        (b"\xff\xd8\xff\xe0 not really", "Cette image est abîmée."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "Cette image est abîmée."),
        (draw()[:300], "Cette image est abîmée."),
        (PAPER + b" " * LARGEST, "trop lourd : 5 Mo au plus."),
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused_by_its_content(body: bytes, says: str) -> None:
    with pytest.raises(BadRequest) as told:
        clean(body)
    assert says in told.value.sentence


def test_a_picture_of_too_many_points_is_refused_before_it_is_drawn() -> None:
    huge = io.BytesIO()
    Image.new("1", (6000, 5000)).save(huge, "PNG")
    with pytest.raises(BadRequest) as told:
        clean(huge.getvalue())
    assert told.value.sentence == "Cette image est trop grande : 25 millions de points au plus. Rien n'est joint."


def test_three_at_most(desk: Desk) -> None:
    for size in (10, 20, 30):
        desk.join(draw(size=(size, size)))
    with pytest.raises(BadRequest) as told:
        desk.join(PAPER)
    assert told.value.sentence == "3 fichiers au plus. Retirez-en un d'abord."


def test_once_the_work_is_in_nothing_is_joined_or_taken_out(desk: Desk) -> None:
    desk.join(PAPER)
    with transaction() as connection:
        hand_in(connection, desk.given, desk.work, desk.who, TEXT)
    with pytest.raises(NotAllowed):
        desk.join(draw())
    with db.engine.connect() as connection:
        (one,) = read_files(connection, desk.given.organisation, desk.work.id)
    with pytest.raises(NotAllowed), transaction() as connection:
        remove_file(connection, desk.given, desk.work, desk.who, one.id)
    assert len(desk.read()) == 1


def test_before_that_it_is_taken_out_and_another_house_reads_nothing(desk: Desk) -> None:
    desk.join(PAPER)
    with db.engine.connect() as connection:
        (one,) = read_files(connection, desk.given.organisation, desk.work.id)
        with pytest.raises(NotFound):
            find_file(connection, "another", one.id)
        with pytest.raises(NotFound):
            read_body(connection, "another", one.id)
    with transaction() as connection:
        remove_file(connection, desk.given, desk.work, desk.who, one.id)
    assert desk.read() == []


def test_a_resit_begins_with_them_in_their_order_and_twice_is_once(desk: Desk) -> None:
    for body in (PAPER, draw(), draw("PNG")):
        desk.join(body)
    for _ in range(2):
        with transaction() as connection:
            copy_files(connection, desk.given.organisation, desk.work.id, "second")
    with db.engine.connect() as connection:
        assert [one.media for one in read_files(connection, desk.given.organisation, "second")] == [PDF, JPEG, PNG]


def test_a_page_that_read_the_work_before_it_was_handed_in_joins_and_takes_nothing_after(desk: Desk) -> None:
    desk.join(PAPER)
    seen = desk.work
    with transaction() as connection:
        hand_in(connection, desk.given, desk.work, desk.who, TEXT)
    with pytest.raises(NotAllowed), transaction() as connection:
        add_file(connection, desk.given, seen, desk.who, clean(draw()))
    with db.engine.connect() as connection:
        (one,) = read_files(connection, desk.given.organisation, seen.id)
    with pytest.raises(NotAllowed), transaction() as connection:
        remove_file(connection, desk.given, seen, desk.who, one.id)
    assert [media for media, _ in desk.read()] == [PDF]


def test_two_of_the_same_at_once_are_one_and_four_at_once_are_three(desk: Desk) -> None:
    bodies = [clean(draw(size=(size, size))) for size in (10, 10, 20, 30, 40, 50)]
    work, who, app = desk.work, desk.who, desk.school.room.app
    faults: list[str] = []

    def join(file: tuple[str, bytes]) -> None:
        try:
            with app.app_context(), transaction() as connection:
                add_file(connection, desk.given, work, who, file)
        except BadRequest as error:
            faults.append(error.sentence)

    with ThreadPoolExecutor(len(bodies)) as pool:
        list(pool.map(join, bodies))
    assert len(desk.read()) == 3
    assert faults
    assert set(faults) == {"3 fichiers au plus. Retirez-en un d'abord."}


def test_after_the_end_nothing_is_joined(desk: Desk) -> None:
    late = replace(desk.given, opens=now() - 2 * DAY, due=now() - DAY)
    with pytest.raises(NotAllowed), transaction() as connection:
        add_file(connection, late, desk.work, desk.who, clean(PAPER))


def test_they_are_erased_with_the_student(desk: Desk) -> None:
    desk.join(PAPER)
    assert count_rows(WorkFile) == 1
    with transaction() as connection:
        erase_person(connection, desk.given.organisation, desk.school.student, "https://declic.invalid/o")
    assert count_rows(WorkFile) == 0
