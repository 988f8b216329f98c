"""Every answer that a form expects may be written in the ways people write it, in every scenario that has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.contract import State, plain
from tests.content.desks import NOW, touch
from tests.simulators.stage import ROOT
from tests.simulators.test_incidents import load


def vary(kind: str, value: str, field: Mapping[str, Any]) -> Iterator[str]:
    """Other ways to write it."""
    if kind == "date":
        day, month, year = value.split("/")
        yield from (f"{int(day)}.{int(month)}.{year}", f"{day}-{month}-{year[2:]}", f"{day}{month}{year}")
    elif kind == "money":
        yield from (f"{value.replace('.', ',')} €", f"0{value}")
    elif kind in ("digits", "code", "phone"):
        yield from (" ".join(value), f" {value[:2]}.{value[2:]} " if len(value) > 2 else value)
    elif kind == "mail":
        yield from (value.upper(), f" {value} ")
    elif kind == "iban":
        yield from (value.replace(" ", "").lower(), value.replace(" ", "-"))
    elif kind == "text" and "match" not in field and "suggest" not in field:
        yield from (value.upper(), plain(value), f"  {value.lower().replace(' ', '  ')} ")


def iter_typed() -> Iterator[tuple[str, str, str]]:
    """Scenario, app and field of every answer that is written."""
    for file in sorted(ROOT.glob("simulators/*/scenarios/*.yaml")):
        desk = load(f"{file.parts[-3]}/{file.stem}")
        for app, one in desk.simulators.items():
            for name, field in desk.checked.ref[app].get("fields", {}).items() if one.name == "procedure" else ():
                if "expect" in field and not field.get("choices"):
                    yield desk.id, app, name


def lead_to(desk: Desk, part: str) -> tuple[State, str] | None:
    """Where this field is to be written, and what the guide writes there; None where nobody is led to it."""
    state = desk.start(NOW, 1)
    while guide := desk.guide(state):
        if guide.part == part:
            return state, str(guide.value)
        state = touch(desk, state, guide.part, guide.value).state
    return None


@pytest.mark.parametrize(("scenario", "app", "name"), list(iter_typed()))
def test_what_is_written_another_way_is_the_same_answer(scenario: str, app: str, name: str) -> None:
    desk = load(scenario)
    found = lead_to(desk, f"{app}/{name}")
    if found is None:
        return  # it stands there already
    state, value = found
    field = desk.on(state["clock"]).ref[app]["fields"][name]
    wanted = touch(desk, state, f"{app}/{name}", value).state["world"][app]["values"][name]
    for written in vary(field.get("kind", "text"), value, field):
        outcome = touch(desk, state, f"{app}/{name}", written)
        assert outcome.refused is None, written
        assert outcome.state["world"][app]["values"][name] == wanted, written
        assert outcome.trapped == ()


def test_an_identifier_is_not_guessed() -> None:
    desk = load("procedure/adresse-deja-prise")
    found = lead_to(desk, "form/debut")
    assert found is not None
    assert "form.debut" not in touch(desk, found[0], "form/debut", found[1].replace(".", "-")).met


@pytest.mark.parametrize(
    ("page", "written"),
    [("1/4/2019", "01/04/2019"), ("1 avril 2019", "01/04/2019"), ("412,00 €", "412"), ("00 100", "00100")],
)
def test_a_pitfall_drill_takes_them_too(page: str, written: str) -> None:
    desk = load("pitfalls/nombres-du-loyer")
    app = next(iter(desk.simulators))
    state = desk.start(NOW, 1)
    while guide := desk.guide(state):
        if guide.value == written:
            assert touch(desk, state, guide.part, page).met
            return
        state = touch(desk, state, guide.part, guide.value).state
    raise AssertionError((app, written))
