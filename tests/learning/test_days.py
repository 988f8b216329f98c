"""Days as people here say them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lms.learning.days import say_day
from lms.learning.school.closed import Gate
from lms.web.teach.workshops import say_date


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 12, 1, 9, tzinfo=UTC), "mardi 1er décembre 2026"),
        (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "mardi 1er décembre 2026"),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), "samedi 21 novembre 2026"),
        (datetime(2026, 12, 11, 9, tzinfo=UTC), "vendredi 11 décembre 2026"),
    ],
)
def test_a_day_is_said_in_paris_and_the_first_is_1er(moment: datetime, said: str) -> None:
    instant = round(moment.timestamp() * 1_000_000)
    assert say_day(instant) == said
    assert Gate("coming", instant).sentence == f"Ce travail ouvre le {said}."
    assert say_date(instant).startswith(f"{said}, ")


def test_a_date_has_the_hour_of_the_room() -> None:
    assert say_date(round(datetime(2026, 7, 1, 12, 5, tzinfo=UTC).timestamp() * 1_000_000)) == (
        "mercredi 1er juillet 2026, 14:05"
    )
