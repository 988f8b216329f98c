"""A list of files; a file opens and closes."""


def parts(ref, world, app):
    return {f"file-{file['id']}": "click" for file in ref[app]}


def touch(ref, world, app, part, do, value):
    opened = part.removeprefix("file-")
    return {
        **world,
        app: {
            **world[app],
            "open": None if world[app].get("open") == opened else opened,
        },
    }
