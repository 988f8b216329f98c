"""Every link and every path in the guides leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, PAGES, ROOT

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`((?:tests|e2e|docs|tools|bench|themes/default)/[\w./-]*)`")
NOT_FOR_READERS = re.compile(r"/(?:work|home|root|tmp)/")


def read_prose(page: Path) -> str:
    """A page without its blocks of code: those hold pictures of courses, which are no links."""
    return re.sub(r"`[^`\n]*`", "", CODE.sub("", page.read_text(encoding="utf-8")))


def iter_links(page: Path) -> Iterator[tuple[str, str]]:
    """Relative links as (file, heading)."""
    for target in LINK.findall(read_prose(page)):
        if not re.match(r"[a-z]+:", target):
            file, _, heading = target.partition("#")
            yield file, heading


def slug(heading: str) -> str:
    """The anchor of a heading, as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def read_anchors(page: Path) -> set[str]:
    return {slug(line.lstrip("#")) for line in CODE.sub("", page.read_text()).splitlines() if line.startswith("#")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for file, heading in iter_links(page):
        target = page.parent / file if file else page
        if not target.exists() or (heading and heading not in read_anchors(target)):
            broken.append(f"{file}#{heading}")
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_of_the_repository_that_a_guide_names_is_there(page: Path) -> None:
    assert [path for path in NAMED.findall(page.read_text()) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_guide_names_a_folder_of_somebodys_machine(page: Path) -> None:
    assert NOT_FOR_READERS.findall(page.read_text()) == []


def test_the_readme_leads_to_every_guide() -> None:
    linked = {file for file, _ in iter_links(ROOT / "README.md")} | {
        f"docs/{file}" for page in DOCS.glob("*.md") for file, _ in iter_links(page)
    }
    assert [page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in linked] == []
