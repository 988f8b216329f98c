"""What `lms new` writes: small things that work at once, to be changed line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta

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
    line = f"title: {_quote(title)}"
    head = f"# Begun from {model.stem}. Change its facts, goals and sentences, then run `lms check`.\n"
    return head + _TITLE.sub(lambda found: line, texts[model], count=1)


def build_new_course(name: str, title: str, today: date) -> Mapping[str, str]:
    """Files of a course with one lesson and one quiz."""
    return _fill(COURSE, f"courses/{name}", name, title, today)


def build_new_plugin(name: str, title: str, today: date) -> Mapping[str, str]:
    """A plugin of one file with an activity type of its own name."""
    return _fill(PLUGIN, "plugins", name, title, today)


def build_new_theme(name: str, title: str, today: date) -> Mapping[str, str]:
    """A theme that changes some colours of the default one."""
    return _fill(THEME, f"themes/{name}", name, title, today)


def _quote(text: str) -> str:
    """JSON quotes are YAML quotes and Python quotes, whatever stands in the text."""
    return json.dumps(text, ensure_ascii=False)


def _fill(files: Mapping[str, str], folder: str, name: str, title: str, today: date) -> Mapping[str, str]:
    values = {
        "NAME": name,
        "TITLE": _quote(title),
        "TODAY": today.isoformat(),
        "DUE": (today + timedelta(days=365)).isoformat(),
        "CLASS": "".join(part.title() for part in re.split("[-_]", name)),
    }

    def fill(text: str) -> str:
        return re.sub("%([A-Z]+)%", lambda found: values[found[1]], text)

    return {f"{folder}/{fill(file)}": fill(text) for file, text in files.items()}


COURSE = {
    "course.yaml": """\
# The order of `activities` is the order of the course. See docs/courses.md; then run `lms check`.
title: %TITLE%
type: linear
locale: fr
licence: CC-BY-SA-4.0
pictogram: calendrier
source: Écrit pour cet atelier
verified_on: %TODAY%
review_due: %DUE%
modules:
  - id: debut
    title: Pour commencer
    pictogram: calendrier
    activities: [marche, porte]
""",
    "marche.fr.md": """\
---
type: lesson
title: Le jour du marché
instruction: Lisez, puis continuez.
competences: [E02]
pictogram: calendrier
otherwise: La mairie affiche aussi le jour sur sa porte.
source: Écrit pour cet atelier
verified_on: %TODAY%
review_due: %DUE%
options:
  memo: Le marché de Valcombe se tient le samedi.
---

## Le lieu

![Un calendrier](picto:calendrier)
Le marché de Valcombe se tient sur la place.

## Le jour

Venez le samedi matin.
""",
    "porte.fr.md": """\
---
type: quiz
title: Quel jour venir
instruction: Choisissez une réponse.
competences: [E02]
pictogram: calendrier
otherwise: Vous pouvez aussi répondre à voix haute.
source: Écrit pour cet atelier
verified_on: %TODAY%
review_due: %DUE%
options:
  questions:
    - kind: one
      ask: Quel jour Monique va-t-elle au marché ?
      say: Le marché se tient le samedi.
      answers:
        - {text: Le samedi, right: true}
        - {text: Le mardi, say: La place est vide le mardi.}
---
""",
}

PLUGIN = {
    "%NAME%.py": '''\
"""Activity type «%NAME%»: one does something away from the screen, then says so."""

from lms.contract import ActivityType, Field, Live, Outcome, View, hookimpl

CONTRACT = 1
TEMPLATES = {
    "%NAME%/ask.html": """
{%- from "parts.html" import answer_form, button, listen %}
<p class="ask">{{ data.ask }}</p>
{{ listen(data.ask) }}
{% call answer_form(url, event) %}
{{ button(_("C'est fait"), "valider", name="done", value="yes") }}
{{ button(_("Pas encore"), "effacer", name="done", value="no") }}
{% endcall %}
"""
}


class %CLASS%(ActivityType):
    name = "%NAME%"
    title = %TITLE%
    options = (Field("ask", "text", "Ce qu'il faut faire", required=True),)

    def present(self, activity, state):
        return View("%NAME%/ask.html", {"ask": activity.options["ask"]}, step=1, steps=1)

    def evaluate(self, activity, response, state):
        if response.get("done") not in ("yes", "no"):
            return Outcome(state, stale=True)
        if response["done"] == "yes":
            return Outcome(state, "completed", completion=True)
        return Outcome(state, live=Live("todo", activity.options["ask"]))

    def spoken(self, activity):
        return [activity.options["ask"]]


@hookimpl
def register_activity_types():
    return [%CLASS%()]
'''
}

THEME = {
    "theme.yaml": """\
name: %NAME%
title: %TITLE%
parent: default
""",
    "static/tokens.css": """\
/* Only what differs. Every name stands in themes/default/static/tokens.css; text needs a contrast of 7:1. */
:root {
  --paper: #F4F7FB;
  --sheet: #FCFDFF;
  --touch: #1D3F72;
  --touch-deep: #122A4E;
  --touch-soft: #E3EBF6;
}
""",
}
