"""What `lms new` writes works at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lms.app import build_site
from lms.content.checks import check_all, find_folders
from lms.contract import Activity, AttemptFacts
from lms.plugins import bundled, load_plugins
from lms.settings import Settings
from tests.cli.conftest import Run

TODAY = datetime.now(UTC).date()


def check_own(home: Path) -> list[str]:
    """What `lms check` says of the instance's own content; the bundled one has its own test."""
    settings = Settings(home=home)
    folders = find_folders(settings)
    own = replace(folders, courses=(home / "courses",), simulators=())
    return [str(one) for one in check_all(own, load_plugins(settings, bundled("plugins")), TODAY)]


def test_a_new_course_has_no_fault_and_nothing_to_tell(home: Path, run: Run) -> None:
    made = run("new", "course", "jardin", "--title", 'L\'été : "au jardin"')
    assert made.exit_code == 0, made.output
    assert str(home / "courses/jardin/course.yaml") in made.output
    assert check_own(home) == []
    course = build_site(Settings(home=home)).classroom.catalogue.courses["jardin"]
    assert course.title == 'L\'été : "au jardin"'
    assert list(course.activities) == ["jardin/marche", "jardin/porte"]


def test_a_new_plugin_is_an_activity_type_that_can_be_done(home: Path, run: Run) -> None:
    assert run("new", "plugin", "a_faire", "--title", "À faire").exit_code == 0
    kind = load_plugins(Settings(home=home), bundled("plugins")).activity_types["a_faire"]
    activity = Activity("c/a", "a_faire", "T", "I", (), {"ask": "Ouvrez la porte."}, "", "", "fr", "r")
    state = kind.start(activity, AttemptFacts(datetime(2026, 11, 21, tzinfo=UTC), 1, "guided", "fr"))
    assert kind.title == "À faire"
    assert kind.present(activity, state).data == {"ask": "Ouvrez la porte."}
    assert kind.evaluate(activity, {"done": "no"}, state).completion is None
    assert kind.evaluate(activity, {"done": "yes"}, state).completion is True
    assert kind.evaluate(activity, {}, state).stale


def test_a_new_theme_stands_on_the_default_one_and_repaints_it(home: Path, run: Run) -> None:
    assert run("new", "theme", "bleu").exit_code == 0
    site = build_site(Settings(home=home, theme="bleu"))
    theme = site.find_theme("")
    assert (theme.name, theme.parent) == ("bleu", "default")
    tokens = theme.find_static("tokens.css")
    assert tokens is not None
    known = {
        line.split(":")[0].strip()
        for line in (bundled("themes") / "default/static/tokens.css").read_text().splitlines()
    }
    own = {line.split(":")[0].strip() for line in tokens.read_text().splitlines() if line.startswith("  --")}
    assert own
    assert own <= known
    assert check_own(home) == []


def test_a_new_scenario_of_a_bundled_simulator_can_be_used_at_once(home: Path, run: Run) -> None:
    made = run("new", "scenario", "mail/ecrire-a-paul", "--title", "Écrire à Paul")
    assert made.exit_code == 0, made.output
    site = build_site(Settings(home=home))
    assert "mail/ecrire-a-paul" in site.simulators["mail"].scenario_names()


def test_lms_check_finds_no_fault_in_all_that_is_new(home: Path, run: Run) -> None:
    for kind, name in (
        ("course", "jardin"),
        ("plugin", "a_faire"),
        ("theme", "bleu"),
        ("scenario", "files/ranger-ici"),
    ):
        assert run("new", kind, name).exit_code == 0
    checked = run("check")
    assert checked.exit_code == 0, checked.output
    assert str(home) not in checked.output


def test_lms_check_tells_plugins_that_fail_beside_every_other_fault(home: Path, run: Run, small: None) -> None:
    assert run("new", "theme", "bleu").exit_code == 0
    (home / "themes/bleu/theme.yaml").write_text("name: bleu\ntitle: Bleu\n")
    (home / "plugins").mkdir()
    (home / "plugins/one.py").write_text("\nraise ValueError('no licence')")
    (home / "plugins/two.py").write_text("CONTRACT = 99")
    checked = run("check", plugins_skip_broken=True)
    assert checked.exit_code == 1
    assert f"{home / 'plugins/one.py'}:2): it raised ValueError: no licence" in checked.output
    assert "it needs contract version 99" in checked.output
    assert "a theme needs a parent" in checked.output
    assert checked.output.endswith("3 faults.\n")
    (home / "plugins/one.py").unlink()
    (home / "plugins/two.py").unlink()
    assert run("check").output.endswith("1 fault.\n")


@pytest.mark.parametrize(
    ("kind", "name"), [("course", "jardin"), ("plugin", "a_faire"), ("theme", "bleu"), ("scenario", "mail/un-essai")]
)
def test_what_is_there_already_is_never_changed(home: Path, run: Run, kind: str, name: str) -> None:
    assert run("new", kind, name).exit_code == 0
    files = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    again = run("new", kind, name, "--title", "Autre")
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert {file: file.read_bytes() for file in files} == files


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("course", "../jardin", "2 to 40 of a-z, 0-9 and -, a letter first"),
        ("course", "Jardin", "2 to 40 of a-z"),
        ("plugin", "a-faire", "2 to 40 of a-z, 0-9 and _, a letter first"),
        ("scenario", "nothing/essai", "no simulator «nothing»; there is: "),
        ("scenario", "mail", "a scenario belongs to a simulator; write SIMULATOR/mail"),
        ("scenario", "mail/", "2 to 40 of a-z"),
    ],
)
def test_a_name_that_cannot_be_is_told_with_what_is_allowed(
    home: Path, run: Run, kind: str, name: str, said: str
) -> None:
    made = run("new", kind, name)
    assert made.exit_code == 1
    assert said in made.output
    assert not home.exists()
