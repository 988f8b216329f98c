"""The national standard «lieux de médiation numérique» 1.0.2: its columns, and what each may hold.

Beside `lms.contract`. Read from the schema that LaMednum/standard-mediation-num published (Licence Ouverte etalab-2.0),
kept whole in `data/`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).parent / "data/lieux-mediation-numerique.schema.json"
LIST = re.compile(r"\(\?:\(\?:\^\|\\\|\)\((.*)\)\)\+\$")
"""How the schema writes «some of these values, parted by `|`»."""


@dataclass(frozen=True)
class Column:
    """One column. `type` is string, number or date; `longest` is 0 where nothing limits it.

    `values` are what a closed list may hold, parted by `|` in the file; a column has them or a `pattern`, never both.
    """

    name: str
    type: str
    required: bool = False
    longest: int = 0
    pattern: str = ""
    values: tuple[str, ...] = ()


@cache
def load_columns() -> Mapping[str, Column]:
    """All 32 by name, in the order of the file."""
    found = json.loads(SCHEMA.read_text(encoding="utf-8"))["fields"]
    return {one["name"]: _read_column(one) for one in found}


def _read_column(field: Mapping[str, Any]) -> Column:
    rules = field.get("constraints") or {}
    pattern = rules.get("pattern", "")
    closed = LIST.fullmatch(pattern)
    values = tuple(re.sub(r"\\(.)", r"\1", one) for one in closed[1].split("|")) if closed else ()
    required = rules.get("required", False)
    return Column(field["name"], field["type"], required, rules.get("maxLength", 0), "" if closed else pattern, values)
