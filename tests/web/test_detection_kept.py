"""What detection keeps with consent: the least, for one worker, noted, exported, erased at once or after a year."""

from __future__ import annotations

import importlib
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from lms.app import create_app
from lms.contract import Viewer
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import new_id
from lms.plugins.listeners import lend
from lms.settings import Settings
from lms.worker import find_work, watch_once
from tests.web.detecting import fill, keep, read
from tests.web.house import House
from tests.web.markup import read_text

GRID = "/detection/words"


def part(name: str) -> Any:
    return importlib.import_module(f"lms_plugins.detection.{name}")


@pytest.fixture
def worker(house: House) -> FlaskClient:
    return house.as_role(house.here, "social_worker")


def ask(house: House, sql: str) -> list[Any]:
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        return connection.execute(sql).fetchall()


def change(house: House, sql: str) -> None:
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        connection.execute(sql)
        connection.commit()


def test_before_anybody_agrees_the_page_says_what_is_kept_and_what_never_is(worker: FlaskClient) -> None:
    fill(worker)
    worker.post("/detection/result", data={"profile": "2"})
    told = read(worker, "/detection/keep")
    assert "Avec votre accord, je garde un prénom, vos besoins et la suite." in told
    assert "Tout s'efface douze mois après la dernière activité." in told


def test_without_consent_nothing_is_kept_and_what_was_typed_stays(house: House, worker: FlaskClient) -> None:
    fill(worker)
    worker.post("/detection/result", data={"profile": "2"})
    answer = worker.post("/detection/keep", data={"called": "Monique", "birth_range": "60-69"})
    assert answer.status_code == 400
    assert "Sans l'accord de la personne, rien n'est gardé." in read_text(answer.get_data(as_text=True))
    assert 'value="Monique"' in answer.get_data(as_text=True)
    assert ask(house, "SELECT * FROM detection_record") == []


@pytest.mark.parametrize(
    "called", ["", "2 58 03 00 000 123", "0000101", "monique@courriel.example", "06 39 98 10 02", "M" * 41]
)
def test_a_number_or_an_address_is_no_first_name(house: House, worker: FlaskClient, called: str) -> None:
    fill(worker)
    worker.post("/detection/result", data={"profile": "2"})
    answer = worker.post("/detection/keep", data={"called": called, "agreed": "yes"})
    assert answer.status_code == 400
    assert ask(house, "SELECT * FROM detection_record") == []


def test_what_is_kept_is_the_least_and_no_answer_is_in_it(house: House, worker: FlaskClient) -> None:
    id = keep(worker, birth_range="60-69")
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM detection_record").fetchone())
    assert row.pop("consented") == row.pop("touched")
    assert row == {
        "organisation": house.here.id, "id": id, "worker": house.here.people["social_worker"],
        "called": "Monique", "birth_range": "60-69", "access": 1.0, "use": 1.0, "skills": 0.33, "motivation": 1.0,
        "proposed": 2, "decided": 2, "reason": "",
        "flags": '["audio", "grand-texte"]', "needs": '["mobilite"]',
    }  # fmt: skip
    assert ask(house, "SELECT action, state FROM detection_action ORDER BY place") == [
        ("materiel", "planned"),
        ("a-deux", "planned"),
    ]
    everything = "\n".join(ask_dump(house))
    assert "protection" not in everything


def ask_dump(house: House) -> list[str]:
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        return [line for line in connection.iterdump() if "detection_" in line and line.startswith("INSERT")]


def test_the_same_form_twice_is_one_follow_up(house: House, worker: FlaskClient) -> None:
    form = new_id()
    keep(worker, form=form)
    again = worker.post("/detection/keep", data={"form": form, "called": "Monique", "agreed": "yes"})
    assert again.headers["Location"] == f"/detection/records/{form}"
    assert ask(house, "SELECT count(*) FROM detection_record") == [(1,)]


def test_after_keeping_the_session_holds_no_answer(worker: FlaskClient) -> None:
    keep(worker)
    with worker.session_transaction() as session:
        assert "detection" not in session


def test_only_the_worker_who_kept_it_can_open_change_or_erase_it(house: House, worker: FlaskClient) -> None:
    id = keep(worker)
    colleague = house.as_role(house.here, "trainer")
    others = [house.as_role(house.here, role) for role in ("administrator", "teacher")]
    others += [colleague, house.as_role(house.there, "social_worker"), house.as_role(house.others, "social_worker")]
    for client in others:
        for path in ("", "/paper", "/export.json"):
            assert client.get(f"/detection/records/{id}{path}").status_code == 404
        for path, form in (
            ("/erase", {}),
            ("/decide", {"profile": "4"}),
            ("/action", {"action": "a-deux", "state": "done"}),
        ):
            assert client.post(f"/detection/records/{id}{path}", data=form).status_code == 404
        assert "Monique" not in read(client, "/detection/records")
    assert "Monique" in read(worker, "/detection/records")
    assert ask(house, "SELECT state FROM detection_action WHERE action = 'a-deux'") == [("planned",)]


