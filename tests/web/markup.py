"""What a strict policy forbids in a page, found by reading it as a browser would."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit


class Inspector(HTMLParser):
    """Gathers inline code, inline style, handlers and foreign addresses; also forms without a token."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.forms: list[list[str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.faults.append(f"inline <{tag}>")
        if tag in ("iframe", "object", "embed", "base"):
            self.faults.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{tag} {name}={value!r}")
            if name in ("src", "href", "action", "data", "poster") and not is_ours(value):
                self.faults.append(f"{tag} {name} leads to {value!r}")
        self._look_at_form(tag, given)

    def _look_at_form(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form" and given.get("method", "get").lower() == "post":
            self.forms.append([])
        if tag == "input" and self.forms:
            self.forms[-1].append(given.get("name", ""))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def is_ours(address: str) -> bool:
    """Whether an address stays on this site and is no code."""
    parts = urlsplit(address)
    return not parts.netloc and parts.scheme in ("", "data") and not address.startswith("data:text")


def inspect(html: str) -> Inspector:
    """The page, read."""
    found = Inspector()
    found.feed(html)
    return found


def read_text(html: str) -> str:
    """The words of a page, white space evened."""
    return " ".join("".join(inspect(html).text).split())
