"""Courses: read whole, frozen, hashed; every fault with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.courses import Catalogue, Shelf, load_courses, read_courses
from lms.content.scenarios import load_scenario, load_simulator
from lms.errors import ContentError
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

COURSE = """title: Premiers pas
type: linear
locale: fr
licence: CC-BY-SA-4.0
modules:
  - id: souris
    title: La souris
    pictogram: souris
    activities: [bouger, choisir]
"""
LESSON = """---
type: lesson
title: Bouger la souris
instruction: Lisez, puis continuez.
competences: [M01]
---
## La souris
Posez la main dessus. ![une souris](picto:souris)
## La flèche
Elle bouge avec **vous**. <script>alert(1)</script>
"""
QUIZ = """---
type: quiz
title: Choisir
instruction: Choisissez une réponse.
options:
  questions:
    - kind: one
      ask: Que bouge-t-on ?
      answers:
        - {text: La souris, right: true}
        - {text: La table}
---
"""
MECHANICS = """
def parts(ref, world, app):
    return {"switch": "click"}

def touch(ref, world, app, part, do, value):
    return {**world, app: {"on": not world[app]["on"]}}
"""
SCENARIO = """title: Allumer
apps: {lamp: lamp}
start: {lamp: {on: false}}
aim: [lit]
goals:
  lit: {done: {lamp.on: true}, touch: lamp/switch, say: Appuyez sur le bouton.}
"""
PLAY = """---
type: simulation
title: Allumer la lampe
instruction: Allumez la lampe.
options: {scenario: lamp/allumer, modes: [guided, alone]}
---
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    course = tmp_path / "courses" / "pas"
    course.mkdir(parents=True)
    (course / "course.yaml").write_text(COURSE)
    (course / "bouger.fr.md").write_text(LESSON)
    (course / "choisir.fr.md").write_text(QUIZ)
    lamp = tmp_path / "simulators" / "lamp"
    (lamp / "scenarios").mkdir(parents=True)
    (lamp / "simulator.yaml").write_text("name: lamp\ntitle: La lampe\n")
    (lamp / "mechanics.py").write_text(MECHANICS)
    (lamp / "scenarios" / "allumer.yaml").write_text(SCENARIO)
    return tmp_path


def shelf(folder: Path) -> Shelf:
    plugins = load_plugins(Settings(home=folder / "home"), bundled("plugins"))
    simulators = {"lamp": load_simulator(folder / "simulators" / "lamp")}
    names = frozenset({"souris", "clavier"})
    return Shelf(plugins, lambda name: load_scenario(simulators, name), lambda name: f"/pictograms/{name}.svg", names)


def load(folder: Path) -> Catalogue:
    return load_courses([folder / "courses"], shelf(folder))


def faults(folder: Path) -> list[str]:
    _, problems = read_courses([folder / "courses"], shelf(folder))
    base = str(folder / "courses" / "pas") + "/"
    return [str(problem).replace(base, "") for problem in problems]


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "courses" / "pas" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_a_course_is_read_with_its_modules_and_activities(folder: Path) -> None:
    course = load(folder).courses["pas"]
    assert (course.title, course.type, course.licence) == ("Premiers pas", "linear", "CC-BY-SA-4.0")
    assert course.modules[0].activities == ("pas/bouger", "pas/choisir")
    assert list(course.activities) == ["pas/bouger", "pas/choisir"]
    assert course.activities["pas/bouger"].competences == ("M01",)


def test_a_body_becomes_clean_html_with_pictograms_of_the_theme(folder: Path) -> None:
    html = load(folder).courses["pas"].activities["pas/bouger"].html
    assert '<img alt="une souris" src="/pictograms/souris.svg">' in html
    assert "<strong>vous</strong>" in html
    assert "script" not in html
    assert "alert" not in html


def test_options_get_their_kinds_and_defaults(folder: Path) -> None:
    question = load(folder).courses["pas"].activities["pas/choisir"].options["questions"][0]
    assert [one["right"] for one in question["answers"]] == [True, False]
    assert question["say"] == ""


