"""Accounts: the guide ends each scenario without a trap."""

from __future__ import annotations

import pytest

from lms.content.desk import Desk
from tests.content.desks import NOW, come_by, follow, lead_to, touch_all
from tests.simulators import shelf

NAMES = (
    "creer-un-compte",
    "se-connecter",
    "se-connecter-autrement",
    "clef-citoyenne",
    "mot-de-passe",
    "un-code-sans-demande",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_leads_to_the_end_of_an_account_and_falls_in_no_trap(name: str) -> None:
    desk = load(name)
    ended = follow(desk, desk.start(NOW, 1), most=60)[-1]
    assert ended.success
    assert ended.state["trapped"] == []


SLIPS = (
    (
        "creer-un-compte",
        "form/numero",
        "1 88 12 00 000 155 40",
        "key-too",
        "Le site attend 13 chiffres. Enlevez la clé.",
    ),
    (
        "creer-un-compte",
        "form/numero",
        "0000202",
        "file-number",
        "Ce numéro a 7 chiffres : c'est le numéro d'allocataire.",
    ),
    ("creer-un-compte", "form/numero", "2 91 05 00 000 219", "partner", "Presque. Relisez cette réponse."),
    (
        "creer-un-compte",
        "form/numero",
        "7 88 12 00 000 155",
        "provisional",
        "Numéro provisoire : appelez votre caisse.",
    ),
    ("creer-un-compte", "form/commune", "Saint-Orme (00)", "other-town", "Presque. Relisez cette réponse."),
    ("creer-un-compte", "form/courriel", "samuel.tesfay", "no-domain", "Il manque @ et la fin : @courriel.example."),
    ("creer-un-compte", "form/courriel", "samuel.tesfay@courriel", "no-domain", "Il manque la fin, après le @."),
    (
        "se-connecter",
        "form/secret",
        "LAVOIR-VERT-2016",
        "capitals",
        "Regardez la touche des grandes lettres (Verr. Maj.).",
    ),
    (
        "se-connecter",
        "form/secret",
        "lAVOIR-vERT-2016",
        "capitals",
        "Regardez la touche des grandes lettres (Verr. Maj.).",
    ),
    ("se-connecter", "form/code", "215509", "old-code", "Ce code a plus de 15 minutes. Prenez le plus récent."),
    ("se-connecter-autrement", "espace/code", "338214", "old-code", "Ce code est d'hier. Il marchait 15 minutes."),
)


def load(name: str) -> Desk:
    return shelf.load(f"procedure/{name}")


@pytest.mark.parametrize(("name", "part", "typed", "trap", "said"), SLIPS)
def test_a_usual_slip_is_told_by_the_site_and_by_us_and_led_back(
    name: str, part: str, typed: str, trap: str, said: str
) -> None:
    desk = load(name)
    app, field = part.split("/")
    state = touch_all(desk, lead_to(desk, part), (part, typed))
    state = touch_all(desk, state, f"{app}/next")
    assert state["trapped"] == [trap]
    assert state["world"][app]["errors"][field] == said
    assert follow(desk, state, most=60)[-1].success


@pytest.mark.parametrize(
    ("name", "part", "typed", "window"),
    [
        ("se-connecter", "form/secret", "Lavoir", "blocked"),
        ("se-connecter-autrement", "espace/code", "111111", "locked"),
    ],
)
def test_three_wrong_tries_shut_the_page_and_waiting_opens_it(name: str, part: str, typed: str, window: str) -> None:
    desk = load(name)
    app, field = part.split("/")
    state = lead_to(desk, part)
    for _ in range(3):
        assert state["world"][app].get("notice") is None
        state = touch_all(desk, state, (part, typed), f"{app}/next")
    assert (state["world"][app]["notice"], state["world"][app]["values"][field]) == (window, "")
    assert state["trapped"] == ["three-wrong"]
    assert follow(desk, state, most=60)[-1].success


@pytest.mark.parametrize(
    ("name", "app", "page"),
    [
        ("creer-un-compte", "form", "fermee"),
        ("se-connecter", "form", "fermee"),
        ("se-connecter-autrement", "espace", "ferme"),
    ],
)
def test_closing_the_page_is_a_trap_with_a_way_back(name: str, app: str, page: str) -> None:
    desk = load(name)
    shut = touch_all(desk, come_by(desk, f"{app}/go-{page}"), f"{app}/go-{page}")
    assert shut["trapped"] in (["page-left"], ["tab-closed"])
    assert follow(desk, shut, most=60)[-1].success


def test_the_same_password_has_to_be_written_twice() -> None:
    desk = load("mot-de-passe")
    state = touch_all(desk, lead_to(desk, "form/encore"), ("form/encore", "Forges!vertes-06z"), "form/next")
    assert state["world"]["form"]["errors"] == {"encore": "Presque. Les deux réponses ne sont pas pareilles."}
    assert follow(desk, state)[-1].success


@pytest.mark.parametrize(
    ("name", "part", "typed"),
    [
        ("creer-un-compte", "form/choisi", "Samuel!rouge-88x"),
        ("creer-un-compte", "form/choisi", "Lavoir!rouge-1988"),
        ("se-connecter-autrement", "espace/choisi", "LAVERGNE!bleu-12x"),
        ("mot-de-passe", "form/choisi", "Forges!vertes-2004"),
        ("un-code-sans-demande", "form/choisi", "Impasse!enzo-77y"),
    ],
)
def test_a_password_that_speaks_of_oneself_is_not_taken(name: str, part: str, typed: str) -> None:
    desk = load(name)
    app = part.partition("/")[0]
    state = lead_to(desk, part)
    onward = next(one for one in (f"{app}/next", f"{app}/send") if one in desk.parts(state))
    state = touch_all(desk, state, (part, typed), onward)
    assert state["world"][app]["errors"]["choisi"] == "Presque. Ce mot de passe parle de vous."
    assert follow(desk, state, most=60)[-1].success