def test_every_look_at_it_is_noted(house: House, worker: FlaskClient) -> None:
    id = keep(worker)
    worker.get(f"/detection/records/{id}")
    worker.get(f"/detection/records/{id}/paper")
    worker.get(f"/detection/records/{id}/export.json")
    did = [row[0] for row in ask(house, "SELECT did FROM detection_access ORDER BY at")]
    assert did == ["kept", "seen", "printed", "exported"]
    assert "exporté" in read(worker, f"/detection/records/{id}")


def test_the_export_holds_all_that_is_kept_in_words(worker: FlaskClient) -> None:
    id = keep(worker, birth_range="70+")
    answer = worker.get(f"/detection/records/{id}/export.json")
    assert 'filename="ce-qui-est-garde.json"' in answer.headers["Content-Disposition"]
    told = json.loads(answer.get_data(as_text=True))
    assert told["prénom ou pseudonyme"] == "Monique"
    assert told["tranche d'âge"] == "70 ans et plus"
    assert told["ce qui aide"] == ["Écouter", "Des lettres plus grandes"]
    assert told["repères de 0 à 3"]["Gestes et démarches"] == 0.33
    assert [one["état"] for one in told["suite"]] == ["prévu", "prévu"]


def test_consent_withdrawn_takes_the_data_at_once(house: House, worker: FlaskClient) -> None:
    id = keep(worker)
    answer = worker.post(f"/detection/records/{id}/erase", follow_redirects=True)
    assert "Ce suivi est effacé." in read_text(answer.get_data(as_text=True))
    assert ask(house, "SELECT * FROM detection_record") == ask(house, "SELECT * FROM detection_action") == []
    assert "Monique" not in "\n".join(ask_dump(house))
    assert worker.get(f"/detection/records/{id}").status_code == 404
    assert ask(house, "SELECT did FROM detection_access ORDER BY at DESC LIMIT 1") == [("erased",)]


def test_what_is_done_is_marked_and_a_new_decision_keeps_it(house: House, worker: FlaskClient) -> None:
    id = keep(worker)
    worker.post(f"/detection/records/{id}/action", data={"action": "a-deux", "state": "done"})
    worker.post(f"/detection/records/{id}/decide", data={"profile": "3"})
    told = read(worker, f"/detection/records/{id}")
    assert "On commence à deux, à votre rythme. (fait)" in told
    assert "Un atelier pour les bases, avec un animateur. (prévu)" in told
    assert "On regarde d'abord" not in told
    assert ask(house, "SELECT proposed, decided FROM detection_record") == [(2, 3)]
    assert worker.post(f"/detection/records/{id}/action", data={"action": "x", "state": "done"}).status_code == 400


def test_a_follow_up_goes_twelve_months_after_its_last_activity(house: House, worker: FlaskClient) -> None:
    old, fresh = keep(worker, "Ancienne"), keep(worker, "Récente")
    limit = part("storing").find_limit(datetime.now(UTC))
    change(house, f"UPDATE detection_record SET touched = {limit - 1} WHERE id = '{old}'")
    change(house, f"UPDATE detection_record SET touched = {limit + 60_000_000} WHERE id = '{fresh}'")
    change(house, f"UPDATE detection_access SET at = {limit - 1} WHERE record = '{old}'")
    with house.app.app_context():
        site = house.app.extensions["lms"]
        work = find_work(site.settings, site.classroom.plugins)["detection-forget"]
        assert watch_once({"detection-forget": work}, "me") == {"detection-forget": 1}
    assert ask(house, "SELECT called FROM detection_record") == [("Récente",)]
    assert ask(house, "SELECT DISTINCT record FROM detection_action") == [(fresh,)]
    assert "Ancienne" not in "\n".join(ask_dump(house))


def test_twelve_months_before_a_leap_day_is_the_day_before() -> None:
    limit = part("storing").find_limit(datetime(2028, 2, 29, 12, tzinfo=UTC))
    assert datetime.fromtimestamp(limit / 1_000_000, UTC) == datetime(2027, 2, 28, 12, tzinfo=UTC)


