"""A call told as lines: each is offered once what it asks for is known."""

from lms.content.incidents import Incident, apply_incident
from lms.content.predicates import build_predicate


def parts(ref, world, app):
    lines = ref[app]["lines"].items()
    return {name: "click" for name, line in lines if build_predicate(line["when"], print)(world)}


def touch(ref, world, app, part, do, value):
    line = ref[app]["lines"][part]
    sets, adds = (
        tuple((tuple(path.split(".")), one) for path, one in line.get(key, {}).items()) for key in ("set", "add")
    )
    return apply_incident(Incident(part, bool, sets, adds), world)