def test_a_scenario_option_arrives_compiled(folder: Path) -> None:
    (folder / "courses" / "pas" / "choisir.fr.md").write_text(PLAY)
    options = load(folder).courses["pas"].activities["pas/choisir"].options
    assert options["scenario"].title == "Allumer"
    assert options["modes"] == ["guided", "alone"]


def test_a_text_is_in_the_language_asked_or_else_in_that_of_the_course(folder: Path) -> None:
    (folder / "courses" / "pas" / "bouger.qps.md").write_text(LESSON.replace("Bouger la souris", "siruos al reguoB"))
    catalogue = load(folder)
    titles = {lang: catalogue.find_activity("pas/bouger", lang) for lang in ("qps", "ar", "")}
    assert titles["qps"] is not None
    assert titles["qps"].title == "siruos al reguoB"
    assert titles["ar"] is titles[""] is catalogue.courses["pas"].activities["pas/bouger"]
    assert catalogue.find_activity("pas/absent") is None
    assert catalogue.find_activity("rien/bouger") is None


def test_the_revision_is_the_hash_of_the_content(folder: Path) -> None:
    first, again = load(folder).courses["pas"], load(folder).courses["pas"]
    assert first.revision == again.revision
    assert len(first.revision) == 64
    change(folder, "bouger.fr.md", "Elle bouge", "Elle va")
    after = load(folder).courses["pas"]
    assert after.revision != first.revision
    assert after.activities["pas/bouger"].revision != first.activities["pas/bouger"].revision
    assert after.activities["pas/choisir"].revision == first.activities["pas/choisir"].revision


def test_a_changed_scenario_changes_the_revision_of_its_activity(folder: Path) -> None:
    (folder / "courses" / "pas" / "choisir.fr.md").write_text(PLAY)
    first = load(folder).courses["pas"]
    path = folder / "simulators" / "lamp" / "scenarios" / "allumer.yaml"
    path.write_text(path.read_text().replace("Appuyez", "Cliquez"))
    after = load(folder).courses["pas"]
    assert after.activities["pas/choisir"].revision != first.activities["pas/choisir"].revision
    assert after.revision != first.revision


def test_a_file_beside_the_mechanics_is_part_of_the_revision(folder: Path) -> None:
    (folder / "courses" / "pas" / "choisir.fr.md").write_text(PLAY)
    first = load(folder).courses["pas"]
    (folder / "simulators" / "lamp" / "bulb.py").write_text("WATTS = 9\n")
    assert load(folder).courses["pas"].revision != first.revision


def test_a_wrong_key_in_a_course_is_told_with_its_line_and_what_is_allowed(folder: Path) -> None:
    change(folder, "course.yaml", "licence:", "license:")
    allowed = "title, type, locale, licence, audience, source, verified_on, review_due, pictogram, modules"
    assert faults(folder) == [f"course.yaml:4: license: unknown key «license»; allowed: {allowed}"]


def test_an_activity_of_unknown_type_is_told_with_the_types_there_are(folder: Path) -> None:
    change(folder, "bouger.fr.md", "type: lesson", "type: leson")
    there = "dialogue, lesson, positioning, quiz, rubric, simulation"
    assert faults(folder) == [f"bouger.fr.md:2: type: unknown activity type «leson»; allowed: {there}"]


def test_a_course_of_unknown_type_is_told(folder: Path) -> None:
    change(folder, "course.yaml", "type: linear", "type: spiral")
    assert faults(folder) == ["course.yaml:2: type: unknown course type «spiral»; allowed: free, linear"]


CHOICES = "one, several, order, match, picture"
TRUTH = "allowed: true, false, oui, non"
ANSWER = "options.questions.0.answers.0"
ASKS = "options.questions.0.asks: unknown key «asks»"
MISSING = "instruction: «instruction» is missing"
FAULTS = [
    ("choisir", "kind: one", "kind: two", f"7: options.questions.0.kind: «two» is not allowed; allowed: {CHOICES}"),
    (
        "choisir",
        "right: true",
        "right: yes",
        f"10: {ANSWER}.right: «yes» is not allowed; {TRUTH}",
    ),
    ("choisir", "ask: Que", "asks: Que", f"8: {ASKS}; allowed: kind, ask, say, hint, answers"),
    ("choisir", "instruction: Choisissez une réponse.\n", "", f"2: {MISSING} (what to do, said aloud)"),
    ("bouger", "[M01]", "[M99]", "5: competences.0: competence «M99» does not exist"),
    ("bouger", "picto:souris", "picto:sourie", "8: pictogram «sourie» does not exist in the theme"),
    ("bouger", "title: Bouger la souris", "title: [a]", "3: title: expected text, found a list"),
]


