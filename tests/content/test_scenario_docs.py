import re
from pathlib import Path

import pytest

from lms.content.binding import INCIDENT_KEYS, TRAP_KEYS
from lms.content.dates import resolve_dates
from lms.content.goal_specs import DOS, GOAL_KEYS, WAY_KEYS
from lms.content.predicates import OPERATORS
from lms.content.scenarios import KEYS, build_scenario
from lms.content.walks import DAYS, check_scenario
from lms.content.yaml_source import TYPED_KEYS, parse_yaml

from .desks import load_examples

DOC = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")


def test_the_whole_example_is_sound_and_never_stuck() -> None:
    text = re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL)[0]
    assert check_scenario(build_scenario(load_examples(), "mail/exemple", parse_yaml(text, "docs/scenarios.md"))) == []


@pytest.mark.parametrize("key", sorted(KEYS | GOAL_KEYS - {"touch"}))
def test_every_key_has_its_line(key: str) -> None:
    assert re.search(rf"^\| `{key}` \|", DOC, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(TRAP_KEYS | INCIDENT_KEYS | WAY_KEYS | TYPED_KEYS | set(DOS) | set(OPERATORS)))
def test_every_other_name_is_told(name: str) -> None:
    assert re.search(rf"\b{name}\b", DOC)


def test_dates_are_told_as_the_table_says() -> None:
    rows = re.findall(r"^\| `(\{(?:day|month).*?\})` \| `(.*?)` \|$", DOC, re.MULTILINE)
    told = [(resolve_dates(parse_yaml(written, "a").data, DAYS[0].date()), told) for written, told in rows]
    assert len(told) == 6
    assert [one for one, _ in told] == [other for _, other in told]
