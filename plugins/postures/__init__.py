"""«Faire pour, avec, ou apprendre»: a few questions lead to a posture and to what to do now. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from lms.contract import Panel, hookimpl
from lms.contract.pages import Blueprint, NotFound, needs, render

from .tree import read_tree

CONTRACT = 1
STAFF = ("trainer", "author", "social_worker", "teacher", "student", "administrator")
MANDATE = "accompagner/ms3-mandat"
"""The mandate from both seats, at two machines or at one."""

pages = Blueprint("postures", __name__)


@pages.get("/")
@needs(*STAFF)
def home() -> str:
    """The three postures side by side, and the first question."""
    tree = read_tree()
    mandate = url_for("learn.begin", activity=MANDATE)
    return render("postures/home.html", tree=tree, mandate=mandate, start=url_for("postures.step", name=tree.start))


@pages.get("/<name>")
@needs(*STAFF)
def step(name: str) -> str:
    """A question, or an end. The address holds no more than the place in the tree."""
    tree = read_tree()
    before = tree.find_before(name)
    back = url_for("postures.step", name=before) if before else url_for("postures.home")
    if name in tree.questions:
        return render("postures/question.html", question=tree.questions[name], back=back)
    if name not in tree.ends:
        raise NotFound(f"no place {name!r} in the tree of postures")
    end, mandate = tree.ends[name], url_for("learn.begin", activity=MANDATE)
    return render(
        "postures/end.html", end=end, posture=tree.postures[end.posture], tree=tree, back=back, mandate=mandate
    )


@hookimpl
def register_blueprints() -> Sequence[Any]:
    return [pages]


@hookimpl
def register_panels() -> Sequence[Panel]:
    say = "Quelques questions pour choisir, et quoi faire maintenant."
    title = "Faire pour, avec, ou apprendre ?"
    return [Panel("postures", title, say, "postures.home", "main", frozenset(STAFF), 30)]
