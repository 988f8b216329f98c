"""The goals of a form with pitfalls: each answer, each button, and the way to its page."""

from __future__ import annotations

from collections import deque

from .form import Own

COMPETENCE = "F01"


def aim(mine: Own, app: str) -> dict[str, Own]:
    """All goals by id; `at-…` are mere ways."""
    made: dict[str, Own] = {}
    for page in mine["pages"]:
        ways = _find_ways(mine, app, page["id"])
        needs = [f"at-{page['id']}"] if ways else []
        if ways:
            made[f"at-{page['id']}"] = {"done": {f"{app}.page": page["id"]}, "ways": ways, "named": False}
        for block in page["blocks"]:
            made |= _aim_block(app, block, needs, page)
    for goal in made.values():
        goal["competence"] = mine.get("competence", COMPETENCE)
    return made


def _aim_block(app: str, block: Own, needs: list[str], page: Own) -> dict[str, Own]:
    name, kind = block["id"], block["kind"]
    if kind == "many":
        return {
            f"{name}-{one['value']}": _aim_answer(app, f"{name}-{one['value']}", {"do": "click"}, one, needs)
            for one in block["options"]
            if "say" in one
        }
    if "say" not in block or "why" in block:
        return {}
    if kind == "button":
        wanted = [*block.get("needs", []), *(find_answers(page) if block.get("check") else [])]
        goal = {"done": {f"{app}.done": {"has": name}}, "touch": f"{app}/{name}", "needs": [*wanted, *needs]}
        return {name: goal | _words(block)}
    needs = [*block.get("needs", []), *needs]
    if kind == "proof":
        ways = [
            {
                "touch": f"{app}/{name}",
                "do": "type",
                "value": one["expect"],
                "if": {f"{app}.way.{name}": at},
                "say": block["say"],
            }
            for at, one in enumerate(block["variants"])
        ]
        return {name: {"done": {f"{app}.right": {"has": name}}, "ways": ways, "needs": needs, "hints": block["hints"]}}
    return {name: _aim_answer(app, name, _touch(block), block, needs)}


def _aim_answer(app: str, name: str, touch: Own, words: Own, needs: list[str]) -> Own:
    done = {f"{app}.right": {"has": name}}
    return {"done": done, "touch": f"{app}/{name}", **touch, "needs": needs, **_words(words)}


def _touch(block: Own) -> Own:
    if block["kind"] == "file":
        return {"do": "choose", "value": next(one["value"] for one in block["options"] if "why" not in one)}
    do = {"text": "type", "choice": "choose", "list": "choose", "tick": "click"}[block["kind"]]
    return {"do": do, "value": block["expect"]} if do != "click" else {"do": do}


def _words(block: Own) -> Own:
    return {key: block[key] for key in ("say", "hints") if key in block}


def find_answers(page: Own) -> list[str]:
    """The goals of all answers of a page: a button that checks waits for them."""
    found = []
    for block in page["blocks"]:
        if block["kind"] == "many":
            found += [f"{block['id']}-{one['value']}" for one in block["options"] if "say" in one]
        elif block["kind"] != "button" and "say" in block:
            found.append(block["id"])
    return found


def _find_ways(mine: Own, app: str, page: str) -> list[Own]:
    """From every other page, the button that begins the shortest way."""
    ways = []
    for other in mine["pages"]:
        block = _find_hop(mine, other["id"], page)
        if block:
            needs = find_answers(other) if block.get("check") else []
            way = {"touch": f"{app}/{block['id']}", "if": {f"{app}.page": other["id"]}, "needs": needs}
            ways.append(way | {"say": block.get("say") or f"Appuyez sur « {block['label']} »."})
    return ways


def _find_hop(mine: Own, start: str, end: str) -> Own | None:
    seen, queue = {start}, deque([(start, None)])
    while queue:
        at, first = queue.popleft()
        if at == end:
            return first
        page = next(each for each in mine["pages"] if each["id"] == at)
        for block in page["blocks"]:
            if "goes" in block and "why" not in block and block["goes"] not in seen:
                seen.add(block["goes"])
                queue.append((block["goes"], first or block))
    return None
