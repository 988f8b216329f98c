"""Plugins: how they are found, checked, refused and frozen."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path
from types import MappingProxyType

import pytest

from lms.contract import Viewer
from lms.errors import PluginError
from lms.plugins import Plugins, bundled, load_plugins
from lms.settings import Settings

HEAD = "from lms.contract import ActivityType, NavigationItem, hookimpl\nCONTRACT = 1\n"
TYPE = """
class Word(ActivityType):
    name = "word"

@hookimpl
def register_activity_types():
    return [Word()]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bundled").mkdir()
    (tmp_path / "home" / "plugins").mkdir(parents=True)
    return tmp_path


def load(folder: Path, **settings: object) -> Plugins:
    return load_plugins(Settings(home=folder / "home", **settings), folder / "bundled")  # type: ignore[arg-type]


def refusal(folder: Path) -> str:
    with pytest.raises(PluginError) as caught:
        load(folder)
    return str(caught.value)


def test_a_file_and_a_folder_are_plugins(folder: Path) -> None:
    (folder / "bundled" / "one.py").write_text(HEAD + TYPE)
    package = folder / "home" / "plugins" / "two"
    package.mkdir()
    (package / "words.py").write_text("NAME = 'other'\n")
    (package / "__init__.py").write_text("from .words import NAME\n" + HEAD + TYPE.replace('"word"', "NAME"))
    (package / "templates").mkdir()
    plugins = load(folder)
    assert sorted(plugins.activity_types) == ["other", "word"]
    assert plugins.names == ("one", "two")
    assert plugins.template_folders["two"] == package / "templates"


def test_what_was_registered_is_frozen(folder: Path) -> None:
    (folder / "bundled" / "one.py").write_text(HEAD + TYPE)
    assert isinstance(load(folder).activity_types, MappingProxyType)


def test_a_plugin_is_imported_once_per_process(folder: Path) -> None:
    (folder / "bundled" / "once.py").write_text(HEAD + TYPE)
    first, second = load(folder), load(folder)
    assert first.manager is not second.manager
    assert first.manager.get_plugin("once") is second.manager.get_plugin("once") is sys.modules["lms_plugins.once"]


def test_a_blocked_plugin_is_not_even_imported(folder: Path) -> None:
    (folder / "bundled" / "bad.py").write_text("raise RuntimeError('never run')")
    assert load(folder, plugins_blocked=("bad",)).names == ()


def test_a_plugin_that_raises_at_import_is_named_with_its_file_and_reason(
    folder: Path,
) -> None:
    file = folder / "bundled" / "broken.py"
    file.write_text("CONTRACT = 1\nraise RuntimeError('no licence key')")
    assert refusal(folder) == f"plugin «broken» ({file}:2): it raised RuntimeError: no licence key"


def test_a_plugin_that_is_no_python_or_raises_in_a_part_of_it_is_named_with_that_line(folder: Path) -> None:
    whole = folder / "bundled" / "whole"
    whole.mkdir()
    (whole / "__init__.py").write_text("CONTRACT = 1\nfrom lms_plugins.whole import part")
    (whole / "part.py").write_text("\n\n1 / 0")
    assert refusal(folder).startswith(f"plugin «whole» ({whole / 'part.py'}:3): it raised ZeroDivisionError")
    (whole / "part.py").write_text("\ndef:")
    assert refusal(folder).startswith(f"plugin «whole» ({whole / 'part.py'}:2): it raised SyntaxError")


def test_a_broken_plugin_is_skipped_when_the_administrator_says_so(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "bundled" / "broken.py").write_text("raise RuntimeError('no licence key')")
    (folder / "bundled" / "sound.py").write_text(HEAD + TYPE)
    plugins = load(folder, plugins_skip_broken=True)
    assert plugins.names == ("sound",)
    assert "no licence key" in str(plugins.skipped[0])
    assert "broken" in caplog.text


def test_the_same_plugin_name_twice_names_both_places(folder: Path) -> None:
    ours, theirs = (
        folder / "bundled" / "word.py",
        folder / "home" / "plugins" / "word.py",
    )
    ours.write_text(HEAD + TYPE)
    theirs.write_text(HEAD + TYPE)
    assert refusal(folder) == f"two plugins are named «word»: {ours} and {theirs}"


def test_the_same_activity_type_twice_names_both_plugins(folder: Path) -> None:
    (folder / "bundled" / "one.py").write_text(HEAD + TYPE)
    (folder / "bundled" / "two.py").write_text(HEAD + TYPE)
    assert refusal(folder) == "register_activity_types: «word» is registered by plugin «one» and by plugin «two»"


def test_when_names_clash_and_broken_plugins_are_skipped_the_first_stays(
    folder: Path,
) -> None:
    (folder / "bundled" / "one.py").write_text(HEAD + TYPE)
    (folder / "bundled" / "two.py").write_text(HEAD + TYPE)
    assert load(folder, plugins_skip_broken=True).names == ("one",)


