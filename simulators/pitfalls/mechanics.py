"""Forms with one pitfall each: what a touch does to answers, ticks, files and pages. Pure."""

from __future__ import annotations

from typing import Any

from lms.contract import Refused

from .form import Own, check, find_block, find_page, is_right, options_of
from .route import aim

__all__ = ["check", "goals", "parts", "public", "touch", "values"]

LONGEST = 60
NOTES = {
    "check": "Presque. Une réponse est à revoir. Elle est dite en haut.",
    "gone": "La page est vide : « Retour » du navigateur a tout effacé.",
    "extended": "Vous avez plus de temps. Rien n'est perdu.",
}
DO = {
    "text": "type",
    "proof": "type",
    "choice": "choose",
    "list": "choose",
    "file": "choose",
    "tick": "click",
    "button": "click",
}


def parts(ref: Own, world: Own, app: str) -> dict[str, str]:
    """What can be touched on the page in front."""
    own = world[app]
    found: dict[str, str] = {"extend": "click"} if own.get("expiring") else {}
    for block in find_page(ref[app], own)["blocks"]:
        if block["kind"] == "many":
            found |= {f"{block['id']}-{option['value']}": "click" for option in block["options"]}
            continue
        found[block["id"]] = DO[block["kind"]]
        if block["kind"] == "proof":
            found[f"{block['id']}-other"] = "click"
    return found


def touch(ref: Own, world: Own, app: str, part: str, do: str, value: Any) -> Own:
    """The whole new world after one touch."""
    mine, own = ref[app], world[app]
    page = find_page(mine, own)
    return {**world, app: _judge(page, _touch(page, own, part, value))}


def _touch(page: Own, own: Own, part: str, value: Any) -> Own:
    if part == "extend":
        return {**own, "expiring": False, "note": "extended"}
    block = find_block(page, part)
    own = {**own, "note": None, "errors": {name: say for name, say in own["errors"].items() if name != block["id"]}}
    if block["kind"] == "button":
        return _press(page, own, block)
    if part == f"{block['id']}-other":
        turned = (own["way"].get(block["id"], 0) + 1) % len(block["variants"])
        return _set({**own, "way": {**own["way"], block["id"]: turned}}, block["id"], "")
    if block["kind"] in ("tick", "many"):
        return _set(own, part, not own["values"].get(part, False))
    return _answer(own, block, value)


def _answer(own: Own, block: Own, value: Any) -> Own:
    """What is written or chosen; words of one's own stay unkept, a file that does not fit is refused."""
    text = str(value or "").strip()
    if len(text) > LONGEST:
        raise Refused("too-far", "Ici, recopiez le modèle. N'écrivez rien de personnel.")
    if block["kind"] in ("choice", "list", "file"):
        option = next((one for one in options_of(block, own) if one["value"] == text), None)
        if option is None:
            raise Refused("no-such-choice", "Cette réponse n'est pas dans la liste.")
        if "why" in option:
            return {**_set(own, block["id"], ""), "errors": {**own["errors"], block["id"]: option["why"]}}
    return _set(own, block["id"], text)


def _set(own: Own, name: str, value: Any) -> Own:
    return {**own, "values": {**own["values"], name: value}}


def _press(page: Own, own: Own, block: Own) -> Own:
    """A button: it may lead on, empty the page, or not be the one to press."""
    if "clears" in block:
        left = {name: value for name, value in own["values"].items() if name not in block["clears"]}
        return {**own, "values": left, "note": "gone"}
    if "why" in block:
        return {**own, "note": f"wrong-{block['id']}"}
    faults = [one for one in page["blocks"] if one["kind"] != "button" and not is_right(one, own)]
    if block.get("check") and faults:
        errors = {one["id"]: one.get("fault", "Cette réponse est à revoir.") for one in faults}
        return {**own, "errors": errors, "tries": own["tries"] + 1, "note": "check"}
    done = own["done"] if block["id"] in own["done"] else [*own["done"], block["id"]]
    return {**own, "done": done, "page": block.get("goes", own["page"]), "errors": {}}


def _judge(page: Own, own: Own) -> Own:
    """Which answers of the page are right now; those of other pages stay as they were."""
    here = {block["id"] for block in page["blocks"]}
    kept = [name for name in own["right"] if name.partition("-")[0] not in here and name not in here]
    right = []
    for block in page["blocks"]:
        if block["kind"] == "many":
            right += [f"{block['id']}-{one['value']}" for one in block["options"] if _ticked(block, one, own)]
        elif block["kind"] != "button" and is_right(block, own):
            right.append(block["id"])
    return {**own, "right": [*dict.fromkeys([*kept, *right])]}


def _ticked(block: Own, option: Own, own: Own) -> bool:
    return bool(own["values"].get(f"{block['id']}-{option['value']}", False)) == (option["expect"] == "on")


def goals(ref: Own, app: str) -> dict[str, Own]:
    """A goal for each answer and each button to press."""
    return aim(ref[app], app)


def public(ref: Own) -> Own:
    """The facts without the answers."""
    hidden = {"expect", "answer", "why", "say", "hints", "fault", "needs", "check", "clears"}

    def strip(thing: Any) -> Any:
        if isinstance(thing, list):
            return [strip(one) for one in thing]
        return {k: strip(v) for k, v in thing.items() if k not in hidden} if isinstance(thing, dict) else thing

    blocks = [block for page in ref["pages"] for block in page["blocks"]]
    why = {f"wrong-{block['id']}": block["why"] for block in blocks if block["kind"] == "button" and "why" in block}
    shown: Own = strip(ref)
    return {**shown, "notes": NOTES | why}


def values(ref: Own, world: Own, app: str, part: str) -> list[Any]:
    """Answers for random walks: right ones, empty ones, those of the usual slips."""
    block = find_block(find_page(ref[app], world[app]), part)
    if "options" in block:
        return [option["value"] for option in options_of(block, world[app])] or [""]
    expected = [one["expect"] for one in block.get("variants", [])] or [block.get("expect", "")]
    return [*expected, "", "7"]
