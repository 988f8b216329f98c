"""The plugin's blueprint, who may open its pages, and how they are shown."""

from __future__ import annotations

from typing import Any

from lms.contract.pages import Blueprint, render

STAFF = ("trainer", "author", "social_worker", "teacher", "student", "administrator")
"""Anybody who receives people, whatever the job."""
SHAPERS = ("social_worker", "administrator")
"""Who may change the words of the house's grid."""

pages = Blueprint("detection", __name__)


def show(template: str, **values: Any) -> str:
    """A page that the person sees too: no menu of the staff around it."""
    return render(f"detection/{template}.html", staff_links=[], spoken=speak, **values)


def speak(text: str) -> str:
    """How a sentence is said aloud: without the marks that only the eye reads."""
    return text.replace("seul·e", "seul ou seule").replace("·e", "").replace("…", "")
