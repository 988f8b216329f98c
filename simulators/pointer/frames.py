"""A frame within a page: each scrolls by itself, the one in which the pointer stands."""

from __future__ import annotations

from .gestures import Own, Trace, add_note, find_tolerance, settle

DOWN: Trace = [["scroll", 600, 0]]


def judge_frame(mine: Own, own: Own, part: str, trace: Trace) -> Own:
    """How far down the page, or the frame, one is."""
    places = [sample for sample in trace if sample[0] == "scroll"]
    if not places:
        return add_note(own, "unread") if not own["read"] else own
    _, above, below = places[-1]
    ended = below <= find_tolerance(mine)
    place = int(100 * above / max(1, above + below) + 0.5)
    if part == "frame":
        return settle(own, inner=place, read=own["read"] or ended)
    if ended and not own["read"]:
        return add_note({**own, "outer": place}, "frame")
    return settle(own, outer=place, end=own["end"] or ended)


def press_button(mine: Own, own: Own, part: str) -> Own:
    """The box opens once the frame was read; the last button once the box is ticked."""
    if not own["read"]:
        return add_note(own, "frame")
    if part == "agree":
        return settle(own, agreed=not own["agreed"])
    return settle(own, sent=True) if own["agreed"] else add_note(own, "agree")


def aim_frame(mine: Own, app: str) -> dict[str, Own]:
    """Read the frame, tick the box, go down the page, press the button there."""

    def goal(name: str, member: str, touch: str, needs: list[str], **given: object) -> Own:
        return {"done": {f"{app}.{member}": True}, "touch": f"{app}/{touch}", "needs": needs, **given, **mine[name]}

    return {
        "read": goal("read", "read", "frame", [], value=DOWN),
        "agree": goal("agree", "agreed", "agree", ["read"], do="click"),
        "end": goal("end", "end", "page", ["agree"], value=DOWN),
        "send": goal("send", "sent", "send", ["agree", "end"], do="click"),
    }
