"""The attestation (S03) and the quarterly declaration (S04): the right way, the traps, and what arrives elsewhere."""

from __future__ import annotations

import pytest

from lms.content.desk import Desk
from lms.contract import Advance, State
from tests.content.desks import come_by, follow, lead_to, touch, touch_all
from tests.simulators.test_procedure import ATTESTATION, DECLARATION, open_desk

CAISSE = "Allocations familiales de la caisse"
ELSEWHERE = "procedure/declaration-autrement"

# The attestation (S03)


def sign_in(desk: Desk, state: State) -> State:
    state = touch_all(desk, state, "form/next", "desk/mail", "mail/row-m-code", "desk/form")
    return touch_all(desk, state, ("form/code", "482 915"), "form/next")


def choose(desk: Desk, state: State, kind: str, first: str = "09/2026", last: str = "11/2026") -> State:
    state = touch_all(desk, state, "form/go-attestations", ("form/type", kind), ("form/periode", "autre"))
    return touch_all(desk, state, ("form/de", first), ("form/a", last), "form/download")


def test_the_code_arrives_in_the_mailbox_and_opens_the_account() -> None:
    desk, state = open_desk(ATTESTATION)
    assert "mail/row-m-code" not in desk.parts(touch_all(desk, state, "desk/mail"))
    state = sign_in(desk, state)
    assert state["world"]["form"]["page"] == "compte"


def test_another_code_does_not_open_the_account() -> None:
    desk, state = open_desk(ATTESTATION)
    state = touch_all(desk, state, "form/next", ("form/code", "111111"), "form/next")
    assert state["world"]["form"]["page"] == "code"
    assert state["world"]["form"]["errors"]["code"].startswith("Presque.")


def name_it(desk: Desk, state: State, name: str = "attestation-caisse-2026-11.pdf") -> State:
    state = touch_all(desk, state, "desk/files", "files/row-f-qf", "files/rename", ("files/name", name))
    return touch_all(desk, state, "files/save")


def answer(desk: Desk, state: State, body: str, *files: str) -> Advance:
    state = touch_all(desk, state, "desk/mail", "mail/inbox", "mail/row-cantine", "mail/reply", ("mail/body", body))
    for file in files:
        state = touch_all(desk, state, "mail/attach", f"mail/file-{file}")
    return touch(desk, state, "mail/send")


@pytest.mark.parametrize("name", ["attestation-caisse-2026-11.pdf", "Attestation caisse 2026-11"])
def test_the_download_is_found_named_and_attached(name: str) -> None:
    desk, state = open_desk(ATTESTATION)
    state = name_it(desk, choose(desk, sign_in(desk, state), "qf"), name)
    outcome = answer(desk, state, "Bonjour, mon quotient est 587.", "f-qf")
    assert outcome.success
    assert "m-merci" in outcome.state["world"]["mail"]["got"]


def test_a_file_that_is_not_named_clearly_is_led_back_to_its_name() -> None:
    desk, state = open_desk(ATTESTATION)
    state = name_it(desk, choose(desk, sign_in(desk, state), "qf"), "papier")
    outcome = answer(desk, state, "Bonjour, mon quotient est 587.", "f-qf")
    assert not outcome.success
    assert follow(desk, outcome.state)[-1].success


def test_the_paper_may_be_printed_instead_of_sent() -> None:
    desk, state = open_desk(ATTESTATION)
    state = name_it(desk, choose(desk, sign_in(desk, state), "qf"))
    state = touch_all(desk, state, "files/print")
    guide = desk.guide(state)
    assert guide is not None
    assert guide.part == "files/ink"
    assert touch(desk, state, "files/ink").success


@pytest.mark.parametrize(
    ("body", "files", "trap"),
    [
        ("Voici : https://macaissefamilles.example", (), "link"),
        ("Voici mon papier, quotient 587.", ("f-lien",), "link"),
        ("Voici mon papier, quotient 587.", ("f-capture",), "capture"),
        ("Voici le papier demandé.", ("f-qf",), "no-number"),
    ],
)
def test_a_link_a_picture_of_the_screen_or_an_unread_paper_is_a_trap(
    body: str, files: tuple[str, ...], trap: str
) -> None:
    desk, state = open_desk(ATTESTATION)
    outcome = answer(desk, choose(desk, sign_in(desk, state), "qf"), body, *files)
    assert trap in outcome.trapped
    assert not outcome.success
    assert follow(desk, outcome.state)[-1].success


