"""What a drill of the keyboard asks for: a goal for each line, each field, each way between fields."""

from __future__ import annotations

from typing import Any

Own = dict[str, Any]


def start_text(line: Own) -> str:
    """What stands in the field before one begins."""
    return str(line.get("start", ""))


def count_shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def aim_lines(mine: Own, app: str) -> dict[str, Own]:
    made: dict[str, Own] = {}
    before: list[str] = []
    for number, line in enumerate(mine["lines"], 1):
        keys = find_keys(start_text(line), line["text"])
        goal = {"done": {f"{app}.line": {"min": number}}, "touch": f"{app}/{line['id']}", "needs": before}
        if "caps" in line:
            made[f"caps-{line['id']}"] = _aim_lock(line, app, number, before)
            goal["needs"] = [f"caps-{line['id']}"]
            keys = [key.swapcase() for key in keys] if line["caps"] == "on" else keys
        made[line["id"]] = goal | {"value": [line["text"], *keys]} | find_words(line)
        before = [line["id"]]
    return made


def _aim_lock(line: Own, app: str, number: int, needs: list[str]) -> Own:
    """Verr Maj as the line wants it; once the line is written it no longer matters."""
    done = [{f"{app}.caps": line["caps"] == "on"}, {f"{app}.line": {"min": number}}]
    touch = {"touch": f"{app}/{line['id']}", "value": ["", "CapsLock"]}
    return {"done": done, **touch, "needs": needs, **line["lock"]}


def find_keys(text: str, model: str) -> list[str]:
    """Keys that make the text the model, the caret standing at the end: move, take away, then write."""
    first = count_shared(text, model)
    last = count_shared(text[first:][::-1], model[first:][::-1])
    wrong, missing = text[first : len(text) - last], model[first : len(model) - last]
    return ["ArrowLeft"] * last + ["Backspace"] * len(wrong) + list(missing)


def aim_fields(mine: Own, app: str) -> dict[str, Own]:
    """Write, Tab, write… and, at the end, Shift+Tab to the field before."""
    made: dict[str, Own] = {}
    before: list[str] = []
    past: Own | None = None
    for field in mine["fields"]:
        if past:
            to = f"to-{field['id']}"
            made[to] = _crossing(app, past, "Tab", {f"{app}.tabbed": {"has": field["id"]}}, before) | field["tab"]
            before = [to]
        done = {f"{app}.good": {"has": field["id"]}}
        value = [field["text"], *field["text"]]
        made[field["id"]] = {
            "done": done,
            "touch": f"{app}/{field['id']}",
            "value": value,
            "needs": before,
        } | find_words(field)
        before, past, last = [field["id"]], field, past
    if past and last:
        made["back"] = (
            _crossing(app, past, "Shift+Tab", {f"{app}.returned": {"has": last["id"]}}, before) | mine["back"]
        )
    return made


def _crossing(app: str, field: Own, key: str, done: Own, needs: list[str]) -> Own:
    return {"done": done, "touch": f"{app}/{field['id']}", "value": [field["text"], key], "needs": needs}


def find_words(thing: Own) -> Own:
    return {key: thing[key] for key in ("say", "hints") if key in thing}
