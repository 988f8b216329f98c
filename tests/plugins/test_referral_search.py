"""Finding a place: by need, by distance, by welcome, by the hour; what a page shows, and by which index."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event
from werkzeug.datastructures import MultiDict

from lms.contract import Viewer
from tests.plugins.directories import write_directory
from tests.plugins.referrals import Desk, open_desk, part

THURSDAY_NIGHT = datetime(2026, 11, 26, 18, 30, tzinfo=UTC)
"""19 h 30 in Valcombe."""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One on each database, for all tests that only read."""
    url = ""
    if request.param == "postgres":
        url = request.getfixturevalue("make_database")(request.getfixturevalue("instance_template"))
    with open_desk(tmp_path_factory.mktemp("instance"), url) as made:
        made.fill()
        yield made


@pytest.fixture
def own(tmp_path: Path, instance_url: str) -> Iterator[Desk]:
    """One that may be changed."""
    with open_desk(tmp_path / "instance", instance_url) as made:
        made.fill()
        yield made


def find(desk: Desk, *pairs: tuple[str, str], at: datetime = THURSDAY_NIGHT) -> list[str]:
    """Ids that answer an address, the nearest first."""
    searching = part("searching")
    asked = MultiDict(pairs)
    with desk.reading():
        near = searching.find_near(desk.house, asked.get("ou", ""))
        question = searching.read_question(asked, near)
        return [one.id for one in searching.search(desk.house, question, at).hits]


def test_samuel_finds_the_one_place_for_him(desk: Desk) -> None:
    """The case of the second module: free, other languages, in a group, open in the evening."""
    asked = [("ou", "00100"), ("besoin", "apprendre"), ("frais_a_charge", "Gratuit")]
    asked += [("prise_en_charge_specifique", "Langues étrangères (autres)")]
    asked += [("modalites_accompagnement", "Dans un atelier collectif")]
    assert find(desk, *asked) == ["mediatheque-valcombe", "epn-forges"]
    assert find(desk, *asked, ("ouvert", "1")) == ["epn-forges"]


def test_a_place_closed_to_the_public_is_shown_only_when_asked_for(desk: Desk) -> None:
    assert "bureau-interne" not in find(desk, ("ou", "Valcombe"))
    assert find(desk, ("ou", "Valcombe"), ("modalites_acces", "Ce lieu n'accueille pas de public")) == [
        "bureau-interne"
    ]


def test_who_cannot_travel_is_shown_what_comes_and_what_is_far(desk: Desk) -> None:
    assert set(find(desk, ("ou", "00200"), ("sans_deplacement", "1"), ("rayon", "5"))) == {
        "bus-du-numerique",
        "ligne-pas-a-pas",
    }


def test_distance_counts_from_the_commune_or_the_postal_code_the_nearest_first(desk: Desk) -> None:
    assert find(desk, ("ou", "00200"), ("rayon", "5")) == find(desk, ("ou", "Saint-Orme"), ("rayon", "5"))
    assert "ccas-valcombe" not in find(desk, ("ou", "00200"), ("rayon", "5"))
    far = find(desk, ("ou", "00200"), ("rayon", "100"))
    assert far.index("mission-locale") < far.index("ccas-valcombe")


def test_a_place_for_everybody_answers_whoever_is_asked_for(desk: Desk) -> None:
    found = find(desk, ("ou", "00200"), ("rayon", "100"), ("publics_specifiquement_adresses", "Seniors"))
    assert "mediatheque-valcombe" in found
    assert "epn-forges" in found
    assert "mission-locale" not in found


def test_a_name_is_found_without_its_accents(desk: Desk) -> None:
    assert find(desk, ("mots", "MEDIATHEQUE tilleuls")) == ["mediatheque-valcombe"]
    assert find(desk, ("mots", "100%_")) == []


def test_real_communes_are_known_by_name_and_by_code() -> None:
    communes = part("communes")
    assert {one.name for one in communes.find_spots("51100")} >= {"Reims"}
    assert communes.find_spots("saint étienne")[0].insee == "42218"
    assert communes.find_spots("St-Étienne (42000)")[0].name == "Saint-Étienne"
    assert communes.find_spots("Paris 1er Arrondissement")[0].postcode == "75001"
    lyon = communes.find_spots("69001")[0]
    assert abs(lyon.latitude - 45.77) < 0.05
    assert communes.find_spots("12") == []
    assert communes.find_spots("(.*)") == []


def test_every_commune_is_kept_under_its_name_as_a_question_is_read() -> None:
    rows = [line.split(";") for line in part("communes")._read().splitlines() if line]
    assert [row for row in rows if part("standard").simplify(row[-1]) != row[0]] == []


def test_what_is_not_understood_in_an_address_is_left_out(desk: Desk) -> None:
    page = desk.visit().get("/referral/?ou=Nulle-Part-sur-Rien&rayon=abc&page=-3&services=pirate&besoin=x").text
    assert "Nous ne connaissons pas « Nulle-Part-sur-Rien »" in page