@pytest.mark.parametrize(
    ("kind", "first", "trap"),
    [
        ("paiement", "septembre 2026", "wrong-document"),
        ("qf", "octobre 2026", "wrong-month"),
        ("deux", "9/2026", "too-much"),
    ],
)
def test_the_wrong_paper_is_a_trap_and_the_guide_leads_back(kind: str, first: str, trap: str) -> None:
    desk, state = open_desk(ATTESTATION)
    state = choose(desk, sign_in(desk, state), kind, first)
    assert state["trapped"] == [trap]
    assert follow(desk, state)[-1].success


def test_one_month_is_not_the_period_that_was_asked() -> None:
    desk, state = open_desk(ATTESTATION)
    state = touch_all(desk, sign_in(desk, state), "form/go-attestations", ("form/type", "qf"), ("form/periode", "mois"))
    state = touch_all(desk, state, "form/download")
    assert state["trapped"] == ["wrong-month"]
    assert follow(desk, state)[-1].success


def test_a_period_that_ends_before_it_begins_is_told_and_nothing_is_downloaded() -> None:
    desk, state = open_desk(ATTESTATION)
    state = choose(desk, sign_in(desk, state), "qf", "novembre 2026", "septembre 2026")
    assert state["world"]["form"]["errors"] == {"a": "Presque. La fin vient après le début."}
    assert state["world"]["files"]["got"] == []
    assert follow(desk, state)[-1].success


def test_downloading_three_times_is_told_and_makes_copies() -> None:
    desk, state = open_desk(ATTESTATION)
    state = choose(desk, sign_in(desk, state), "qf")
    state = touch_all(desk, state, "form/download", "form/download")
    assert state["trapped"] == ["downloaded-again"]
    assert "files/row-f-qf~2" in desk.parts(touch_all(desk, state, "desk/files"))


def test_sending_without_the_attestation_is_a_trap() -> None:
    desk, state = open_desk(ATTESTATION)
    state = touch_all(
        desk,
        state,
        "desk/mail",
        "mail/row-cantine",
        "mail/reply",
        ("mail/body", "Voici le papier demandé."),
        "mail/send",
    )
    assert state["trapped"] == ["no-file"]
    assert follow(desk, state)[-1].success


# The quarterly declaration (S04)


def to_samuel(desk: Desk, state: State) -> State:
    return touch_all(
        desk, state, "mail/row-avis", "mail/go-form", "form/go-profil", ("form/change", "non"), "form/next"
    )


def test_the_figure_filled_in_wrong_is_noticed_when_nobody_corrects_it() -> None:
    desk, state = open_desk(DECLARATION)
    state = touch_all(
        desk,
        to_samuel(desk, state),
        "form/next",
        ("form/rien-samuel", "oui"),
        "form/next",
        ("form/chomage-3", "0"),
        "form/chomage-3~keep",
        "form/next",
        ("form/rien-hanna", "oui"),
        "form/next",
    )
    assert state["trapped"] == ["read-too-fast"]
    state = touch_all(desk, state, ("form/honneur", "oui"), "form/send")
    assert state["world"]["form"]["page"] == "samuel"
    assert state["world"]["form"]["errors"].keys() == {"salaire-3"}
    assert not state["world"]["form"]["sent"]
    assert follow(desk, state)[-1].success


def to_hanna(desk: Desk, state: State) -> State:
    state = touch_all(desk, to_samuel(desk, state), ("form/salaire-3", "1 034 €"), "form/next")
    return touch_all(desk, state, ("form/rien-samuel", "oui"), "form/next")


def test_an_empty_box_is_not_a_zero_and_a_zero_is_said_twice() -> None:
    desk, state = open_desk(DECLARATION)
    state = touch_all(desk, to_hanna(desk, state), "form/next", "form/next")
    assert state["world"]["form"]["page"] == "hanna"
    assert state["world"]["form"]["errors"] == {"chomage-3": "Pour zéro, écrivez 0."}
    state = touch_all(desk, state, ("form/chomage-3", "0"), "form/next")
    assert state["world"]["form"]["errors"] == {"chomage-3": "Appuyez sur « Oui, zéro euro », ou changez."}
    assert touch_all(desk, state, "form/chomage-3~keep", "form/next")["world"]["form"]["page"] == "hanna-autres"


