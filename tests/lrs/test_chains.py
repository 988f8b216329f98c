"""Many statements that point at one another, or at the same one, hold nobody: it is done under the lock of writers."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest

from lms.lrs.references import LONGEST_CHAIN
from tests.lrs.partner import Partner
from tests.lrs.test_retrieval import PLAIN, refer


def say(at: int, name: str, target: str = "") -> dict[str, Any]:
    """With a verb of its own."""
    return {**(refer(target) if target else PLAIN), "id": name, "verb": {"id": f"http://example.org/v{at}"}}


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain_in_a_batch_is_found_by_all_behind_each_whichever_way_round(
    each_partner: Partner, order: int
) -> None:
    """A hundred took six seconds of processor, three hundred some minutes."""
    names = [str(uuid.uuid4()) for _ in range(LONGEST_CHAIN)]
    chain = [say(at, name, names[at - 1] if at else "") for at, name in enumerate(names)]
    begun = time.process_time()
    each_partner.keep(*chain[::order])
    assert time.process_time() - begun < 1.5
    assert len(each_partner.read(verb="http://example.org/v0")) == len(each_partner.read()) == LONGEST_CHAIN
    assert len(each_partner.read(verb="http://example.org/v60")) == LONGEST_CHAIN - 60
    (last,) = each_partner.read(verb=f"http://example.org/v{LONGEST_CHAIN - 1}")
    assert last["id"] == names[-1]


def test_a_chain_is_followed_as_far_as_is_said(each_partner: Partner) -> None:
    names = [str(uuid.uuid4()) for _ in range(LONGEST_CHAIN + 5)]
    each_partner.keep(*(say(at, name, names[at - 1] if at else "") for at, name in enumerate(names)))
    assert len(each_partner.read(verb="http://example.org/v0")) == LONGEST_CHAIN + 1


def test_many_that_wait_for_one_are_given_what_it_says(each_partner: Partner) -> None:
    target = str(uuid.uuid4())
    each_partner.keep(*(refer(target) for _ in range(600)))
    each_partner.keep(say(1, target))
    assert len(each_partner.read(verb="http://example.org/v1", limit=500)) == 500
