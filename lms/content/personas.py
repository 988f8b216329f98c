"""The six invented people of the exercises, with their complete kits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def read_personas() -> Mapping[str, Mapping[str, Any]]:
    """Kits by id: `monique`, `samuel`, `chloe`, `enzo`, `odette`, `yasmine`."""
    text = files("lms.content").joinpath("data/personas.json").read_text(encoding="utf-8")
    return MappingProxyType({kit["id"]: MappingProxyType(kit) for kit in json.loads(text)["personas"]})


def find_persona(name: str) -> Mapping[str, Any] | None:
    """One kit, None when nobody has that id."""
    return read_personas().get(name)