@pytest.mark.parametrize(("file", "old", "new", "fault"), FAULTS)
def test_a_fault_in_an_activity_names_the_line_and_the_field(
    folder: Path, file: str, old: str, new: str, fault: str
) -> None:
    change(folder, f"{file}.fr.md", old, new)
    assert f"{file}.fr.md:{fault}" in faults(folder)


def test_a_missing_and_an_unlisted_activity_are_both_told(folder: Path) -> None:
    change(folder, "course.yaml", "[bouger, choisir]", "[bouger, cliquer]")
    assert faults(folder) == [
        "course.yaml:5: modules: activity «cliquer» has no file cliquer.fr.md",
        "choisir.fr.md: activity «choisir» stands in no module of course.yaml",
    ]


def test_a_scenario_that_does_not_exist_is_told_where_it_is_named(folder: Path) -> None:
    (folder / "courses" / "pas" / "choisir.fr.md").write_text(PLAY.replace("lamp/allumer", "lamp/eteindre"))
    (fault,) = faults(folder)
    assert fault.startswith("choisir.fr.md:5: options.scenario: no scenario «lamp/eteindre»")


def test_the_faults_of_a_scenario_are_told_in_its_own_file(folder: Path) -> None:
    (folder / "courses" / "pas" / "choisir.fr.md").write_text(PLAY)
    (folder / "simulators" / "lamp" / "scenarios" / "allumer.yaml").write_text(
        SCENARIO.replace("aim: [lit]", "aim: [dark]")
    )
    own, other = faults(folder)
    assert own == "choisir.fr.md:5: options.scenario: scenario «lamp/allumer» has faults of its own"
    assert "allumer.yaml:4: aim.0: no goal «dark»" in other


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    change(folder, "course.yaml", "licence:", "license:")
    change(folder, "bouger.fr.md", "[M01]", "[M99]")
    change(folder, "choisir.fr.md", "kind: one", "kind: two")
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert [problem.line for problem in caught.value.problems] == [4, 5, 7]


def test_a_sound_course_is_still_offered_when_another_is_faulty(folder: Path) -> None:
    bad = folder / "courses" / "bad"
    bad.mkdir()
    (bad / "course.yaml").write_text("title: [")
    catalogue, problems = read_courses([folder / "courses"], shelf(folder))
    assert list(catalogue.courses) == ["pas"]
    assert [problem.file for problem in problems] == [str(bad / "course.yaml")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("## Sans en-tête\n", ":1: the file must begin with front matter: a line «---», YAML, «---»"),
        ("---\ntitle: x\n", ":1: the front matter has no end: add a line «---» before the text"),
        ("---\n- x\n---\n", ":2: the front matter must be lines of «key: value»"),
        ("---\ntitle: a\ntitle: b\n---\n", ":3: title: the key «title» is written twice"),
    ],
)
def test_front_matter_that_cannot_be_read_is_told(folder: Path, text: str, message: str) -> None:
    (folder / "courses" / "pas" / "bouger.fr.md").write_text(text)
    assert f"bouger.fr.md{message}" in faults(folder)


def test_a_plugin_may_render_a_body_in_its_own_way(folder: Path) -> None:
    own = folder / "home" / "plugins"
    own.mkdir(parents=True)
    hook = (
        "@hookimpl\ndef render_body(body, activity):\n    return '<p>mine</p>' if activity.type == 'lesson' else None\n"
    )
    (own / "mine.py").write_text("from lms.contract import hookimpl\nCONTRACT = 1\n" + hook)
    activities = load(folder).courses["pas"].activities
    assert activities["pas/bouger"].html == "<p>mine</p>"
    assert activities["pas/choisir"].html == ""
