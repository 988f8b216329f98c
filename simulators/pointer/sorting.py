"""Sorting: cards in a row are dragged onto each other's place; every move can be undone.

`items` are the cards in the right order, `start.order` how they lie; `undo` holds what is said about «Annuler».
"""

from __future__ import annotations

from .aims import HELD, drag_to
from .gestures import Own, Trace, add_note, is_click, is_keyed, settle

MOST_MOVES = 12
CLICK: Trace = [["press", 0, 0, 0], ["lift", 0, 0, 90]]


def judge_card(mine: Own, own: Own, part: str, trace: Trace) -> Own:
    """Let go over another card: it takes that card's place. A click takes it in hand, a second one puts it."""
    drops = [sample[1] for sample in trace if sample[0] == "drop" and sample[1] in own["order"]]
    if drops:
        return move(own, part, drops[-1])
    if not is_keyed(trace) and not is_click(mine, trace):
        return add_note({**own, "held": None}, "nowhere")
    if own["held"] == part:
        return settle(own, held=None)
    if own["held"]:
        return move(own, own["held"], part)
    return add_note({**own, "held": part}, "held")


def move(own: Own, card: str, place: str) -> Own:
    """The order once a card stands where another one stood; the others make room."""
    if card == place:
        return settle(own, held=None)
    order, at = [each for each in own["order"] if each != card], own["order"].index(place)
    order.insert(at, card)
    return settle(own, order=order, held=None, past=[*own["past"], own["order"]][-MOST_MOVES:])


def undo(mine: Own, own: Own, part: str) -> Own:
    """Take back the last move; with nothing to take back it says so."""
    if not own["past"]:
        return add_note({**own, "held": None}, "first")
    return settle(own, order=own["past"][-1], past=own["past"][:-1], held=None, undone=True)


def aim_sorting(mine: Own, app: str) -> dict[str, Own]:
    """«Annuler» once, then one place after the other; the last card falls into its place by itself."""
    words = {key: mine["undo"][key] for key in ("say", "hints")}
    made = {"undo": {"done": {f"{app}.undone": True}, "touch": f"{app}/undo", "do": "click", **words}}
    before, known = ["undo"], {}
    for at, item in enumerate(mine["items"][:-1]):
        known |= {f"{app}.order.{at}": item["id"]}
        others = [each["id"] for each in mine["items"] if each is not item]
        ways = [_put(app, item["id"], at, other) for other in others]
        ways += [_drag(app, item, at, other) for other in others]
        made[item["id"]] = {"done": dict(known), "ways": ways, "needs": before, "hints": item["hints"]}
        before = [item["id"]]
    return made


def _put(app: str, card: str, at: int, other: str) -> Own:
    held = {f"{app}.held": card, f"{app}.order.{at}": other}
    return {"touch": f"{app}/{other}", "do": "trace", "value": CLICK, "if": held, "say": HELD}


def _drag(app: str, item: Own, at: int, other: str) -> Own:
    stands = {f"{app}.order.{at}": other}
    return {"touch": f"{app}/{item['id']}", "do": "trace", "value": drag_to(other), "if": stands, "say": item["say"]}
