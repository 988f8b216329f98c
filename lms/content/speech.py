"""Voice made on this machine: text → WAV by espeak-ng → MP3 by LAME, one file a sentence, named by what it says."""

from __future__ import annotations

import array
import ctypes
import hashlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lms.errors import LMSError

WORDS_A_MINUTE = 140
"""Calm, for a person who listens and looks for a button at once (espeak-ng's own is 175)."""

BITS_A_SECOND = 32
LONGEST_SAID = 1000
"""Characters; a longer text is no sentence."""

SYNCHRONOUS = 2
DO_NOT_EXIT = 0x8000
"""Without this option espeak-ng ends the whole process when its data cannot be read."""

RATE, CHARACTERS_UTF8, WAIT = 1, 1, 4096
_one_at_a_time = threading.Lock()


class SpeechError(LMSError):
    """The speech engine is missing or refuses a language; the detail says which."""

    sentence = "La voix ne peut pas être préparée sur cette machine."


@lru_cache(maxsize=4096)
def audio_name(text: str, locale: str) -> str:
    """The file name of a sentence: the same words in the same language always have the same name."""
    said = f"{locale}\n{clean_text(text)}"
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.mp3"


def clean_text(text: str) -> str:
    """What is said: white space does not count."""
    return " ".join(text.split())


def speak(text: str, locale: str) -> bytes:
    """`text` said in the language of `locale`, as an MP3. Raises SpeechError."""
    with _one_at_a_time:
        engine, rate = _start_engine()
        samples = _synthesise(engine, clean_text(text), locale)
    return _encode(samples, rate)


def list_mute(texts: Iterable[str], locale: str, folder: Path, *, engine: bool) -> list[str]:
    """Texts that nobody would hear: without a recording in `folder`, and that no engine at hand can say."""
    can = engine and has_voice(locale)
    silent = [one for one in texts if not (can and 0 < len(clean_text(one)) <= LONGEST_SAID)]
    return [one for one in silent if not (folder / audio_name(one, locale)).is_file()]


def has_voice(locale: str) -> bool:
    """Whether an engine is here and speaks this language."""
    try:
        speak("a", locale)
    except SpeechError:
        return False
    return True


def make_audio(
    texts: Iterable[tuple[str, str]], folder: Path, progress: Callable[[int, int], None] = lambda done, all: None
) -> list[Path]:
    """Files for `(text, locale)` pairs in `folder`; what is there already is kept. Returns the new files."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {audio_name(text, locale): (text, locale) for text, locale in texts if clean_text(text)}
    made = []
    for done, (name, (text, locale)) in enumerate(sorted(wanted.items()), 1):
        file = folder / name
        if not file.is_file():
            _write_whole(file, speak(text, locale))
            made.append(file)
        progress(done, len(wanted))
    return made


def _write_whole(file: Path, content: bytes) -> None:
    """A file that is there is whole, also when the machine stops in between."""
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(file)


@cache
def _start_engine() -> tuple[ctypes.CDLL, int]:
    """The library, started once a process, and its samples a second."""
    try:
        import espeakng_loader
    except ImportError as error:
        raise SpeechError("espeakng-loader is not installed: pip install espeakng-loader") from error
    with _short_path(Path(espeakng_loader.get_data_path())) as data:
        engine = ctypes.CDLL(espeakng_loader.get_library_path())
        rate = engine.espeak_Initialize(SYNCHRONOUS, 0, os.fsencode(data), DO_NOT_EXIT)
    if rate <= 0:
        raise SpeechError(f"espeak-ng does not start with its data in {data}")
    engine.espeak_SetParameter(RATE, WORDS_A_MINUTE, 0)
    return engine, int(rate)


@contextmanager
def _short_path(data: Path) -> Iterator[Path]:
    """espeak-ng cuts data paths off at 160 characters and reads voices later too: a link that stays for the process."""
    if len(os.fsencode(data)) < 100:
        yield data
        return
    link = Path(tempfile.mkdtemp(prefix="espeak-")) / "data"
    link.symlink_to(data, target_is_directory=True)
    yield link


def _synthesise(engine: ctypes.CDLL, text: str, locale: str) -> array.array[int]:
    samples: array.array[int] = array.array("h")

    def collect(wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            samples.frombytes(ctypes.string_at(wave, count * samples.itemsize))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(collect)
    engine.espeak_SetSynthCallback(callback)
    if engine.espeak_SetVoiceByName(_voice(locale).encode()) != 0:
        raise SpeechError(f"espeak-ng has no voice for «{locale}»")
    said = text.encode()
    engine.espeak_Synth(said, ctypes.c_size_t(len(said) + 1), 0, 1, 0, CHARACTERS_UTF8, None, None)
    engine.espeak_Synchronize()
    if not samples:
        raise SpeechError(f"espeak-ng said nothing for «{text}» in «{locale}»")
    return samples


def _voice(locale: str) -> str:
    """espeak-ng names voices by language: `fr`, `ar`, `uk`."""
    return locale.replace("_", "-").partition("-")[0].lower()


def _encode(samples: array.array[int], rate: int) -> bytes:
    try:
        import lameenc
    except ImportError as error:
        raise SpeechError("lameenc is not installed: pip install lameenc") from error
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(BITS_A_SECOND)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(2)
    encoder.silence()
    return bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush())
