"""What comes of works: marked by name or blindly, given back, exported, attested; nobody sees another's."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from lms.content.places import load_place_fields
from lms.database.models import LearnerHome
from lms.database.rows import upsert
from lms.learning.progress import hold_learner
from lms.learning.school.assignments import AssignmentFacts, read_assignment
from lms.learning.school.attestations import read_attestations
from lms.learning.school.export import guard
from lms.learning.school.standing import list_activities
from lms.learning.school.works import read_work
from lms.people.accounts import add_person, set_password
from lms.people.promotions import add_teacher
from lms.people.students import enlist
from tests.web.house import PASSWORD, House, assign, hand
from tests.web.test_school import PLACE, promotion_of, read, reading, writing

GOOD = {"r1": "3", "r2": "2", "r3": "2", "r4": "2", "r5": "2", "comment": "Bien vu.", "do": "finish"}


def mark(house: House, **marks: str) -> str:
    teacher = house.as_role(house.here, "teacher")
    answer = teacher.post(f"/school/works/{house.here.school.work}", data={**GOOD, **marks})
    return read(teacher.get(answer.headers["Location"]) if answer.status_code == 302 else answer)


def give(house: House) -> None:
    with reading(house) as connection:
        assignment = read_work(connection, house.here.id, house.here.school.work).assignment
    house.as_role(house.here, "teacher").post(f"/school/assignments/{assignment}/give")


def add_student(house: House, name: str) -> str:
    with writing(house) as connection:
        made = add_person(connection, house.here.id, name, ["student"])
        enlist(connection, promotion_of(house), made)
    return made


def test_a_work_is_marked_then_given_back_then_seen_by_its_student_alone(house: House) -> None:
    student, other = house.as_role(house.here, "student"), house.visit(house.here.id, add_student(house, "Un autre"))
    assert "1 copie vous attend" in read(
        house.as_role(house.here, "teacher").get(f"/school/promotions/{house.here.school.promotion}")
    )
    assert "corrigée" in mark(house)
    assert "Bien vu." not in read(student.get("/school/me/portfolio"))
    give(house)
    assert "11/15" in read(student.get("/school/me"))
    shown = read(student.get("/school/me/portfolio"))
    assert "Bien vu." in shown
    assert "11/15, acquis" in shown
    for path in ("/school/me", "/school/me/portfolio"):
        assert "11/15" not in read(other.get(path))
        assert "Bien vu." not in read(other.get(path))
        assert "lu la lettre ensemble" not in read(other.get(path))


def test_a_missing_mark_is_named_and_the_draft_kept(house: House) -> None:
    shown = mark(house, r3="")
    assert "Il reste à noter : R3 Pertinence de l'action ou de l'orientation." in shown
    assert "Bien vu.</textarea>" in shown
    assert re.search(r'name="r1" value="3" checked', shown)


def test_a_marking_posted_twice_is_done_once(house: House) -> None:
    mark(house)
    mark(house, r1="0")
    shown = read(house.as_role(house.here, "teacher").get(f"/school/works/{house.here.school.work}"))
    assert "R1 Relation et non-jugement : 3/3" in shown


def test_a_blind_copy_has_a_number_and_no_name_until_it_is_given_back(house: House) -> None:
    one = promotion_of(house)
    with writing(house) as connection:
        blind = assign(connection, one, "case", title="Sans nom", blind=True)
        work = hand(connection, one, blind, house.here.people["student"])
    teacher, pages = (
        house.as_role(house.here, "teacher"),
        (f"/school/works/{work}", f"/school/promotions/{one.id}/marking"),
    )
    for path in pages:
        shown = read(teacher.get(path))
        assert "Copie" in shown
        about = shown[shown.index("Sans nom") :] if path.endswith("marking") else shown
        assert "Student" not in about
    portfolio = read(teacher.get(f"/school/promotions/{one.id}/students/{house.here.people['student']}/portfolio"))
    assert "visible une fois rendu" in portfolio
    assert "Sans nom" not in portfolio
    teacher.post(f"/school/works/{work}", data=GOOD)
    teacher.post(f"/school/assignments/{blind}/give")
    assert "Student" in read(teacher.get(pages[0]))


def test_a_colleague_who_has_not_this_copy_to_mark_cannot_open_it(house: House) -> None:
    with writing(house) as connection:
        colleague = add_person(connection, house.here.id, "Paul", ["teacher"])
        add_teacher(connection, promotion_of(house), colleague)
    assert house.visit(house.here.id, colleague).get(f"/school/works/{house.here.school.work}").status_code == 404


def test_a_teacher_who_leaves_passes_his_copies_on(house: House) -> None:
    with writing(house) as connection:
        colleague = add_person(connection, house.here.id, "Paul", ["teacher"])
        set_password(connection, house.here.id, colleague, "paul", PASSWORD)
    teacher, promotion = house.as_role(house.here, "teacher"), house.here.school.promotion
    mark(house, do="keep", comment="Un début de lecture.")
    assert teacher.post(f"/school/promotions/{promotion}/teachers", data={"login": "Paul"}).status_code == 302
    teacher.post(f"/school/promotions/{promotion}/teachers/{house.here.people['teacher']}/remove")
    assert teacher.get(f"/school/promotions/{promotion}").status_code == 404
    assert teacher.get(f"/school/works/{house.here.school.work}").status_code == 404
    shown = read(house.visit(house.here.id, colleague).get(f"/school/works/{house.here.school.work}"))
    assert "Un début de lecture.</textarea>" in shown


def test_the_last_teacher_is_told_why_he_stays(house: House) -> None:
    teacher, promotion = house.as_role(house.here, "teacher"), house.here.school.promotion
    answer = teacher.post(f"/school/promotions/{promotion}/teachers/{house.here.people['teacher']}/remove")
    assert answer.status_code == 400
    assert "Il ne reste que vous." in read(answer)


def test_the_board_names_the_weak_criterion_beside_a_chart_and_a_table(house: House) -> None:
    mark(house, r5="1")
    give(house)
    teacher, path = house.as_role(house.here, "teacher"), f"/school/promotions/{house.here.school.promotion}"
    shown = read(teacher.get(f"{path}/results"))
    assert "Critère à travailler ensemble : R5 Droits, consentement, données." in shown
    assert "10/15" in shown
    drawn = [unquote(one) for one in re.findall(r'src="data:image/svg\+xml,([^"]+)"', shown)]
    assert len(drawn) == 2
    assert not any(re.search(r"<script|<style|href=\"", one) for one in drawn)
    assert re.search("R5 Droits, consentement, données<.*?>1,0<", drawn[1], re.DOTALL)


def test_results_go_out_as_csv_and_as_a_spreadsheet(house: House) -> None:
    add_student(house, "=Formule")
    mark(house)
    give(house)
    teacher, path = house.as_role(house.here, "teacher"), f"/school/promotions/{house.here.school.promotion}"
    rows = list(csv.reader(io.StringIO(teacher.get(f"{path}/results.csv").get_data(as_text=True)[1:]), delimiter=";"))
    assert rows[0][:3] == ["Nom", "Identifiant", "Groupe"]
    assert [row[0] for row in rows[1:]] == ["'=Formule", "Student"]
    assert "11/15" in rows[2]
    book = zipfile.ZipFile(io.BytesIO(teacher.get(f"{path}/results.xlsx").get_data()))
    texts = book.read("xl/sharedStrings.xml").decode()
    assert "<t>=Formule</t>" in texts
    assert "R5 Droits, consentement, données" in texts
    sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]
    assert not any("<f>" in sheet for sheet in sheets)
    assert "<v>11</v>" in sheets[1]


@pytest.mark.parametrize(("cell", "kept"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("Inès", "Inès"), (2.5, 2.5)])
def test_no_cell_is_a_formula(cell: Any, kept: Any) -> None:
    assert guard(cell) == kept


def test_statements_of_the_promotion_go_out_and_nobody_else_s(house: House) -> None:
    student = house.here.people["student"]
    mark(house)
    give(house)
    path = f"/school/promotions/{house.here.school.promotion}/statements.ndjson"
    lines = house.as_role(house.here, "teacher").get(path).get_data(as_text=True).splitlines()
    told = [json.loads(line) for line in lines]
    assert {one["actor"]["account"]["name"] for one in told} == {student}
    assert [one["verb"]["id"].rpartition("/")[2] for one in told].count("passed") == 1
    assert all("/activities/school/" in one["object"]["id"] for one in told)


def test_observed_places_go_out_as_the_standard_writes_them(house: House) -> None:
    with writing(house) as connection:
        made = assign(connection, promotion_of(house), "place")
    house.as_role(house.here, "student").post(f"/school/me/assignments/{made}", data=PLACE)
    path = f"/school/promotions/{house.here.school.promotion}/places.csv"
    text = house.as_role(house.here, "teacher").get(path).get_data(as_text=True)
    (row,) = csv.DictReader(io.StringIO(text))
    assert list(row) == [one.name for one in load_place_fields()]
    assert row["nom"] == "Médiathèque de Valcombe"
    assert row["id"].startswith("observation-")


def finish_module(house: House) -> None:
    """Every activity of the module carried to its end, as statements would say."""
    with reading(house) as connection:
        given = read_assignment(connection, house.here.id, house.here.school.module)
    names = list_activities(house.app.extensions["lms"].classroom, promotion_of(house), given)
    packed = {name: [1, 3, 1, 1, 1] for name in names}
    with writing(house) as connection:
        key = {"organisation_id": house.here.id, "person_id": house.here.people["student"]}
        hold_learner(connection, house.here.id, house.here.people["student"])
        upsert(connection, LearnerHome, key | {"standings": json.dumps(packed)})


def sign(house: House) -> Any:
    path = f"/school/promotions/{house.here.school.promotion}/attestations"
    return house.as_role(house.here, "teacher").post(f"{path}/{house.here.people['student']}/detecter")


def withdraw(house: House, id: str) -> None:
    path = f"/school/promotions/{house.here.school.promotion}/attestations/{id}/withdraw"
    assert house.as_role(house.here, "teacher").post(path).status_code == 302


def test_a_module_is_attested_only_when_all_of_it_is_done(house: House) -> None:
    withdraw(house, house.here.school.attestation)
    assert "0 sur" in read(sign(house))
    finish_module(house)
    assert "n'est pas encore acquis." in read(sign(house))


def attest(house: House) -> tuple[str, str]:
    """Everything done, signed; path of the PDF and its code."""
    withdraw(house, house.here.school.attestation)
    finish_module(house)
    teacher = house.as_role(house.here, "teacher")
    teacher.post(f"/school/assignments/{house.here.school.written}/remove")
    mark(house)
    give(house)
    assert [sign(house).status_code for _ in range(2)] == [302, 302]
    shown = read(teacher.get(f"/school/promotions/{house.here.school.promotion}/attestations"))
    (path,) = set(re.findall(r"/school/attestations/[0-9a-f-]+\.pdf", shown))
    with reading(house) as connection:
        (held,) = read_attestations(connection, promotion_of(house))
    return path, held.code


def test_a_signed_attestation_is_a_pdf_for_its_student_and_his_teacher_alone(house: House) -> None:
    path, _ = attest(house)
    for role in ("teacher", "student"):
        answer = house.as_role(house.here, role).get(path)
        assert answer.mimetype == "application/pdf"
        assert answer.get_data().startswith(b"%PDF-")
    other = house.visit(house.here.id, add_student(house, "Un autre"))
    assert other.get(path).status_code == 404
    person, promotion = house.here.people["student"], house.here.school.promotion
    house.as_role(house.here, "teacher").post(f"/school/promotions/{promotion}/students/{person}/remove")
    assert house.as_role(house.here, "student").get(path).status_code == 200


def test_an_attestation_stands_in_the_portfolio(house: House) -> None:
    path, _ = attest(house)
    assert read(house.as_role(house.here, "student").get("/school/me/portfolio")).count(path) == 1


def test_anybody_checks_a_code_and_learns_only_the_module(house: House) -> None:
    _, code = attest(house)
    for typed in (code, code.upper(), code.replace("-", " ")):
        shown = read(house.visit().get("/attestation", query_string={"code": typed}))
        assert "Cette attestation est valable." in shown
        assert "Détecter une difficulté en entretien" in shown
        assert not any(word in shown for word in ("Student", "Teacher", "Promotion", "11/15", "Valcombe"))


def test_a_withdrawn_attestation_is_valid_no_more(house: House) -> None:
    path, code = attest(house)
    withdraw(house, path.rpartition("/")[2].removesuffix(".pdf"))
    assert "Aucune attestation valable n'a ce code." in read(house.visit().get(f"/attestation?code={code}"))
    assert house.as_role(house.here, "student").get(path).status_code == 404


def test_many_wrong_codes_from_one_address_wait(house: House) -> None:
    for _ in range(30):
        house.visit().get("/attestation?code=aaaa-bbbb-cccc")
    shown = read(house.visit().get(f"/attestation?code={house.here.school.code}"))
    assert "Nous faisons une petite pause." in shown
    assert "est valable" not in shown


def test_pairs_are_drawn_and_each_student_reads_with_whom(house: House) -> None:
    for name in ("Deux", "Trois"):
        add_student(house, name)
    with writing(house) as connection:
        made = assign(connection, promotion_of(house), "pair", title="À deux", activity="accompagner/ms3-mandat")
    teacher = house.as_role(house.here, "teacher")
    assert teacher.post(f"/school/assignments/{made}/pairs").status_code == 302
    shown = read(teacher.get(f"/school/assignments/{made}"))
    assert len(re.findall(r"<li>[^<]+ et [^<]+</li>", shown)) == 2
    mine = read(house.as_role(house.here, "student").get(f"/school/me/assignments/{made}"))
    assert re.search(r"Vous jouez avec <strong>(Deux|Trois)", mine)
    assert "/learn/begin/accompagner/ms3-mandat" in mine
    begun = house.as_role(house.here, "student").get("/learn/begin/accompagner/ms3-mandat")
    assert "Le code de votre voisin" in read(begun)


def test_one_person_alone_makes_no_pair(house: House) -> None:
    with writing(house) as connection:
        made = assign(connection, promotion_of(house), "pair", activity="accompagner/ms3-mandat")
    shown = read(house.as_role(house.here, "teacher").post(f"/school/assignments/{made}/pairs"))
    assert "Il faut deux personnes au moins." in shown


def test_more_time_by_right_is_a_share_of_the_time_there_is() -> None:
    given = AssignmentFacts("o", "a", "p", "", "answer", "", "", "t", "b", 1000, 2000, False, 1, False)
    assert [given.find_due(extra) for extra in (0, 33, 100)] == [2000, 2330, 3000]
    assert replace(given, kind="pair").is_written is False
