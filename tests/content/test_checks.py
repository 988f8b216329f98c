"""`lms check`: every fault of every file, with file and line; notices apart."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from lms.content.checks import Folders, Notice, check_all, find_folders
from lms.plugins import Plugins, bundled, load_plugins
from lms.settings import Settings

TODAY = date(2026, 11, 21)
COURSE = """title: Essai
licence: CC-BY-SA-4.0
pictogram: souris
verified_on: 2026-11-01
review_due: 2027-05-01
modules:
  - id: un
    title: Un
    activities: [lire, jouer]
"""
LESSON = """---
type: lesson
title: Lire
instruction: Lisez, puis continuez.
pictogram: souris
otherwise: Au guichet aussi.
verified_on: 2026-11-01
review_due: 2027-05-01
---

## Un
Une phrase courte.
"""
PLAY = LESSON.partition("---\n\n")[0].replace("lesson", "simulation").replace("Lire", "Jouer") + (
    "options:\n  scenario: lamp/allumer\n---\n"
)
MECHANICS = """
def parts(ref, world, app):
    return {"switch": "click"}

def touch(ref, world, app, part, do, value):
    return {**world, app: {"on": True}}
"""
SCENARIO = """title: Allumer
apps: {lamp: lamp}
start: {lamp: {on: false}}
aim: [lit]
goals:
  lit: {done: {lamp.on: true}, touch: lamp/switch, say: Allumez la lampe.,
    hints: [Cherchez le bouton., Il est sur le mur.]}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    course = tmp_path / "courses" / "essai"
    course.mkdir(parents=True)
    (course / "course.yaml").write_text(COURSE)
    (course / "lire.fr.md").write_text(LESSON)
    (course / "jouer.fr.md").write_text(PLAY)
    lamp = tmp_path / "simulators" / "lamp"
    (lamp / "scenarios").mkdir(parents=True)
    (lamp / "simulator.yaml").write_text("name: lamp\ntitle: La lampe\n")
    (lamp / "mechanics.py").write_text(MECHANICS)
    (lamp / "app.js").write_text("export function mount() {}\n")
    (lamp / "app.css").write_text("")
    (lamp / "scenarios" / "allumer.yaml").write_text(SCENARIO)
    theme = tmp_path / "themes" / "default"
    (theme / "static" / "pictograms").mkdir(parents=True)
    (theme / "static" / "pictograms" / "souris.svg").write_text("<svg/>")
    (theme / "theme.yaml").write_text("name: default\ntitle: Table\n")
    return tmp_path


@pytest.fixture
def plugins(tmp_path: Path) -> Plugins:
    return load_plugins(Settings(home=tmp_path / "home"), bundled("plugins"))


def check(root: Path, plugins: Plugins, today: date = TODAY) -> list[str]:
    folders = Folders((root / "courses",), (root / "simulators",), (root / "themes",))
    return [str(problem).replace(f"{root}/", "") for problem in check_all(folders, plugins, today)]


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


OTHERWISE = "no other way is told; name the counter, the phone or the paper"
LIRE = "courses/essai/lire.fr.md"
LAMP = "simulators/lamp/scenarios/allumer.yaml"


def test_sound_content_has_nothing_to_tell(root: Path, plugins: Plugins) -> None:
    assert check(root, plugins) == []


def test_a_long_sentence_in_a_lesson_is_told_on_its_line(root: Path, plugins: Plugins) -> None:
    long = "Un deux trois quatre cinq six sept huit neuf dix onze douze treize."
    change(root, LIRE, "Une phrase courte.", f"Une phrase courte.\n{long}")
    assert check(root, plugins) == [f"{LIRE}:13: 13 words; at most 12 a sentence: «{long}»"]


def test_a_word_that_shames_is_told_in_an_option_too(root: Path, plugins: Plugins) -> None:
    change(root, LIRE, "review_due: 2027-05-01\n", "review_due: 2027-05-01\noptions:\n  memo: C'est facile.\n")
    (fault,) = check(root, plugins)
    assert fault.startswith(f"{LIRE}:10: options.memo: «C'est facile»:")


def test_an_instruction_has_twelve_words_in_all(root: Path, plugins: Plugins) -> None:
    change(root, LIRE, "Lisez, puis continuez.", "Lisez bien. " * 7)
    assert check(root, plugins) == [f"{LIRE}:4: instruction: 14 words; an instruction has at most 12 in all"]


def test_the_activity_types_own_faults_are_told(root: Path, plugins: Plugins) -> None:
    change(root, LIRE, "## Un\n", "")
    (fault,) = check(root, plugins)
    assert fault.endswith("begin every step with a line «## …»")


