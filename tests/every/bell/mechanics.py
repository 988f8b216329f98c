"""A bell that one rings."""


def parts(ref, world, app):
    return {"rope": "click"}


def touch(ref, world, app, part, do, value):
    return {**world, app: {"rung": True}}
