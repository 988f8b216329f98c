"""From what authors write to goals: keys, sentences, touches and needs are checked, faults told with file and line."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lms.content.goals import DESK, WAY_HINTS, Goal, Way
from lms.content.predicates import Test, build_predicate, find_paths
from lms.content.sentences import find_long
from lms.content.world_paths import Json, rename_app
from lms.errors import Problem

DOS = ("click", "type", "choose", "trace", "drop")
GOAL_KEYS = frozenset(
    {
        "done",
        "touch",
        "ways",
        "do",
        "value",
        "needs",
        "say",
        "hints",
        "competence",
        "aim",
    }
)
WAY_KEYS = frozenset({"touch", "if", "do", "value", "needs", "say"})


@dataclass(frozen=True)
class Place:
    """Where something is written, and where its faults go."""

    file: str
    line: Callable[[tuple[str | int, ...]], int]
    steps: tuple[str | int, ...]
    problems: list[Problem]

    def at(self, *steps: str | int) -> Place:
        """A place below this one."""
        return replace(self, steps=(*self.steps, *steps))

    def refuse(self, message: str) -> None:
        """Note a fault here."""
        name = ".".join(map(str, self.steps))
        self.problems.append(Problem(self.file, self.line(self.steps), name, message))


@dataclass(frozen=True)
class GoalSpec:
    """One goal as written. `named` goals are the scenario's and the forms' own, the others come from a library."""

    id: str
    spec: Mapping[str, Json]
    place: Place
    named: bool


@dataclass(frozen=True)
class DeskNames:
    """What a touch or a path may name: the apps of this desk, and their titles."""

    titles: Mapping[str, str]
    own: tuple[str, ...] = ("front",)
    """What the desk itself has in the world."""

    def check_touch(self, touch: Json, place: Place) -> None:
        """A touch is `app/part` with an app of this desk, or `desk/app`."""
        app, slash, part = touch.partition("/") if isinstance(touch, str) else ("", "", "")
        if not slash or not part:
            place.refuse(f"a touch is written app/part, not {touch!r}")
        elif app == DESK and part not in self.titles:
            place.refuse(f"no app «{part}» on this desk; there is: {', '.join(self.titles)}")
        elif app != DESK and app not in self.titles:
            place.refuse(f"no app «{app}» on this desk; there is: {', '.join(self.titles)}")

    def build_test(self, spec: Json, place: Place) -> Test:
        """A predicate whose paths begin with an app of this desk or with `front`."""
        for path in sorted(find_paths(spec)):
            self.check_path(path, place)
        return build_predicate(spec, place.refuse)

    def check_path(self, path: str, place: Place) -> None:
        """A path of the world begins with an app of this desk, or is `front`."""
        if path.partition(".")[0] not in (*self.titles, *self.own):
            place.refuse(f"«{path}» begins with no app of this desk; there is: {', '.join(self.titles)}")


def rename_goal(spec: Json, old: str, new: str) -> Json:
    """A library goal told for another app of the same simulator."""
    if not isinstance(spec, Mapping):
        return spec
    renamed = dict(spec)
    for key in ("done", "if"):
        if key in spec:
            renamed[key] = rename_app(spec[key], old, new)
    if isinstance(spec.get("touch"), str):
        renamed["touch"] = _rename_touch(spec["touch"], old, new)
    if isinstance(spec.get("needs"), list):
        renamed["needs"] = [rename_id(need, old, new) for need in spec["needs"]]
    if isinstance(spec.get("ways"), list):
        renamed["ways"] = [rename_goal(way, old, new) for way in spec["ways"]]
    return renamed


def rename_incident(spec: Json, old: str, new: str) -> Json:
    """An incident that a simulator brings, told for an app of another name."""
    if not isinstance(spec, Mapping):
        return spec
    renamed = {key: rename_app(spec[key], old, new) if key in ("when", "if") else spec[key] for key in spec}
    for key in ("set", "add"):
        if isinstance(spec.get(key), Mapping):
            renamed[key] = {rename_id(path, old, new): value for path, value in spec[key].items()}
    return renamed | {"id": rename_id(str(spec.get("id", "")), old, new)}


def rename_id(name: str, old: str, new: str) -> str:
    """`mail.inbox` on a desk where mail is called box: `box.inbox`."""
    return f"{new}.{name[len(old) + 1 :]}" if name.startswith(f"{old}.") else name


def _rename_touch(touch: str, old: str, new: str) -> str:
    app, _, part = touch.partition("/")
    if app == DESK and part == old:
        return f"{DESK}/{new}"
    return f"{new}/{part}" if app == old else touch


def needs_of(spec: Mapping[str, Json]) -> tuple[str, ...]:
    """All goals that a goal or its ways need."""
    ways = spec.get("ways")
    lists = [
        spec.get("needs"),
        *(way.get("needs") for way in (ways if isinstance(ways, list) else []) if isinstance(way, Mapping)),
    ]
    return tuple(need for needs in lists if isinstance(needs, list) for need in needs if isinstance(need, str))


def build_goal(goal: GoalSpec, names: DeskNames, known: frozenset[str]) -> Goal:
    """The goal of a spec; faults go to its place."""
    spec, place = goal.spec, goal.place
    check_keys(spec, GOAL_KEYS, place)
    if spec.get("done") in (None, {}, []):
        place.at("done").refuse("say what must hold in the world when this goal is reached")
    done = names.build_test(spec.get("done", {}), place.at("done"))
    _check_needs(spec.get("needs", []), known, place.at("needs"))
    return Goal(
        id=goal.id,
        done=done,
        ways=_build_ways(spec, names, known, place),
        needs=tuple(_texts(spec.get("needs", []))),
        hints=read_sentences(spec.get("hints", []), place.at("hints")) or (() if goal.named else WAY_HINTS),
        competences=_read_competences(spec.get("competence", []), place.at("competence")),
        reads=find_paths(spec.get("done", {})),
        predicate=json.dumps(spec.get("done"), ensure_ascii=False, sort_keys=True),
        named=goal.named,
        file=place.file,
        line=place.line(place.steps),
    )


def check_keys(spec: Mapping[str, Json], allowed: frozenset[str], place: Place) -> None:
    """Refuse every key that nobody reads, with the nearest that somebody does."""
    for key in spec:
        if key not in allowed:
            near = difflib.get_close_matches(key, sorted(allowed), 1)
            hint = f"did you mean «{near[0]}»?" if near else f"allowed: {', '.join(sorted(allowed))}"
            place.at(key).refuse(f"unknown key; {hint}")


def read_sentences(spec: Json, place: Place) -> tuple[str, ...]:
    """A list of texts whose sentences have at most twelve words."""
    if not isinstance(spec, list) or not all(isinstance(one, str) and one.strip() for one in spec):
        place.refuse("must be a list of sentences")
        return ()
    for index, one in enumerate(spec):
        check_sentence(one, place.at(index))
    return tuple(spec)


def check_sentence(text: Json, place: Place) -> None:
    """Refuse what is no text, and sentences of more than twelve words."""
    if not isinstance(text, str) or not text.strip():
        place.refuse("a sentence is needed")
    elif long := find_long(text):
        place.refuse(f"at most 12 words a sentence: «{long}»")


def _check_needs(needs: Json, known: frozenset[str], place: Place) -> None:
    if not isinstance(needs, list):
        place.refuse("must be a list of goals")
        return
    for index, need in enumerate(needs):
        if need not in known:
            near = difflib.get_close_matches(str(need), sorted(known), 1)
            place.at(index).refuse(f"no goal «{need}»" + (f"; did you mean «{near[0]}»?" if near else ""))


def _build_ways(spec: Mapping[str, Json], names: DeskNames, known: frozenset[str], place: Place) -> tuple[Way, ...]:
    if "ways" not in spec:
        if "touch" not in spec:
            place.refuse("a goal needs `touch` or `ways`: what brings it?")
            return ()
        return (_build_way(spec, spec, names, place),)
    if "touch" in spec or not isinstance(spec["ways"], list) or not spec["ways"]:
        place.at("ways").refuse("write either `touch`, or `ways` as a list of touches")
        return ()
    ways = []
    for index, way in enumerate(spec["ways"]):
        here = place.at("ways", index)
        if not isinstance(way, Mapping):
            here.refuse("a way is a mapping with `touch`")
            continue
        check_keys(way, WAY_KEYS, here)
        _check_needs(way.get("needs", []), known, here.at("needs"))
        test = names.build_test(way["if"], here.at("if")) if "if" in way else None
        built = _build_way(way, spec, names, here)
        needs, reads = tuple(_texts(way.get("needs", []))), find_paths(way.get("if", {}))
        ways.append(replace(built, test=test, needs=needs, reads=reads))
    return tuple(ways)


def _build_way(way: Mapping[str, Json], goal: Mapping[str, Json], names: DeskNames, place: Place) -> Way:
    touch = way.get("touch")
    names.check_touch(touch, place.at("touch"))
    do = way.get("do", goal.get("do", "click"))
    if do not in DOS:
        place.at("do").refuse(f"«{do}» is not one of {', '.join(DOS)}")
    value = way.get("value", goal.get("value"))
    if (do == "type" and not isinstance(value, str)) or (do != "click" and value is None):
        place.at("value").refuse("say what is typed, chosen, traced or dropped; what is typed is text")
    say = way.get("say", goal.get("say"))
    if say is None and isinstance(touch, str) and touch.startswith(f"{DESK}/"):
        say = say_front(names.titles.get(touch.partition("/")[2], ""))
    check_sentence(say, place.at("say"))
    return Way(str(touch), str(do), value, str(say))


def say_front(title: str) -> str:
    """What leads to another app."""
    return f"Allez dans « {title} »."


def _read_competences(spec: Json, place: Place) -> tuple[str, ...]:
    listed = spec if isinstance(spec, list) else [spec]
    if not all(isinstance(one, str) for one in listed):
        place.refuse("must be a competence such as E02, or a list of them")
        return ()
    return tuple(listed)


def _texts(spec: Json) -> list[str]:
    return [one for one in spec if isinstance(one, str)] if isinstance(spec, list) else []
