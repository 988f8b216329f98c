"""The 36 micro-skills of the base course, with their place in DigComp 2.2 and CRCN/Pix."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class Competence:
    """One micro-skill. `digcomp` and `crcn` are places in those frameworks, or «pré-requis»."""

    id: str
    fr: str
    en: str
    digcomp: str
    crcn: str
    ar: str = ""
    uk: str = ""

    def find_name(self, locale: str) -> str:
        """What it is called in that locale, French where there is no such name."""
        return {"en": self.en, "ar": self.ar, "uk": self.uk}.get(locale) or self.fr


@cache
def load_competences() -> Mapping[str, Competence]:
    """All competences by id, in teaching order."""
    text = files("lms.content").joinpath("data/competences.json").read_text(encoding="utf-8")
    return MappingProxyType({one["id"]: Competence(**one) for one in json.loads(text)["competences"]})
