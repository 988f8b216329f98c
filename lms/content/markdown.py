"""Markdown of authors to safe HTML. A pictogram is written `![texte](picto:souris)`."""

from __future__ import annotations

import re
from collections.abc import Callable

Picture = Callable[[str], str]

PICTOGRAM = re.compile(r"!\[[^\]]*\]\(picto:([^)\s]*)\)")
_FRENCH_SPACE = re.compile(r"(?<=«) | (?=[»:;?!€])|(?<=\d) (?=(?:\d|h|km|Mo|min)\b)")
_LINK = re.compile(r"(!\[[^\]]*\]\()picto:([^)\s]*)(\))")
_TAGS = {
    "p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "img", "br", "hr", "blockquote", "code", "kbd",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt"}, "p": {"dir"}}


def render_markdown(text: str, picture: Picture) -> str:
    """Sanitised HTML; `picture(name)` gives a pictogram's address. Scripts, styles and handlers are dropped."""
    import markdown  # a server whose courses are kept renders none
    import nh3

    placed = _LINK.sub(lambda found: found[1] + picture(found[2]) + found[3], text)
    html = markdown.markdown(placed, extensions=["sane_lists", "tables", "nl2br"], output_format="html")
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "http", "mailto", "tel"})
    return bind_spaces(clean)


def bind_spaces(text: str) -> str:
    """French spaces that do not break: a guillemet or a sign alone on its line is read as a mistake."""
    return _FRENCH_SPACE.sub("\u00a0", text)


def find_pictograms(text: str) -> list[tuple[int, str]]:
    """Each pictogram of a text: line in the text (from 0) and name."""
    return [(number, found[1]) for number, line in enumerate(text.splitlines()) for found in PICTOGRAM.finditer(line)]
