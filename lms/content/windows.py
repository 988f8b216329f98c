"""Windows that come over an app, whichever it is: a session about to end, a site in repair, a lost line, a bait.

An app shows one while `<app>.notice` names it; only its own button can then be touched there, `<app>/notice`. Which
there are is told under `notices`, in `simulator.yaml` and in `ref.<app>` of a scenario:
`{name: {title, text, button}}`; the first may say of a standard one `when` it may come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.content.goal_specs import DeskNames, Place
from lms.content.goals import DESK
from lms.content.incidents import NOTICE, Incident
from lms.content.predicates import Test, find_paths
from lms.content.sentences import find_long
from lms.content.simulators import Simulator
from lms.content.world_paths import rename_app
from lms.contract import Window
from lms.errors import Problem

Json = Any
Windows = Mapping[str, Mapping[str, str]]
WORDS = ("title", "text", "button")

STANDARD: Mapping[str, Mapping[str, str]] = {
    "session": {
        "name": "La page va se fermer",
        "title": "Êtes-vous toujours là ?",
        "text": "La page va se fermer. Ce que vous avez écrit est gardé.",
        "button": "Rester connecté",
    },
    "maintenance": {
        "name": "Le site est en travaux",
        "title": "Le site est en travaux",
        "text": "Ce que vous avez fait est gardé. Le site revient bientôt.",
        "button": "Essayer encore",
    },
    "lost": {
        "name": "La connexion est coupée",
        "title": "La connexion est coupée",
        "text": "Rien n'est perdu. Attendez un peu, puis essayez encore.",
        "button": "Réessayer",
    },
    "bait": {
        "name": "Une fausse annonce arrive",
        "title": "Bravo, vous avez gagné un cadeau !",
        "text": "Donnez votre numéro de carte pour le recevoir.",
        "button": "Fermer cette fenêtre",
    },
}
"""What any simulator may have by naming it; `name` is what a trainer reads who may let it come."""

HINTS = ("Une fenêtre cache l'écran.", "Lisez-la. Son bouton est en bas.")


def read_windows(apps: Mapping[str, Simulator], ref: Mapping[str, Json], place: Place) -> Mapping[str, Windows]:
    """By app, the windows of its simulator, then those of the scenario's own facts; faults go to their place."""
    found: dict[str, Windows] = {}
    for app, simulator in apps.items():
        source = _place(simulator, place.problems)
        facts = ref[app].get("notices", {}) if isinstance(ref[app], Mapping) else {}
        told = {**_read(simulator.notices, source, (*WORDS, "when")), **_read(facts, place.at("ref", app, "notices"))}
        found[app] = {name: {**STANDARD.get(name, {}), **one} for name, one in told.items()}
    return found


def _place(simulator: Simulator, problems: list[Problem]) -> Place:
    return Place(simulator.source.file, simulator.source.line, ("notices",), problems)


def _read(notices: Json, place: Place, keys: Sequence[str] = WORDS) -> dict[str, Mapping[str, Json]]:
    """The windows that are told well; `keys` are those that a standard one may have."""
    if not isinstance(notices, Mapping):
        place.refuse(f"must be a mapping of names to windows, {{name: {{title, text, button}}}}, not {notices!r}")
        return {}
    sound = {}
    for name, told in notices.items():
        faults = list(_find_faults(name, told, keys if name in STANDARD else WORDS))
        for steps, fault in faults:
            place.at(name, *steps).refuse(fault)
        if not faults:
            sound[name] = told
    return sound


def find_window(windows: Mapping[str, Windows], world: Json, app: str) -> Window | None:
    """The window that stands over this app now."""
    name = world.get(app, {}).get(NOTICE)
    told = windows.get(app, {}).get(name) if name else None
    return Window(f"{app}/{NOTICE}", name, *(told[word] for word in WORDS)) if told else None


def close_window(world: Json, app: str) -> Json:
    """The world once its button was pressed."""
    return {**world, app: {**world[app], NOTICE: None}}


def say_button(button: str) -> str:
    """What the guide says while a window stands there."""
    return f"Appuyez sur « {button} »."


def say_window(title: str, text: str) -> str:
    """What is read aloud of a window: its title is a sentence too."""
    return f"{title} {text}" if title[-1:] in ".!?…" else f"{title}. {text}"


def iter_words(windows: Mapping[str, Windows]) -> Iterator[str]:
    """All that stands in these windows and is said about them; each has to be known in a learner's language."""
    for told in (one for found in windows.values() for one in found.values()):
        yield from (told[word] for word in WORDS)
    yield from iter_said(windows)


def iter_said(windows: Mapping[str, Windows]) -> Iterator[str]:
    """What the guide says to whoever has one of these before him."""
    buttons = [one["button"] for found in windows.values() for one in found.values()]
    yield from map(say_button, buttons)
    yield from HINTS if buttons else ()


def _find_faults(name: str, told: Json, keys: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """(steps below the window, fault) for all that is told wrong of one."""
    if not isinstance(told, Mapping):
        yield (), f"a window is a mapping of {', '.join(keys)}, not {told!r}"
        return
    whole = {**STANDARD.get(name, {}), **told}
    for word in WORDS:
        if word not in whole:
            yield (), f"«{word}» is missing; only {', '.join(STANDARD)} have words of their own"
        elif not isinstance(whole[word], str) or not whole[word].strip():
            yield (word,), f"must be a text, not {whole[word]!r}"
        elif long := find_long(whole[word]):
            yield (word,), f"at most 12 words a sentence: «{long}»"
    for key in sorted(told.keys() - {*keys}):
        yield (key,), f"unknown key; allowed: {', '.join(keys)}"


def build_incidents(
    apps: Mapping[str, Simulator], names: DeskNames, taken: set[str], problems: list[Problem]
) -> Iterator[Incident]:
    """Asleep until woken: `<app>.<window>` over that app, and `desk.<window>` over whichever app stands in front.

    Only the second has a title, so that a trainer reads each once. Names that are `taken` stay what they are.
    """
    for name, told in STANDARD.items():
        told_in = {app: one for app, one in apps.items() if isinstance(one.notices.get(name), Mapping)}
        tests = {app: _build_test(app, one, name, names, problems) for app, one in told_in.items()}
        for app, (test, reads) in tests.items():
            if f"{app}.{name}" not in taken:
                yield Incident(f"{app}.{name}", test, (((app, NOTICE), name),), switched=True, reads=reads)
        if tests:
            anywhere = [test for test, _ in tests.values()]
            yield Incident(f"{DESK}.{name}", _any(anywhere), window=name, switched=True, title=told["name"])


def _build_test(
    app: str, simulator: Simulator, name: str, names: DeskNames, problems: list[Problem]
) -> tuple[Test, frozenset[str]]:
    """This app is in front, nothing stands over it, and the simulator's own `when` holds."""
    when = rename_app(simulator.notices[name].get("when", {}), simulator.name, app)
    may = names.build_test(when, _place(simulator, problems).at(name, "when"))
    return lambda world: world["front"] == app and not world.get(app, {}).get(NOTICE) and may(world), find_paths(when)


def _any(tests: list[Test]) -> Test:
    return lambda world: any(test(world) for test in tests)
