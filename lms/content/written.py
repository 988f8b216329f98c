"""JSON that never changes after it was built, so that it is written out once however many pages show it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any


class Written(dict[str, Any]):
    """A dict to read from; whoever builds it puts everything in at once."""

    @cached_property
    def text(self) -> str:
        """Its compact JSON."""
        return write_json(self)


def write_json(found: Any) -> str:
    """Compact JSON, in ASCII."""
    return json.dumps(found, separators=(",", ":"))