def test_the_needs_of_a_profile_lead_to_a_search_that_is_filled_in(desk: Desk) -> None:
    offers = importlib.import_module("lms_plugins.referral").offers_for
    viewer = Viewer(desk.house, desk.people["social_worker"], frozenset({"social_worker"}), "fr")
    offer = offers(viewer, ["E02", "Illettrisme"])[0]
    assert offer.url == "/referral/?besoin=E02&besoin=Illettrisme"
    page = desk.visit().get(f"{offer.url}&ou=Valcombe").text
    assert "Besoin repéré : Lire et répondre" in page
    assert page.index("Médiathèque des Tilleuls") > 0
    assert "Informatique et compagnie" not in page
    assert offers(Viewer(desk.house, "x", frozenset({"learner"}), "fr"), ["E02"]) == []


def test_an_old_record_says_so(desk: Desk) -> None:
    assert "plus d'un an" in desk.visit().get("/referral/place/ccas-valcombe").text
    assert "plus d'un an" not in desk.visit().get("/referral/place/mediatheque-valcombe").text


def test_hours_are_told_in_words(desk: Desk) -> None:
    page = desk.visit().get("/referral/place/epn-forges").text.replace("\u00a0", " ")
    assert "Du lundi au vendredi de 14 h à 20 h" in page
    assert part("hours").tell_now("Mo-Fr 14:00-20:00", THURSDAY_NIGHT).replace("\u00a0", " ") == "Ouvert jusqu'à 20 h"
    sunday = datetime(2026, 11, 29, 9, tzinfo=UTC)
    assert part("hours").tell_now("Mo-Fr 14:00-20:00", sunday).replace("\u00a0", " ") == "Fermé, ouvre demain à 14 h"
    assert part("hours").is_open("Mo-Fr 09:00-18:00; PH off", datetime(2026, 12, 25, 10, tzinfo=UTC)) is False
    assert part("hours").is_open("sur rendez-vous", sunday) is None
    assert part("hours").tell_week("Jan-Mar Mo 10:00-12:00; Tu off") == ["Jan-Mar Mo 10:00-12:00", "Mardi fermé"]


def test_each_house_has_its_own_directory(own: Desk) -> None:
    from lms.database.door import transaction
    from lms.people.accounts import add_organisation, add_person

    with own.app.app_context(), transaction() as connection:
        other = add_organisation(connection, "autre", "Association du Pont")
        person = add_person(connection, other, "Line", ["social_worker"])
    client = own.app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{other}|{person}"
    assert client.get("/referral/place/epn-forges").status_code == 404
    assert "Espace numérique des Forges" not in client.get("/referral/?ou=00100").text
    assert own.run("places", "import", "--example").exit_code != 0  # which house?
    assert "10 nouveaux" in own.run("places", "import", "--example", "--organisation", "autre").output


def test_the_guide_of_a_commune_can_be_printed(desk: Desk) -> None:
    page = desk.visit().get("/referral/guide?ou=00100").text
    for name in ("Médiathèque des Tilleuls", "CCAS de Valcombe", "01 99 00 00 11"):
        assert name in page
    assert "Ressourcerie du Pont" not in page
    assert "Bureau des médiateurs" not in page, "it receives nobody"
    assert "fiche de prescription" not in page, "that is for professionals"


def test_a_place_that_receives_nobody_takes_no_room_in_the_guide(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name it would come first."""
    monkeypatch.setattr(part("paper"), "MOST_PRINTED", 1)
    assert "<h2>CCAS de Valcombe</h2>" in desk.visit().get("/referral/guide?ou=00100").text


def test_an_index_answers_which_places_are_near(tmp_path: Path, instance_url: str) -> None:
    """Told by the database itself; PostgreSQL rather reads all where there are few."""
    with open_desk(tmp_path / "instance", instance_url) as desk:
        searching = part("searching")
        desk.fill(write_directory(tmp_path / "many.csv", 3_000))
        with desk.reading() as connection:
            near = searching.find_near(desk.house, "51100")
            question = searching.read_question(MultiDict({"besoin": "demarches", "rayon": "20"}), near)
            asked = catch_first(connection, lambda: searching.search(desk.house, question, THURSDAY_NIGHT))
            sqlite = connection.dialect.name == "sqlite"
            if not sqlite:
                connection.exec_driver_sql("ANALYZE referral_place")
            told = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{asked[0]}", asked[1])
            plan = "\n".join(str(tuple(row)) for row in told)
    assert "ix_referral_place_where" in plan
    assert "latitude>" in plan.replace(" ", ""), "not only the house is looked up"


def catch_first(connection: Connection, run: Callable[[], object]) -> tuple[str, Any]:
    """The first question that the database is asked meanwhile, and its values."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    run()
    event.remove(connection, "before_cursor_execute", note)
    return asked[0]


def test_no_host_is_admitted_unless_the_map_is_set(desk: Desk, tmp_path: Path) -> None:
    answer = desk.visit().get("/referral/?ou=00100")
    assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]
    assert "leaflet" not in answer.text
    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    with open_desk(tmp_path / "mapped", map_tiles=tiles, map_credit="Nos cartes") as mapped:
        mapped.fill()
        answer = mapped.visit().get("/referral/?ou=00100")
        assert "img-src 'self' https://tiles.example data:" in answer.headers["Content-Security-Policy"]
        assert "Nos cartes" in answer.text
        other = mapped.visit().get("/referral/beyond")
        assert "tiles.example" not in other.headers["Content-Security-Policy"]
