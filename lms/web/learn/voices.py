"""Where the recorded voice of a sentence is, when `lms audio` made one."""

from __future__ import annotations

from collections.abc import Iterable

from lms.content.speech import audio_name
from lms.web.site import site


def find_voice(text: str, locale: str) -> str:
    """The address of the sentence's recording; empty when there is none."""
    name = audio_name(text, locale)
    found = (site().settings.home / "audio" / name).is_file()
    return site().trees.url(f"audio/{name}") if found else ""


def find_voice_of(texts: Iterable[str], locale: str) -> str:
    """The addresses of several recordings, to be heard one after the other; empty unless every text has one."""
    found = [find_voice(text, locale) for text in texts if text.strip()]
    return " ".join(found) if all(found) else ""
