from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.dates import has_dates, resolve_dates, shift_months

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"day": -20}, "01/11/2026"),
        ({"day": "-20"}, "01/11/2026"),
        ({"month": -2}, "septembre 2026"),
        ({"month": "2"}, "janvier 2027"),
        ({"day": -20, "as": "jour"}, "1er novembre 2026"),
        ({"day": 0, "as": "jour"}, "21 novembre 2026"),
        ({"day": 0, "as": "iso"}, "2026-11-21"),
        ({"month": -2, "as": "%Y-%m"}, "2026-09"),
        ({"month": 1, "day": -1}, "20/12/2026"),
        ("Reçu le {{day: -3}}, pour {{ month:-2 | mois }}", "Reçu le 18/11/2026, pour septembre 2026"),
        ("{{form.receipt}} reste", "{{form.receipt}} reste"),
        ({"day": "lundi"}, None),
    ],
)
def test_dates_are_told_from_the_day_of_the_attempt(written: object, told: str | None) -> None:
    assert has_dates([{"a": written}]) is ("form" not in str(written))
    if told is None:
        with pytest.raises(ValueError, match="lundi"):
            resolve_dates(written, TODAY)
    else:
        assert resolve_dates({"a": [written]}, TODAY) == {"a": [told]}


def test_a_mapping_with_other_keys_is_no_date() -> None:
    assert resolve_dates({"day": "lundi", "hour": "9"}, TODAY) == {"day": "lundi", "hour": "9"}


def test_the_last_day_of_a_month_stays_within_it() -> None:
    assert shift_months(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert shift_months(date(2028, 1, 31), 1) == date(2028, 2, 29)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_go_there_and_back_within_the_same_month(day: date, months: int) -> None:
    there = shift_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day <= day.day
    assert day - shift_months(there, -months) <= timedelta(days=3)
