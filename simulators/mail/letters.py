"""What the mailbox holds now: mails received, rows on the screen, files at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Any

BAIT: dict[str, Json] = {
    "id": "bait",
    "from": "gagnants@cadeau-direct.example",
    "name": "Cadeau Direct",
    "subject": "Votre cadeau attend",
    "body": "Bravo, vous gagnez un téléphone.\n\nRépondez vite avec les chiffres de votre carte.",
    "junk": "yes",
}
"""The message that an author or a trainer may send into any scenario."""


def mails(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    """Every mail received so far, the newest first; deleted ones too. One that is late is not there yet."""
    facts, mine = ref.get(app, {}), world.get(app, {})
    later = {mail["id"]: mail for mail in (*facts.get("later", ()), BAIT)}
    arrived = [later[mail] for mail in dict.fromkeys(mine.get("got", ())) if mail in later]
    if mine.get("late"):
        seen = (*mine.get("read", ()), *mine.get("deleted", ()))
        arrived = [mail for mail in arrived if mail["id"] in seen]
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


def weigh(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, file: str) -> int:
    """How heavy a file at hand is now, in millions of signs."""
    store = ref.get(app, {}).get("files", "files")
    facts = ref.get(store) or {}
    items = [*facts.get("items", ()), *facts.get("later", ())] if isinstance(facts, Mapping) else facts
    item = next(one for one in items if one["id"] == file)
    chosen = world.get(store, {}).get("sizes", {}).get(file)
    lighter = [one["size"] for one in item.get("sizes", ()) if one["id"] == chosen]
    return int(lighter[0] if lighter else item.get("size", 1))


def received(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, Json]:
    """The open mail, if it was received."""
    opened = world.get(app, {}).get("open")
    return next((dict(mail) for mail in mails(ref, world, app) if mail["id"] == opened), {})


def part_of_link(link: Mapping[str, Json]) -> str:
    """The part of a link: the app that it leads to, and the page there."""
    return f"go-{link['app']}~{link['page']}" if "page" in link else f"go-{link['app']}"


def public(facts: Mapping[str, Json]) -> dict[str, Json]:
    """The facts without what is safe and what is a trap, with the message that may come."""
    shown = {name: [_hide(mail) for mail in facts.get(name, ())] for name in ("inbox", "later")}
    every = (*facts.get("inbox", ()), *facts.get("later", ()))
    sorting = "yes" if any(mail.get("verdict") for mail in every) else ""
    return {**facts, **shown, "later": [*shown["later"], BAIT], "sorting": sorting}


def _hide(mail: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in mail.items() if key not in ("verdict", "say", "hints", "competence", "junk")}
