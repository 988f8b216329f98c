"""Activity type «dialogue»: answers move a person and lead somewhere; one may take a moment again."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lms.contract import Activity, ActivityType, AttemptFacts, Outcome, State
from lms.plugins import bundled, load_plugins
from lms.settings import Settings


def choice(text: str, next: str, points: int = 0, mood: int = 0, trust: int = 0, low: str = "") -> dict[str, Any]:
    said = f"On en dit : {text}"
    return {"text": text, "say": said, "points": points, "mood": mood, "trust": trust, "next": next, "low": low}


def turn(id: str, *choices: dict[str, Any]) -> dict[str, Any]:
    return {"id": id, "says": f"Elle dit {id}.", "stage": "", "choices": list(choices)}


def ending(id: str, good: bool = False) -> dict[str, Any]:
    return {"id": id, "title": f"Fin {id}", "text": f"Cela finit par {id}.", "good": good}


TALK: dict[str, Any] = {
    "who": "Monique",
    "scene": "Un bureau.",
    "mood": 2,
    "trust": 2,
    "turns": [
        turn("a", choice("Bien", "b", 2, 1, 1), choice("Mal, et bien trop long", "c", 0, -1, -1)),
        turn("b", choice("Bien", "d", 2), choice("Mal, et bien trop long", "d", 0, 0, -2)),
        turn("c", choice("Bien", "d", 2, 1, 1), choice("Mal, et bien trop long", "d", 0, -1, -1, "gone")),
        turn("d", choice("Bien", "e", 2), choice("Mal, et bien trop long", "e", 1)),
        turn("e", choice("Bien", "f", 2), choice("Mal, et bien trop long", "gone")),
        turn("f", choice("Bien", "good", 2), choice("Mal, et bien trop long", "cold", 1)),
    ],
    "endings": [ending("good", True), ending("cold"), ending("gone")],
}


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> ActivityType:
    plugins = load_plugins(Settings(home=tmp_path_factory.mktemp("home")), bundled("plugins"))
    return plugins.activity_types["dialogue"]


def activity(options: dict[str, Any] = TALK) -> Activity:
    return Activity("c/d", "dialogue", "Entretien", "Parlez.", (), options, "", "", "fr", "r")


def start(dialogue: ActivityType) -> State:
    return dialogue.start(activity(), AttemptFacts(datetime(2026, 11, 26, tzinfo=UTC), 7, "alone", "fr"))


def say(dialogue: ActivityType, state: State, text: str) -> Outcome:
    """Answer as the form does: by the letter now shown."""
    data = dialogue.present(activity(), state).data
    letter = next(one["value"] for one in data["answers"] if one["text"].startswith(text))
    return dialogue.evaluate(activity(), {"at": data["at"], "answer": letter}, state)


def talk(dialogue: ActivityType, *texts: str) -> State:
    state = start(dialogue)
    for text in texts:
        state = say(dialogue, state, text).state
    return state


def test_the_good_way_leads_to_success_with_all_the_points(dialogue: ActivityType) -> None:
    state = talk(dialogue, *["Bien"] * 5)
    assert dialogue.present(activity(), state).data["end"]["title"] == "Fin good"
    outcome = dialogue.evaluate(activity(), {"at": "good", "do": "finish"}, state)
    assert (outcome.verb, outcome.success, outcome.score, outcome.completion) == ("passed", True, 1.0, True)


def test_another_end_is_completed_and_no_success(dialogue: ActivityType) -> None:
    state = talk(dialogue, "Bien", "Bien", "Bien", "Mal")
    outcome = dialogue.evaluate(activity(), {"at": "gone", "do": "finish"}, state)
    assert (outcome.verb, outcome.success, outcome.score) == ("completed", None, 0.75)


def test_an_answer_moves_mood_and_trust_and_is_told_again(dialogue: ActivityType) -> None:
    data = dialogue.present(activity(), talk(dialogue, "Mal")).data
    assert (data["mood"], data["trust"]) == (1, 1)
    assert [(one["says"], one["answer"], one["tone"]) for one in data["told"]] == [
        ("Elle dit a.", "Mal, et bien trop long", "almost")
    ]


def test_where_little_trust_is_left_the_talk_goes_elsewhere(dialogue: ActivityType) -> None:
    assert dialogue.present(activity(), talk(dialogue, "Mal", "Mal")).data["at"] == "gone"
    assert dialogue.present(activity(), talk(dialogue, "Mal", "Bien")).data["at"] == "d"


def test_a_moment_may_be_taken_again_and_what_was_before_stays(dialogue: ActivityType) -> None:
    state = talk(dialogue, "Bien", "Mal", "Bien")
    outcome = dialogue.evaluate(activity(), {"back": "1"}, state)
    data = dialogue.present(activity(), outcome.state).data
    assert (data["at"], len(data["told"]), data["trust"]) == ("b", 1, 3)
    assert outcome.state["restarts"] == 1


@pytest.mark.parametrize("response", [{"back": "9"}, {"back": "-1"}, {"at": "f", "answer": "a"}, {"at": "z"}])
def test_what_is_no_longer_on_screen_changes_nothing(dialogue: ActivityType, response: dict[str, str]) -> None:
    state = talk(dialogue, "Bien")
    outcome = dialogue.evaluate(activity(), response, state)
    assert outcome.stale
    assert outcome.state == state


@pytest.mark.parametrize("letter", ["", "z", "ab"])
def test_no_answer_asks_for_one(dialogue: ActivityType, letter: str) -> None:
    state = start(dialogue)
    outcome = dialogue.evaluate(activity(), {"at": "a", "answer": letter}, state)
    assert outcome.state == state
    assert outcome.feedback is not None
    assert outcome.feedback.say == "Choisissez une réponse, puis continuez."


def test_answers_stand_in_another_order_for_another_person(dialogue: ActivityType) -> None:
    orders = set()
    for seed in range(8):
        state = dialogue.start(activity(), AttemptFacts(datetime(2026, 11, 26, tzinfo=UTC), seed, "alone", "fr"))
        orders.add(tuple(one["text"] for one in dialogue.present(activity(), state).data["answers"]))
    assert len(orders) == 2


def broken(change: str) -> dict[str, Any]:
    options = deepcopy(TALK)
    turns = options["turns"]
    if change == "ring":
        turns[4]["choices"][1]["next"] = "a"
    elif change == "unknown":
        turns[0]["choices"][0]["next"] = "nowhere"
    elif change == "alone":
        options["endings"].append(ending("never"))
    elif change == "twice":
        turns[1]["id"] = "a"
    elif change == "short":
        options["endings"] = options["endings"][:2]
        for one in turns:
            one["choices"] = [
                {**each, "next": each["next"].replace("gone", "cold"), "low": ""} for each in one["choices"]
            ]
    elif change == "longest":
        for one in turns:
            one["choices"][0]["text"] = "La meilleure, et de loin la plus longue de toutes"
    elif change == "never low":
        turns[0]["choices"][0]["low"] = "gone"
    elif change == "never good":
        options["endings"][0]["good"] = False
    elif change == "too low":
        options["trust"] = 1
        turns[0]["choices"][1]["low"] = "gone"
    elif change == "one":
        turns[0]["choices"] = turns[0]["choices"][:1]
    return options


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ring", "one can go round for ever: a → b → d → e → a"),
        ("unknown", "leads to «nowhere», which is no turn and no ending"),
        ("alone", "nothing leads to «never»"),
        ("twice", "two turns or endings are called «a»"),
        ("short", "6 turns, 2 endings; 6 and 3 are needed"),
        ("longest", "the longest answer is the best in 6 of 6 turns"),
        ("one", "turn «a» has 1 answers"),
        ("never low", "turn «a»: «low: gone» is never taken; trust never falls so low there"),
        ("never good", "no ending is good; one must say «good: true»"),
        ("too low", "nothing leads to «c»"),
    ],
)
def test_a_talk_that_cannot_be_played_or_teaches_a_trick_is_told(
    dialogue: ActivityType, change: str, said: str
) -> None:
    assert any(said in fault for fault in dialogue.check(activity(broken(change))))
    assert dialogue.check(activity()) == []


def test_the_transcript_tells_what_was_said_what_it_did_and_how_it_ended(dialogue: ActivityType) -> None:
    state = talk(dialogue, "Bien", "Mal", "Bien")
    paper = dialogue.print_own(activity(), state)
    assert paper is not None
    assert [(one["says"], one["answer"], one["say"], one["trust"]) for one in paper.data["told"]] == [
        ("Elle dit a.", "Bien", "On en dit : Bien", 3),
        ("Elle dit b.", "Mal, et bien trop long", "On en dit : Mal, et bien trop long", 1),
        ("Elle dit d.", "Bien", "On en dit : Bien", 1),
    ]
    assert paper.data["end"] is None
    ended = dialogue.print_own(activity(), talk(dialogue, *["Bien"] * 5))
    assert ended is not None
    assert ended.data["end"] == {"title": "Fin good", "text": "Cela finit par good."}


def test_before_the_first_answer_the_blank_talk_is_printed(dialogue: ActivityType) -> None:
    assert dialogue.print_own(activity(), start(dialogue)) == dialogue.print_view(activity())


def test_the_whole_talk_stands_on_paper_and_is_said(dialogue: ActivityType, tmp_path: Path) -> None:
    view = dialogue.print_view(activity())
    assert view is not None
    assert len(view.data["turns"]) == 6
    assert "Elle dit a." in dialogue.spoken(activity())


def sit(dialogue: ActivityType, state: State, seat: str) -> State:
    return dialogue.sit(activity(), state, seat)


def test_two_may_play_it_one_answers_and_the_other_is_the_person(dialogue: ActivityType) -> None:
    assert dialogue.seats(activity()) == {"pro": "le professionnel", "person": "Monique"}
    state = sit(dialogue, talk(dialogue, "Bien"), "person")
    data = dialogue.present(activity(), state).data
    assert (data["seat"], data["says"], data["quiet"]) == ("person", "Elle dit b.", True)
    assert dialogue.evaluate(activity(), {"at": "b", "answer": "a"}, state).stale
    live = dialogue.live(activity(), state)
    assert live is not None
    assert live.sentence == "Elle dit b."


def test_whoever_plays_the_person_says_what_the_last_answer_did_and_it_stands_in_the_transcript(
    dialogue: ActivityType,
) -> None:
    state = sit(dialogue, talk(dialogue, "Bien", "Mal"), "person")
    assert [one["value"] for one in dialogue.present(activity(), state).data["feelings"]] == ["open", "same", "closed"]
    outcome = dialogue.evaluate(activity(), {"felt": "closed", "about": "1"}, state)
    assert outcome.facts == ()
    assert dialogue.present(activity(), outcome.state).data["feelings"] == []
    paper = dialogue.print_own(activity(), sit(dialogue, outcome.state, "pro"))
    assert paper is not None
    assert [one["felt"] for one in paper.data["told"]] == ["", "Je me suis refermé·e."]


@pytest.mark.parametrize(
    ("seat", "response"),
    [
        ("pro", {"felt": "open", "about": "0"}),
        ("", {"felt": "open", "about": "0"}),
        ("person", {"felt": "sad", "about": "0"}),
        ("person", {"felt": "open", "about": "4"}),
        ("person", {"felt": "open"}),
    ],
)
def test_nobody_else_says_what_the_person_felt(dialogue: ActivityType, seat: str, response: dict[str, str]) -> None:
    state = sit(dialogue, talk(dialogue, "Bien"), seat)
    outcome = dialogue.evaluate(activity(), response, state)
    assert outcome.stale
    assert outcome.state == state


def test_a_moment_taken_again_forgets_what_was_felt_after_it(dialogue: ActivityType) -> None:
    state = sit(dialogue, talk(dialogue, "Bien"), "person")
    state = dialogue.evaluate(activity(), {"felt": "open", "about": "0"}, state).state
    state = say(dialogue, sit(dialogue, state, "pro"), "Bien").state
    state = dialogue.evaluate(activity(), {"felt": "same", "about": "1"}, sit(dialogue, state, "person")).state
    assert dialogue.evaluate(activity(), {"back": "1"}, state).state["felt"] == {"0": "open"}


def test_at_the_end_of_a_talk_the_board_has_nothing_more_to_show(dialogue: ActivityType) -> None:
    assert dialogue.live(activity(), talk(dialogue, *["Bien"] * 5)) is None
