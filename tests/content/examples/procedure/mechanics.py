"""Forms told as facts: pages of fields, a send button; or a sign-in with a code by mail."""

import json
import re
from functools import cache

from lms.content.predicates import build_predicate


def parts(ref, world, app):
    if "pages" not in ref[app]:
        return _sign_in_parts(world[app])
    here = {name: _do(field) for name, field in _shown(ref, world, app) if field["page"] == world[app]["page"]}
    pages = {f"page-{page}": "click" for page in ref[app]["pages"]}
    return here | pages | {"send": "click"}


def touch(ref, world, app, part, do, value):
    if "pages" not in ref[app]:
        return {**world, app: _sign_in(world[app], part, value)}
    form = world[app]
    if part.startswith("page-"):
        return {**world, app: {**form, "page": part[5:]}}
    if part == "send":
        return {**world, app: {**form, "sent": form.get("sent", 0) + 1}}
    return {**world, app: {**form, "values": {**form["values"], part: value.strip()}}}


def goals(ref, app):
    if "pages" not in ref[app]:
        return {}
    names = list(ref[app]["fields"])
    made = {f"{app}.page-{page}": _page_goal(app, page) for page in ref[app]["pages"]}
    made |= {f"{app}.{name}": _field_goal(app, name, ref[app]["fields"][name]) for name in names}
    needs = [f"{app}.{name}" for name in names]
    right = {"all": [made[f"{app}.{name}"]["done"] for name in names]}
    sent = {
        "done": {f"{app}.sent": {"min": 1}, **right},
        "touch": f"{app}/send",
        "needs": needs,
    }
    return made | {f"{app}.sent": {**sent, "say": "Envoyez la demande.", "aim": True}}


def public(ref):
    if "fields" not in ref:
        return ref
    hidden = ("expect", "match", "poor")
    fields = {name: {key: field[key] for key in field if key not in hidden} for name, field in ref["fields"].items()}
    return {**ref, "fields": fields}


def _page_goal(app, page):
    return {
        "done": {f"{app}.page": page},
        "touch": f"{app}/page-{page}",
        "say": f"Allez à la page {page}.",
    }


def _field_goal(app, name, field):
    done = {f"{app}.values.{name}": field["expect"]}
    if "when" in field:
        done = {"any": [done, {"not": field["when"]}]}
    return {
        "done": done,
        "touch": f"{app}/{name}",
        "do": _do(field),
        "value": field["expect"],
        "needs": [f"{app}.page-{field['page']}"],
        "say": f"Remplissez « {field['label']} ».",
        "hints": field.get("hints", []),
    }


def _do(field):
    return "choose" if "choices" in field else "type"


def _shown(ref, world, app):
    fields = ref[app]["fields"].items()
    return [(name, one) for name, one in fields if "when" not in one or _test(json.dumps(one["when"]))(world)]


@cache
def _test(when):
    return build_predicate(json.loads(when), print)


def _sign_in_parts(sign):
    if sign.get("in"):
        return {"leave": "click"}
    return {"ask-code": "click", "code": "type", "enter": "click"}


def _sign_in(sign, part, value):
    if part == "ask-code":
        return {**sign, "asked": sign.get("asked", 0) + 1}
    if part == "code":
        return {**sign, "code": re.sub(r"\s", "", value)}
    if part == "leave":
        return {**sign, "in": False, "out": True}
    return {**sign, "in": sign.get("code") == "482915"}
