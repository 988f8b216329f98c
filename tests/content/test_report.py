"""The line of `lms check` that says what there is."""

from __future__ import annotations

from lms.content.report import report


def test_nothing_to_tell_is_told_too() -> None:
    told = report([], {}, {})
    assert "0 activities; 0 of" in told
    assert "missing audio: not looked at" in told
    assert "nothing to compare" in told


def test_sentences_without_a_voice_are_counted_by_language() -> None:
    assert "missing audio: 0 of 7 sentences in fr, 4 of 5 sentences in uk" in report(
        [], {}, {"fr": (0, 7), "uk": (4, 5)}
    )
