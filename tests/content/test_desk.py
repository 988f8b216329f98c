from datetime import UTC, datetime
from pathlib import Path

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario, load_simulator

EXAMPLES = Path(__file__).parent / "examples"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
NAMES = [
    "mail/repondre",
    "procedure/aide-au-logement",
    "procedure/se-connecter",
    "pointer/viser",
    "call/aider-au-telephone",
]


def load_example(name: str) -> Desk:
    simulators = {folder.name: load_simulator(folder) for folder in EXAMPLES.iterdir() if folder.is_dir()}
    return load_scenario(simulators, name)


@pytest.mark.parametrize("name", NAMES)
def test_following_the_guide_ends_in_success(name: str) -> None:
    desk = load_example(name)
    state = desk.start(NOW, 1)
    touches = 0
    while guide := desk.guide(state):
        assert desk.parts(state)[guide.part] == guide.do
        outcome = desk.advance(state, {"part": guide.part, "do": guide.do, "value": guide.value}, NOW, 1)
        assert not outcome.stale
        assert outcome.refused is None
        state, touches = outcome.state, touches + 1
        assert touches <= 12
    assert outcome.success
    assert desk.steps(state)[0] == desk.steps(state)[1]
