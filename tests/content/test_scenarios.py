import sys
from datetime import date
from pathlib import Path

import pytest

from lms.content.scenarios import load_scenario, load_simulator, read_scenario_names
from lms.contract import Scenario
from lms.errors import ContentError, NotFound, Problem

from .desks import BOX, NAMED, NOW, load_examples, touch_all, write_desk, write_simulator


def faults(folder: Path, scenario: str, more: str = "") -> list[Problem]:
    with pytest.raises(ContentError) as caught:
        write_desk(folder, scenario, more=more)
    return caught.value.problems


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("aim: [named]", "aims: [named]", 5, "did you mean «aim»?"),
        ("title: Donner un nom", "title:", 2, "a title for people is needed"),
        ("persona: monique", "persona: moniqe", 3, "no persona «moniqe»; there is: monique, samuel, chloe, enzo"),
        ("{box: box}", "{box: boxes}", 4, "no simulator «boxes»; there is: box"),
        ("{box: box}", "{min: box}", 4, "cannot name an app"),
        ("{box: box}", "{box: {simulator: box, name: x}}", 4, "unknown key"),
        ("apps: {box: box}", "apps: {}", 4, "name the apps of this desk"),
        ("aim: [named]", "aim: [renamed]", 5, "no goal «renamed»"),
        ("aim: [named]", "aim: named", 5, "name the goals that decide success"),
        ("aim: [named]", "aim: [named]\nstart: {bok: {}}", 6, "no app «bok» on this desk"),
        ("aim: [named]", "aim: [named]\nstart: {front: bok}", 6, "no app «bok» on this desk"),
        ("aim: [named]", "aim: [named]\nref: []", 6, "must be a mapping"),
        ("aim: [named]", "aim: [named]\ntraps: {}", 6, "must be a list"),
        ("aim: [named]", "aim: [named]\ntraps: [{id: t, when: {box.x: 1}, say: Non., code: 3}]", 6, "unknown key"),
        ("aim: [named]", "aim: [named]\ntraps: [{when: {box.x: 1}, say: Non.}]", 6, "an id is needed"),
        ("aim: [named]", "aim: [named]\ntraps: [{id: t, say: Non.}]", 6, "`when` is needed"),
        ("aim: [named]", "aim: [named]\ntraps: [{id: t, when: {box.x: 1}}]", 6, "a sentence is needed"),
        (
            "aim: [named]",
            "aim: [named]\ntraps:\n - {id: t, when: {box.x: 1}, say: a}\n - {id: t, when: {box.x: 1}, say: a}",
            8,
            "twice",
        ),
        ("aim: [named]", "aim: [named]\nincidents: [{id: i, when: {box.x: 1}}]", 6, "needs `set` or `add`"),
        ("aim: [named]", "aim: [named]\nincidents: [{id: i, when: {}, set: {bok.x: 1}}]", 6, "begins with no app"),
        (
            "aim: [named]",
            "aim: [named]\nincidents: [{id: i, when: {}, set: {box.x: 1}, switched: perhaps}]",
            6,
            "true or false",
        ),
        ("needs: [opened]", "needs: [openned]", 8, "no goal «openned»; did you mean «opened»?"),
        ("needs: [opened]", "needs: opened", 8, "must be a list of goals"),
        ("needs: [opened]", "needs: [named]", 8, "a goal needs itself: named → named"),
        ("touch: box/open,", "touch: box/open, needs: [named],", 7, "a goal needs itself: opened → named → opened"),
        ("touch: box/open", "touch: bok/open", 7, "no app «bok» on this desk"),
        ("touch: box/open", "touch: desk/bok", 7, "no app «bok» on this desk"),
        ("touch: box/open", "touch: open", 7, "a touch is written app/part"),
        ("touch: box/open, ", "", 7, "a goal needs `touch` or `ways`"),
        ("touch: box/open", "ways: []", 7, "write either `touch`, or `ways`"),
        ("touch: box/open", "ways: [{touch: box/open, when: {box.x: 1}}]", 7, "unknown key"),
        ("touch: box/open", "ways: [{touch: box/open, if: {bok.x: 1}}]", 7, "begins with no app"),
        ("do: type", "do: typ", 8, "«typ» is not one of click, type"),
        ("value: Lune, ", "", 8, "say what is typed"),
        ("done: {box.open: true}", "done: {}", 7, "say what must hold"),
        ("done: {box.open: true}", "done: {bok.open: true}", 7, "«bok.open» begins with no app"),
        (
            "done: {box.open: true}",
            "done: {box.count: {min: dix}}",
            7,
            "box.count: `min` takes a whole number, not 'dix'",
        ),
        ("done: {box.open: true}", "done: {box.count: {min: 0612}}", 7, "«0612» is text here"),
        ("done: {box.open: true}", "done: {box.open: True}", 7, "«True» is text here"),
        ("done: {box.open: true}", "done: {box.open: {match: '('}}", 7, "no regular expression"),
        (", say: Ouvrez la boîte.", "", 7, "a sentence is needed"),
        ("Ouvrez la boîte.", "Ouvrez a b c d e f g h i j k la boîte.", 7, "at most 12 words a sentence"),
        ("hints: [Un astre.]", "hints: Un astre.", 9, "must be a list of sentences"),
        ("hints: [Un astre.]", "hints: [a b c d e f g h i j k l m]", 9, "at most 12 words a sentence"),
        ("hints: [Un astre.]", "hint: [Un astre.]", 9, "did you mean «hints»?"),
        ("hints: [Un astre.]", "competence: {a: b}", 9, "must be a competence"),
        ("hints: [Un astre.]", "say: Deux fois.", 9, "written twice"),
        ("value: Lune", "value: {day: lundi}", 6, "a date such as {day: -20} cannot be told"),
    ],
)
def test_each_fault_is_told_with_file_and_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in NAMED
    found = faults(tmp_path, NAMED.replace(old, new, 1))
    assert [(one.line, one.file.endswith("essai.yaml")) for one in found if said in one.message] == [(line, True)], (
        found
    )


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    text = (
        NAMED.replace("persona: monique", "persona: x")
        .replace("needs: [opened]", "need: []")
        .replace("aim: [named]", "aim: [x]")
    )
    assert [one.line for one in faults(tmp_path, text)] == [3, 5, 8]


