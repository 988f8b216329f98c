"""What scenarios and activity types say, in the learner's language: flat YAML files, French sentence → translation.

A desk looks in `sentences/<locale>.yaml` of each of its simulators, then in the common ones (`lms/content/data`). In a
sentence `{a}`, `{b}` stand for any piece. A piece between « » stands on a French screen and stays; any other is
translated when it is known itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from lms.content.sentences import split_sentences
from lms.content.yaml_source import read_yaml
from lms.errors import ContentError

COMMON = Path(__file__).parent / "data" / "sentences"
FOLDER = "sentences"
SOURCE = "fr"
"""The language that scenarios are written in."""

_PIECE = re.compile(r"\{([a-z])\}")


@dataclass(frozen=True)
class Sentences:
    """One file: French → translation, as written."""

    known: Mapping[str, str]

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], str, str], ...]:
        """Sentences with pieces: how to find them, what they are, what they become."""
        made = [(french, _compile(french), told) for french, told in self.known.items() if _PIECE.search(french)]
        return tuple((pattern, french, told) for french, pattern, told in made)

    def find_pieces(self, text: str) -> tuple[str, str, Mapping[str, str]] | None:
        """The sentence that `text` is one of, its translation, and the pieces."""
        for pattern, french, told in self.patterns:
            if found := pattern.fullmatch(text):
                return french, told, found.groupdict()
        return None


@dataclass(frozen=True)
class Translator:
    """Several files asked in turn; pure. Without any it is the source language, and everything stays as it is."""

    locale: str
    files: tuple[Sentences, ...] = ()

    def tell(self, text: str) -> str:
        """`text` in this language: as a whole, else sentence by sentence; what is not known stays."""
        whole = self.find(text)
        if whole is not None or not self.files:
            return text if whole is None else whole
        found = [(one, self.find(one)) for one in split_sentences(text)]
        return " ".join(told or one for one, told in found) if any(told for _, told in found) else text

    def find(self, text: str) -> str | None:
        """The translation of a whole text, None when there is none."""
        for file in self.files:
            if text in file.known:
                return file.known[text]
        for file in self.files:
            if found := file.find_pieces(text):
                return self._fill(*found)
        return None

    def knows(self, text: str) -> bool:
        """Whether nothing of `text` would stay French."""
        return not self.files or self.find(text) is not None or all(self.find(one) for one in split_sentences(text))

    def _fill(self, french: str, told: str, pieces: Mapping[str, str]) -> str:
        shown = {name: one if f"« {{{name}}} »" in french else self.tell(one) for name, one in pieces.items()}
        return _PIECE.sub(lambda found: shown.get(found[1], found[0]), told)


def find_translator(folders: Iterable[Path], locale: str) -> Translator:
    """What is told in `locale` by the simulators of these folders. Raises ContentError for a file that is not sound."""
    if locale == SOURCE:
        return Translator(SOURCE)
    files = dict.fromkeys([*(folder / FOLDER for folder in folders), COMMON])
    return _build_translator(
        tuple(one for one in (folder / f"{locale}.yaml" for folder in files) if one.is_file()), locale
    )


@cache
def _build_translator(files: tuple[Path, ...], locale: str) -> Translator:
    """Kept for the life of the process, as everything read from content is."""
    return Translator(
        locale, (*map(read_sentences, files), Sentences({}))
    )  # without any file nothing is known, which is not French


def read_sentences(file: Path) -> Sentences:
    """One file. Raises ContentError naming the lines that are no French sentence with its translation."""
    source = read_yaml(file)
    if not isinstance(source.data, dict):
        raise ContentError([source.problem((), "a mapping of French sentences to their translations is needed")])
    problems = [
        source.problem((french,), fault) for french, told in source.data.items() for fault in _faults(french, told)
    ]
    if problems:
        raise ContentError(problems)
    return Sentences({str(french): str(told) for french, told in source.data.items()})


def _faults(french: str, told: object) -> Iterator[str]:
    if not isinstance(told, str) or not told.strip():
        yield "has no translation"
    elif lost := sorted(set(_PIECE.findall(told)) - set(_PIECE.findall(french))):
        yield f"{{{lost[0]}}} does not stand in the French sentence"


def _compile(french: str) -> re.Pattern[str]:
    """A piece between « » holds no other; any other piece holds anything."""
    shaped = []
    for place, part in enumerate(parts := _PIECE.split(french)):
        quoted = place % 2 == 1 and parts[place - 1].endswith("« ")
        shaped.append(re.escape(part) if place % 2 == 0 else f"(?P<{part}>{'[^«»]+?' if quoted else '.+?'})")
    return re.compile("".join(shaped), re.DOTALL)
