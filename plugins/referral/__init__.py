"""Referral: the directory of places, the search, the handover to a place, and the news that come back."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from lms.contract import Job, Offer, Panel, hookimpl
from lms.contract.tables import Tables

from . import adding, answering, directory, handover, paper  # noqa: F401  (they add their pages)
from .commands import places
from .desk import READERS, WORKERS, pages
from .letters import send_waiting
from .needs import read_needs
from .sheets import forget_old, forget_person
from .tables import metadata

CONTRACT = 1


@hookimpl
def register_blueprints():
    return [pages]


@hookimpl
def register_panels():
    return [
        Panel(
            "referral-search",
            "Trouver un lieu",
            "Par besoin, par distance, par accueil. Une carte à imprimer.",
            "referral.home",
            "loupe",
            frozenset(READERS),
            20,
        ),
        Panel(
            "referral-sheets",
            "Mes suivis",
            "Les personnes que j'ai orientées, et leurs nouvelles.",
            "referral.sheets",
            "liste",
            frozenset(WORKERS),
            30,
        ),
    ]


@hookimpl
def register_jobs():
    return [Job("referral-letters", 30, send_waiting, apart=True), Job("referral-forget", 24 * 3600, forget_old)]


@hookimpl
def offers_for(viewer, needs):
    wanted = read_needs(needs)
    if not viewer.roles & set(READERS) or not (wanted.values or wanted.no_travel):
        return []
    url = f"/referral/?{urlencode([('besoin', one) for one in needs])}"
    return [Offer("Trouver un lieu près d'ici", "Les besoins repérés sont déjà cochés.", url, "loupe", 20)]


@hookimpl
def person_erased(organisation, person):
    forget_person(organisation, person)


@hookimpl
def register_tables():
    return Tables(metadata, Path(__file__).parent / "migrations")


@hookimpl
def register_commands(cli):
    cli.add_command(places)
