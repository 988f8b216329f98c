"""Activity type «quiz»: judged on the server, helped along by attempt."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from lms.content.themes import build_loader, load_themes
from lms.contract import Activity, ActivityType, AttemptFacts, Outcome, State, View
from lms.plugins import Plugins, bundled, load_plugins
from lms.settings import Settings


def answer(text: str, right: bool = False, say: str = "", picture: str = "", mate: str = "") -> dict[str, Any]:
    return {"text": text, "right": right, "say": say, "picture": picture, "with": mate}


def question(kind: str, *answers: dict[str, Any], say: str = "", hint: str = "") -> dict[str, Any]:
    return {"kind": kind, "ask": f"Question {kind} ?", "say": say, "hint": hint, "answers": list(answers)}


ONE = question("one", answer("Souris", True), answer("Table", say="Presque. La table ne bouge pas."), answer("Lampe"))
SEVERAL = question("several", answer("A", True), answer("B", True), answer("C"), say="Oui. Les deux vont.")
ORDER = question("order", answer("Ouvrir"), answer("Lire"), answer("Répondre"), answer("Envoyer"))
MATCH = question(
    "match", answer("Loupe", mate="Chercher"), answer("Trombone", mate="Joindre"), answer("Croix", mate="Fermer")
)
PICTURE = question("picture", answer("Clé", True, picture="cle"), answer("Soleil", picture="soleil"))


@pytest.fixture
def plugins(tmp_path: Path) -> Plugins:
    return load_plugins(Settings(home=tmp_path), bundled("plugins"))


@pytest.fixture
def quiz(plugins: Plugins) -> ActivityType:
    return plugins.activity_types["quiz"]


def activity(*questions: dict[str, Any]) -> Activity:
    return Activity("c/q", "quiz", "Quiz", "Choisissez.", (), {"questions": list(questions)}, "", "", "fr", "r")


def start(quiz: ActivityType, of: Activity, seed: int = 7) -> State:
    return quiz.start(of, AttemptFacts(datetime(2026, 11, 21, tzinfo=UTC), seed, "guided", "fr"))


def letter(view: View, text: str, among: str = "answers") -> str:
    return str(next(one["value"] for one in view.data[among] if one["text"] == text))


def give(quiz: ActivityType, of: Activity, state: State, *texts: str) -> Outcome:
    """Answer as the form does: by the letters now shown."""
    view = quiz.present(of, state)
    if view.data["kind"] in ("one", "picture", "several"):
        return quiz.evaluate(of, {"answer": [letter(view, text) for text in texts]}, state)
    among = "mates" if view.data["kind"] == "match" else "answers"
    return quiz.evaluate(of, {f"line-{i}": letter(view, text, among) for i, text in enumerate(texts)}, state)


@pytest.mark.parametrize(("told", "right"), [(ONE, ["Souris"]), (PICTURE, ["Clé"]), (SEVERAL, ["A", "B"])])
def test_the_right_choice_is_found_whatever_the_shuffle(
    quiz: ActivityType, told: dict[str, Any], right: list[str]
) -> None:
    of = activity(told)
    for seed in range(30):
        outcome = give(quiz, of, start(quiz, of, seed), *right)
        assert outcome.feedback is not None
        assert outcome.feedback.tone == "right"


def test_a_single_choice_may_come_as_one_word(quiz: ActivityType) -> None:
    of = activity(ONE)
    state = start(quiz, of)
    value = letter(quiz.present(of, state), "Souris")
    assert quiz.evaluate(of, {"answer": value}, state).state["found"]


def test_too_many_or_too_few_choices_are_not_right(quiz: ActivityType) -> None:
    of = activity(SEVERAL)
    for texts in (["A"], ["A", "B", "C"], ["A", "C"]):
        assert not give(quiz, of, start(quiz, of), *texts).state["found"]


def test_order_is_right_as_written_and_never_shown_so_at_first(quiz: ActivityType) -> None:
    of = activity(ORDER)
    for seed in range(50):
        state = start(quiz, of, seed)
        shown = [one["text"] for one in quiz.present(of, state).data["answers"]]
        assert shown != ["Ouvrir", "Lire", "Répondre", "Envoyer"]
        assert give(quiz, of, state, "Ouvrir", "Lire", "Répondre", "Envoyer").state["found"]
        assert not give(quiz, of, state, "Lire", "Ouvrir", "Répondre", "Envoyer").state["found"]


def test_match_pairs_each_line_with_its_mate(quiz: ActivityType) -> None:
    mates = {"Loupe": "Chercher", "Trombone": "Joindre", "Croix": "Fermer"}
    of = activity(MATCH)
    for seed in range(30):
        state = start(quiz, of, seed)
        lines = [one["text"] for one in quiz.present(of, state).data["answers"]]
        assert give(quiz, of, state, *[mates[line] for line in lines]).state["found"]
        assert not give(quiz, of, state, *[mates[line] for line in reversed(lines)]).state["found"]


def test_the_page_never_learns_which_answer_is_right(quiz: ActivityType) -> None:
    for told in (ONE, SEVERAL, ORDER, MATCH, PICTURE):
        data = quiz.present(activity(told), start(quiz, activity(told))).data
        assert {key for one in data["answers"] for key in one} == {"value", "text", "picture", "chosen", "look"}
        assert not any(one["look"] for one in data["answers"])
        assert not any(line["shown"] or line["look"] for line in data["lines"])


def test_help_comes_by_attempt_neutral_then_hint_then_where_then_shown(quiz: ActivityType) -> None:
    of = activity(ONE)
    state, said, looks = start(quiz, of), [], []
    for _ in range(4):
        outcome = give(quiz, of, state, "Table")
        assert outcome.feedback is not None
        assert outcome.feedback.tone == "almost"
        state = outcome.state
        said.append(outcome.feedback.say)
        looks.append(sorted(one["text"] for one in quiz.present(of, state).data["answers"] if one["look"]))
    assert said == [
        "Regardez encore une fois.",
        "La table ne bouge pas.",
        "Regardez ce qui est encadré.",
        "Voici la réponse. Choisissez-la, puis continuez.",
    ]
    assert looks == [[], [], ["Lampe", "Souris"], ["Souris"]]
    assert state["help"] == "shown"


def test_order_and_match_are_shown_line_by_line_in_the_end(quiz: ActivityType) -> None:
    of = activity(ORDER)
    state = {**start(quiz, of), "tries": 3, "given": []}
    state = give(quiz, of, state, "Lire", "Ouvrir", "Répondre", "Envoyer").state
    view = quiz.present(of, state)
    texts = {one["value"]: one["text"] for one in view.data["answers"]}
    assert [texts[line["shown"]] for line in view.data["lines"]] == ["Ouvrir", "Lire", "Répondre", "Envoyer"]


def test_where_points_at_the_lines_that_do_not_fit(quiz: ActivityType) -> None:
    of = activity(ORDER)
    state = {**start(quiz, of), "tries": 2}
    state = give(quiz, of, state, "Lire", "Ouvrir", "Répondre", "Envoyer").state
    assert [line["look"] for line in quiz.present(of, state).data["lines"]] == [True, True, False, False]


def test_nothing_chosen_is_no_attempt(quiz: ActivityType) -> None:
    of = activity(ONE)
    outcome = quiz.evaluate(of, {"do": "answer"}, start(quiz, of))
    assert (outcome.state["tries"], outcome.facts) == (0, ())
    assert outcome.feedback is not None
    assert outcome.feedback.tone == "info"


def test_a_line_left_empty_is_no_attempt_and_what_was_chosen_stays(quiz: ActivityType) -> None:
    of = activity(MATCH)
    outcome = quiz.evaluate(of, {"line-0": "a", "line-1": "", "line-2": "zz"}, start(quiz, of))
    assert outcome.state["tries"] == 0
    assert [line["chosen"] for line in quiz.present(of, outcome.state).data["lines"]] == ["a", "", ""]


def test_the_score_is_made_on_the_server_from_the_attempts(quiz: ActivityType) -> None:
    of = activity(ONE, PICTURE)
    state = give(quiz, of, start(quiz, of), "Table").state
    state = give(quiz, of, state, "Souris").state
    state = quiz.evaluate(of, {"do": "next"}, state).state
    state = give(quiz, of, state, "Clé").state
    end = quiz.evaluate(of, {"do": "next", "score": 1}, state)
    assert (end.verb, end.success, end.completion, end.score) == ("passed", True, True, 0.88)
    assert end.help == "none"


def test_an_answer_that_was_shown_completes_but_does_not_pass(quiz: ActivityType) -> None:
    of = activity(ONE)
    state = start(quiz, of)
    for _ in range(4):
        state = give(quiz, of, state, "Table").state
    end = quiz.evaluate(of, {"do": "next"}, give(quiz, of, state, "Souris").state)
    assert (end.verb, end.success, end.completion, end.score, end.help) == ("completed", None, True, 0.0, "shown")


def test_each_answer_is_a_fact_without_what_was_chosen(quiz: ActivityType) -> None:
    of = activity(ONE)
    first = give(quiz, of, start(quiz, of), "Table")
    second = give(quiz, of, first.state, "Souris")
    assert [(fact.verb, fact.about, fact.success) for fact in (*first.facts, *second.facts)] == [
        ("answered", "question-1", False),
        ("answered", "question-1", True),
    ]


def test_the_board_sees_the_question_and_how_often_it_was_tried(quiz: ActivityType) -> None:
    of = activity(ONE)
    live = give(quiz, of, start(quiz, of), "Table").live
    assert live is not None
    assert (live.goal, live.sentence, live.tries) == ("question-1", "Question one ?", 1)


def test_an_answer_to_an_earlier_question_is_stale(quiz: ActivityType) -> None:
    of = activity(ONE, PICTURE)
    state = quiz.evaluate(of, {"do": "next"}, give(quiz, of, start(quiz, of), "Souris").state).state
    assert state["at"] == 1
    assert quiz.evaluate(of, {"question": "0", "answer": "a"}, state).stale


def test_after_the_right_answer_only_continue_goes_on(quiz: ActivityType) -> None:
    of = activity(ONE)
    state = give(quiz, of, start(quiz, of), "Souris").state
    assert quiz.evaluate(of, {"answer": "b"}, state).stale


@pytest.mark.parametrize("told", [ONE, SEVERAL, ORDER, MATCH, PICTURE], ids=lambda told: str(told["kind"]))
def test_whatever_the_shuffle_each_piece_that_is_said_can_be_recorded(quiz: ActivityType, told: dict[str, Any]) -> None:
    of = activity(told)
    for seed in range(10):
        said = quiz.present(of, start(quiz, of, seed)).data["say"]
        assert said[0] == told["ask"]
        assert set(said) == set(quiz.spoken(of))


def test_what_the_right_answer_says_comes_before_the_rule(quiz: ActivityType) -> None:
    told = question("one", answer("A", True, say="Oui. Il a lu."), answer("B"), say="On lit avant de signer.")
    outcome = give(quiz, activity(told), start(quiz, activity(told)), "A")
    assert outcome.feedback is not None
    assert outcome.feedback.say == "Il a lu. On lit avant de signer."


def test_the_page_says_almost_and_yes_so_the_sentence_does_not_repeat_it(quiz: ActivityType) -> None:
    outcome = give(quiz, activity(SEVERAL), start(quiz, activity(SEVERAL)), "A", "B")
    assert outcome.feedback is not None
    assert outcome.feedback.say == "Les deux vont."


RIGHT = "«right: true»"
THEIRS = "a pictogram of the theme"


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (question("one", answer("A"), answer("B")), "0 answers are right; exactly one must say «right: true»"),
        (question("one", answer("A", True), answer("B", True)), f"2 answers are right; exactly one must say {RIGHT}"),
        (question("several", answer("A"), answer("B")), "no answer is right; at least one must say «right: true»"),
        (question("match", answer("A", mate="x"), answer("B")), "every answer needs «with: …», the text it goes with"),
        (question("picture", answer("A", True), answer("B")), f"every answer needs «picture: …», {THEIRS}"),
        (question("one", answer("A", True)), "1 answers; write 2 to 5"),
        (question("one", answer("A", True), answer("A")), "two answers have the same text"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_a_fault(quiz: ActivityType, told: dict[str, Any], fault: str) -> None:
    assert quiz.check(activity(told)) == [f"question 1: {fault}"]


@pytest.mark.parametrize("told", [ONE, SEVERAL, ORDER, MATCH, PICTURE], ids=lambda told: str(told["kind"]))
def test_the_form_needs_no_script_and_no_drag(plugins: Plugins, quiz: ActivityType, told: dict[str, Any]) -> None:
    theme = load_themes([bundled("themes")], {})["default"]
    environment = Environment(loader=build_loader(theme, plugins.template_folders, plugins.templates), autoescape=True)
    environment.globals |= {
        "_": _translate,
        "picto": str,
        "csrf_token": lambda: "t",
        "asset": str,
        "voice": "".join,
        "tell": str,
    }
    environment.filters |= {"said": lambda text, locale="": text, "lexicon": lambda text, locale="": text, "bound": str}
    view = quiz.present(activity(told), start(quiz, activity(told)))
    html = environment.get_template(view.template).render(
        view=view, data=view.data, activity=activity(told), url="/go", event="e1"
    )
    assert '<form class="answer" method="post" action="/go">' in html
    assert 'name="event" value="e1"' in html
    assert ("<select" in html) == (told["kind"] in ("order", "match"))
    assert "<script" not in html
    assert "draggable" not in html
    assert 'name="do" value="answer"' in html


def _translate(text: str, **values: object) -> str:
    return text % values if values else text
