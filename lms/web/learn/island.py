"""The JSON from which the desk's module draws: the view of the activity, with addresses, voice and token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from lms.content.competences import load_competences
from lms.content.translations import SOURCE
from lms.content.written import Written, write_json
from lms.contract import Activity, View
from lms.database.db import db
from lms.learning.attempts import AttemptNow, Who
from lms.learning.paths import read_path
from lms.learning.proposals import find_proposal
from lms.web.access import find_viewer
from lms.web.addresses import find_address
from lms.web.languages import gettext as _
from lms.web.languages import list_desk_words
from lms.web.learn.lexicon import list_marks
from lms.web.learn.telling import tell_island
from lms.web.learn.voices import find_voice
from lms.web.site import site


def build_island(attempt: AttemptNow, activity: Activity, view: View, *, readonly: bool = False) -> dict[str, Any]:
    """Everything the desk needs; the trainer's copy has neither token nor ways to act."""
    island: dict[str, Any] = {
        **tell_island(view.data["island"], activity),
        "attempt": attempt.id,
        "rev": attempt.rev,
        "readonly": readonly,
    }
    if not readonly and (words := list_desk_words()):
        island["words"] = words
    island["apps"] = place_apps(island["apps"])
    island["voice"], island["marks"] = find_voices(island, activity), find_marks(island, activity)
    if island["ended"]:
        island["ended"] = complete_end(attempt, activity, island["ended"])
    if readonly:
        return island | {"urls": {}}
    island["token"] = f"{attempt.who.organisation}.{attempt.token}"
    island["csrf"] = generate_csrf()
    return island | {"urls": _find_urls(attempt)}


def write_island(island: Mapping[str, Any]) -> Markup:
    """Its JSON for a script element; the scenario, the same for everybody all day, was written before."""
    scenario = island.get("scenario")
    if isinstance(scenario, Written):
        rest = {name: one for name, one in island.items() if name != "scenario"}
        text = f'{write_json(rest)[:-1]},"scenario":{scenario.text}}}'
    else:
        text = write_json(island)
    for sign, written in _UNSAFE:
        text = text.replace(sign, written)
    return Markup(text)  # noqa: S704  (nothing in it ends a script element any more)


_UNSAFE = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


def place_apps(apps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """With the addresses of their module and style."""
    return [_place_app(one) for one in apps]


def _place_app(one: Mapping[str, Any]) -> dict[str, Any]:
    tree = f"simulator/{one['simulator']}"
    return {**one, "module": site().trees.url(f"{tree}/app.js"), "style": site().trees.url(f"{tree}/app.css")}


def _find_urls(attempt: AttemptNow) -> dict[str, str]:
    urls = {
        "events": url_for("learn.events", attempt_id=attempt.id),
        "restart": url_for("learn.again", attempt_id=attempt.id),
        "look": find_address("learn.look"),
        "home": find_address("learn.try_page" if attempt.who.guest else "learn.home"),
    }
    account = find_viewer()
    if account and "learner" in account.roles:  # a trainer who tries an exercise has nobody to call
        urls |= {"call": find_address("learn.call_from_desk"), "nudges": find_address("learn.nudges")}
    return urls


def _list_said(island: Mapping[str, Any]) -> list[str]:
    """The sentences of ours that stand beside the screen now."""
    guide = island.get("guide") or {}
    feedback = island.get("feedback") or {}
    window = island.get("window") or {}
    said = (island.get("instruction"), guide.get("say"), feedback.get("say"), window.get("say"))
    return [str(one) for one in said if one]


def find_voices(island: Mapping[str, Any], activity: Activity) -> dict[str, str]:
    """Voices of these sentences, by sentence."""
    said = dict.fromkeys(_list_said(island), activity.locale)
    facts = island.get("scenario", {}).get("ref", {}).values()
    said |= {text: SOURCE for one in facts for text in _find_heard(one)}  # a screen speaks French
    return {text: url for text, locale in said.items() if (url := find_voice(text, locale))}


def find_marks(island: Mapping[str, Any], activity: Activity) -> dict[str, list[list[str]]]:
    """Words of the lexicon in these sentences, by sentence."""
    found = {text: list_marks(text, activity.locale) for text in _list_said(island)}
    return {text: marks for text, marks in found.items() if marks}


def _find_heard(facts: Any) -> list[str]:
    """What an app of the desk reads aloud by itself, such as a dictation."""
    return list(facts.get("heard", ())) if isinstance(facts, Mapping) else []


def find_next(who: Who) -> dict[str, str] | None:
    """The next activity of the learner's path; a guest has none."""
    if who.guest:
        return None
    with db.engine.connect() as connection:
        path = read_path(connection, site().classroom, who.organisation, who.person, who.locale)
    if path.next is None:
        return None
    url = url_for("learn.begin", activity=path.next.id)
    return {"title": path.next.title, "url": url, "pictogram": path.next.pictogram}


def complete_end(attempt: AttemptNow, activity: Activity, ended: Mapping[str, Any]) -> dict[str, Any]:
    """What follows the end: what one can do now, the next thing, once more."""
    names = load_competences()
    following = find_next(attempt.who)
    forward = {"label": _("Continuer : %(title)s", **following), "url": following["url"]} if following else None
    can = [names[one].find_name(activity.locale) for one in activity.competences if one in names]
    training = find_proposal(site().classroom, attempt, activity.locale)
    train = (
        {
            "say": _("Voulez-vous vous entraîner encore un peu ?"),
            "label": _("S'entraîner : %(title)s", title=training.activity.title),
            "url": url_for("learn.begin", activity=training.activity.id),
        }
        if training
        else None
    )
    return {
        **ended,
        "train": train,
        "can": can if attempt.mode != "show" else [],
        "proof": {"label": _("Imprimer le mémo"), "url": url_for("learn.memo", attempt_id=attempt.id)},
        "next": forward,
        "again": {"label": _("Recommencer"), "url": url_for("learn.begin", activity=activity.id, again=1)},
    }
