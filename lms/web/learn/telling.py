"""Sentences on their way to the learner: in the language that the activity is shown in, French where none is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lms.content.courses import PROFESSIONALS, find_desks
from lms.content.markdown import bind_spaces
from lms.content.translations import SOURCE, Translator, find_translator
from lms.content.windows import WORDS, say_window
from lms.contract import Activity, Feedback
from lms.web.languages import find_direction
from lms.web.site import site


def find_teller(activity: Activity) -> Translator:
    """The translations of the activity's scenarios, then the common ones."""
    folders = (one.folder for desk in find_desks(activity.options) for one in desk.simulators.values())
    return find_translator(folders, activity.locale)


def tell_feedback(feedback: Feedback | None, activity: Activity) -> Feedback | None:
    """What is said back, as this learner reads it."""
    return replace(feedback, say=find_teller(activity).tell(feedback.say)) if feedback else None


def tell_island(island: Mapping[str, Any], activity: Activity) -> dict[str, Any]:
    """The island with its sentences in the learner's language; screens stay as they are."""
    teller, told = find_teller(activity), dict(island)
    for name in ("guide", "ended", "feedback"):
        if told.get(name):
            told[name] = {**told[name], "say": teller.tell(told[name]["say"])}
    if told.get("window"):
        told["window"] = tell_window(told["window"], teller)
    return told


def tell_window(window: Mapping[str, str], teller: Translator) -> dict[str, Any]:
    """A window over the screen: its French words, which a real one would have, and under `own` the learner's.

    One label says the language of all its words: where one has no translation, all are French.
    """
    locale = teller.locale if all(teller.knows(window[name]) for name in WORDS) else SOURCE
    words = {name: window[name] if locale == SOURCE else teller.tell(window[name]) for name in WORDS}
    french = {name: bind_spaces(window[name]) for name in WORDS}
    own = {**(french if locale == SOURCE else words), "lang": locale, "dir": find_direction(locale)}
    return {**window, **french, "own": own, "say": say_window(words["title"], words["text"])}


def tell_paper(data: Mapping[str, Any], activity: Activity) -> dict[str, Any]:
    """What goes on paper, with the hard steps in the learner's language; words of the screen stay French."""
    return {**data, "hard": [find_teller(activity).tell(say) for say in data.get("hard", ())]}


def find_source(activity: Activity) -> str:
    """Where the facts of a page for professionals come from; learners are not shown it."""
    course = site().classroom.catalogue.find_course(activity.id.partition("/")[0])
    return activity.source if course and course.audience == PROFESSIONALS else ""
