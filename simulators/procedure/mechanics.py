"""Forms and small sites told in YAML: pages, fields, a last button, a receipt. Pure.

What `ref[app]` holds is told in simulator.yaml. Pages that are mere ids follow each other and the last one sends.
What is typed is taken generously and kept in one form: 12/05/1996, 912.40.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from lms.contract import Refused

Json = Any
World = dict[str, Json]

SHAPES = {
    "date": (r"\d{2}/\d{2}/\d{4}", "Le jour d'abord : JJ/MM/AAAA.", "Par exemple : 07/06/1996."),
    "month": (r"\d{2}/\d{4}", "Le mois puis l'année : MM/AAAA.", "Par exemple : 09/2026."),
    "money": (r"\d+(\.\d\d?)?", "Écrivez des chiffres seulement.", "Par exemple : 912 ou 912,40."),
    "digits": (r"\d+", "Écrivez des chiffres seulement.", "Recopiez le numéro, chiffre par chiffre."),
    "code": (r"\d{6}", "Le code a 6 chiffres.", "Le code est dans vos messages."),
}
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def pages(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """Every page by id; plain ids follow each other and the last one sends."""
    listed = ref[app]["pages"]
    plain = [page if isinstance(page, str) else page["id"] for page in listed]
    found = {}
    for rank, page in enumerate(listed):
        around = {"back": plain[rank - 1] if rank else "", "next": (*plain[rank + 1 :], "")[0], "title": plain[rank]}
        found[plain[rank]] = {"id": page, **around} if isinstance(page, str) else dict(page)
    if isinstance(listed[-1], str):
        found[plain[-1]] |= {"send": "Envoyer", "then": "recu"}
        found["recu"] = {"id": "recu", "title": "Reçu", "receipt": "yes"}
    return found


def edges(ref: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> dict[str, tuple[str, str]]:
    """Parts of a page that lead elsewhere: part → (page, words on it)."""
    found = {}
    if page.get("next"):
        found["next"] = (page["next"], page.get("next_label", "Continuer"))
    if page.get("back"):
        found["previous"] = (page["back"], "Retour")
    menu = () if page.get("closed") else ref[app].get("menu", ())
    for link in (*page.get("links", ()), *menu):
        if link["to"] != page["id"]:
            found.setdefault(f"go-{link['to']}", (link["to"], link["label"]))
    return found


def fields(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: str = "") -> dict[str, dict[str, Json]]:
    """The fields that are asked now, of one page or of all."""
    asked = ref[app].get("fields", {}).items()
    return {name: field for name, field in asked if page in ("", field["page"]) and holds(field.get("when", {}), world)}


def holds(spec: Json, value: Json) -> bool:
    """Whether a field's `when` holds: the goals' own language, as far as forms need it."""
    if isinstance(spec, list):
        return any(holds(one, value) for one in spec)
    if not isinstance(spec, Mapping):
        return bool(value == spec)
    return all(_holds_member(key, test, value) for key, test in spec.items())


def _holds_member(key: str, test: Json, value: Json) -> bool:
    if key == "not":
        return not holds(test, value)
    if key == "in":
        return value in test
    if key == "filled":
        return (value not in (None, "", [], {})) is test
    if key == "any":
        return any(holds(one, value) for one in test)
    for step in key.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return holds(test, value)


def options(field: Mapping[str, Json]) -> list[str]:
    """Values that a field with choices takes."""
    return [choice["value"] if isinstance(choice, Mapping) else choice for choice in field.get("choices", ())]


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    page = _page(ref, world, app)
    shown = fields(ref, world, app, page["id"])
    found = {name: "choose" if field.get("choices") else "type" for name, field in shown.items()}
    found |= dict.fromkeys(edges(ref, app, page), "click")
    return found | {part: "click" for part in ("send", "download") if page.get(part)}


def _page(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, Json]:
    known = pages(ref, app)
    return known[world.get(app, {}).get("page") or next(iter(known))]


def touch(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json) -> World:
    """The whole new world after one touch."""
    page = _page(ref, world, app)
    if part in ref[app].get("fields", {}):
        return _answer(ref, world, app, part, value)
    if part in ("send", "download"):
        return {"send": _send, "download": _download}[part](ref, world, app, page)
    target = edges(ref, app, page)[part][0]
    if part != "next":
        return _with(world, app, page=target, errors={})
    wrong = _faults(ref, world, app, page["id"], judged=bool(page.get("check")))
    return _reopen(ref, world, app, wrong) if wrong else _with(world, app, page=target, errors={})


def _with(world: Mapping[str, Json], app: str, **change: Json) -> World:
    return {**world, app: {**world.get(app, {}), **change}}


def _answer(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, name: str, value: Json) -> World:
    field, mine = ref[app]["fields"][name], world.get(app, {})
    text = normalise(field.get("kind", "text"), str(value or "")[:200])
    if field.get("choices") and text not in ("", *options(field)):
        raise Refused("no-such-choice", "Cette réponse n'est pas dans la liste.")
    if field.get("poor") and re.fullmatch(_shape(field), text) and not re.fullmatch(field["poor"], text):
        raise Refused("not-of-the-exercise", "Ici, on s'entraîne avec les données de l'exercice.")
    errors = {other: say for other, say in mine.get("errors", {}).items() if other != name}
    return _with(world, app, values={**mine.get("values", {}), name: text}, errors=errors)


def normalise(kind: str, text: str) -> str:
    """One form for what people write in many: spaces, points, two figures for a year, the euro sign."""
    text = re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " ")).strip()
    return {"date": _date, "month": _month, "money": _money, "digits": _digits, "code": _digits}.get(kind, str)(text)


def _date(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})", text)
    if not found:
        return text
    day, month, year = (part for part in found.groups() if part)
    year = year if len(year) == 4 else ("20" if int(year) < 30 else "19") + year
    real = 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    return f"{int(day):02}/{int(month):02}/{year}" if real else text


def _month(text: str) -> str:
    word, _, year = text.lower().rpartition(" ")
    found = re.fullmatch(r"(\d{1,2})[/. -](\d{4})", f"{MONTHS.index(word) + 1} {year}" if word in MONTHS else text)
    return f"{int(found[1]):02}/{found[2]}" if found and 1 <= int(found[1]) <= 12 else text


def _money(text: str) -> str:
    bare = re.sub(r"(?i)€|euros?|\s", "", text).replace(",", ".")
    found = re.fullmatch(r"0*(\d+)(?:\.(\d{0,2}))?", bare)
    return (found[1] + (f".{found[2]:0<2}" if (found[2] or "").strip("0") else "")) if found else text


def _digits(text: str) -> str:
    bare = re.sub(r"[ .-]", "", text)
    return re.sub(r"^\+33", "0", bare) if re.fullmatch(r"\+?\d+", bare) else text


def _shape(field: Mapping[str, Json]) -> str:
    return str(field.get("match") or SHAPES.get(field.get("kind", ""), (".*",))[0])


def _faults(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: str, judged: bool) -> dict[str, str]:
    """What stops here: field → `empty`, `shape`, or `wrong` when the answers are `judged` too."""
    given, found = world.get(app, {}).get("values", {}), {}
    order = list(pages(ref, app))
    asked = fields(ref, world, app, page).items()
    for name, field in sorted(asked, key=lambda item: order.index(item[1]["page"])):
        value = given.get(name) or ""
        if not value and field.get("optional"):
            continue
        if not value or not re.fullmatch(_shape(field), value):
            found[name] = "shape" if value else "empty"
        elif judged and "expect" in field and value.casefold() != field["expect"].casefold():
            found[name] = "wrong"
    return found


def _reopen(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, faults: Mapping[str, str]) -> World:
    """Back to the first field that stops, with a sentence a try: neutral, then a hint, then where."""
    mine, known = world.get(app, {}), ref[app]["fields"]
    tries = {**mine.get("tries", {}), **{name: mine.get("tries", {}).get(name, 0) + 1 for name in faults}}
    errors = {name: _say(known[name], fault, tries[name]) for name, fault in faults.items()}
    return _with(world, app, page=known[next(iter(faults))]["page"], errors=errors, tries=tries)


def _say(field: Mapping[str, Json], fault: str, tries: int) -> str:
    if fault == "empty":
        zero = ["Pour zéro, écrivez 0."] if field.get("kind") == "money" else []
        ladder = ["Il manque une réponse ici.", *zero, *field.get("hints", ())[-1:]]
    elif fault == "shape":
        ladder = ["Presque. Regardez cette réponse.", *SHAPES.get(field.get("kind", ""), ("", "", ""))[1:]]
    else:
        ladder = ["Presque. Relisez cette réponse.", *field.get("hints", ())]
    sentences = [say for say in ladder if say]
    return str(sentences[min(tries, len(sentences)) - 1])


def _send(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> World:
    """Send for good, or open the form again where an answer is missing or wrong."""
    faults = _faults(ref, world, app, "", judged=True)
    if faults:
        wrong = [*world[app].get("wrong", ()), *(name for name, fault in faults.items() if fault == "wrong")]
        return _with(_reopen(ref, world, app, faults), app, wrong=[*dict.fromkeys(wrong)])
    number = zlib.crc32(repr(sorted(world[app].get("values", {}).items())).encode()) % 1_000_000
    receipt = f"ENT-{ref[app].get('year', '0000')}-{number:06}"
    return _with(world, app, page=page["then"], errors={}, sent=True, receipt=receipt)


def _download(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> World:
    """The first document whose `when` holds lands among the files; a second time makes a second copy."""
    faults = _faults(ref, world, app, page["id"], judged=False)
    if faults:
        return _reopen(ref, world, app, faults)
    store, mine = ref[app].get("files", "files"), world.get(app, {})
    file = next(one["file"] for one in page["download"]["files"] if holds(one.get("when", {}), world))
    got = _with(world, store, got=[*world.get(store, {}).get("got", ()), file])
    return _with(got, app, downloads=[*mine.get("downloads", ()), file], errors={})


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """A goal a field (`app.field`), a goal a page (`app.at-page`), and `app.sent` where there is something to send."""
    known = pages(ref, app)
    found = {f"{app}.at-{page}": _page_goal(ref, app, page) for page in known}
    asked = [(name, field) for page in known for name, field in fields_of(ref, app, page)]
    found |= {f"{app}.{name}": _field_goal(app, name, field) for name, field in asked}
    for page in known.values():
        if page.get("send"):
            needs = [*(f"{app}.{name}" for name, _ in asked if f"{app}.{name}" in found), f"{app}.at-{page['id']}"]
            say = f"Appuyez sur « {page['send']} »."
            done = {f"{app}.sent": True}
            sent = {"done": done, "touch": f"{app}/send", "needs": needs, "say": say, "competence": "F05"}
            found[f"{app}.sent"] = sent | {"aim": True}
    return found


def fields_of(ref: Mapping[str, Json], app: str, page: str) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """The fields of a page that are to be answered, asked now or not."""
    for name, field in ref[app].get("fields", {}).items():
        if field["page"] == page and not (field.get("optional") and "expect" not in field):
            yield name, field


def _field_goal(app: str, name: str, field: Mapping[str, Json]) -> dict[str, Json]:
    """The field holds what is expected (or anything of the right shape), or is not asked."""
    path, kind = f"{app}.values.{name}", field.get("kind", "text")
    expect = field.get("expect")
    right = {
        path: {"match": _shape(field)} if expect is None else {"same": expect} if kind == "text" and expect else expect
    }
    done = {"any": [{"not": field["when"]}, right]} if field.get("when") else right
    do, shown = ("choose", _words_of(field, expect)) if field.get("choices") else ("type", _show(kind, expect or ""))
    verb = "choisissez" if do == "choose" else "écrivez"
    goal = {"done": done, "touch": f"{app}/{name}", "do": do, "needs": [f"{app}.at-{field['page']}"]}
    goal["value"] = expect if expect is not None else field.get("example", "")
    goal["say"] = field.get("say") or f"« {field['label']} » : {verb} {shown}."
    goal["hints"] = list(field.get("hints", ())) or [
        "Lisez les mots au-dessus de la case.",
        f"Cherchez « {field['label']} ».",
    ]
    goal["competence"] = field.get("competence", "F02" if kind in SHAPES else "F01")
    # What already stands right in the form is no step of its own.
    return goal | {"named": "prefilled" not in field or field["prefilled"] != expect}


def _words_of(field: Mapping[str, Json], value: Json) -> str:
    named = {one["value"]: one["label"] for one in field["choices"] if isinstance(one, Mapping)}
    return f"« {named.get(value, value)} »"


def _show(kind: str, value: str) -> str:
    return value.replace(".", ",") if kind == "money" else value


def _page_goal(ref: Mapping[str, Json], app: str, wanted: str) -> dict[str, Json]:
    """From every other page, the first touch of the shortest way here; fields that bar all ways come first."""
    known, ways = pages(ref, app), []
    entry = next(iter(known))
    for page in known:
        first = None if page == wanted else _first_edge(ref, app, page, wanted)
        if first:
            say = f"Appuyez sur « {first[1]} »."
            ways.append({"touch": f"{app}/{first[0]}", "if": _is_at(app, page, entry), "say": say})
    # Nothing leads back to a form's only page, nor needs to.
    ways = ways or [{"touch": f"desk/{app}", "say": f"Allez à « {known[wanted]['title']} »."}]
    barred = [page for page in known if page != wanted and not _reaches(ref, app, entry, wanted, without=page)]
    needs = [f"{app}.{name}" for page in barred for name, _ in fields_of(ref, app, page)]
    return {"done": _is_at(app, wanted, entry), "ways": ways, "needs": needs, "named": False}


def _is_at(app: str, page: str, entry: str) -> dict[str, Json]:
    # Before the first touch the world may name no page: the first one is shown.
    return {f"{app}.page": {"in": [None, page]} if page == entry else page}


def _all_edges(ref: Mapping[str, Json], app: str, page: Mapping[str, Json]) -> dict[str, tuple[str, str]]:
    """The links of a page, and the last button to what comes after it."""
    sending = {"send": (page["then"], page["send"])} if page.get("send") else {}
    return edges(ref, app, page) | sending


def _first_edge(ref: Mapping[str, Json], app: str, start: str, wanted: str) -> tuple[str, str] | None:
    """Breadth first from the page wanted, backwards, until the start is met."""
    known, reached = pages(ref, app), [wanted]
    for target in reached:
        for page in known.values():
            for part, (to, words) in _all_edges(ref, app, page).items():
                if to == target and page["id"] == start:
                    return part, words
                if to == target and page["id"] not in reached:
                    reached.append(page["id"])
    return None


def _reaches(ref: Mapping[str, Json], app: str, start: str, wanted: str, without: str) -> bool:
    """Whether a way leads there when the `next` of one page stays shut."""
    known, reached = pages(ref, app), [start]
    for page in reached:
        for part, (to, _) in _all_edges(ref, app, known[page]).items():
            if to not in reached and not (part in ("next", "send") and page == without):
                reached.append(to)
    return wanted in reached


def public(ref: Json) -> Json:
    """The facts without the answers: what the page needs to draw, and no more."""
    if isinstance(ref, Mapping):
        answers = {"expect", "hints", "poor", "match", "say", "example"} if "label" in ref and "page" in ref else set()
        return {key: public(value) for key, value in ref.items() if key not in answers}
    return [public(one) for one in ref] if isinstance(ref, list) else ref


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks: right, empty, and the usual slips."""
    field = ref[app].get("fields", {}).get(part)
    if not field:
        return []
    return ["", *options(field)] if field.get("choices") else ["", field.get("expect", "7"), "151", "12/5/96", "abc"]
