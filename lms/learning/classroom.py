"""What learning needs to know: the content, the plugins, the settings. Frozen; one per application."""

from __future__ import annotations

from dataclasses import dataclass

from lms.content.courses import Catalogue
from lms.contract import Activity, ActivityType
from lms.errors import NotFound
from lms.plugins import Plugins
from lms.settings import Settings


@dataclass(frozen=True)
class Classroom:
    """The frozen surroundings of every attempt."""

    settings: Settings
    plugins: Plugins
    catalogue: Catalogue

    def find_activity(self, activity_id: str, locale: str = "") -> Activity:
        """The activity of this id, in its current revision. Raises NotFound."""
        found = self.catalogue.find_activity(activity_id, locale)
        if found is None:
            raise NotFound(f"no activity {activity_id!r}", sentence="Cet exercice n'existe plus.")
        return found

    def find_type(self, activity: Activity) -> ActivityType:
        """The plugin's type that judges this activity."""
        return self.plugins.activity_types[activity.type]
