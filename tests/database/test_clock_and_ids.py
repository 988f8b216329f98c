"""Instants and identifiers."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.database.clock import HybridClock, from_iso, now, to_datetime, to_iso
from lms.database.ids import natural_id, new_id, new_xapi_id


@given(st.integers(0, 4_000_000_000_000))
def test_an_instant_comes_back_from_its_text(milliseconds: int) -> None:
    assert from_iso(to_iso(milliseconds * 1000)) == milliseconds * 1000


def test_zones_are_respected() -> None:
    assert from_iso("2026-11-21T10:00:00+01:00") == from_iso("2026-11-21T09:00:00Z") == from_iso("2026-11-21T09:00:00")
    assert to_datetime(0) == datetime(1970, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="Invalid isoformat"):
        from_iso("yesterday")


def test_the_hybrid_clock_never_stands_still_and_never_falls_behind_what_it_saw() -> None:
    clock = HybridClock()
    ticks = [clock.tick() for _ in range(1000)]
    assert ticks == sorted(set(ticks))
    assert clock.tick(ticks[-1] + 10**12) > ticks[-1] + 10**12
    assert clock.tick() > ticks[-1] + 10**12


def test_ids_are_uuids_in_order_of_time() -> None:
    assert uuid.UUID(new_id()).version == 7
    assert uuid.UUID(new_xapi_id()).version == 4
    assert abs((uuid.UUID(new_xapi_id()).int >> 80) - now() // 1000) < 5000
    assert len({new_id() for _ in range(1000)}) == 1000


def test_the_same_natural_key_gives_the_same_id_everywhere() -> None:
    assert natural_id("o", "p", "c") == natural_id("o", "p", "c") != natural_id("o", "pc", "")
    assert uuid.UUID(natural_id("o")).version == 5