def test_figures_say_nothing_about_fewer_than_five_people(house: House, worker: FlaskClient) -> None:
    for number in range(4):
        keep(worker, f"Personne {number}")
    assert "Moins de cinq personnes ont accepté un suivi" in read(worker, "/detection/figures")
    keep(worker, "Cinquième")
    keep(worker, "Autre", profile="3")
    told = read(worker, "/detection/figures")
    assert "6 personnes ont accepté un suivi" in told
    assert re.search(r"Un premier pas, à deux\s*non montré", told)  # the total would give the sixth away
    assert re.search(r"Des bases à poser\s*non montré", told)
    elsewhere = house.as_role(house.there, "administrator")
    assert "Moins de cinq personnes" in read(elsewhere, "/detection/figures")


counts = st.dictionaries(st.sampled_from([1, 2, 3, 4, 5]), st.integers(0, 30), min_size=5)


@given(counts)
def test_no_figure_nor_any_difference_of_figures_tells_of_one_to_four_people(given: dict[int, int]) -> None:
    total = sum(given.values())
    shown = part("figures").hide_few(total, given)
    assert all(count is None or count >= 5 for count in shown.values())
    if total >= 5:
        rest = total - sum(count for count in shown.values() if count is not None)
        assert rest == 0 or rest >= 5


@given(st.integers(0, 60), st.integers(0, 60))
def test_neither_a_share_nor_its_rest_is_of_few(total: int, count: int) -> None:
    shown = part("figures").hide_share(total, min(count, total))
    assert shown is None or (shown >= 5 and total - shown >= 5)


def save(client: FlaskClient, **fields: str) -> Any:
    return client.post(GRID, data={name.replace("__", "."): say for name, say in fields.items()})


def test_a_house_says_a_question_in_its_own_words_and_only_that_house(house: House, worker: FlaskClient) -> None:
    assert save(worker, questions__0__say="Chez vous, qu'avez-vous comme appareil ?").status_code == 302
    fill(worker)
    assert "Chez vous, qu'avez-vous comme appareil ?" in read(worker, "/detection/questions/q1")
    elsewhere = house.as_role(house.there, "social_worker")
    fill(elsewhere)
    assert "À la maison, quel appareil avez-vous ?" in read(elsewhere, "/detection/questions/q1")
    worker.post(f"{GRID}/reset")
    assert "À la maison, quel appareil avez-vous ?" in read(worker, "/detection/questions/q1")


def test_a_house_says_where_a_need_leads(worker: FlaskClient) -> None:
    answer = save(worker, profiles__1__house="Atelier souris, mardi à 14 h, salle 2.", profiles__1__competences="E02")
    assert answer.status_code == 302
    fill(worker)
    worker.post("/detection/result", data={"profile": "2"})
    told = read(worker, "/detection/plan")
    assert "Atelier souris, mardi à 14 h, salle 2." in told
    assert "La souris" not in told


def test_a_house_says_what_it_has_for_a_need_of_its_own(worker: FlaskClient) -> None:
    assert save(worker, needs__0__house="Tablettes à emprunter à l'accueil.").status_code == 302
    fill(worker, {"q1": 0, "q2": 0, "q3": 1, "q4": 1, "q5": 1, "q6": 1, "q7": 1, "q8": 1, "q9": 2})
    worker.post("/detection/result", data={"profile": "2"})
    for page in ("plan", "paper"):
        assert "Tablettes à emprunter à l'accueil." in read(worker, f"/detection/{page}")


@pytest.mark.parametrize(
    ("field", "say", "told"),
    [
        ("profiles__1__need", "Vous êtes au niveau deux.", "Le mot «niveau» peut blesser."),
        ("questions__0__say", "", "Ce texte est vide."),
        ("profiles__1__competences", "M01, Z99", "«Z99» n'est pas connu."),
        ("needs__0__words", "Wifi partout", "«Wifi partout» n'est pas connu."),
        ("profiles__1__actions", "voler", "L'action «voler» n'est pas écrite."),
        ("actions__mandat", "x" * 161, "161 signes, 160 au plus"),
    ],
)
def test_what_does_not_fit_is_told_and_stays_in_its_field(worker: FlaskClient, field: str, say: str, told: str) -> None:
    answer = save(worker, **{field: say})
    assert answer.status_code == 400
    assert told in read_text(answer.get_data(as_text=True))
    assert "Rien n'est enregistré." in read_text(answer.get_data(as_text=True))
    assert "À la maison, quel appareil" in read_text(worker.get(f"{GRID}.yaml").get_data(as_text=True))


def send(client: FlaskClient, raw: bytes) -> Any:
    return client.post(f"{GRID}/file", data={"file": (io.BytesIO(raw), "grille.yaml")})


