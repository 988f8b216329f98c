"""The directory of places: files as people have them, on both databases."""

from __future__ import annotations

import csv
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from frictionless import Detector, Resource, Schema, system

from lms.contract.places import load_columns
from tests.fixtures.server import LMS, guarded_environment, run_lms
from tests.plugins.directories import EXAMPLE, write_directory
from tests.plugins.referrals import Desk, open_desk, part

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "lms/contract/data/lieux-mediation-numerique.schema.json"
HEAD = "id,pivot,nom,commune,code_postal,adresse,latitude,longitude,telephone,horaires,date_maj,services"


@pytest.fixture
def desk(tmp_path: Path, instance_sqlite_url: str) -> Iterator[Desk]:
    with open_desk(tmp_path / "instance", instance_sqlite_url) as made:
        yield made


def write(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "lieux.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding=encoding)
    return file


def row(id: str = "a", **cells: str) -> str:
    """A line under HEAD, right but for what is given."""
    values = {
        "id": id, "pivot": "43493312300029", "nom": "Médiathèque", "commune": "Reims", "code_postal": "51100",
        "adresse": "12 rue Leclercq", "latitude": "49.25", "longitude": "4.03", "telephone": "+33180059880",
        "horaires": "Mo-Fr 09:00-12:00", "date_maj": "2026-04-02", "services": "Utilisation sécurisée du numérique",
    } | cells  # fmt: skip
    return ",".join(f'"{values[name]}"' for name in HEAD.split(","))


def read_fields(desk: Desk, id: str) -> dict[str, str]:
    with desk.reading():
        return dict(part("places").read_place(desk.house, id).fields)


def test_the_same_file_twice_changes_nothing_on_either_database(tmp_path: Path, instance_url: str) -> None:
    with open_desk(tmp_path / "instance", instance_url) as desk:
        assert "1 nouveaux, 0 changés" in desk.fill(EXAMPLE)
        assert "0 nouveaux, 0 changés, 1 inchangés, 0 refusés" in desk.fill(EXAMPLE)
        assert read_fields(desk, "structure-1")["commune"] == "Reims"


def test_every_bad_row_is_told_with_its_line_and_no_good_one_is_lost(desk: Desk, tmp_path: Path) -> None:
    bad = [row("b", nom=""), row("c", code_postal="51"), row("d", date_maj="hier"), row("a"), row("", nom="x")]
    told = desk.fill(write(tmp_path, "\n".join([HEAD, row("a"), *bad, row("z")])))
    assert "Ligne 3 refusée : nom manque." in told
    assert "Ligne 4 refusée : code_postal « 51 » : il faut 5 chiffres." in told
    assert "Ligne 5 refusée : date_maj « hier »" in told
    assert "Ligne 6 refusée : même identifiant que la ligne 2" in told
    assert "Ligne 7 refusée : id manque." in told
    assert "7 lieux lus" in told
    assert "2 nouveaux, 0 changés, 0 inchangés, 5 refusés" in told
    assert read_fields(desk, "z")["nom"] == "Médiathèque"


@pytest.mark.parametrize("limited", [True, False])
def test_a_summary_is_cut_to_what_the_standard_takes_and_kept_whole_where_nothing_limits_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, limited: bool
) -> None:
    records, columns = part("records"), load_columns()
    if not limited:
        free = {"presentation_resume": replace(columns["presentation_resume"], longest=0)}
        monkeypatch.setattr(records, "load_columns", lambda: {**columns, **free})
    cells = next(csv.DictReader([HEAD, row()])) | {"presentation_resume": "é" * 300}
    read = records.parse_row(cells)
    assert read.fields["presentation_resume"] == ("é" * 279 + "…" if limited else "é" * 300)
    assert read.told == (["presentation_resume coupée à 280 signes"] if limited else [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_are_recognised(desk: Desk, tmp_path: Path, encoding: str, separator: str) -> None:
    text = f"{HEAD}\n{row('a')}\n".replace(",", separator).replace(f"12{separator}", "12,")
    told = desk.fill(write(tmp_path, text, encoding))
    assert "1 nouveaux" in told
    assert ("cp1252" in told) is (encoding == "cp1252")
    assert read_fields(desk, "a")["nom"] == "Médiathèque"


def test_a_typographic_apostrophe_is_the_same_value(desk: Desk, tmp_path: Path) -> None:
    for sign in "'’":
        text = f"{HEAD},modalites_acces\n{row('a')},Ce lieu n{sign}accueille pas de public\n"
        desk.fill(write(tmp_path, text))
        assert read_fields(desk, "a")["modalites_acces"] == "Ce lieu n'accueille pas de public"


def test_old_names_of_columns_and_values_are_read_and_told(desk: Desk, tmp_path: Path) -> None:
    head = f"{HEAD},courriel,publics_accueillis,conditions_acces,accessibilite,cle_ban"
    old = (
        "a@lieu.example,Familles/enfants;Adultes;Déficience visuelle,Gratuit : je peux venir,https://acces.example/a,1"
    )
    file = write(tmp_path, f"{head}\n{row('a', services='Prendre en main un ordinateur')},{old}\n")
    told = desk.fill(file)
    for name, today in (("courriel", "courriels"), ("conditions_acces", "frais_a_charge")):
        assert f"Colonne « {name} » : c'est l'ancien nom de « {today} »" in told
    fields = read_fields(desk, "a")
    assert fields["services"] == "Maîtrise des outils numériques du quotidien"
    assert fields["publics_specifiquement_adresses"] == "Familles et/ou enfants"
    assert fields["prise_en_charge_specifique"] == "Déficience visuelle"
    assert fields["frais_a_charge"] == "Gratuit"
    assert fields["courriels"] == "a@lieu.example"


@pytest.mark.parametrize("hours", ["tôt le matin", "sur rendez-vous", "Mo-Fr 9h-12h", "Mo-Fr 09:00-25:99", "é" * 500])
def test_hours_that_cannot_be_read_are_kept_as_they_are(desk: Desk, tmp_path: Path, hours: str) -> None:
    told = desk.fill(write(tmp_path, "\n".join([HEAD, row("a", horaires=hours)])))
    assert "1 nouveaux" in told
    assert "nous ne savons pas les lire" in told
    assert hours in desk.visit().get("/referral/place/a").text
    assert desk.visit().get("/referral/?ou=51100&ouvert=1").status_code == 200


def test_one_row_that_breaks_our_code_does_not_cost_the_others(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = part("commands")
    right = commands.parse_row
    monkeypatch.setattr(commands, "parse_row", lambda cells: 1 / 0 if cells["id"] == "b" else right(cells))
    told = desk.fill(write(tmp_path, "\n".join([HEAD, row("a"), row("b"), row("c")])))
    assert "Ligne 3 refusée : elle n'a pas pu être comprise" in told
    assert "2 nouveaux" in told


def test_coordinates_the_wrong_way_round_are_put_right_and_impossible_ones_leave_the_map(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [row("a", latitude="4.03", longitude="49.25"), row("b", latitude="80", longitude="80")]
    told = desk.fill(write(tmp_path, "\n".join([HEAD, *rows])))
    assert "Ligne 2 : latitude et longitude étaient inversées" in told
    assert "Ligne 3 : latitude 80, longitude 80 : hors de France" in told
    assert (read_fields(desk, "a")["latitude"], read_fields(desk, "a")["longitude"]) == ("49.25", "4.03")
    assert "latitude" not in read_fields(desk, "b")


def test_what_a_spreadsheet_did_to_numbers_is_mended(desk: Desk, tmp_path: Path) -> None:
    told = desk.fill(
        write(
            tmp_path, "\n".join([HEAD, row("a", code_postal="1000", telephone="01 80 05 98 80", date_maj="02/04/2026")])
        )
    )
    fields = read_fields(desk, "a")
    assert (fields["code_postal"], fields["telephone"], fields["date_maj"]) == ("01000", "+33180059880", "2026-04-02")
    assert "« 01000 »" in told


@pytest.mark.parametrize("text", ["", "\n\n", HEAD, "nom;ville\nMédiathèque;Reims\n"])
def test_a_file_with_nothing_in_it_says_so_and_changes_nothing(desk: Desk, tmp_path: Path, text: str) -> None:
    told = desk.run("places", "import", str(write(tmp_path, text)))
    assert told.exit_code == 1
    assert "Rien n'a été changé" in told.output or "première ligne" in told.output
    with desk.reading():
        assert part("places").count_places(desk.house) == 0


def test_a_local_edit_stays_over_an_import_and_goes_when_it_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    file = write(tmp_path, "\n".join([HEAD, row("a")]))
    desk.fill(file)
    form = {
        "nom": "Médiathèque",
        "adresse": "12 rue Leclercq",
        "telephone": "+33326000000",
        "local_bus": "Ligne 2",
        "local_printer": "1",
    }
    form |= {"horaires": "Mo-Fr 09:00-12:00"}
    assert desk.visit().post("/referral/edit/a", data=form).status_code == 302
    desk.fill(write(tmp_path, "\n".join([HEAD, row("a", nom="Médiathèque neuve")])))
    fields = read_fields(desk, "a")
    assert (fields["nom"], fields["telephone"], fields["local_bus"]) == ("Médiathèque neuve", "+33326000000", "Ligne 2")
    page = desk.visit().get("/referral/place/a").text
    assert "Ligne 2" in page
    assert "Imprimante" in page
    back = form | {"nom": "Médiathèque neuve", "telephone": "+33180059880", "local_bus": "", "local_printer": ""}
    desk.visit().post("/referral/edit/a", data=back)
    assert read_fields(desk, "a")["telephone"] == "+33180059880"
    with desk.reading():
        assert part("places").read_edits(desk.house, ["a"]) == {}


def test_a_place_that_no_file_knows_is_added_once_by_the_same_rules(desk: Desk, tmp_path: Path) -> None:
    form = {
        "nom": "Café des écrans",
        "adresse": "2 rue du Lac",
        "commune": "Reims",
        "code_postal": "51100",
        "form": "one",
    }
    form |= {"services": "Utilisation sécurisée du numérique", "horaires": "We 14:00-17:00"}
    client = desk.visit("student")
    pages = {client.post("/referral/add", data=form).location for _ in range(2)}
    assert len(pages) == 1
    assert "Café des écrans" in client.get(pages.pop()).text
    assert "Café des écrans" in desk.visit().get("/referral/?ou=51100&besoin=securite").text
    for wrong, said in (
        ({"nom": ""}, "Il manque"),
        ({"code_postal": "abc"}, "5 chiffres"),
        ({"horaires": "tôt"}, "Mo-Fr"),
    ):
        answer = client.post("/referral/add", data={**form, **wrong, "form": "two"})  # type: ignore[dict-item]
        assert answer.status_code == 400
        assert said in answer.text
        assert "2 rue du Lac" in answer.text
    with desk.reading():
        assert part("places").count_places(desk.house) == 1


def test_the_export_validates_against_the_national_schema_and_comes_back_unchanged(desk: Desk, tmp_path: Path) -> None:
    desk.fill(write_directory(tmp_path / "many.csv", 300))
    desk.fill(write(tmp_path, "\n".join([HEAD, row("a", pivot="", date_maj="")])))
    file = tmp_path / "export.csv"
    assert desk.run("places", "export", str(file)).exit_code == 0
    with system.use_context(trusted=True):
        found = Resource(str(file), schema=Schema(str(SCHEMA)), detector=Detector(schema_sync=False)).validate()
    assert found.valid, found.flatten(["rowNumber", "fieldName", "note"])[:5]
    assert found.stats["errors"] == 0
    with file.open(newline="") as text:
        assert next(csv.reader(text)) == [one["name"] for one in json.loads(SCHEMA.read_text())["fields"]]
    assert "0 nouveaux, 0 changés, 301 inchangés" in desk.fill(file)


def test_a_hundred_thousand_rows_need_no_more_memory_than_two_thousand(tmp_path: Path) -> None:
    """The whole command, in a process of its own each; what it keeps of a file is a batch."""
    peaks = []
    for count in (2_000, 100_000):
        home = tmp_path / f"home-{count}"
        assert run_lms(home, "init").returncode == 0
        file = write_directory(tmp_path / "many.csv", count)
        script = (
            "import resource, sys; from lms.cli import main\n"
            "try: main()\nexcept SystemExit: pass\n"
            "print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        command = [sys.executable, "-c", script, "places", "import", "--quiet", str(file)]
        env = guarded_environment() | {"LMS_HOME": str(home)}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=400)
        assert f"{count} lieux lus" in done.stdout, done.stderr
        peaks.append(int(done.stdout.rpartition("peak ")[2]))
    assert peaks[1] < peaks[0] + 30_000, peaks


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "web"
    folder.mkdir()
    write_directory(folder / "lieux.csv", 3)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_file_on_the_web_is_imported_and_one_that_is_not_there_says_so(desk: Desk, web: str) -> None:
    assert "3 nouveaux" in desk.run("places", "import", f"{web}/lieux.csv").output
    told = desk.run("places", "import", f"{web}/rien.csv")
    assert told.exit_code == 1
    assert "Rien n'a été changé" in told.output


def test_the_verb_is_found_from_the_shell(tmp_path: Path) -> None:
    assert LMS.is_file()
    assert run_lms(tmp_path / "home", "init").returncode == 0
    told = run_lms(tmp_path / "home", "places", "import", "--example")
    assert "10 nouveaux" in told.stdout, told.stderr
