"""The README's examples: written to an instance as they stand there, checked, served and played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lms.content.checks import check_all, find_folders
from lms.plugins import bundled, load_plugins
from lms.settings import Settings
from tests.docs.blocks import ROOT, read_blocks, write_blocks
from tests.fixtures.server import Server, running

README = ROOT / "README.md"
TODAY = date(2026, 11, 21)
LARGEST_PICTURE = 150 * 1024


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An instance that holds every file of the README."""
    return write_blocks(README, tmp_path / "instance")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The README's instance, served, in its theme."""
    home = write_blocks(README, tmp_path_factory.mktemp("readme") / "instance")
    with running(home, theme="menthe", workers=1) as found:
        yield found


def begin_as_guest(page: Page, server: Server, activity: str) -> None:
    page.goto(server.url)
    page.get_by_role("button", name="Essayer").click()
    page.wait_for_url("**/learn/try")
    page.goto(f"{server.url}/learn/begin/{activity}")


def test_the_activity_type_of_the_readme_has_sixty_lines_at_most() -> None:
    assert 20 < len(read_blocks(README)["plugins/combien.py"].splitlines()) <= 60


def test_each_file_of_the_readme_stands_under_its_name() -> None:
    text = README.read_text()
    assert [file for file in read_blocks(README) if f"`{file}`\n\n```" not in text] == []


def test_lms_check_has_nothing_to_tell_of_the_readmes_examples(home: Path) -> None:
    settings = Settings(home=home)
    found = find_folders(settings)
    own = replace(found, courses=found.courses[1:], simulators=found.simulators[1:])
    assert [str(one) for one in check_all(own, load_plugins(settings, bundled("plugins")), TODAY)] == []


def test_the_readmes_activity_is_played_and_its_theme_is_seen(server: Server, page: Page) -> None:
    begin_as_guest(page, server, "marche/compter")
    expect(page.locator("body")).to_have_css("background-color", "rgb(242, 249, 244)")
    page.get_by_label("Votre nombre").fill("4")
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text("Comptez encore une fois.")).to_be_visible()
    page.get_by_label("Votre nombre").fill("3")
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url("**/done")


def test_the_readmes_quiz_and_simulator_are_played_on_the_real_desk(server: Server, page: Page) -> None:
    begin_as_guest(page, server, "marche/choisir")
    page.get_by_text("Des pommes", exact=True).click()
    page.get_by_role("button", name="Valider ma réponse").click()
    expect(page.get_by_text("La tarte est aux pommes.").first).to_be_visible()
    page.goto(f"{server.url}/learn/begin/marche/allumer")
    page.locator("button[name=mode][value=guided]").click()
    lamp = page.locator("[data-part='lampe/switch']")
    expect(lamp).to_have_text("La lampe est éteinte")
    lamp.click()
    expect(page.locator(".desk-end")).to_be_visible()


def test_both_pictures_are_there_and_light() -> None:
    for name in ("desk", "board"):
        picture = ROOT / f"docs/images/{name}.png"
        assert f"](docs/images/{name}.png)" in README.read_text()
        assert 10_000 < picture.stat().st_size <= LARGEST_PICTURE
