import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.fictional import IBANS, find_real, iter_texts, say_refused
from lms.content.personas import read_personas

INVENTED = [
    "2 58 03 00 000 123 87",
    "2 58 03 00 000 123",
    "1881200000155",
    "188120000015540",
    "05 36 49 12 01",
    "06.39.98.10.02",
    "+33 6 39 98 10 02",
    "0199003003",
    "monique.lavergne@courriel.example",
    "Écrivez à mairie@valcombe.example. Merci.",
    "FR14 2004 1010 0505 0001 3M02 606",
    "Mon IBAN : FR76 3000 6000 0112 3456 7890 189 et voilà",
    "00000000000001",
    "0000404A",
    "14/03/1958",
    "912,40 €",
    "482915",
    "00100 Valcombe",
    "attestation-caisse-2026-10.pdf",
    "ENT-2026-004217",
]
REAL = [
    ("1 85 05 78 006 084 36", "real-nir"),
    ("185057800608436", "real-nir"),
    ("2 85 05 2A 006 084", "real-nir"),
    ("285 0575 006 084", "real-nir"),
    ("06 12 34 56 78", "real-phone"),
    ("Appelez le 0145678901 !", "real-phone"),
    ("+33612345678", "real-phone"),
    ("0033 6 12 34 56 78", "real-phone"),
    ("+33 (0)6 12 34 56 78", "real-phone"),
    ("jean.dupont@gmail.com", "real-email"),
    ("moi@example.com", "real-email"),
    ("a@b.example et c@free.fr", "real-email"),
    ("FR76 1027 8060 0000 0123 4567 890", "real-iban"),
    ("FR7610278060000000123456789", "real-iban"),
    ("de89370400440532013000", "real-iban"),
]


@pytest.mark.parametrize("text", INVENTED)
def test_invented_data_pass(text: str) -> None:
    assert find_real(text) is None


@pytest.mark.parametrize(("text", "code"), REAL)
def test_real_looking_data_are_named(text: str, code: str) -> None:
    assert find_real(text) == code


@pytest.mark.parametrize("text", [*INVENTED, *sorted(IBANS)])
def test_the_beginning_of_what_is_invented_passes_while_it_is_being_typed(text: str) -> None:
    assert [text[:end] for end in range(len(text)) if find_real(text[:end])] == []


def test_every_text_of_every_persona_passes() -> None:
    kits = [dict(kit) for kit in read_personas().values()]
    assert [text for text in iter_texts(kits) if find_real(text)] == []


@given(st.text(alphabet="0123456789 .-+()ABFR@aexmpl", max_size=60))
def test_any_text_is_answered_without_raising(text: str) -> None:
    assert find_real(text) in (None, "real-iban", "real-email", "real-phone", "real-nir")


@given(st.from_regex(r"0[67]([ .-]?[0-9]{2}){4}", fullmatch=True))
def test_a_mobile_number_passes_only_in_the_block_of_fiction(text: str) -> None:
    digits = "".join(filter(str.isdigit, text))
    assert (find_real(text) is None) == digits.startswith("063998")


def test_the_refusal_names_whose_data_one_uses() -> None:
    assert say_refused("Monique").startswith("Ici, on s'entraîne avec les données de Monique.")
    assert "d'Enzo" in say_refused("Enzo")
    assert "de l'exercice" in say_refused(None)
