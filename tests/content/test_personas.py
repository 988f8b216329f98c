import pytest

from lms.content.personas import find_persona, read_personas


def test_the_four_people_of_the_exercises_are_there() -> None:
    assert list(read_personas()) == ["monique", "samuel", "chloe", "enzo"]
    assert find_persona("somebody") is None


@pytest.mark.parametrize("name", ["monique", "samuel", "chloe", "enzo"])
def test_the_key_of_each_invented_number_is_right_so_that_forms_can_check_it(name: str) -> None:
    kit = find_persona(name)
    assert kit is not None
    assert 97 - int(kit["nir13"]) % 97 == int(kit["cle"])
    assert kit["nir13"][5:7] == "00"


def test_a_kit_cannot_be_changed() -> None:
    kit = find_persona("monique")
    with pytest.raises(TypeError):
        kit["prenom"] = "Autre"  # type: ignore[index]
