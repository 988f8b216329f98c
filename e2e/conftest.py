"""One house for all journeys of a process, and a watch on what the browser complains of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e.house import House, Learner, open_house


@dataclass
class Faults:
    """What consoles said. A test names beforehand, by a pattern, what it provokes itself."""

    found: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, pattern: str) -> None:
        """Expect complaints like this one."""
        self.forgiven.append(pattern)

    def left(self) -> list[str]:
        """Complaints that nobody expected."""
        return [one for one in self.found if not any(re.search(pattern, one) for pattern in self.forgiven)]

    def watch(self, page: Page) -> None:
        """Gather errors of the console, exceptions, and whatever the content policy refused."""
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))
        page.on("console", lambda said: said.type == "error" and self.found.append(f"{page.url}: {said.text}"))


@pytest.fixture
def faults() -> Iterator[Faults]:
    """Any complaint of any page fails the journey."""
    made = Faults()
    yield made
    assert made.left() == []


@pytest.fixture
def open_page(open_page: Callable[..., Page], faults: Faults) -> Callable[..., Page]:
    """As for all tests, but watched, also the windows that a page opens."""

    def make(**given: Any) -> Page:
        page = open_page(**given)
        faults.watch(page)
        page.context.on("page", faults.watch)
        return page

    return make


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration, served."""
    with open_house(tmp_path_factory.mktemp("house") / "instance") as made:
        yield made


@pytest.fixture
def learner(house: House) -> Learner:
    """Somebody who was never here."""
    return house.add_learner()
