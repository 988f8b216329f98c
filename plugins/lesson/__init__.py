"""Activity type «lesson»: a text read step by step, each step beginning at a heading `## `."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lms.contract import Activity, ActivityType, AttemptFacts, Fact, Field, Live, Outcome, State, View, hookimpl

CONTRACT = 1

MOST_SENTENCES = 4

_STEP = re.compile(r"(?=<h2\b)")
_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)")
_TAG = re.compile(r"<[^>]+>")


class Lesson(ActivityType):
    """A step a page; the last «Continuer» completes the lesson. One comes back to the step one left."""

    name = "lesson"
    title = "Leçon"
    options = (Field("memo", "text", "Phrase à garder", default="", help="Imprimée sur l'aide-mémoire."),)

    def start(self, activity: Activity, facts: AttemptFacts) -> State:
        return {"step": 0, "read": []}

    def present(self, activity: Activity, state: State) -> View:
        steps = split_steps(activity.html)
        at = min(state["step"], len(steps) - 1)
        last = at == len(steps) - 1
        data = {"html": steps[at], "say": [read_aloud(steps[at])], "first": at == 0, "last": last}
        data["memo"] = activity.options.get("memo", "") if last else ""
        return View("lesson/step.html", data, at + 1, len(steps))

    def evaluate(self, activity: Activity, response: Mapping[str, Any], state: State) -> Outcome:
        steps = split_steps(activity.html)
        at, do = min(state["step"], len(steps) - 1), response.get("do")
        if do == "back":
            return self._move(steps, state, max(at - 1, 0))
        if do != "next" or response.get("step", str(at)) != str(at):
            return Outcome(state, stale=True)
        facts = () if at in state["read"] else (Fact("experienced", f"step-{at + 1}"),)
        read = {**state, "read": sorted({*state["read"], at})}
        if at + 1 < len(steps):
            return self._move(steps, read, at + 1, facts)
        return Outcome(read, "completed", completion=True, facts=facts)

    def spoken(self, activity: Activity) -> Sequence[str]:
        return [read_aloud(step) for step in split_steps(activity.html)]

    def print_view(self, activity: Activity) -> View:
        return View("lesson/print.html", {"html": activity.html, "memo": activity.options.get("memo", "")})

    def check(self, activity: Activity) -> Sequence[str]:
        if "<h2" not in activity.html:
            return ["a lesson is cut in steps at each heading; begin every step with a line «## …»"]
        if split_steps(activity.html)[0].lstrip()[:3] != "<h2":
            return ["some text stands before the first «## …» and belongs to no step"]
        return [fault for step in split_steps(activity.html) if (fault := _find_long(step))]

    def _move(self, steps: list[str], state: State, to: int, facts: tuple[Fact, ...] = ()) -> Outcome:
        heading = _TAG.sub("", steps[to].partition("</h2>")[0]).strip()
        return Outcome({**state, "step": to}, facts=facts, live=Live(f"step-{to + 1}", heading))


def split_steps(html: str) -> list[str]:
    """The HTML of each step, its heading first; the whole text when there is no heading."""
    return [step for step in _STEP.split(html) if step.strip()] or [html]


def _find_long(step: str) -> str:
    """Steps are short: one reads one screen at a time."""
    heading, _, text = step.partition("</h2>")
    count = len(_SENTENCE.findall(read_aloud(text)))
    title = _TAG.sub("", heading)
    return f"step «{title}» has {count} sentences; at most {MOST_SENTENCES}" if count > MOST_SENTENCES else ""


def read_aloud(html: str) -> str:
    """The words of a step, for the voice: a heading or a list item ends as a sentence does."""
    told = re.sub(r"<p>\s*(?:<img[^>]*>\s*)+</p>", " ", html)
    spoken = re.sub(r"(?<![.!?…:])\s*</(h2|h3|li|p)>", ". ", told)
    return " ".join(_unescape(_TAG.sub(" ", spoken)).split())


def _unescape(text: str) -> str:
    for entity, sign in (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


@hookimpl
def register_activity_types() -> Sequence[ActivityType]:
    return [Lesson()]
