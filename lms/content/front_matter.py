"""A Markdown file with YAML front matter between two lines of three dashes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lms.content.yaml_source import Source, parse_yaml
from lms.errors import ContentError, Problem


@dataclass(frozen=True)
class Page:
    """The two halves of one file; `body_line` is the line of the file where the body begins."""

    head: Source
    body: str
    body_line: int


def read_page(path: Path, shown: str = "") -> Page:
    """Split one file. Raises ContentError naming `shown` (the path by default) and the line."""
    name = shown or str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError([Problem(name, 0, "", f"this file is not UTF-8: {error}")]) from None
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "---":
        raise ContentError([Problem(name, 1, "", "the file must begin with front matter: a line «---», YAML, «---»")])
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ContentError([Problem(name, 1, "", "the front matter has no end: add a line «---» before the text")])
    head = parse_yaml("\n".join(lines[1:end]), name, first_line=2)
    if not isinstance(head.data, dict):
        raise ContentError([Problem(name, 2, "", "the front matter must be lines of «key: value»")])
    return Page(head, "\n".join(lines[end + 1 :]).strip("\n") + "\n", _body_line(lines, end + 1))


def _body_line(lines: list[str], start: int) -> int:
    return next((number + 1 for number in range(start, len(lines)) if lines[number].strip()), start + 1)
