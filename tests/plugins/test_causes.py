"""Why it fails: people made by chance are told apart, and what is doubtful is left unknown."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lms.contract import Activity, ActivityType, AttemptFacts, State
from lms.plugins import bundled, load_plugins
from lms.settings import Settings
from tests.plugins.people import PEOPLE, play
from tests.simulators.shelf import load

ROOT = Path(__file__).parents[2]
SCENARIOS = (
    *("procedure/creer-un-compte", "procedure/declaration-trimestrielle", "procedure/carte-de-bus"),
    *("mail/repondre-avec-piece-jointe", "browser/ouvrir-la-mediatheque", "pitfalls/nombres-du-loyer"),
)
"""None of them served when the weights were chosen: those were three other procedures, with seeds below 5000."""
SEEDS = range(700_000, 700_007)
CAUSES = ("motor", "reading", "concept", "unknown")
EXPECTED = {"steady": "unknown", "trembling": "motor", "slow": "reading", "confused": "concept", "mixed": "unknown"}


@pytest.fixture(scope="module")
def simulation(tmp_path_factory: pytest.TempPathFactory) -> ActivityType:
    home = tmp_path_factory.mktemp("home")
    return load_plugins(Settings(home=home), bundled("plugins")).activity_types["simulation"]


def begin(kind: ActivityType, activity: Activity, seed: int) -> State:
    return kind.start(activity, AttemptFacts(datetime(2026, 11, 26, 9, tzinfo=UTC), seed, "assisted", "fr"))


def build(name: str) -> Activity:
    options = {"scenario": load(name), "modes": ["assisted"]}
    return Activity("c/s", "simulation", "Essai", "Essayez.", ("F01",), options, "", "", "fr", "r")


@pytest.fixture(scope="module")
def matrix(simulation: ActivityType) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {name: Counter() for name in PEOPLE}
    for activity in map(build, SCENARIOS):
        for row, (name, who) in enumerate(PEOPLE.items()):
            for seed in SEEDS:
                state = play(simulation, activity, begin(simulation, activity, seed), who, 1000 * row + seed)
                cause = simulation.cause(activity, state)
                found[name][cause.name if cause else "unknown"] += 1
    return found


def draw(matrix: dict[str, Counter[str]]) -> list[str]:
    """The rows of the table as the docs have them."""
    return [f"| {name} | {' | '.join(str(row[cause]) for cause in CAUSES)} |" for name, row in matrix.items()]


def test_people_never_met_before_are_told_apart_and_a_trembling_hand_is_hardly_ever_called_a_wrong_idea(
    matrix: dict[str, Counter[str]],
) -> None:
    right = sum(matrix[name][expected] for name, expected in EXPECTED.items())
    assert right >= 0.8 * sum(sum(row.values()) for row in matrix.values()), draw(matrix)
    assert matrix["trembling"]["concept"] + matrix["trembling"]["reading"] <= 2, draw(matrix)
    assert matrix["steady"]["unknown"] >= 38, draw(matrix)


def test_the_docs_show_the_same_confusion_matrix(matrix: dict[str, Counter[str]]) -> None:
    shown = re.findall(r"^\| (?:" + "|".join(PEOPLE) + r") \|.*$", (ROOT / "docs/causes.md").read_text("utf-8"), re.M)
    assert shown == draw(matrix)
