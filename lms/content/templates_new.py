"""What `lms new scenario` begins with: a working scenario of the same simulator, to be changed line by line."""

from __future__ import annotations

import json
import re

from lms.content.simulators import Simulator
from lms.errors import NotFound

_TITLE = re.compile(r"^title:.*$", re.MULTILINE)


def build_new_scenario(simulator: Simulator, title: str) -> str:
    """Text of a new scenario file: the shortest one of this simulator under a new title. NotFound without any."""
    paths = sorted((simulator.folder / "scenarios").glob("*.yaml"))
    if not paths:
        raise NotFound(f"{simulator.name} has no scenario yet to begin from; write one after docs/scenarios.md")
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    model = min(paths, key=lambda path: len(texts[path]))
    # JSON quotes are YAML quotes, whatever stands in the title.
    line = f"title: {json.dumps(title, ensure_ascii=False)}"
    head = f"# Begun from {model.stem}. Change its facts, goals and sentences, then run `lms check`.\n"
    return head + _TITLE.sub(lambda found: line, texts[model], count=1)
