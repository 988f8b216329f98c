"""The browser: what each touch does, and its scenarios."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.simulators import Simulator, load_simulator
from lms.contract import Refused
from tests.content.desks import NOW, follow

ROOT = Path(__file__).resolve().parents[2] / "simulators"
SCENARIOS = sorted(path.stem for path in (ROOT / "browser" / "scenarios").glob("*.yaml"))
BANNER = {"text": "Cookies ?", "wall": "yes", "purposes": [{"id": "visites", "label": "Compter"}]}
REF: dict[str, Any] = {
    "nav": {
        "home": "accueil",
        "sites": {"ville": {"name": "Ville", "menu": [{"to": "ville", "label": "Accueil"}], "banner": BANNER}},
        "pages": [
            {"id": "accueil", "address": "cherchons.example", "title": "Cherchons", "blocks": [{"box": "Mots"}]},
            {
                "id": "resultats",
                "words": [["mairie"], ["mairie", "valcombe"]],
                "title": "Résultats",
                "blocks": [
                    {"results": [{"to": "pub", "label": "Vite", "ad": "yes"}, {"to": "ville", "label": "Ville"}]}
                ],
            },
            {"id": "pub", "address": "vite.example", "title": "Vite", "popup": {"title": "Gagné !", "text": "Jouez."}},
            {
                "id": "ville",
                "site": "ville",
                "address": "valcombe.example",
                "title": "Valcombe",
                "blocks": [
                    {
                        "links": [
                            {"to": "pub", "label": "Vite", "new": "yes"},
                            {"id": "plan", "to": "accueil", "label": "Plan", "window": "yes"},
                            {"app": "form", "label": "Mon compte"},
                            {"file": "tract", "label": "Le tract"},
                        ]
                    },
                    {"ask": {"id": "vrai", "label": "Vrai ?", "choices": [{"value": "non", "label": "Non"}]}},
                ],
            },
        ],
    }
}


@cache
def browser() -> Simulator:
    return load_simulator(ROOT / "browser")


def parts(world: dict[str, Any]) -> dict[str, str]:
    return browser().mechanics.parts(REF, world, "nav")


def after(world: dict[str, Any], *touches: str | tuple[str, str]) -> dict[str, Any]:
    for one in touches:
        part, value = one if isinstance(one, tuple) else (one, None)
        assert part in parts(world), part
        world = browser().mechanics.touch(REF, world, "nav", part, parts(world)[part], value)
    return world


def at_ville(**more: Any) -> dict[str, Any]:
    return {"nav": {"page": "ville", "cookies": {"ville": "refused"}, **more}}


@cache
def load(name: str) -> Desk:
    folders = [path.parent for path in ROOT.glob("*/simulator.yaml")]
    return load_scenario({path.name: load_simulator(path) for path in folders}, f"browser/{name}")


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_guide_leads_to_the_end_and_falls_in_no_trap(name: str) -> None:
    desk = load(name)
    ended = follow(desk, desk.start(NOW, 1))[-1]
    assert ended.success
    assert ended.state["trapped"] == []


@pytest.mark.parametrize("name", ["ouvrir-la-mediatheque", "comparer-deux-onglets", "aller-sur-le-vrai-site"])
def test_a_lost_line_that_a_trainer_switches_on_is_found_again(name: str) -> None:
    desk = load(name)
    outcomes = follow(desk, {**desk.start(NOW, 1), "switched": ["line-lost"]})
    assert any(one.state["world"]["nav"]["offline"] for one in outcomes)
    assert outcomes[-1].success


@pytest.mark.parametrize("typed", ["valcombe.example", " HTTPS://www.Valcombe.example/ ", "http://valcombe.example"])
def test_an_address_leads_to_its_site_however_it_is_written(typed: str) -> None:
    world = after({"nav": {"page": "accueil"}}, ("address", typed), "go")
    assert world["nav"]["page"] == "ville"
    assert world["nav"]["addressed"] == ["ville"]


def test_an_address_that_nobody_has_is_said_and_words_are_searched() -> None:
    assert after({"nav": {"page": "accueil"}}, ("address", "valcomb.example"), "go")["nav"]["page"] == "missing"
    found = after({"nav": {"page": "accueil"}}, ("address", "La Mairie de Valcombe"), "go")
    assert (found["nav"]["page"], found["nav"]["searched"]) == ("resultats", ["resultats"])
    assert after({"nav": {"page": "accueil"}}, ("query", "licorne"), "search")["nav"]["page"] == "nothing"


def test_back_and_forward_walk_the_tab_in_front_only() -> None:
    world = after({"nav": {"page": "accueil"}}, ("query", "mairie"), "search", "link-ville", "refuse", "back")
    assert world["nav"]["page"] == "resultats"
    assert after(world, "forward")["nav"]["page"] == "ville"
    assert "back" not in parts(after(world, "newtab"))


def test_a_link_may_open_a_tab_and_closing_it_leaves_the_others() -> None:
    world = after(at_ville(), "link-pub")
    assert [tab["page"] for tab in world["nav"]["tabs"]] == ["ville", "pub"]
    assert world["nav"]["page"] == "pub"
    closed = after(world, "shut-1")
    assert (closed["nav"]["page"], len(closed["nav"]["tabs"])) == ("ville", 1)
    assert "shut-0" not in parts(closed)


def test_the_last_tab_stays_and_no_more_than_five_are_opened() -> None:
    world = after(at_ville(), *["newtab"] * 4)
    assert "newtab" not in parts(world)
    assert after(world, "shut-0", "shut-0", "shut-0", "shut-0")["nav"]["page"] == "accueil"


def test_a_banner_waits_and_any_answer_opens_the_page() -> None:
    fresh = {"nav": {"page": "ville"}}
    assert not any(part.startswith("link-") for part in parts(fresh))
    for answer in (["accept"], ["refuse"], ["choose", "keep"], ["choose", "refuse"]):
        assert "link-form" in parts(after(fresh, *answer))
    chosen = after(fresh, "choose", ("purpose-visites", "yes"), "keep")
    assert (chosen["nav"]["cookies"], chosen["nav"]["allowed"]) == ({"ville": "chosen"}, ["visites"])


def test_an_answer_about_cookies_can_be_changed() -> None:
    world = after({"nav": {"page": "ville"}}, "accept", "cookies")
    assert "refuse" in parts(world)
    assert after(world, "refuse")["nav"]["allowed"] == []


def test_a_window_hides_the_page_until_it_is_closed_and_does_not_come_back() -> None:
    world = after(at_ville(), "link-pub")
    assert world["nav"]["popup"] == "pub"
    closed = after(world, "close-popup", "tab-0", "tab-1")
    assert closed["nav"]["popup"] is None


def test_a_window_that_the_browser_stopped_opens_once_or_is_left() -> None:
    world = after(at_ville(), "link-plan")
    assert world["nav"]["page"] == "ville"
    assert after(world, "allow")["nav"]["page"] == "accueil"
    assert "allow" not in parts(after(world, "ignore"))


def test_a_link_brings_another_app_to_the_front_and_a_file_among_the_files() -> None:
    assert after(at_ville(), "link-form")["front"] == "form"
    assert after(at_ville(), "link-tract")["files"]["got"] == ["tract"]


def test_what_the_padlock_tells_goes_with_its_page() -> None:
    world = after(at_ville(), "padlock")
    assert world["nav"]["info"] is True
    assert after(world, "newtab")["nav"]["info"] is False
    assert world["nav"]["checked"] == ["ville"]


def test_a_very_long_text_and_an_unknown_answer_are_refused() -> None:
    with pytest.raises(Refused, match="too-long"):
        after(at_ville(), ("address", "a" * 200))
    with pytest.raises(Refused, match="no-choice"):
        after(at_ville(), ("answer-vrai", "peut-être"))