def test_a_misspelt_hook_is_refused_with_the_right_spelling(folder: Path) -> None:
    file = folder / "bundled" / "typo.py"
    file.write_text(HEAD + TYPE.replace("register_activity_types", "register_activty_types"))
    expected = "unknown hook «register_activty_types»; did you mean «register_activity_types»?"
    assert refusal(folder) == f"plugin «typo» ({file}): {expected}"


def test_a_hook_with_an_unknown_argument_is_refused(folder: Path) -> None:
    (folder / "bundled" / "args.py").write_text(HEAD + "@hookimpl\ndef navigation_items(request):\n    return []\n")
    assert "'request'" in refusal(folder)


def test_a_plugin_without_contract_version_is_told_what_to_add(folder: Path) -> None:
    (folder / "bundled" / "old.py").write_text("from lms.contract import ActivityType, hookimpl\n" + TYPE)
    assert refusal(folder).endswith("it does not state its contract version; add CONTRACT = 1")


def test_a_plugin_of_another_contract_version_is_refused(folder: Path) -> None:
    (folder / "bundled" / "new.py").write_text("CONTRACT = 7\n")
    assert refusal(folder).endswith("it needs contract version 7; this Déclic offers 1")


def test_a_plugin_without_any_hook_is_told_to_mark_them(folder: Path) -> None:
    (folder / "bundled" / "mute.py").write_text("CONTRACT = 1\n")
    assert refusal(folder).endswith("it implements no hook; mark each hook function with @hookimpl")


def test_a_register_hook_that_raises_names_the_hook(folder: Path) -> None:
    (folder / "bundled" / "late.py").write_text(
        HEAD + "@hookimpl\ndef register_jobs():\n    raise ValueError('when?')\n"
    )
    assert refusal(folder).endswith("register_jobs raised ValueError: when?")


def test_a_template_outside_the_plugins_own_name_is_refused(folder: Path) -> None:
    (folder / "bundled" / "one.py").write_text(HEAD + TYPE + "TEMPLATES = {'layout.html': 'mine'}\n")
    assert refusal(folder).endswith("template «layout.html» must be named «one/…»")


def test_templates_of_a_one_file_plugin_are_gathered(folder: Path) -> None:
    (folder / "bundled" / "one.py").write_text(HEAD + TYPE + "TEMPLATES = {'one/ask.html': 'hello'}\n")
    assert load(folder).templates == {"one/ask.html": "hello"}


def test_a_plugin_that_fails_in_a_request_is_left_out_and_logged(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    menu = "@hookimpl\ndef navigation_items(viewer):\n    return [NavigationItem('Mots', 'words.index')]\n"
    (folder / "bundled" / "a.py").write_text(HEAD + menu)
    (folder / "bundled" / "b.py").write_text(HEAD + menu.replace("return", "raise KeyError; return"))
    viewer = Viewer("o", "p", frozenset(), "fr")
    with caplog.at_level(logging.ERROR):
        answers = load(folder).call("navigation_items", viewer=viewer)
    assert [[one.label for one in answer] for answer in answers] == [["Mots"]]
    assert "plugin «b» left out of navigation_items" in caplog.text


def test_the_first_plugin_that_renders_a_body_wins_and_a_failing_one_is_passed_over(
    folder: Path,
) -> None:
    render = "@hookimpl\ndef render_body(body, activity):\n    return {}\n"
    (folder / "bundled" / "a.py").write_text(HEAD + render.format("'<p>a</p>'"))
    (folder / "bundled" / "b.py").write_text(HEAD + render.format("None"))
    (folder / "bundled" / "c.py").write_text(HEAD + render.format("1 / 0"))
    assert load(folder).call("render_body", body="x", activity=None) == "<p>a</p>"


def test_the_cores_own_implementation_answers_last(folder: Path) -> None:
    render = "@hookimpl\ndef render_body(body, activity):\n    return {!r}\n"
    core_file = folder / "core_body.py"
    core_file.write_text(HEAD + render.format("core"))
    sys.path.insert(0, str(folder))
    try:
        import core_body
    finally:
        sys.path.remove(str(folder))
    settings = Settings(home=folder / "home")
    alone = load_plugins(settings, folder / "bundled", {"core_body": core_body})
    (folder / "bundled" / "a.py").write_text(HEAD + render.format("plugin"))
    both = load_plugins(settings, folder / "bundled", {"core_body": core_body})
    assert alone.call("render_body", body="", activity=None) == "core"
    assert both.call("render_body", body="", activity=None) == "plugin"


def test_an_installed_entry_point_is_a_plugin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = folder / "site"
    information = site / "declic_outside-1.0.dist-info"
    information.mkdir(parents=True)
    (site / "declic_outside.py").write_text(HEAD + TYPE)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: declic-outside\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[lms.plugins]\noutside = declic_outside\n")
    monkeypatch.syspath_prepend(str(site))
    importlib.invalidate_caches()
    plugins = load(folder)
    assert "outside" in plugins.names
    assert "word" in plugins.activity_types


def test_bundled_folders_are_those_of_the_checkout() -> None:
    assert (bundled("plugins") / "quiz").is_dir()
