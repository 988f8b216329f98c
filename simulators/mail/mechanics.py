"""A mailbox: read, reply, write, attach, send, delete and bring back, save what came attached. Pure.

What `ref[app]` holds is told in simulator.yaml. A `later` mail arrives when its id stands in `world[app].got`;
an attachment that is saved goes to `world[files].got`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lms.contract import Refused

from .aims import goals
from .letters import files, part_of_link, public, received, rows, weigh
from .sending import find_faults

__all__ = ["goals", "parts", "public", "touch", "values"]

Json = Any
World = dict[str, Json]

LIMIT = 2000
HEAVIEST = 10
"""Millions of signs that a message carries."""


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    mine = world.get(app, {})
    page, draft = mine.get("page", "list"), mine.get("draft")
    found = dict.fromkeys(("inbox", "sent", "deleted"), "click")
    if page == "pick":
        return found | {f"file-{file}": "click" for file in files(ref, world, app)} | {"cancel": "click"}
    if page == "write":
        found |= {
            "to": "type",
            "subject": "type",
            "body": "type",
            "attach": "click",
            "send": "click",
            "discard": "click",
        }
        found |= {"one": "click"} if draft.get("copy") else {}
        return found | {f"unfile-{file}": "click" for file in draft["files"]}
    found |= dict.fromkeys(("new", "resume") if draft else ("new",), "click")
    if page == "message":
        return found | dict.fromkeys(_message_parts(ref, world, app), "click")
    if mine.get("undo"):
        found["undo"] = "click"
    return found | {f"row-{row}": "click" for row in rows(ref, world, app)}


def _message_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[str]:
    mail = received(ref, world, app)
    if not mail:
        return ["close"]
    everybody = ["all"] if mail.get("also") else []
    if mail["id"] in world[app].get("deleted", ()):
        return ["close", "reply", "restore", *everybody]
    links = [part_of_link(link) for link in mail.get("links", ())]
    links += [f"choose-{choice['id']}" for choice in mail.get("choices", ())]
    links += ["lure"] if mail.get("lure") else []
    found = ["close", "reply", "delete", *everybody, *links, *(f"save-{file['id']}" for file in mail.get("files", ()))]
    if mail.get("verdict"):
        found += ["sort-safe", "sort-trap", "sort-unsure"]
        found += ["ask", "site"] if world[app].get("sorted", {}).get(mail["id"]) == "unsure" else []
    return found


def touch(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json) -> World:
    """The whole new world after one touch."""
    verb, dash, what = part.partition("-")
    if dash:
        return {
            "row": _open,
            "file": _attach,
            "unfile": _detach,
            "save": _keep,
            "go": _follow,
            "sort": _sort,
            "choose": _choose,
        }[verb](ref, world, app, what)
    if part in ("inbox", "sent", "deleted"):
        return _with(world, app, page="list", folder=part, open=None, note=None, late=False)
    if part in ("ask", "site"):
        return _with(world, app, then={**world[app].get("then", {}), world[app]["open"]: part})
    if part in ("to", "subject", "body"):
        return _write(world, app, part, value)
    return SINGLE[part](ref, world, app)


def _with(world: Mapping[str, Json], app: str, **change: Json) -> World:
    return {**world, app: {**world.get(app, {}), **change}}


def _draft(world: Mapping[str, Json], app: str, **change: Json) -> World:
    return _with(world, app, draft={**world[app]["draft"], **change})


def _open(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, row: str) -> World:
    read = world.get(app, {}).get("read", ())
    return _with(world, app, page="message", open=row, note=None, read=[*dict.fromkeys([*read, row])])


def _write(world: Mapping[str, Json], app: str, part: str, value: Json) -> World:
    """Keep what is typed; an address loses its spaces and capitals."""
    text = str(value or "")
    if len(text) > LIMIT:
        raise Refused("too-long", "Ce texte est très long. Écrivez-le plus court.")
    if part == "to":
        text = re.sub(r"\s+", "", text).lower()
    errors = {name: say for name, say in world[app].get("errors", {}).items() if name != part}
    return _draft(_with(world, app, errors=errors), app, **{part: text})


def _new(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    draft = {"re": None, "to": "", "subject": "", "body": "", "files": []}
    return _with(world, app, page="write", draft=draft, errors={}, tries=0, undo=False)


def _reply(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    """Answer the open mail; what was written and attached before is kept."""
    mail, old = received(ref, world, app), world[app].get("draft") or {}
    subject = mail["subject"] if isinstance(mail["subject"], str) else "".join(map(str, mail["subject"]))
    draft = {"re": mail["id"], "to": mail["from"], "subject": f"Re : {subject}"}
    draft |= {"body": old.get("body", ""), "files": old.get("files", [])}
    return _with(world, app, page="write", draft=draft, errors={}, tries=0, undo=False)


def _reply_all(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    """Answer the open mail; everybody who got it gets the answer too."""
    others = [str(one["address"]) for one in received(ref, world, app)["also"]]
    return _draft(_reply(ref, world, app), app, copy=others)


def _attach(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, file: str) -> World:
    weight = weigh(ref, world, app, file)
    if weight > HEAVIEST:
        heavy = f"Ce fichier pèse {weight} Mo. Un message porte {HEAVIEST} Mo au plus."
        return _with(world, app, page="write", errors={"files": heavy})
    files = [*dict.fromkeys([*world[app]["draft"]["files"], file])]
    errors = {name: say for name, say in world[app].get("errors", {}).items() if name != "files"}
    return _draft(_with(world, app, page="write", errors=errors), app, files=files)


def _detach(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, file: str) -> World:
    return _draft(world, app, files=[other for other in world[app]["draft"]["files"] if other != file])


def _keep(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, file: str) -> World:
    """Save an attachment among the files."""
    store = ref.get(app, {}).get("files", "files")
    kept = _with(world, app, saved=[*dict.fromkeys([*world[app].get("saved", ()), file])])
    return _with(kept, store, got=[*world.get(store, {}).get("got", ()), file])


def _follow(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, where: str) -> World:
    """A link in a mail brings another app of the desk in front, on the page that it names, if any."""
    other, _, page = where.partition("~")
    there = _with(world, other, page=page) if page else world
    return {**there, "front": other}


def _lure(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    """A link that leads to a trap: it is told, nothing opens."""
    return _with(world, app, followed=[*dict.fromkeys([*world[app].get("followed", ()), world[app]["open"]])])


def _choose(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, choice: str) -> World:
    """A button within the message answers it."""
    mine = world[app]
    return _with(world, app, chosen={**mine.get("chosen", {}), mine["open"]: choice})


def _sort(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, word: str) -> World:
    """One of three words; another word forgets what came after the doubt."""
    mine = world[app]
    then = {mail: way for mail, way in mine.get("then", {}).items() if mail != mine["open"]}
    return _with(world, app, sorted={**mine.get("sorted", {}), mine["open"]: word}, then=then)


def _send(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    """Send, or say what is missing: a wrong address stops, an empty subject or a forgotten file asks once."""
    mine, draft = world[app], world[app]["draft"]
    errors = find_faults(ref, world, app)
    if errors:
        return _with(world, app, errors=errors, tries=mine.get("tries", 0) + 1)
    gone = [*mine.get("sent", ()), draft]
    return _with(
        world, app, page="list", folder="inbox", open=None, draft=None, sent=gone, errors={}, tries=0, undo=True
    )


def _undo(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    """Take the last mail back before it leaves."""
    *sent, last = world[app]["sent"]
    return _with(world, app, page="write", draft=last, sent=sent, undo=False, errors={}, tries=0)


def _delete(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    mine = world[app]
    return _with(world, app, page="list", open=None, deleted=[*mine.get("deleted", ()), mine["open"]])


def _restore(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> World:
    mine = world[app]
    kept = [mail for mail in mine["deleted"] if mail != mine["open"]]
    return _with(world, app, page="list", folder="inbox", open=None, deleted=kept)


SINGLE = {
    "new": _new,
    "reply": _reply,
    "all": _reply_all,
    "one": lambda ref, world, app: _draft(world, app, copy=[]),
    "resume": lambda ref, world, app: _with(world, app, page="write"),
    "close": lambda ref, world, app: _with(world, app, page="list", open=None),
    "attach": lambda ref, world, app: _with(world, app, page="pick"),
    "cancel": lambda ref, world, app: _with(world, app, page="write"),
    "discard": lambda ref, world, app: _with(world, app, page="list", draft=None, errors={}),
    "send": _send,
    "lure": _lure,
    "undo": _undo,
    "delete": _delete,
    "restore": _restore,
}


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks."""
    known = [entry["address"] for entry in ref.get(app, {}).get("directory", ())]
    return {"to": ["", "mairie", *known[:2]], "subject": ["", "Bonjour"], "body": ["", "Merci beaucoup à vous."]}.get(
        part, []
    )
