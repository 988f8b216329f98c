from collections.abc import Mapping
from pathlib import Path

import pytest

from lms.content.translations import Sentences, Translator, find_translator, read_sentences
from lms.errors import ContentError


def build_translator(*files: Mapping[str, str]) -> Translator:
    return Translator("en", tuple(Sentences(known) for known in files))


def test_a_piece_on_a_button_stays_french_and_any_other_is_translated_when_it_is_known() -> None:
    teller = build_translator(
        {
            "Appuyez sur « {a} ».": "Press « {a} ».",
            "Envoyer": "Send",
            "Terminé : {a}.": "Done: {a}.",
            "Ma lettre": "My letter",
        }
    )
    assert teller.tell("Appuyez sur « Envoyer ».") == "Press « Envoyer »."
    assert teller.tell("Terminé : Ma lettre.") == "Done: My letter."
    assert teller.tell("Terminé : Autre chose.") == "Done: Autre chose."


def test_a_piece_between_quotes_never_reaches_into_the_next_quotes() -> None:
    teller = build_translator({"Appuyez sur « {a} ».": "Press « {a} »."})
    assert teller.tell("Appuyez sur « Oui ». Puis sur « Non ».") == "Press « Oui ». Puis sur « Non »."


def test_the_nearest_file_is_asked_first_and_a_whole_sentence_before_a_pattern() -> None:
    near, common = (
        {"Lisez.": "Read it."},
        {"Lisez.": "Read.", "Ouvrez « {a} ».": "Open « {a} ».", "Ouvrez « A ».": "Open A."},
    )
    assert build_translator(near, common).tell("Lisez. Ouvrez « A ».") == "Read it. Open A."


def test_what_is_not_known_stays_as_it_was_written() -> None:
    teller = build_translator({"Lisez.": "Read."})
    assert teller.tell("Une ligne.\n  Une autre.") == "Une ligne.\n  Une autre."
    assert not teller.knows("Lisez. Puis écrivez.")


def test_french_is_the_language_of_the_source_and_needs_no_file(tmp_path: Path) -> None:
    teller = find_translator([tmp_path], "fr")
    assert teller.tell("Ouvrez « A ».") == "Ouvrez « A »."
    assert teller.knows("Une phrase que rien ne traduit.")
    assert not find_translator([tmp_path], "xx").knows("Une phrase que rien ne traduit.")


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ('"Lisez.":\n', "has no translation"),
        ('"Ouvrez {a}.": "Open {b}."\n', "{b} does not stand in the French sentence"),
        ("- Lisez.\n", "a mapping of French sentences"),
    ],
)
def test_a_file_that_is_not_sound_says_what_is_wrong(tmp_path: Path, written: str, fault: str) -> None:
    file = tmp_path / "en.yaml"
    file.write_text(written)
    with pytest.raises(ContentError) as caught:
        read_sentences(file)
    assert fault in str(caught.value)
