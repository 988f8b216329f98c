"""The invented sites of a scenario: pages, links, what an address or some words lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lms.contract import find_words

Json = Any

MISSING, NOTHING = "missing", "nothing"
"""The browser's own pages: no such site, no result."""


def facts(ref: Mapping[str, Json], app: str) -> Mapping[str, Json]:
    """What the scenario tells of this browser."""
    return ref.get(app) or {}


def pages(ref: Mapping[str, Json], app: str) -> dict[str, Mapping[str, Json]]:
    """Every page by its id."""
    return {page["id"]: page for page in facts(ref, app).get("pages", ())}


def home(ref: Mapping[str, Json], app: str) -> str:
    """The page of a new tab."""
    return str(facts(ref, app).get("home") or next(iter(pages(ref, app)), NOTHING))


def site(ref: Mapping[str, Json], app: str, page: str) -> tuple[str, Mapping[str, Json]]:
    """The id and the facts of the site of a page."""
    name = str(pages(ref, app).get(page, {}).get("site") or page)
    return name, facts(ref, app).get("sites", {}).get(name) or {}


def link_id(link: Mapping[str, Json]) -> str:
    """The id of a link: its own, else what it leads to."""
    return str(link.get("id") or link.get("to") or link.get("app") or link["file"])


def links(ref: Mapping[str, Json], app: str, page: str) -> dict[str, Mapping[str, Json]]:
    """The links of a page, its site's menu first."""
    found = {link_id(link): link for link in site(ref, app, page)[1].get("menu", ()) if link.get("to") != page}
    for block in pages(ref, app).get(page, {}).get("blocks", ()):
        found |= {link_id(link): link for link in (*block.get("links", ()), *block.get("results", ()))}
    return found


def popup(ref: Mapping[str, Json], app: str, page: str) -> Mapping[str, Json]:
    """The window that a page opens by itself, if any."""
    return pages(ref, app).get(page, {}).get("popup") or {}


def asks(ref: Mapping[str, Json], app: str, page: str) -> Iterator[Mapping[str, Json]]:
    """The questions of a page."""
    for block in pages(ref, app).get(page, {}).get("blocks", ()):
        if "ask" in block:
            yield block["ask"]


def has_box(ref: Mapping[str, Json], app: str, page: str) -> bool:
    """Whether one searches on this page itself."""
    return any("box" in block for block in pages(ref, app).get(page, {}).get("blocks", ()))


def find_typed(ref: Mapping[str, Json], app: str, typed: str) -> tuple[str, str]:
    """What the address bar makes of a text: (`address` or `search`, page)."""
    wanted = normalise_address(typed)
    for page in pages(ref, app).values():
        if "words" not in page and normalise_address(str(page.get("address", ""))) == wanted:
            return "address", str(page["id"])
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", wanted):
        return "address", MISSING
    return "search", find_results(ref, app, typed)


def find_results(ref: Mapping[str, Json], app: str, typed: str) -> str:
    """The page of results that has most of these words, and one of its lists whole."""
    words = set(spell(typed).split())
    found = [
        (max(len(wanted) for wanted in page["words"] if words.issuperset(map(spell, wanted))), page["id"])
        for page in pages(ref, app).values()
        if any(words.issuperset(map(spell, wanted)) for wanted in page.get("words", ()))
    ]
    return max(found, key=lambda one: one[0])[1] if found else NOTHING


def normalise_address(typed: str) -> str:
    """An address as browsers read it: no capitals, no `https://`, no `www.`, no slash at the end."""
    return re.sub(r"^(https?://)?(www\.)?|/$", "", typed.strip().lower())


def spell(text: str) -> str:
    """Words without accents, capitals and signs, so that spelling does not stop a search."""
    return " ".join(find_words(text))
