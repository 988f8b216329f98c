"""Forms with one pitfall each: what is wrong is told kindly, nothing is lost by surprise, nothing personal is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import build_scenario, load_simulator
from lms.content.walks import check_scenario
from lms.content.yaml_source import parse_yaml
from lms.contract import Activity, AttemptFacts
from lms.errors import ContentError, Problem
from plugins.simulation import Simulation
from tests.simulators.stage import NOW, ROOT, Stage

SCENARIOS = sorted(path.stem for path in (ROOT / "simulators/pitfalls/scenarios").glob("*.yaml"))


PITFALLS = ROOT / "simulators/pitfalls"
BLOCK = "ref.form.pages.0.blocks.0"
SHORT = """title: Court
apps: {form: pitfalls}
ref:
  form:
    pages:
      - id: une
        title: Une page
        blocks:
          - {id: a, kind: text, label: Écrivez, say: Écrivez.,
             expect: EXPECT, hints: [Lisez., Recopiez.]}
start: {form: {page: une}}
aim: [a]
"""


def build_short(text: str) -> Desk:
    """A form of one question. Raises ContentError."""
    return build_scenario({"pitfalls": load_simulator(PITFALLS)}, "pitfalls/court", parse_yaml(text, "p.yaml"))


def touch(stage: Stage, part: str, value: Any = None, do: str = "click") -> dict[str, Any]:
    """The app's world after one touch on a part."""
    stage.state = stage.desk.advance(stage.state, {"part": f"form/{part}", "do": do, "value": value}, NOW, 1).state
    return stage.world


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_form_with_a_pitfall_passes_the_walks(name: str) -> None:
    assert check_scenario(Stage(f"pitfalls/{name}").desk) == []


def test_a_box_ticked_in_advance_stops_the_form_until_it_is_unticked() -> None:
    stage = Stage("pitfalls/cases-deja-cochees")
    touch(stage, "moment", "matin", "choose")
    touch(stage, "niveau", "debut", "choose")
    for part in ("jours-mardi", "jours-jeudi", "regles"):
        touch(stage, part)
    touch(stage, "preuve", "7", "type")
    world = touch(stage, "envoyer")
    assert (world["page"], list(world["errors"])) == ("inscription", ["pub"])
    touch(stage, "pub")
    assert touch(stage, "envoyer")["page"] == "fin"


def test_a_list_left_folded_stops_the_form_and_takes_only_its_own_lines() -> None:
    stage = Stage("pitfalls/cases-deja-cochees")
    assert touch(stage, "envoyer")["errors"]["niveau"] == "ouvrez la liste et choisissez une ligne."
    assert "niveau" not in touch(stage, "niveau", "robe", "choose")["right"]
    assert touch(stage, "niveau", "expert", "choose")["values"]["niveau"] == "robe"
    assert "niveau" in touch(stage, "niveau", "debut", "choose")["right"]


def test_the_proof_that_one_is_a_person_has_a_sum_letters_and_a_voice() -> None:
    stage = Stage("pitfalls/cases-deja-cochees")
    for answer in ("7", "KMR", "842"):
        assert "preuve" in touch(stage, "preuve", answer, "type")["right"]
        assert "preuve" not in touch(stage, "preuve-other")["right"]


def find_faults(name: str, text: str) -> list[Problem]:
    """What is wrong with a scenario of pitfalls that is written so."""
    with pytest.raises(ContentError) as caught:
        build_scenario({"pitfalls": load_simulator(PITFALLS)}, f"pitfalls/{name}", parse_yaml(text, "p.yaml"))
    return caught.value.problems


@pytest.mark.parametrize(
    ("name", "written", "field"),
    [
        ("message-en-haut", "answer: phone", "ref.form.pages.0.blocks.4.answer"),
        ("cases-deja-cochees", 'expect: "842", answer: digits', "ref.form.pages.0.blocks.5.variants.2.answer"),
    ],
)
def test_a_kind_of_answer_that_nobody_knows_is_told_on_its_line(name: str, written: str, field: str) -> None:
    text = (PITFALLS / f"scenarios/{name}.yaml").read_text("utf-8")
    (fault,) = find_faults(name, text.replace(written, re.sub("answer: .*", "answer: phon", written)))
    assert (fault.file, fault.line, fault.field) == ("p.yaml", text[: text.index(written)].count("\n") + 1, field)
    assert fault.message.startswith("no kind of answer «phon»; there is: text, date, month, money, digits, code, phone")


