from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lms.content.similarity import alike, goal_shingles, jaccard, text_trigrams
from lms.contract import Activity

from .desks import NAMED, load_example, write_desk

SETS = st.frozensets(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")))


def activity(name: str, body: str = "", **options: Any) -> Activity:
    return Activity(name, "lesson", f"Titre {name}", f"Faites {name}.", (), options, body, "", "fr", "r")


def test_the_same_words_in_two_activities_are_found() -> None:
    body = "Un message arrive dans la boîte. On le lit, puis on répond à la mairie de Valcombe."
    other = "Le pointeur suit la souris. Posez la main dessus et avancez doucement vers la cible."
    found = alike([activity("a", body), activity("b", body + " Voilà."), activity("c", other)])
    assert [(one.first, one.second, one.by) for one in found] == [("a", "b", "words")]
    assert str(found[0]).startswith("a and b are alike by ")


def test_the_same_gestures_under_other_words_are_found(tmp_path: Path) -> None:
    first = write_desk(tmp_path / "1")
    words = NAMED.replace("Ouvrez la boîte.", "Soulevez le couvercle.").replace("Écrivez Lune.", "Nommez.")
    second = write_desk(tmp_path / "2", words)
    one, other = activity("a", "Un deux trois.", scenario=first), activity("b", "Cinq six.", scenario=second)
    found = alike([one, other])
    assert [(one.by, one.share) for one in found] == [("goals", 1.0)]


def test_different_scenarios_are_not_alike() -> None:
    names = ["mail/repondre", "procedure/se-connecter", "pointer/viser", "call/aider-au-telephone"]
    assert alike([activity(name, scenario=load_example(name)) for name in names]) == []


def test_goals_of_a_library_do_not_make_two_scenarios_alike() -> None:
    touches = {shingle[1] for shingle in goal_shingles(load_example("mail/repondre")) if shingle[0] == "touch"}
    assert "mail/send" in touches
    assert "mail/inbox" not in touches


def test_trigrams_ignore_capitals_and_signs() -> None:
    assert text_trigrams("Le chat, dort. Ici") == text_trigrams("le CHAT dort ici !")
    assert text_trigrams("Oui") == {("oui",)}
    assert text_trigrams(" … ") == frozenset()


@given(SETS, SETS)
def test_jaccard_is_symmetric_and_one_only_for_equal_sets(first: frozenset[Any], second: frozenset[Any]) -> None:
    share = jaccard(first, second)
    assert share == jaccard(second, first)
    assert 0 <= share <= 1
    assert (share == 1) == (first == second and bool(first))