def test_a_step_of_a_lesson_has_four_sentences_at_most(root: Path, plugins: Plugins) -> None:
    change(root, LIRE, "Une phrase courte.", "Un.\nDeux.\nTrois.\nQuatre.\nCinq.")
    (fault,) = check(root, plugins)
    assert fault.endswith("step «Un» has 5 sentences; at most 4")


DIPLOMA = """diplomas:
  - {id: d, title: D, short: D, source: Un texte, verified_on: 2026-11-21, review_due: 2026-11-20, parts: [{id: A}]}
"""


def test_a_diploma_that_is_due_for_review_is_a_notice_at_its_own_line(root: Path, plugins: Plugins) -> None:
    (root / "courses" / "essai" / "diploma.yaml").write_text(DIPLOMA)
    (told,) = check(root, plugins)
    assert told.startswith("courses/essai/diploma.yaml:2: diplomas.0.review_due: the review was due on 2026-11-20")
    assert told.endswith("(notice)")


def test_what_is_due_for_review_is_a_notice_and_no_fault(root: Path, plugins: Plugins) -> None:
    folders = Folders((root / "courses",), (root / "simulators",), (root / "themes",))
    problems = check_all(folders, plugins, date(2027, 6, 1))
    assert all(isinstance(problem, Notice) for problem in problems)
    assert [(Path(problem.file).name, problem.line) for problem in problems] == [
        ("course.yaml", 5),
        ("jouer.fr.md", 8),
        ("lire.fr.md", 8),
    ]
    assert str(problems[0]).endswith(
        "review_due: the review was due on 2027-05-01; check the page against the real service (notice)"
    )


@pytest.mark.parametrize(
    ("removed", "notice"),
    [
        ("pictogram: souris\n", "pictogram: no pictogram; who reads little finds no way in (notice)"),
        ("otherwise: Au guichet aussi.\n", f"otherwise: {OTHERWISE} (notice)"),
        ("verified_on: 2026-11-01\n", "verified_on: not told; an old page cannot be seen as such (notice)"),
    ],
)  # fmt: skip
def test_what_is_missing_for_learners_is_a_notice(root: Path, plugins: Plugins, removed: str, notice: str) -> None:
    change(root, LIRE, removed, "")
    assert check(root, plugins) == [f"{LIRE}:2: {notice}"]


def test_a_day_that_is_none_or_still_to_come_is_a_fault(root: Path, plugins: Plugins) -> None:
    change(root, LIRE, "2027-05-01", "mai 2027")
    change(root, LIRE, "2026-11-01", "2026-12-01")
    assert check(root, plugins) == [
        f"{LIRE}:7: verified_on: 2026-12-01 is still to come",
        f"{LIRE}:8: review_due: «mai 2027» is no day; write it as 2026-11-21",
    ]


def test_a_scenario_that_can_get_stuck_is_found_by_walking(root: Path, plugins: Plugins) -> None:
    change(root, "simulators/lamp/mechanics.py", '{"on": True}', '{"on": False}')
    assert any(fault.startswith(f"{LAMP}:6: lamp/allumer: stuck") for fault in check(root, plugins))


def test_a_guide_to_a_part_that_is_not_on_screen_is_found(root: Path, plugins: Plugins) -> None:
    change(root, LAMP, "touch: lamp/switch", "touch: lamp/button")
    assert any("lamp/button" in fault and fault.startswith(f"{LAMP}:6") for fault in check(root, plugins))


def test_a_goal_that_needs_itself_is_told_once_in_its_own_file(root: Path, plugins: Plugins) -> None:
    change(root, LAMP, "say: Allumez", "needs: [lit], say: Allumez")
    faults = check(root, plugins)
    assert "courses/essai/jouer.fr.md:10: options.scenario: scenario «lamp/allumer» has faults of its own" in faults
    assert any(fault.startswith(f"{LAMP}:6: ") and "a goal needs itself: lit → lit" in fault for fault in faults)
    assert len(faults) == 2


def test_what_the_guide_says_is_read_too(root: Path, plugins: Plugins) -> None:
    change(root, LAMP, "say: Allumez la lampe.", "say: Il suffit d'allumer la lampe.")
    assert check(root, plugins) == [f"{LAMP}:6: lit: «Il suffit d'»: say what to do"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (", Il est sur le mur.]", "]", "lit: has 1 of at least 2 hints; write `hints`, from vague to precise"),
        (
            "Allumez la lampe.",
            "Allumez la lampe. Elle est dans la petite pièce au fond du couloir.",
            "lit: 13 words; an instruction has at most 12 in all: "
            "«Allumez la lampe. Elle est dans la petite pièce au fond du couloir.»",
        ),
        ("Cherchez le bouton.", '"… ?"', "lit: nothing that a voice could say: «… ?»"),
        ("touch: lamp/switch, ", "", "goals.lit: a goal needs `touch` or `ways`: what brings it?"),
        ("say: Allumez la lampe.,", "", "goals.lit.say: a sentence is needed"),
    ],
)
def test_a_goal_has_a_part_an_instruction_two_hints_and_all_of_it_can_be_heard(
    root: Path, plugins: Plugins, old: str, new: str, told: str
) -> None:
    change(root, LAMP, old, new)
    assert f"{LAMP}:6: {told}" in check(root, plugins)


