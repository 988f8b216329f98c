"""Help: what each mode shows by itself, what is given for the asking, and what an attempt that missed brings."""

from __future__ import annotations

from typing import Any

from lms.contract import Fact, Feedback, Guide, Help, State

LEVELS: tuple[Help, ...] = ("hint", "where", "shown")
_ORDER: tuple[Help, ...] = ("none", *LEVELS)


def raise_help(so_far: Help, level: Help) -> Help:
    """The most help of the two."""
    return max(so_far, level, key=_ORDER.index)


def filter_guide(guide: Guide | None, state: State) -> dict[str, Any] | None:
    """What the browser may know of the next touch: all of it in «show», where in «guided», else what was asked."""
    if guide is None:
        return None
    told = {"goal": guide.goal, "say": guide.say}
    if not guide.part:
        return told
    where = {"part": guide.part, "do": guide.do}
    asked = state["asked"] if state["asked"] and tuple(state["asked"]["at"]) == (guide.goal, guide.part) else None
    level = asked["level"] if asked else "none"
    if state["mode"] == "show" or level == "shown":
        return told | where | {"value": guide.value}
    if state["mode"] == "guided" or level == "where":
        return told | where
    return {"goal": guide.goal, "say": asked["say"]} if asked else None


def find_known(state: State, guide: Guide | None) -> str:
    """The sentence of the next touch that this learner was told already; empty where none was."""
    told = filter_guide(guide, state)
    return str(told["say"]) if told else ""


def ask_help(state: State, guide: Guide, level: Help) -> tuple[State, Feedback, Fact]:
    """Give the help asked. Asking in «alone» goes on as «assisted», without a word."""
    again = state["asked"] if state["asked"] and tuple(state["asked"]["at"]) == (guide.goal, guide.part) else None
    count = again["hints"] if again else 0
    sentences = guide.hints if state["mode"] == "guided" and guide.hints else (guide.say, *guide.hints)
    say = sentences[min(count, len(sentences) - 1)] if level == "hint" else guide.say
    reached = raise_help(again["level"], level) if again else level
    asked = {"at": [guide.goal, guide.part], "level": reached, "say": say, "hints": count + (level == "hint")}
    mode = "assisted" if state["mode"] == "alone" else state["mode"]
    after = {**_note(state, guide.goal, level), "mode": mode, "asked": asked}
    part = "" if level == "hint" else guide.part
    return after, Feedback("info", say, part), Fact("helped", guide.goal, help=level, code=level)


def advise(state: State, guide: Guide, near: bool, missed: bool) -> tuple[State, Feedback | None, list[Fact]]:
    """After a touch that met nothing: neutral, then a hint, then where; «alone» is only offered help.

    `guide` is what to do now, `near` whether the right part was touched, if not well.
    """
    tries = state["tries"].get(guide.goal, 0)
    if not missed or (tries == 1 and not near):
        return state, None, []
    if tries == 1:
        return state, Feedback("almost", "Regardez encore une fois."), []
    if state["mode"] == "alone":
        return state, Feedback("almost", "Prenez votre temps. L'aide est là si vous voulez."), []
    level: Help = "hint" if tries == 2 else "where"
    if state["mode"] == "guided":
        hint = guide.hints[min(tries - 2, len(guide.hints) - 1)] if guide.hints else guide.say
        return state, Feedback("almost", hint, guide.part), []
    after, feedback, fact = ask_help(state, guide, level)
    offered = Fact(fact.verb, fact.about, help=level, code=f"offered-{level}")
    return after, Feedback("almost", feedback.say, feedback.part), [offered]


def _note(state: State, goal: str, level: Help) -> State:
    helped = {**state["helped"], goal: raise_help(state["helped"].get(goal, "none"), level)}
    after = {**state, "help": raise_help(state["help"], level), "helped": helped}
    if "fronts" not in state:
        return after
    helps, seat = state.get("helps", {}), state["world"]["seat"]
    return {**after, "helps": {**helps, seat: raise_help(helps.get(seat, "none"), level)}}
