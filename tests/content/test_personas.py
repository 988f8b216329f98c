import re
from pathlib import Path

import pytest

from lms.content.fictional import find_real, iter_texts
from lms.content.personas import find_persona, read_personas

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["monique", "samuel", "chloe", "enzo", "odette", "yasmine"]


def test_the_six_people_of_the_exercises_are_there() -> None:
    assert list(read_personas()) == NAMES
    assert find_persona("somebody") is None


@pytest.mark.parametrize("name", NAMES)
def test_the_key_of_each_invented_number_is_right_so_that_forms_can_check_it(name: str) -> None:
    kit = find_persona(name)
    assert kit is not None
    assert 97 - int(kit["nir13"]) % 97 == int(kit["cle"])
    assert kit["nir13"][5:7] == "00"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_kit_looks_real(name: str) -> None:
    assert [text for text in iter_texts(find_persona(name)) if find_real(text)] == []


def test_nobody_shares_a_telephone_or_a_number() -> None:
    kits = read_personas().values()
    for key in ("tel_fixe", "mobile", "email", "nir13", "num_allocataire"):
        held = [kit[key] for kit in kits if kit[key]]
        assert len(held) == len(set(held))


def test_who_has_a_landline_alone_gets_neither_code_nor_link() -> None:
    kit = find_persona("odette")
    assert kit is not None
    assert (kit["mobile"], kit["email"]) == (None, None)
    assert kit["tel_fixe"]


def find_scenarios(persona: str) -> list[str]:
    """Ids of the scenarios that are played with this persona."""
    paths = (ROOT / "simulators").glob("*/scenarios/*.yaml")
    wanted = re.compile(rf"^persona: {persona}$", re.MULTILINE)
    return [f"{path.parts[-3]}/{path.stem}" for path in paths if wanted.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", NAMES)
def test_everybody_is_met_in_an_exercise(name: str) -> None:
    assert find_scenarios(name)


def test_who_reads_arabic_alone_is_met_in_arabic() -> None:
    activities = [path.read_text(encoding="utf-8") for path in (ROOT / "courses").glob("*/*.ar.md")]
    for scenario in find_scenarios("yasmine"):
        assert any(f"scenario: {scenario}\n" in text for text in activities), scenario


def test_a_kit_cannot_be_changed() -> None:
    kit = find_persona("monique")
    with pytest.raises(TypeError):
        kit["prenom"] = "Autre"  # type: ignore[index]