def test_a_file_that_is_no_mapping_is_told(tmp_path: Path) -> None:
    assert "a scenario is a mapping of keys" in str(faults(tmp_path, "- a\n- b\n")[0])


def test_several_sentences_of_few_words_each_may_be_said(tmp_path: Path) -> None:
    desk = write_desk(
        tmp_path,
        NAMED.replace("Ouvrez la boîte.", "Un deux trois quatre cinq six sept. Huit neuf dix onze douze treize !"),
    )
    guide = desk.guide(desk.start(NOW, 1))
    assert guide is not None
    assert guide.say.endswith("treize !")


def test_library_goals_are_told_for_the_name_that_the_app_has_on_this_desk(tmp_path: Path) -> None:
    lib = "lib:\n  box.opened: {done: {box.open: true, front: box}, touch: box/open, say: Ouvrez.}\n"
    text = "title: T\napps: {left: box, right: box}\naim: [a, b]\ngoals:\n"
    text += "  a: {done: {left.name: x}, touch: left/name, do: type, value: x, needs: [left.opened], say: A.}\n"
    text += "  b: {done: {right.name: x}, touch: right/name, do: type, value: x, needs: [right.opened], say: B.}\n"
    desk = write_desk(tmp_path, text, more=lib)
    assert list(desk.checked.goals) == ["left.opened", "a", "right.opened", "b"]
    state = touch_all(desk, desk.start(NOW, 1), "left/open", ("left/name", "x"), "desk/right")
    guide = desk.guide(state)
    assert guide is not None
    assert (guide.goal, guide.part) == ("right.opened", "right/open")
    assert desk.steps(state) == (1, 2)


def test_a_fault_in_a_library_is_told_in_its_own_file(tmp_path: Path) -> None:
    lib = "lib:\n  box.opened: {done: {box.open: true}, touch: box/open, sya: Ouvrez.}\n"
    found = faults(tmp_path, NAMED.replace("needs: [opened]", "needs: [box.opened]"), lib)
    assert {(one.line, Path(one.file).name) for one in found} == {(4, "simulator.yaml")}