def test_the_grid_goes_out_as_a_file_and_comes_back_changed(worker: FlaskClient) -> None:
    text = worker.get(f"{GRID}.yaml").get_data(as_text=True).replace("Jamais", "Jamais, ou presque")
    assert send(worker, ("\ufeff# à nous\n" + text).encode()).status_code == 302
    assert "# à nous" in worker.get(f"{GRID}.yaml").get_data(as_text=True)
    fill(worker)
    assert "Jamais, ou presque" in read(worker, "/detection/questions/q3")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("points: 3\n    say: Oui, ça marche bien", "points: 2\n    say: Oui, ça marche bien", "les points : 3"),
        ("axis: U", "axis: A", "l'axe : U"),
        ("kept: false", "kept: true", "«kept» : False"),
        ("id: protection", "id: tutelle", "le nom : protection"),
        ("say: Non\n", "dit: Non\n", "Ce texte est vide."),
        ("say: Non\n", "say: 12\n", "Écrivez ce texte entre guillemets."),
        ("version: 1", "version: 2", "La version est 1"),
        ("flash:", "eclair:", "Cette partie manque."),
        ("number: 1\n", "number: 6\n", "le numéro : 1"),
        ("version: 1", "version: 1\n  flash: : :", "n'est pas lisible ici"),
    ],
)
def test_a_file_that_would_break_the_rule_is_refused_with_the_line(
    house: House, worker: FlaskClient, old: str, new: str, told: str
) -> None:
    text = worker.get(f"{GRID}.yaml").get_data(as_text=True)
    assert old in text
    answer = send(worker, text.replace(old, new, 1).encode())
    assert answer.status_code == 400
    shown = read_text(answer.get_data(as_text=True))
    assert told in shown
    assert ask(house, "SELECT * FROM detection_grid") == []
    if "manque" not in told:
        assert re.search(r"Ligne \d+", shown)


@pytest.mark.parametrize(
    ("raw", "told"), [(b"", "Le fichier est vide"), ("é".encode("latin-1"), "UTF-8"), (b"12", "ne contient pas")]
)
def test_an_odd_file_is_told_in_a_sentence(worker: FlaskClient, raw: bytes, told: str) -> None:
    answer = send(worker, raw)
    assert answer.status_code == 400
    assert told in read_text(answer.get_data(as_text=True))


def test_a_huge_file_is_refused(worker: FlaskClient) -> None:
    assert send(worker, b"a: " + b"x" * 200_000).status_code == 413


def test_a_grid_that_no_longer_fits_gives_way_to_the_shipped_one(house: House, worker: FlaskClient) -> None:
    save(worker, questions__0__say="Chez vous ?")
    change(house, "UPDATE detection_grid SET text = replace(text, 'version: 1', 'version: 0')")
    fill(worker)
    assert "À la maison, quel appareil avez-vous ?" in read(worker, "/detection/questions/q1")
    assert "La version est 1" in read(worker, GRID)


def test_who_neither_accompanies_nor_administers_does_not_change_the_words(house: House) -> None:
    for role in ("trainer", "teacher", "student", "author"):
        assert house.as_role(house.here, role).get(GRID).status_code == 403


@contextmanager
def on_postgres(home: Path, url: str) -> Iterator[Viewer]:
    """An instance on PostgreSQL, with a worker whose reads and writes go there."""
    app = create_app(Settings(home=home, database_url=url))
    with app.app_context():
        try:
            with transaction() as connection, lend(connection):
                yield Viewer(new_id(), new_id(), frozenset({"social_worker"}), "fr")
        finally:
            db.engine.dispose()


def test_records_live_the_same_on_postgresql(tmp_path: Path, instance_postgres_url: str) -> None:
    with on_postgres(tmp_path, instance_postgres_url) as viewer:
        storing, id = part("storing"), new_id()
        facts = dict.fromkeys(("access", "use", "skills", "motivation"), 1.5) | {"called": "Zoé", "birth_range": ""}
        facts |= {"proposed": None, "decided": 3, "reason": "", "flags": ["audio"], "needs": []}
        storing.add_record(viewer, id, facts, ["a-deux", "materiel"])
        storing.add_record(viewer, id, facts, ["a-deux"])
        assert [one.called for one in storing.list_records(viewer)] == ["Zoé"]
        assert storing.mark_action(viewer, id, "a-deux", "done")
        storing.replace_actions(viewer, id, ["libre"])
        assert [one["action"] for one in storing.list_actions_of(viewer, id)] == ["a-deux", "libre"]
        assert part("figures").count_house(viewer.organisation)[0] == 1
        assert not storing.erase_record(Viewer(viewer.organisation, new_id(), viewer.roles, "fr"), id)
        assert storing.erase_record(viewer, id)
        assert storing.list_records(viewer) == []
        storing.add_record(viewer, new_id(), facts, [])
        assert storing.forget_old(datetime(2040, 1, 1, tzinfo=UTC)) == 1
