"""Voice made on this machine: files named by what they say, made once, whole, and refused with a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lms.content.speech import SpeechError, audio_name, list_mute, make_audio, speak

SAID = "Ouvrez le message de la mairie."


def test_the_same_words_have_the_same_name_whatever_their_white_space_and_another_language_another_name() -> None:
    assert audio_name(SAID, "fr") == audio_name(f"  {SAID.replace(' ', chr(10))} ", "fr")
    assert len({audio_name(SAID, "fr"), audio_name(SAID, "en"), audio_name("Fermez.", "fr")}) == 3


def test_a_name_is_safe_in_an_address() -> None:
    stem, _, ending = audio_name("../«é» ?", "fr").partition(".")
    assert stem.isalnum()
    assert ending == "mp3"


@pytest.mark.parametrize("locale", ["fr", "fr-FR", "ar", "uk"])
def test_a_sentence_becomes_an_mp3_that_grows_with_what_is_said(locale: str) -> None:
    short, long = speak("Bonjour.", locale), speak("Bonjour. " * 6, locale)
    assert (short[0], short[1] & 0xE0) == (0xFF, 0xE0), "an MPEG frame begins the file"
    assert len(short) > 1000
    assert len(long) > 2 * len(short)


def test_a_language_without_voice_is_refused_by_name() -> None:
    with pytest.raises(SpeechError, match="zz"):
        speak("Bonjour.", "zz")


def test_files_are_made_once_counted_and_left_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    wanted = [(SAID, "fr"), (SAID, "fr"), ("Fermez.", "fr"), ("  ", "fr")]
    made = make_audio(wanted, tmp_path / "audio", lambda done, all: told.append((done, all)))
    assert sorted(one.name for one in made) == sorted(one.name for one in (tmp_path / "audio").iterdir())
    assert told == [(1, 2), (2, 2)]
    times = {one: one.stat().st_mtime_ns for one in made}
    assert make_audio(wanted, tmp_path / "audio") == []
    assert {one: one.stat().st_mtime_ns for one in made} == times


def test_a_long_way_to_the_engine_s_data_does_not_silence_it(tmp_path: Path) -> None:
    import espeakng_loader

    far = tmp_path / ("un-dossier-au-nom-bien-long-" * 4) / ("et-un-autre-" * 8)
    far.mkdir(parents=True)
    (far / "espeak-ng-data").symlink_to(espeakng_loader.get_data_path())
    code = (
        "import espeakng_loader, sys\n"
        "espeakng_loader.get_data_path = lambda: sys.argv[1]\n"
        "from lms.content.speech import speak\n"
        "print(len(speak('Bonjour.', 'fr')))"
    )
    run = [sys.executable, "-c", code, str(far / "espeak-ng-data")]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1000


def test_a_sentence_is_mute_when_it_has_no_recording_and_no_engine_says_it(tmp_path: Path) -> None:
    texts = [SAID, "Fermez.", "a" * 1001]
    assert list_mute(texts, "fr", tmp_path, engine=True) == ["a" * 1001]
    assert list_mute(texts, "zz", tmp_path, engine=True) == texts
    (tmp_path / audio_name(SAID, "fr")).touch()
    assert list_mute(texts, "fr", tmp_path, engine=False) == ["Fermez.", "a" * 1001]
