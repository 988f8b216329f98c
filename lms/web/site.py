"""What every page needs of the instance; frozen, one per application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from lms.content.simulators import Simulator
from lms.content.themes import Theme
from lms.learning.classroom import Classroom
from lms.partners.deliveries import Letterbox
from lms.partners.keyring import Keyring
from lms.settings import Settings
from lms.web.trees import Trees


@dataclass(frozen=True)
class Site:
    """Settings, content and plugins of one application."""

    settings: Settings
    classroom: Classroom
    themes: Mapping[str, Theme]
    simulators: Mapping[str, Simulator]
    trees: Trees
    letterbox: Letterbox = field(default_factory=Letterbox)
    keyring: Keyring = field(default_factory=Keyring)

    def find_theme(self, name: str) -> Theme:
        """The theme of this name, else the instance's, else `default`."""
        for wanted in (name, self.settings.theme, "default"):
            if wanted in self.themes:
                return self.themes[wanted]
        raise LookupError("there is no theme named default")


def site() -> Site:
    """The site of the application that handles this request."""
    return cast(Site, current_app.extensions["lms"])
