"""Where a commune or a postal code lies. One text of 35,000 lines, read at the first question and searched as it is.

Made by `tools/communes.py`; sources and licences stand there. A list of objects would weigh ten times as much.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .standard import simplify

FILE = Path(__file__).parent / "data/communes.csv.gz"
MOST = 6


@dataclass(frozen=True)
class Spot:
    """A point of the map and what it is called. `exact` is false where a neighbour's point stands for it."""

    name: str
    postcode: str
    insee: str
    latitude: float
    longitude: float
    exact: bool

    @property
    def label(self) -> str:
        return f"{self.name} ({self.postcode})"


@cache
def _read() -> str:
    return gzip.decompress(FILE.read_bytes()).decode()


def find_spots(text: str) -> list[Spot]:
    """Communes of this postal code or name, at most six; names that begin so come after those that are it."""
    postcode = re.search(r"\b\d{5}\b", text)
    name = simplify(re.sub(r"\b\d{5}\b", " ", text))
    if postcode:
        found = _by_postcode(postcode[0])
        return ([one for one in found if simplify(one.name) == name] or found)[:MOST]
    return _by_name(name) if len(name) > 1 else []


def _by_postcode(code: str) -> list[Spot]:
    """Looked for as plain text: a pattern would read every line to its end."""
    text, found, at = _read(), [], -1
    while (at := text.find(code, at + 1)) >= 0:
        line = text[text.rfind("\n", 0, at) + 1 : text.find("\n", at)]
        if code in line.split(";")[1].split():
            found.append(_parse(line, code))
    return found


def _by_name(name: str) -> list[Spot]:
    same = [_parse(line) for line in _lines(rf"\n{re.escape(name)};[^\n]*")]
    if len(same) >= MOST:
        return same[:MOST]
    return (same + [_parse(line) for line in _lines(rf"\n{re.escape(name)} [^\n]*", MOST)])[:MOST]


def _lines(pattern: str, most: int = 60) -> list[str]:
    found = []
    for match in re.finditer(pattern, _read()):
        found.append(match[0].strip())
        if len(found) == most:
            break
    return found


def _parse(line: str, postcode: str = "") -> Spot:
    _, codes, insee, latitude, longitude, how, name = line.split(";")
    return Spot(name, postcode or codes.split()[0], insee, float(latitude), float(longitude), how == "e")