def test_cents_are_not_asked() -> None:
    desk, state = open_desk(DECLARATION)
    state = touch_all(desk, to_samuel(desk, state), ("form/salaire-3", "1034,50"), "form/next")
    assert state["world"]["form"]["errors"] == {"salaire-3": "Des euros entiers, sans les centimes."}


KINDS = [
    "salaire",
    "chomage",
    "maladie",
    "retraite",
    "alimentaire-recue",
    "alimentaire-versee",
    "independant",
    "stage",
    "proches",
    "autre",
]


@pytest.mark.parametrize(("who", "apart"), [("samuel", {"salaire"}), ("hanna", {"chomage", "maladie"})])
def test_every_kind_of_resource_is_a_box_and_is_asked_for_each_month(who: str, apart: set[str]) -> None:
    desk, state = open_desk(DECLARATION)
    fields = desk.public(state)["ref"]["form"]["fields"]
    boxes = {name for name, one in fields.items() if one["page"] == f"{who}-autres" and one.get("choices")}
    kinds = [kind for kind in KINDS if kind not in apart]
    assert boxes == {f"{kind}-{who}" for kind in [*kinds, "rien"]} | {f"preciser-{who}"}
    assert {f"{kind}-{who}-{month}" for kind in kinds for month in (1, 2, 3)} <= fields.keys()
    main = {name.rpartition("-")[0] for name, one in fields.items() if one["page"] == who}
    assert main == apart


def test_two_kinds_may_be_ticked_and_each_asks_three_months() -> None:
    desk, state = open_desk(DECLARATION)
    state = touch_all(desk, to_samuel(desk, state), "form/next", ("form/stage-samuel", "oui"))
    state = touch_all(desk, state, ("form/proches-samuel", "oui"), ("form/stage-samuel-1", "230"), "form/next")
    kinds = {"stage-samuel-2", "stage-samuel-3", *(f"proches-samuel-{month}" for month in (1, 2, 3))}
    assert state["world"]["form"]["errors"].keys() == kinds
    assert follow(desk, state)[-1].success


def test_nothing_else_and_what_is_ticked_put_each_other_out() -> None:
    desk, state = open_desk(DECLARATION)
    state = touch_all(desk, to_samuel(desk, state), "form/next", ("form/rien-samuel", "oui"))
    state = touch_all(desk, state, ("form/retraite-samuel", "oui"))
    assert state["world"]["form"]["values"]["rien-samuel"] == ""
    state = touch_all(desk, state, *((f"form/retraite-samuel-{month}", "200") for month in (1, 2, 3)), "form/next")
    assert state["world"]["form"]["page"] == "hanna"
    state = touch_all(desk, state, "form/previous")
    state = touch_all(desk, state, ("form/rien-samuel", "oui"))
    assert state["world"]["form"]["values"]["retraite-samuel"] == ""
    assert follow(desk, state)[-1].success


def test_money_that_nobody_got_is_not_sent() -> None:
    desk, state = open_desk(DECLARATION)
    state = touch_all(desk, to_samuel(desk, state), ("form/salaire-3", "1034"), "form/next")
    state = touch_all(desk, state, ("form/retraite-samuel", "oui"))
    state = touch_all(desk, state, *((f"form/retraite-samuel-{month}", "200") for month in (1, 2, 3)), "form/next")
    state = touch_all(desk, state, ("form/chomage-3", "0"), "form/chomage-3~keep", "form/next")
    state = touch_all(desk, state, ("form/rien-hanna", "oui"), "form/next", ("form/honneur", "oui"), "form/send")
    assert not state["world"]["form"]["sent"]
    assert state["world"]["form"]["errors"].keys() == {"rien-samuel"}
    assert follow(desk, state)[-1].success


@pytest.mark.parametrize(
    ("box", "trap"),
    [
        ("chomage-samuel", "partner-too"),
        ("maladie-samuel", "partner-too"),
        ("alimentaire-versee-samuel", "paid-alimony"),
    ],
)
def test_a_box_that_is_somebody_elses_or_means_another_thing_is_told(box: str, trap: str) -> None:
    desk, state = open_desk(DECLARATION)
    outcome = touch(desk, touch_all(desk, to_samuel(desk, state), "form/next"), f"form/{box}", "oui")
    assert outcome.trapped == (trap,)
    assert follow(desk, outcome.state)[-1].success


