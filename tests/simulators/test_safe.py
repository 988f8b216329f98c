"""The safe: what is kept, who may see it, what is taken back; and its scenarios by their guide."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.simulators import Simulator, load_simulator
from lms.contract import Refused
from tests.content.desks import NOW, follow, lead_to, touch, walk

ROOT = Path(__file__).resolve().parents[2] / "simulators" / "safe"
SCENARIOS = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
FILING = ("add", "from-file", "pick-bail", ("name", " Mon  bail "), ("kind", "logement"))
REF: dict[str, Any] = {
    "safe": {
        "sources": [{"id": "bail", "from": "file", "name": "scan.pdf"}, {"id": "cv", "from": "mail", "name": "CV"}],
        "people": [{"id": "ines", "name": "Inès Caron"}],
        "appointments": [{"id": "atelier", "when": "demain"}],
    }
}


@cache
def simulator() -> Simulator:
    return load_simulator(ROOT)


@cache
def load(name: str) -> Desk:
    return load_scenario({"safe": simulator()}, f"safe/{name}")


def after(world: dict[str, Any], *touches: str | tuple[str, str]) -> dict[str, Any]:
    mechanics = simulator().mechanics
    for one in touches:
        part, value = one if isinstance(one, tuple) else (one, None)
        parts = mechanics.parts(REF, world, "safe")
        assert part in parts, part
        world = mechanics.touch(REF, world, "safe", part, parts[part], value)
    return world


def opened() -> dict[str, Any]:
    return after({"safe": dict(simulator().start)}, "enter")


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_guide_leads_to_the_end_and_falls_in_no_trap(name: str) -> None:
    desk = load(name)
    ended = follow(desk, desk.start(NOW, 1), most=40)[-1]
    assert ended.success
    assert ended.state["trapped"] == []


def test_what_is_kept_is_in_its_folder_and_in_the_journal_and_no_longer_offered() -> None:
    world = after(opened(), *FILING, ("end", "1/2/2027"), "keep")
    assert world["safe"]["papers"] == [
        {"id": "bail", "name": "Mon bail", "kind": "logement", "end": "01/02/2027", "space": "private"}
    ]
    assert world["safe"]["journal"] == [{"what": "kept", "name": "Mon bail"}]
    assert "pick-bail" not in simulator().mechanics.parts(REF, after(world, "add", "from-file"), "safe")


def test_without_name_or_type_nothing_is_kept_and_the_screen_says_which() -> None:
    nameless = after(opened(), "add", "from-file", "pick-bail", "keep")["safe"]
    assert (nameless["fault"], nameless["papers"], nameless["page"]) == ("name", [], "describe")
    assert after({"safe": nameless}, ("name", "Bail"), "keep")["safe"]["fault"] == "kind"


@pytest.mark.parametrize("day", ["demain", "31/02/2027", "2027"])
def test_a_date_that_is_none_is_said_and_not_kept(day: str) -> None:
    with pytest.raises(Refused, match="date"):
        after(opened(), *FILING, ("end", day))


def test_two_papers_of_one_name_get_a_number() -> None:
    world = after(opened(), *FILING, "keep", "add", "from-mail", "pick-cv", ("name", "Mon bail"), ("kind", "emploi"))
    assert [paper["name"] for paper in after(world, "keep")["safe"]["papers"]] == ["Mon bail", "Mon bail (2)"]


def test_only_the_shared_space_can_be_shown() -> None:
    private = after(opened(), *FILING, "keep")
    assert "share" not in simulator().mechanics.parts(REF, after(private, "go-contacts", "person-ines"), "safe")
    shared = after(private, "row-bail", "edit", ("space", "shared"), "keep", "go-contacts", "person-ines", "share")
    half = after(shared, ("folder", "logement"), "send")["safe"]
    assert (half["fault"], half["shares"]) == ("time", [])
    sent = after({"safe": half}, ("time", "day"), ("right", "see"), "send")
    assert sent["safe"]["shares"] == [{"who": "ines", "folder": "logement", "time": "day", "right": "see"}]
    taken = after(sent, "revoke-logement")["safe"]
    assert taken["shares"] == []
    assert [line["what"] for line in taken["journal"]] == ["kept", "changed", "shared", "revoked"]


def test_a_share_that_is_too_wide_is_said_and_can_be_made_again() -> None:
    desk = load("partager-et-retirer")
    state = lead_to(desk, "safe/time")
    for part, value in (("time", "half"), ("right", "see")):
        state = touch(desk, state, f"safe/{part}", value).state
    told = touch(desk, state, "safe/send")
    assert told.say == "Presque. Six mois, c'est plus que nécessaire."
    assert follow(desk, told.state, most=20)[-1].success


def test_a_sign_in_that_ends_keeps_what_was_being_written() -> None:
    desk = load("premiers-papiers")
    state = desk.start(NOW, 1) | {"switched": ["session-end"]}
    state = next(one for one in walk(desk, state) if one["world"]["safe"]["ended"])
    assert state["world"]["safe"]["page"] == "door"
    state = touch(desk, state, "safe/enter").state
    assert state["world"]["safe"]["draft"]["name"] == "Carte d'identité"
    assert follow(desk, state, most=40)[-1].success


def test_the_second_visit_goes_on_a_day_later_with_the_papers_of_the_first() -> None:
    first, second = load("premiers-papiers"), load("deuxieme-visite")
    ended = follow(first, first.start(NOW, 1), most=60)[-1].state
    kept = first.keep(ended)
    assert kept is not None
    state = second.resume(kept, 1)
    assert state is not None
    safe = state["world"]["safe"]
    assert [paper["id"] for paper in safe["papers"]] == ["carte", "hebergement", "contrat"]
    assert (safe["page"], state["clock"][:10]) == ("door", "2026-11-22")
    state = touch(second, state, "safe/enter").state
    assert state["world"]["safe"]["papers"][-1]["id"] == "bus-vieux"
    again = follow(second, state, most=60)[-1]
    assert again.success
    assert again.state["trapped"] == []
    names = {paper["id"] for paper in again.state["world"]["safe"]["papers"]}
    assert names == {"carte", "hebergement", "contrat", "bus"}


def test_the_front_alone_of_the_identity_card_is_a_trap() -> None:
    desk = load("premiers-papiers")
    state = desk.start(NOW, 1)
    for part in ("safe/enter", "safe/add", "safe/from-photo", "safe/pick-carte-recto"):
        state = touch(desk, state, part).state
    for part, value in (("safe/name", "Carte"), ("safe/kind", "identite")):
        state = touch(desk, state, part, value).state
    outcome = touch(desk, state, "safe/keep")
    assert outcome.trapped == ("front-only",)
    assert follow(desk, outcome.state, most=40)[-1].success


def test_five_papers_are_there_after_two_exercises_and_on_another_day() -> None:
    first, more, second = load("premiers-papiers"), load("completer-la-boite"), load("deuxieme-visite")
    kept = first.keep(follow(first, first.start(NOW, 1), most=60)[-1].state)
    assert kept is not None
    state = more.resume(kept, 1)
    assert state is not None
    ended = follow(more, state, most=40)[-1]
    assert ended.success
    ids = [paper["id"] for paper in ended.state["world"]["safe"]["papers"]]
    assert ids == ["carte", "hebergement", "contrat", "rib", "secu"]
    again = more.keep(ended.state)
    assert again is not None
    later = second.resume(again, 1)
    assert later is not None
    assert later["clock"][:10] == "2026-11-22"
    assert follow(second, later, most=60)[-1].success
