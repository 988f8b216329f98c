"""Where the recorded voice of a sentence is, when `lms audio` made one."""

from __future__ import annotations

from lms.content.speech import audio_name
from lms.web.site import site


def find_voice(text: str, locale: str) -> str:
    """The address of the sentence's recording; empty when there is none."""
    name = audio_name(text, locale)
    found = (site().settings.home / "audio" / name).is_file()
    return site().trees.url(f"audio/{name}") if found else ""