def test_a_scenario_completes_the_goals_of_a_form(tmp_path: Path) -> None:
    mechanics = (
        BOX
        + """
def goals(ref, app):
    goal = {"done": {f"{app}.open": True}, "touch": f"{app}/open", "say": "Ouvrez.", "aim": True}
    return {f"{app}.opened": goal, f"{app}.way": {**goal, "aim": False, "named": False}}
"""
    )
    text = "title: T\napps: {box: box}\ngoals: {box.opened: {hints: [Par le haut.]}}\n"
    desk = write_desk(tmp_path, text, mechanics)
    assert desk.checked.aim == ("box.opened",)
    guide = desk.guide(desk.start(NOW, 1))
    assert guide is not None
    assert (guide.say, guide.hints) == ("Ouvrez.", ("Par le haut.",))
    assert list(desk.checked.goals) == ["box.opened"]


def test_a_form_that_cannot_become_goals_is_told_at_its_facts(tmp_path: Path) -> None:
    mechanics = BOX + "\ndef goals(ref, app):\n    return ref[app]['fields']\n"
    with pytest.raises(ContentError) as caught:
        write_desk(tmp_path, NAMED.replace("goals:", "ref: {box: {pages: []}}\ngoals:"), mechanics)
    assert [(one.line, "KeyError('fields')" in one.message) for one in caught.value.problems] == [(6, True)]


def test_the_first_world_is_the_simulators_with_the_scenarios_on_top(tmp_path: Path) -> None:
    text = NAMED.replace("aim:", "start: {box: {colour: {day: -20}}}\naim:")
    desk = write_desk(tmp_path, text, more="start: {colour: grey, size: 3}\n")
    assert desk.start(NOW, 1)["world"] == {"front": "box", "box": {"colour": "01/11/2026", "size": 3}}


def test_dates_in_predicates_and_values_follow_the_day_of_the_attempt(tmp_path: Path) -> None:
    text = NAMED.replace("box.name: Lune", "box.name: {day: -1, as: iso}").replace(
        "value: Lune", "value: {day: -1, as: iso}"
    )
    desk = write_desk(tmp_path, text)
    assert desk.on("2027-01-01") is desk.on("2027-01-01")
    for day in (date(2026, 3, number) for number in range(1, 20)):
        desk.on(day.isoformat())
    state = touch_all(desk, {**desk.start(NOW, 1), "clock": "2027-01-01"}, "box/open", ("box/name", "2026-12-31"))
    assert desk.guide(state) is None


def test_a_desk_keeps_what_the_contract_promises(tmp_path: Path) -> None:
    desk: Scenario = write_desk(tmp_path)
    assert (desk.id, desk.title) == ("box/essai", "Donner un nom")


def test_an_unknown_simulator_or_scenario_is_told_with_those_that_exist() -> None:
    examples = load_examples()
    with pytest.raises(NotFound, match="no simulator «post»; there is: call, files, mail"):
        load_scenario(examples, "post/repondre")
    with pytest.raises(NotFound, match="there is: mail/repondre"):
        load_scenario(examples, "mail/ecrire")
    assert "procedure/se-connecter" in read_scenario_names(examples)


def test_a_simulator_is_loaded_by_location_and_may_use_dataclasses(tmp_path: Path) -> None:
    head = "from __future__ import annotations\nfrom dataclasses import dataclass\n"
    write_simulator(tmp_path, head + "@dataclass(frozen=True)\nclass A:\n    a: int\n" + BOX)
    assert "lms_simulators.box" in sys.modules


@pytest.mark.parametrize(
    ("mechanics", "line", "said"),
    [
        ("x = 1\nraise ValueError('no')\n", 2, "cannot be loaded: ValueError('no')"),
        ("def parts(:\n", 1, "cannot be loaded: SyntaxError"),
        ("def parts(ref, world, app):\n    return {}\n", 0, "this function is needed"),
    ],
)
def test_mechanics_that_cannot_be_used_are_told_with_their_line(
    tmp_path: Path, mechanics: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        write_simulator(tmp_path, mechanics)
    problem = caught.value.problems[0]
    assert problem.file.endswith("mechanics.py")
    assert problem.line == line
    assert said in problem.message


def test_faults_of_a_simulator_file_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "box"
    folder.mkdir()
    (folder / "simulator.yaml").write_text("name: bok\nlibs: {}\nlib: []\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_simulator(folder)
    told = {(one.line, one.field) for one in caught.value.problems if one.file.endswith(".yaml")}
    assert told == {(1, "name"), (2, "libs"), (3, "lib"), (1, "title")}
    assert any(one.file.endswith("mechanics.py") for one in caught.value.problems)
