"""Themes: found, chained to their parents, refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from lms.content.themes import build_loader, load_themes
from lms.contract import Folder
from lms.errors import ContentError
from lms.plugins import bundled


def make(root: Path, name: str, text: str) -> Path:
    folder = root / name
    (folder / "templates").mkdir(parents=True)
    (folder / "static" / "pictograms").mkdir(parents=True)
    (folder / "theme.yaml").write_text(text)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = make(tmp_path, "default", "name: default\ntitle: Table\n")
    (folder / "templates" / "page.html").write_text("plain {% include 'part.html' %}")
    (folder / "templates" / "part.html").write_text("part")
    (folder / "static" / "pictograms" / "souris.svg").write_text("<svg/>")
    return tmp_path


def faults(root: Path, **registered: Folder) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_themes([root], registered)
    return [str(problem).replace(f"{root}/", "") for problem in caught.value.problems]


def test_a_theme_inherits_files_and_pictograms_of_its_parent(root: Path) -> None:
    dark = make(root, "dark", "name: dark\ntitle: Nuit\nparent: default\n")
    (dark / "static" / "pictograms" / "lune.svg").write_text("<svg/>")
    themes = load_themes([root], {})
    assert themes["dark"].chain == (dark, root / "default")
    assert themes["dark"].pictograms == {"souris", "lune"}
    assert themes["dark"].find_static("pictograms/souris.svg") == root / "default/static/pictograms/souris.svg"
    assert themes["default"].find_static("pictograms/lune.svg") is None


def test_a_theme_overrides_one_template_and_keeps_the_others(root: Path) -> None:
    dark = make(root, "dark", "name: dark\ntitle: Nuit\nparent: default\n")
    (dark / "templates" / "part.html").write_text("night")
    theme = load_themes([root], {})["dark"]
    assert Environment(loader=build_loader(theme, {}, {})).get_template("page.html").render() == "plain night"


def test_a_plugin_brings_templates_that_a_theme_may_restyle(root: Path) -> None:
    own = root / "words"
    (own / "words").mkdir(parents=True)
    (own / "words" / "ask.html").write_text("asked")
    environment = Environment(
        loader=build_loader(load_themes([root / "none"], {"d": Folder("d", root / "default")})["default"],
                            {"words": own}, {"yes/no.html": "one file"})
    )  # fmt: skip
    assert environment.get_template("words/ask.html").render() == "asked"
    assert environment.get_template("yes/no.html").render() == "one file"
    (root / "default" / "templates" / "words").mkdir()
    (root / "default" / "templates" / "words" / "ask.html").write_text("restyled")
    environment.cache = None
    assert environment.get_template("words/ask.html").render() == "restyled"


def test_a_theme_without_parent_is_told_what_to_add(root: Path) -> None:
    make(root, "dark", "name: dark\ntitle: Nuit\n")
    assert faults(root) == ["dark/theme.yaml:1: parent: a theme needs a parent; add «parent: default»"]


def test_a_theme_whose_parent_does_not_exist_is_told_which_do(root: Path) -> None:
    make(root, "dark", "name: dark\ntitle: Nuit\nparent: defaut\n")
    assert faults(root) == [
        "dark/theme.yaml:3: parent: theme «dark»: its parent «defaut» does not exist; there are: dark, default"
    ]


def test_themes_that_are_each_others_parents_are_told(root: Path) -> None:
    make(root, "a", "name: a\nparent: b\n")
    make(root, "b", "name: b\nparent: a\n")
    assert "a/theme.yaml:2: parent: theme «a»: its parents go round in a circle: a → b → a" in faults(root)


def test_a_wrong_key_in_a_theme_is_told_with_its_line(root: Path) -> None:
    make(root, "dark", "name: dark\nparents: default\nparent: default\n")
    assert faults(root) == ["dark/theme.yaml:2: parents: unknown key «parents»; allowed: name, title, parent"]


def test_a_theme_is_named_like_its_folder(root: Path) -> None:
    make(root, "dark", "name: night\nparent: default\n")
    assert faults(root) == ["dark/theme.yaml:1: name: the name must be that of the folder, «dark»"]


def test_two_themes_of_one_name_are_told_with_both_folders(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = make(tmp_path_factory.mktemp("plugin"), "default", "name: default\n")
    (fault,) = faults(root, other=Folder("default", other))
    assert fault == f"{other}/theme.yaml:1: name: two themes are named «default»: default and {other}"


def test_a_folder_without_theme_file_is_told(root: Path) -> None:
    (root / "empty").mkdir()
    assert faults(root) == ["empty/theme.yaml: this file does not exist"]


def test_the_bundled_themes_are_sound() -> None:
    assert {"default", "high-contrast"} <= set(load_themes([bundled("themes")], {}))
