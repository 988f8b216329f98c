"""What the guides hold: blocks of code that name a file, and links."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.glob("*.md")))

BLOCK = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read_blocks(page: Path) -> dict[str, str]:
    """Every block that names a file: path → text."""
    return dict(BLOCK.findall(page.read_text(encoding="utf-8")))


def write_blocks(page: Path, home: Path) -> Path:
    """The files of a page, in an instance folder."""
    for file, text in read_blocks(page).items():
        (home / file).parent.mkdir(parents=True, exist_ok=True)
        (home / file).write_text(text, encoding="utf-8")
    return home
