"""One target; a trace of [x, y, …] that ends near it is a hit."""


def parts(ref, world, app):
    return {"target": "trace"}


def touch(ref, world, app, part, do, value):
    place = world[app]
    reach = int(ref[app]["size"]) // 2 + int(ref[app]["tolerance"])
    last = value[-1] if isinstance(value, list) and value else None
    hit = isinstance(last, list) and len(last) > 1 and all(_is_near(one, reach) for one in last[:2])
    counted = "hits" if hit else "near"
    return {**world, app: {**place, counted: place[counted] + 1}}


def _is_near(distance, reach):
    return isinstance(distance, int) and abs(distance) <= reach
