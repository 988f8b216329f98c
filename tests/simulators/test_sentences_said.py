"""No language keeps a sentence that the guide says no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from lms.content.sentences import split_sentences
from lms.content.translations import Sentences
from lms.content.untranslated import list_refusals, list_said
from lms.content.yaml_source import read_yaml
from tests.simulators.shelf import load, read_names, read_simulators
from tests.simulators.stage import ROOT

FILES = sorted((ROOT / "simulators").glob("*/sentences/*.yaml"))


@cache
def all_said() -> frozenset[str]:
    """What any simulator or scenario says, whole and sentence by sentence."""
    desks, folders = map(load, read_names()), [one.folder for one in read_simulators().values()]
    whole = [*(one for desk in desks for one in list_said(desk)), *(one for at in folders for one in list_refusals(at))]
    return frozenset(whole).union(*map(split_sentences, whole))


def find_unsaid(known: dict[str, str], said: frozenset[str]) -> Iterator[str]:
    """Sentences that nothing says: not as they are, not with pieces, and not as a piece of another."""
    sentences = Sentences(known)
    found = [pieces for one in said if (pieces := sentences.find_pieces(one))]
    used = said.union(*(pieces.values() for _, _, pieces in found))
    patterns = {french for pattern, french, _ in sentences.patterns if any(map(pattern.fullmatch, said))}
    yield from (french for french in known if french not in used and french not in patterns)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}-{file.stem}")
def test_every_sentence_of_a_language_is_said(file: Path) -> None:
    assert list(find_unsaid(read_yaml(file).data, all_said())) == []


def test_a_sentence_that_nothing_says_is_found() -> None:
    said = frozenset({"Ouvrez « Notes ».", "Corrigez la date : demain."})
    known = {"Ouvrez « {a} ».": "", "Corrigez {a} : demain.": "", "la date": "", "Fermez « {a} ».": "", "Notes": ""}
    assert list(find_unsaid(known | {"le jour": ""}, said)) == ["Fermez « {a} ».", "le jour"]