def test_a_simulator_without_its_module_is_told(root: Path, plugins: Plugins) -> None:
    (root / "simulators" / "lamp" / "app.js").unlink()
    assert check(root, plugins) == ["simulators/lamp/app.js: this file does not exist; the desk loads it"]


def test_a_broken_theme_does_not_hide_the_faults_of_courses(root: Path, plugins: Plugins) -> None:
    (root / "themes" / "default" / "theme.yaml").write_text("name: other\n")
    change(root, LIRE, "type: lesson", "type: leson")
    faults = check(root, plugins)
    assert [fault.partition(":")[0] for fault in faults] == [LIRE, "themes/default/theme.yaml"]


def test_two_activities_that_are_alike_are_told(root: Path, plugins: Plugins) -> None:
    text = "Monique ouvre le tiroir.\nElle cherche la facture de mars.\nElle la pose sur la table."
    change(root, LIRE, "Une phrase courte.", text)
    change(root, "courses/essai/course.yaml", "lire, jouer", "lire, jouer, relire")
    (root / "courses" / "essai" / "relire.fr.md").write_text((root / LIRE).read_text())
    (fault,) = check(root, plugins)
    assert fault == f"{LIRE}: essai/lire and essai/relire are alike by 100% of their words"


def test_content_of_the_instance_is_checked_like_the_bundled(root: Path, plugins: Plugins, tmp_path: Path) -> None:
    home = tmp_path / "instance"
    shutil.copytree(root / "courses", home / "courses")
    folders = find_folders(Settings(home=home))
    assert folders.courses == (bundled("courses"), home / "courses")
    assert folders.themes[0] == bundled("themes")


def test_a_language_that_an_activity_offers_wants_every_sentence_of_its_scenario(root: Path, plugins: Plugins) -> None:
    course, lamp = root / "courses" / "essai", root / "simulators" / "lamp"
    (course / "lire.en.md").write_text(LESSON)
    found = check_all(Folders((root / "courses",), (root / "simulators",), (root / "themes",)), plugins, TODAY)
    assert [isinstance(one, Notice) for one in found if "4 sentences are not in «en»" in str(one)] == [True]
    (course / "jouer.en.md").write_text(PLAY)
    assert "not in «en», which an activity offers: «Allumez la lampe.»" in str(check(root, plugins))
    (lamp / "sentences").mkdir()
    (lamp / "sentences" / "en.yaml").write_text(
        '"Allumer": "Light"\n"Allumez la lampe.": "Light the lamp."\n'
        '"Cherchez le bouton.": "Look for the button."\n"Il est sur le mur.": "It is on the wall."\n'
    )
    assert not [one for one in check(root, plugins) if "«en»" in str(one)]


def test_a_translation_has_the_steps_of_the_original(root: Path, plugins: Plugins) -> None:
    (root / "courses" / "essai" / "lire.en.md").write_text(f"{LESSON}\n## Deux\nEncore.\n")
    assert "lire.en.md: differs from the original: 2 headings «## »; 1 in fr" in str(check(root, plugins))


def test_what_is_said_aloud_is_counted_in_the_words_of_each_language(root: Path, plugins: Plugins) -> None:
    (root / "courses" / "essai" / "jouer.en.md").write_text(PLAY.replace("Lisez, puis continuez.", "Play."))
    (root / "simulators" / "lamp" / "sentences").mkdir()
    (root / "simulators" / "lamp" / "sentences" / "en.yaml").write_text('"Allumez la lampe.": "Light the lamp."\n')
    said: dict[str, list[str]] = {}
    told: list[str] = []
    folders = Folders((root / "courses",), (root / "simulators",), (root / "themes",))
    check_all(folders, plugins, TODAY, told.append, lambda texts, locale: said.setdefault(locale, texts)[:1])
    assert said["en"] == ["Play.", "Light the lamp.", "Cherchez le bouton.", "Il est sur le mur."]
    assert "Allumez la lampe." in said["fr"]
    assert f"missing audio: 1 of 4 sentences in en, 1 of {len(said['fr'])} sentences in fr" in told[0]
