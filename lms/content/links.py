"""Links from one app of a desk to another: the app has to be there, and so has the page that the link names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.content.goal_specs import Place
from lms.content.simulators import Simulator
from lms.content.world_paths import Json

Steps = tuple[str | int, ...]


def check_links(apps: Mapping[str, Simulator], ref: Mapping[str, Json], place: Place) -> None:
    """Refuse a link `{app, page}` among the facts of an app that leads nowhere."""
    for steps, link in _iter_links(ref, ()):
        here, app = place.at(*steps), link["app"]
        if app not in apps:
            here.at("app").refuse(f"no app «{app}» on this desk; there is: {', '.join(apps)}")
        elif "page" in link:
            _check_page(apps[app], ref, app, link["page"], here.at("page"))


def _check_page(simulator: Simulator, ref: Mapping[str, Json], app: str, page: Json, place: Place) -> None:
    if simulator.mechanics.pages is None:
        place.refuse(f"the simulator {simulator.name} has no pages that a link could name")
        return
    try:
        known = [*simulator.mechanics.pages(ref, app)]
    except Exception:
        return  # what is wrong with the pages is told where its goals are made
    if page not in known:
        place.refuse(f"no page «{page}» in «{app}»; there is: {', '.join(known)}")


def _iter_links(facts: Json, steps: Steps) -> Iterator[tuple[Steps, Mapping[str, Json]]]:
    """Place and facts of everything in a list `links` that leads to an app."""
    if isinstance(facts, Mapping):
        for key, child in facts.items():
            yield from _iter_links(child, (*steps, key))
    elif isinstance(facts, list):
        for at, child in enumerate(facts):
            if steps[-1] == "links" and isinstance(child, Mapping) and "app" in child:
                yield (*steps, at), child
            yield from _iter_links(child, (*steps, at))
