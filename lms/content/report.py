"""One line on what there is: activities, competences, words a sentence, missing audio, the nearest to a double."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lms.content.catalogue import Course
from lms.content.competences import load_competences
from lms.content.desk import Desk
from lms.content.plain_language import split_lines, strip_markdown
from lms.content.sentences import count_words
from lms.content.similarity import alike
from lms.contract import Activity


def report(courses: Iterable[Course], desks: Mapping[str, Desk], mute: Mapping[str, tuple[int, int]]) -> str:
    """Numbers that an author follows; none of them is a fault. `mute` is (without a voice, said aloud) by locale."""
    activities = [one for course in courses for one in course.activities.values()]
    known = load_competences()
    covered = {one for activity in activities for one in activity.competences if one in known}
    nearest = next(iter(alike(activities, 0.0)), None)
    told = [
        f"{len(activities)} activities",
        f"{len(covered)} of {len(known)} competences",
        f"{len(desks)} scenarios",
        f"{_average(activities):.1f} words a sentence",
        f"missing audio: {_list_mute(mute)}",
        f"nearest pair: {nearest}" if nearest else "nothing to compare",
    ]
    return "; ".join(told)


def _list_mute(mute: Mapping[str, tuple[int, int]]) -> str:
    counts = (f"{without} of {said} sentences in {locale}" for locale, (without, said) in mute.items())
    return ", ".join(counts) or "not looked at"


def _average(activities: Iterable[Activity]) -> float:
    texts = (f"{one.instruction}\n{one.body}" for one in activities)
    counts = [count_words(line) for text in texts for line in split_lines(strip_markdown(text)) if line.strip()]
    return sum(counts) / len(counts) if counts else 0.0