@pytest.mark.parametrize("expect", ["07/06/1996", "7 juin 1996", "{day: -3}", "06 39 98 10 04", "912,40 €", "842"])
def test_the_author_says_what_an_answer_in_figures_is(expect: str) -> None:
    told = expect if expect.startswith("{") else f'"{expect}"'
    text = SHORT.replace("EXPECT", told)
    (fault,) = find_faults("court", text)
    assert (fault.line, fault.field) == (SHORT[: SHORT.index("expect")].count("\n") + 1, f"{BLOCK}.expect")
    assert "would be compared as words; say what it is" in fault.message
    build_short(text.replace("kind: text,", "kind: text, answer: text,"))


@pytest.mark.parametrize("expect", ["KMR", "27 rue du Pont", "Valcombe", "Chloé"])
def test_words_need_no_kind_of_answer(expect: str) -> None:
    build_short(SHORT.replace("EXPECT", expect))


def test_three_figures_to_copy_are_no_sum_of_money() -> None:
    stage = Stage("pitfalls/cases-deja-cochees")
    for _ in range(2):
        touch(stage, "preuve-other")
    assert "preuve" not in touch(stage, "preuve", "842,00 €", "type")["right"]
    assert "preuve" in touch(stage, "preuve", "8 4 2", "type")["right"]


def test_the_message_stands_above_only_and_each_mended_answer_leaves_it() -> None:
    stage = Stage("pitfalls/message-en-haut")
    assert list(touch(stage, "enregistrer")["errors"]) == ["naissance", "portable"]
    assert list(touch(stage, "naissance", "19/02/2004", "type")["errors"]) == ["portable"]
    touch(stage, "portable", "06 39 98 10 04", "type")
    assert touch(stage, "enregistrer")["page"] == "fin"


def test_a_form_that_was_refused_is_not_called_right_and_the_mended_answer_is() -> None:
    options = {"scenario": Stage("pitfalls/message-en-haut").desk}
    activity = Activity("c/a", "simulation", "Un", "Deux.", (), options, "", "", "fr", "1")
    state = Simulation().start(activity, AttemptFacts(NOW, 1, "assisted", "fr"))
    refused = Simulation().evaluate(activity, {"part": "form/enregistrer", "do": "click"}, state)
    mend = {"part": "form/naissance", "do": "type", "value": "19/02/2004"}
    mended = Simulation().evaluate(activity, mend, refused.state)
    assert refused.feedback is None
    assert refused.live is not None
    assert refused.live.goal == "naissance"
    assert mended.feedback is not None
    assert mended.feedback.tone == "right"


def test_the_arrow_of_the_browser_empties_the_page_and_the_guide_leads_back() -> None:
    stage = Stage("pitfalls/message-en-haut")
    assert touch(stage, "retour-navigateur")["values"] == {}
    touch(stage, "enregistrer")
    for _ in range(12):
        guide = stage.desk.guide(stage.state)
        if guide is None:
            break
        touch(stage, guide.part.partition("/")[2], guide.value, guide.do)
    assert stage.desk.guide(stage.state) is None


def test_time_runs_short_only_when_it_is_switched_on_and_can_always_be_prolonged() -> None:
    calm = Stage("pitfalls/message-en-haut")
    assert touch(calm, "enregistrer")["expiring"] is False
    stage = Stage("pitfalls/message-en-haut")
    stage.state = {**stage.state, "switched": ["session"]}
    assert touch(stage, "enregistrer")["expiring"] is True
    world = touch(stage, "extend")
    assert (world["expiring"], world["values"]["prenom"]) == (False, "Enzo")


@pytest.mark.parametrize(("file", "word"), [("bail-lourd", "5 Mo"), ("bail-heic", "HEIC"), ("chat", "bail")])
def test_a_file_that_does_not_fit_is_refused_with_its_reason(file: str, word: str) -> None:
    stage = Stage("pitfalls/photo-trop-lourde")
    world = touch(stage, "bail", file, "choose")
    assert word in world["errors"]["bail"]
    assert not world["values"]["bail"]


def test_a_second_send_is_not_sent_and_the_receipt_is_kept() -> None:
    stage = Stage("pitfalls/envoyer-une-seule-fois")
    touch(stage, "relu")
    touch(stage, "partir")
    assert touch(stage, "encore")["note"] == "wrong-encore"
    assert stage.world["page"] == "attente"
    assert touch(stage, "suivre")["page"] == "envoye"


def test_what_is_one_s_own_is_refused_and_not_kept() -> None:
    stage = Stage("pitfalls/nombres-du-loyer")
    event = {"part": "form/loyer-hors", "do": "type", "value": "mon secret " * 8}
    answer = stage.desk.advance(stage.state, event, NOW, 1)
    assert answer.refused == "too-far"
    assert "secret" not in repr(answer.state)


def test_the_browser_never_gets_an_answer() -> None:
    shown = repr(Stage("pitfalls/deux-justificatifs").island()["scenario"]["ref"])
    assert "expect" not in shown
    assert "hints" not in shown
