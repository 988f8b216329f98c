"""Where the voice of a sentence is: recorded by `lms audio`, else made when somebody first listens to it, and kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec

from flask import Response, current_app, request, send_file
from itsdangerous import BadSignature, URLSafeSerializer

from lms.content.speech import LONGEST_SAID, SpeechError, audio_name, clean_text, make_audio
from lms.errors import NotFound
from lms.web.access import open_to_anybody
from lms.web.addresses import find_address
from lms.web.languages import find_locale
from lms.web.learn import pages
from lms.web.site import site

WEEK = 7 * 24 * 3600


def find_voice(text: str, locale: str) -> str:
    """The address of the sentence's voice; empty when this machine makes none and has none."""
    name = audio_name(text, locale)
    if (site().settings.home / "audio" / name).is_file():
        return site().trees.url(f"audio/{name}")
    if not can_speak() or not 0 < len(text) <= LONGEST_SAID:
        return ""
    return f"{find_address('learn.voice')}?said={_sign(_key(), locale, text)}"


def find_voice_of(texts: Iterable[str], locale: str) -> str:
    """The addresses of several voices, to be heard one after the other; empty unless every text has one."""
    found = [find_voice(text, locale) for text in texts if text.strip()]
    return " ".join(found) if all(found) else ""


def find_page_voice(text: str) -> str:
    """The voice of a sentence of the page itself, in its language."""
    return find_voice(text, find_locale())


def can_speak() -> bool:
    """Whether voices are wanted and the engine is there."""
    return site().settings.audio_engine != "none" and _has_engine()


@cache
def _has_engine() -> bool:
    return all(find_spec(name) is not None for name in ("espeakng_loader", "lameenc"))


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])


def _signer(key: str) -> URLSafeSerializer:
    """Only what our own pages say is ever said: the address carries the sentence and our signature."""
    return URLSafeSerializer(key, "voice")


@lru_cache(maxsize=4096)
def _sign(key: str, locale: str, text: str) -> str:
    """Signed once: every answer to an event names the voices of the same few sentences."""
    return str(_signer(key).dumps([locale, clean_text(text)]))


@pages.get("/learn/voice")
@open_to_anybody
def voice() -> Response:
    """The recording; made now if nobody listened to this sentence before (some 30 ms)."""
    try:
        locale, text = _signer(_key()).loads(request.args.get("said", ""))
    except (BadSignature, ValueError) as error:
        raise NotFound(f"no sentence of ours: {error}") from error
    folder = site().settings.home / "audio"
    try:
        make_audio([(text, locale)], folder)
    except SpeechError as error:
        raise NotFound(str(error), sentence=error.sentence) from error
    answer = send_file(folder.resolve() / audio_name(text, locale), mimetype="audio/mpeg")
    answer.headers["Cache-Control"] = f"private, max-age={WEEK}"
    return answer
