"""What the mailbox holds now: mails received, rows on the screen, files at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Any


def mails(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    """Every mail received so far, the newest first; deleted ones too."""
    facts, got = ref.get(app, {}), world.get(app, {}).get("got", ())
    later = {mail["id"]: mail for mail in facts.get("later", ())}
    arrived = [later[mail] for mail in dict.fromkeys(got) if mail in later]
    return [*reversed(arrived), *facts.get("inbox", ())]


def rows(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[str]:
    """Ids of the rows of the folder in front; a sent mail is `s0`, `s1`…"""
    mine = world.get(app, {})
    folder, gone = mine.get("folder", "inbox"), mine.get("deleted", ())
    if folder == "sent":
        return [f"s{rank}" for rank in range(len(mine.get("sent", ())))]
    return [mail["id"] for mail in mails(ref, world, app) if (mail["id"] in gone) == (folder == "deleted")]


def files(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[str]:
    """Ids of the files at hand in the files app; a second copy of a download counts as the file itself."""
    store = ref.get(app, {}).get("files", "files")
    facts, mine = ref.get(store) or {}, world.get(store, {})
    items = facts.get("items", ()) if isinstance(facts, Mapping) else facts
    ids = [item["id"] for item in items]
    later = {item["id"] for item in facts.get("later", ())} if isinstance(facts, Mapping) else set()
    ids += [got for got in dict.fromkeys(mine.get("got", ())) if got in later]
    return [file for file in ids if file not in mine.get("deleted", ())]


def received(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, Json]:
    """The open mail, if it was received."""
    opened = world.get(app, {}).get("open")
    return next((dict(mail) for mail in mails(ref, world, app) if mail["id"] == opened), {})
