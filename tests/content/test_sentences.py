import pytest

from lms.content.sentences import count_words, find_long, split_sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ouvrez le message.", 3),
        ("Appuyez sur « Répondre ».", 3),
        ("L'adresse de la mairie va dans « À ».", 7),
        ("Qu'est-ce que c'est ?", 3),
        ("", 0),
    ],
)
def test_signs_that_stand_alone_are_no_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_text_is_cut_after_each_full_stop() -> None:
    assert split_sentences("Presque. Le jour d'abord ! Et puis ? Voilà… facture.pdf") == [
        "Presque.",
        "Le jour d'abord !",
        "Et puis ?",
        "Voilà…",
        "facture.pdf",
    ]


def test_twelve_words_pass_and_thirteen_are_named() -> None:
    twelve = "un deux trois quatre cinq six sept huit neuf dix onze douze."
    assert find_long(f"Court. {twelve}") is None
    assert find_long(f"Court. Zéro {twelve}") == f"Zéro {twelve}"
