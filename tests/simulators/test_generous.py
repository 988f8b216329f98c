"""Every answer that a form expects may be written in the ways people write it, in every scenario that has one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.contract import MONTHS, State, plain
from tests.content.desks import NOW, come_by, follow, touch, walk
from tests.simulators.shelf import load, read_names

Field = Mapping[str, Any]


def is_exact(field: Field) -> bool:
    """A password or an identifier: there every sign counts."""
    return field.get("kind") == "password" or ("match" in field and field.get("kind", "text") == "text")


def vary(field: Field) -> Iterator[str]:
    """Other ways to write what a field expects; at least a space before and after it."""
    kind, value = field.get("kind", "text"), str(field["expect"])
    yield f"  {value} "
    if kind == "date":
        day, month, year = value.split("/")
        yield from (f"{int(day)}.{int(month)}.{year}", f"{day}-{month}-{year[2:]}", f"{day}{month}{year}")
    elif kind == "month":
        month, year = value.split("/")
        yield from (f"{int(month)}.{year[2:]}", f"{month}{year}", f"{MONTHS[int(month) - 1].upper()} {year}")
    elif kind == "money":
        yield from (f"{value.replace('.', ',')} €", f"0{value}")
    elif kind in ("digits", "code", "phone"):
        yield from (" ".join(value), f" {value[:2]}.{value[2:]} " if len(value) > 2 else value)
    elif kind == "mail":
        yield value.upper()
    elif kind == "iban":
        yield from (value.replace(" ", "").lower(), value.replace(" ", "-"))
    elif not is_exact(field):
        yield from (value.upper(), plain(value), f"  {value.lower().replace(' ', '  ')} ")


def iter_typed(exact: Collection[bool] = (False, True)) -> Iterator[tuple[str, str, str]]:
    """Scenario, app and field of every answer that is written."""
    for desk in map(load, read_names()):
        for app, one in desk.simulators.items():
            for name, field in desk.checked.ref[app].get("fields", {}).items() if one.name == "procedure" else ():
                if "expect" in field and not field.get("choices") and is_exact(field) in exact:
                    yield desk.id, app, name


def find_empty(desk: Desk, app: str, name: str) -> tuple[State, Field]:
    """Where this field can first be written, with nothing in it; what the exercise says of it that day."""
    state = come_by(desk, f"{app}/{name}")
    return touch(desk, state, f"{app}/{name}", "").state, desk.on(state["clock"]).ref[app]["fields"][name]


@pytest.mark.parametrize(("scenario", "app", "name"), list(iter_typed()))
def test_what_is_written_another_way_is_the_same_answer(scenario: str, app: str, name: str) -> None:
    desk = load(scenario)
    state, field = find_empty(desk, app, name)
    wanted = touch(desk, state, f"{app}/{name}", field["expect"]).state
    assert wanted["world"][app]["values"][name] != ""
    for written in vary(field):
        outcome = touch(desk, state, f"{app}/{name}", written)
        assert outcome.refused is None, written
        assert outcome.state["world"] == wanted["world"], written
        assert outcome.state["met"] == wanted["met"], written
        assert outcome.trapped == ()


@pytest.mark.parametrize(("scenario", "app", "name"), list(iter_typed(exact=(True,))))
def test_of_a_password_or_an_identifier_every_sign_counts(scenario: str, app: str, name: str) -> None:
    desk = load(scenario)
    state, field = find_empty(desk, app, name)
    for written in (field["expect"].swapcase(), re.sub(r"\W", "_", field["expect"], count=1)):
        told = touch(desk, state, f"{app}/{name}", written).state
        assert f"{app}.{name}" not in told["met"], written
        assert follow(desk, told, most=60)[-1].success


@pytest.mark.parametrize(
    ("page", "written"),
    [("1/4/2019", "01/04/2019"), ("1 avril 2019", "01/04/2019"), ("412,00 €", "412"), ("00 100", "00100")],
)
def test_a_pitfall_drill_takes_them_too(page: str, written: str) -> None:
    desk = load("pitfalls/nombres-du-loyer")
    for state in walk(desk, desk.start(NOW, 1)):
        guide = desk.guide(state)
        if guide and guide.value == written:
            assert touch(desk, state, guide.part, page).met
            return
    raise AssertionError(written)
