"""What people write in many ways is one answer, and what means another one is not."""

from __future__ import annotations

import pytest

from lms.contract import find_words, is_same, normalise, plain

MANY = [
    ("date", "07/06/1996", ["7/6/1996", "07.06.96", "7-6-96", "7 6 1996", "07061996", "070696", "1996-06-07"]),
    ("date", "07/06/1996", ["7 juin 1996", "vendredi 7 juin 1996", "le 7 Juin 96", "7, juin, 1996"]),
    ("date", "01/02/2027", ["1er février 2027", "1 fev 2027", "1 févr. 27", "01_02_2027"]),
    ("month", "09/2026", ["9/2026", "09.26", "092026", "2026-09", "septembre 2026", "Sept. 2026", "sept 26", "9 2026"]),
    ("money", "1034.50", ["1034,5", "1 034,50 €", "1.034,50", "1034€50", "1\u202f034,50 euros", "1034.50 par mois"]),
    ("money", "1034", ["1.034", "1 034", "01034,00", "1034 EUR"]),
    ("money", "0", ["0", "00", "0,00 €"]),
    ("digits", "1881200000155", ["1 88 12 00 000 155", "1.88.12.00.000.155", "1-88-12-00-000-155"]),
    ("digits", "48", ["48 m²", "48m2", " 48 "]),
    ("digits", "40", ["40 heures", "40h"]),
    ("code", "730418", ["730 418", "730-418"]),
    ("phone", "0639981003", ["06 39 98 10 03", "06.39.98.10.03", "06/39/98/10/03"]),
    ("phone", "0639981003", ["+33 6 39 98 10 03", "+33 (0)6 39 98 10 03", "0033639981003"]),
    ("mail", "chloe@courriel.example", ["Chloe@Courriel.example", " chloe @ courriel.example "]),
    ("iban", "FR14 2004 1010 0505 0001 3M02 606", ["FR1420041010050500013M02606", "fr14 2004 10100505 0001 3m02 606"]),
    ("iban", "FR14 2004 1010 0505 0001 3M02 606", ["FR14-2004-1010-0505-0001-3M02-606"]),
    ("iban", "FR14 2004 1010 0505 0001 3M02 606", ["IBAN : FR14 2004101005050001 3M02606"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "wanted", "written"), [(one, told, way) for one, told, many in MANY for way in many])
def test_every_usual_way_of_writing_it_is_kept_in_one_form(kind: str, wanted: str, written: str) -> None:
    assert normalise(kind, written) == wanted
    assert normalise(kind, wanted) == wanted
    assert is_same(kind, written, wanted)


@pytest.mark.parametrize(
    ("kind", "wanted", "written"),
    [
        ("date", "07/06/1996", "06/07/1996"),
        ("date", "03/04/1958", "03/14/1958"),
        ("date", "07/06/1996", "7 ju 1996"),
        ("month", "06/2026", "ju 2026"),
        ("money", "10.34", "1034"),
        ("money", "10.50", "10.5.0"),
        ("digits", "48", "480"),
        ("phone", "0639981003", "0639981004"),
        ("mail", "a@b.example", "a.b.example"),
        ("iban", "FR14 2004 1010 0505 0001 3M02 606", "FR14 2004 1010 0505 0001 3M02 607"),
        ("text", "Valcombe", "Valcombes"),
        ("text", "", "!"),
        ("text", "+", "-"),
        ("password", "Pont!calme", "pont!calme"),
        ("long", "Bonjour", "bonjour"),
    ],
)
def test_what_means_another_thing_is_another_answer(kind: str, wanted: str, written: str) -> None:
    assert not is_same(kind, written, wanted)


@pytest.mark.parametrize(
    "written", ["27 RUE DU PONT VIEUX", "27, rue du Pont-vieux", "27  rue du pont-vieux ", "27 rue du Pont‑Vieux"]
)
def test_capitals_accents_hyphens_and_commas_of_words_do_not_count(written: str) -> None:
    assert is_same("text", written, "27 rue du Pont-Vieux")
    assert plain("Chloé d’Été") == plain("CHLOE D'ETE")
    assert plain("Sœur Lætitia") == plain("SOEUR LAETITIA")


@pytest.mark.parametrize(
    ("one", "other"), [("-5", "5"), ("C++", "c"), ("3.5", "3/5"), ("100 %", "100"), ("Mme Lavergne !", "mme: lavergne")]
)
def test_all_punctuation_of_words_is_put_aside_so_figures_are_of_another_kind(one: str, other: str) -> None:
    assert is_same("text", one, other)


@pytest.mark.parametrize("sign", "()@_")
def test_these_signs_count_in_an_answer_and_in_no_word_that_is_searched(sign: str) -> None:
    assert not is_same("text", f"a{sign}b", "a b")
    assert find_words(f"B{sign}à-Cœur") == ["b", "a", "coeur"]
