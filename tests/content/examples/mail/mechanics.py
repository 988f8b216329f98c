"""A small mailbox: list, message, writing, picking a file."""

from lms.contract import Refused


def parts(ref, world, app):
    box = world[app]
    page = box.get("page", "list")
    if page == "list":
        rows = {f"row-{mail['id']}": "click" for mail in ref[app]["inbox"] if _is_here(mail, box)}
        return {"inbox": "click", "new": "click", **rows, **_drafts(box)}
    if page == "message":
        return {"inbox": "click", "new": "click", "reply": "click", **_drafts(box)}
    if page == "pick":
        files = {f"file-{file['id']}": "click" for file in ref.get("files", [])}
        return {"cancel": "click", "inbox": "click", **files}
    return {
        "to": "type",
        "body": "type",
        "attach": "click",
        "send": "click",
        "inbox": "click",
    }


def touch(ref, world, app, part, do, value):
    return {**world, app: _touch_box(world[app], part, value)}


def values(ref, world, app, part):
    return [mail["from"] for mail in ref[app]["inbox"]] if part == "to" else ["Bonjour à tous.", "Oui"]


def _drafts(box):
    return {"resume": "click"} if box.get("draft") else {}


def _is_here(mail, box):
    return "got" not in box or mail["id"] in box["got"]


def _touch_box(box, part, value):
    if part == "inbox":
        return {**box, "page": "list", "folder": "inbox", "open": None}
    if part.startswith("row-"):
        read = box.get("read", [])
        here = part[4:]
        return {
            **box,
            "page": "message",
            "open": here,
            "read": read if here in read else [*read, here],
        }
    if part in ("new", "reply"):
        draft = {
            "re": box["open"] if part == "reply" else None,
            "to": "",
            "body": "",
            "files": [],
        }
        return {**box, "page": "write", "draft": draft}
    if part in ("resume", "cancel"):
        return {**box, "page": "write"}
    if part == "attach":
        return {**box, "page": "pick"}
    return _write(box, part, value)


def _write(box, part, value):
    draft = box["draft"]
    if part.startswith("file-"):
        files = draft["files"] if part[5:] in draft["files"] else [*draft["files"], part[5:]]
        return {**box, "page": "write", "draft": {**draft, "files": files}}
    if part in ("to", "body"):
        return {**box, "draft": {**draft, part: value.strip()}}
    if not draft["to"]:
        raise Refused("no-address", "Il manque l'adresse.")
    return {
        **box,
        "page": "list",
        "folder": "inbox",
        "open": None,
        "draft": None,
        "sent": [*box["sent"], draft],
    }