def test_a_change_of_situation_says_what_and_since_when_not_later_than_today() -> None:
    desk, state = open_desk(DECLARATION)
    state = touch_all(desk, state, "mail/row-avis", "mail/go-form", "form/go-profil", ("form/change", "oui"))
    state = touch_all(
        desk, state, ("form/change-nature", "Le logement"), ("form/change-date", "22/11/2026"), "form/next"
    )
    assert state["world"]["form"]["errors"] == {"change-date": "Presque. Cette date n'est pas encore passée."}
    assert follow(desk, state)[-1].success


@pytest.mark.parametrize(
    ("part", "typed", "trap"),
    [
        ("form/salaire-3", "1185", "family-allowance"),
        ("form/salaire-1", "1063", "family-allowance"),
        ("form/salaire-3", "1 325,00", "gross-pay"),
        ("form/salaire-3", "984", "gross-pay"),
    ],
)
def test_money_of_the_caisse_and_gross_pay_are_not_declared(part: str, typed: str, trap: str) -> None:
    desk, state = open_desk(DECLARATION)
    outcome = touch(desk, to_samuel(desk, state), part, typed)
    assert outcome.trapped == (trap,)
    assert follow(desk, outcome.state)[-1].success


@pytest.mark.parametrize("touches", [[("form/autre-hanna-1", "151")], [("form/preciser-hanna", CAISSE)]])
def test_the_151_euros_entered_as_another_resource_are_a_trap(touches: list[tuple[str, str]]) -> None:
    desk, state = open_desk(DECLARATION)
    state = touch_all(desk, to_hanna(desk, state), ("form/chomage-3", "0"), "form/chomage-3~keep", "form/next")
    state = touch_all(desk, state, ("form/autre-hanna", "oui"), *touches)
    assert state["trapped"] == ["family-allowance"]
    assert follow(desk, state)[-1].success


def test_leaving_before_the_last_button_sends_nothing_and_is_told() -> None:
    desk, _ = open_desk(DECLARATION)
    state = touch_all(desk, come_by(desk, "form/go-plus-tard"), "form/go-plus-tard")
    assert (state["trapped"], state["world"]["form"]["sent"]) == (["stopped"], False)
    assert follow(desk, state)[-1].success


# The same, on another site


def test_the_pay_counts_in_the_month_when_it_arrives() -> None:
    desk, state = open_desk(ELSEWHERE)
    state = lead_to(desk, "espace/m2-bon", state)
    state = touch_all(desk, state, ("espace/m2-bon", "978"))
    assert state["trapped"] == ["pay-slip-month"]
    assert follow(desk, state)[-1].success


@pytest.mark.parametrize("month", ["m4", "m3", "m2"])
def test_other_money_is_asked_month_by_month_there_too(month: str) -> None:
    desk, state = open_desk(ELSEWHERE)
    state = lead_to(desk, f"espace/{month}-autre", state)
    state = touch_all(desk, state, (f"espace/{month}-autre", "proches"), (f"espace/{month}-somme", "0"))
    state = touch_all(desk, state, f"espace/{month}-somme~keep", (f"espace/{month}-somme", "151"))
    assert state["trapped"] == ["family-allowance"]
    assert follow(desk, state)[-1].success


def test_the_receipt_is_kept_and_the_mail_bears_its_number() -> None:
    desk, state = open_desk(DECLARATION)
    world = follow(desk, state)[-1].state["world"]
    assert world["files"]["got"] == ["f-recu"]
    assert "m-recu" in world["mail"]["read"]
    mail = next(one for one in desk.on("2026-11-21").ref["mail"]["later"] if one["id"] == "m-recu")
    assert "{{form.receipt}}" in mail["body"]
    assert world["form"]["receipt"].startswith("ENT-2026-")


def test_the_months_are_those_from_four_to_two_months_ago() -> None:
    desk, state = open_desk(DECLARATION)
    groups = {field.get("group") for field in desk.public(state)["ref"]["form"]["fields"].values()}
    assert {one for one in groups if one and "reçu aussi" not in one} == {"juillet 2026", "août 2026", "septembre 2026"}


def test_the_state_of_a_declaration_stays_small() -> None:
    assert len(str(follow(*open_desk(DECLARATION))[-1].state)) < 3000
