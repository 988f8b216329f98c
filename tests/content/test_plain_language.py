"""The plain-language gate."""

from __future__ import annotations

import pytest

from lms.content.plain_language import count_actions, find_action_faults, find_faults

LONG = "Prenez la souris dans la main droite et faites-la bouger doucement sur la table."


def test_a_sentence_of_twelve_words_passes_and_one_of_more_does_not() -> None:
    assert find_faults("Un deux trois quatre cinq six sept huit neuf dix onze douze.") == []
    (fault,) = find_faults(LONG)
    assert fault == f"14 words; at most 12 a sentence: «{LONG}»"


def test_each_sentence_counts_for_itself_and_a_new_line_ends_one() -> None:
    text = "Posez la main sur la souris. Elle bouge avec vous.\nRegardez la flèche à l'écran"
    assert find_faults(text) == []


def test_a_date_before_a_colon_and_quotes_do_not_lengthen_a_sentence() -> None:
    assert find_faults("Presque. Regardez la date : le jour d'abord.") == []


@pytest.mark.parametrize(
    "text",
    [
        "C'est facile.",
        "C’est très simple.",
        "Il suffit de cliquer.",
        "Vous n'avez qu'à cliquer.",
        "Il y a une erreur.",
        "C'est faux.",
        "Réponse incorrecte.",
        "Vous avez 80 % de réussite.",
        "Cela prend 5 minutes.",
        "Tapez l'URL.",
        "Regarde ta souris.",
    ],
)
def test_words_that_shame_hurry_or_confuse_are_refused(text: str) -> None:
    assert len(find_faults(text)) == 1


def test_what_is_quoted_from_a_real_screen_may_say_anything() -> None:
    assert find_faults("L'écran dit « Erreur 404 ». Revenez en arrière.") == []


def test_markdown_marks_and_pictures_are_no_words() -> None:
    picture = "![une image dont le texte est vraiment très très très long ici](picto:souris)"
    assert find_faults(f"## Un deux\n{picture}\n- **Trois**") == []


def test_actions_are_imperatives_not_what_one_can_do() -> None:
    assert count_actions("Vous pouvez appuyer, et vous avez le temps chez vous.") == 0
    assert count_actions("Appuyez sur « Envoyez », puis attendez.") == 2
    assert find_action_faults("Ouvrez, lisez, puis fermez.") == ["more than one action: «Ouvrez, lisez, puis fermez.»"]
    assert find_action_faults("Ouvrez. Lisez. Fermez.") == []
