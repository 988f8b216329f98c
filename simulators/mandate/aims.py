"""The goals of a mandate: to its end, or to the moment where one stops. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .facts import LABELS, SIGNED, THEMES

Json = Any
Facts = Mapping[str, Json]
Goals = dict[str, dict[str, Json]]

ORDER = ("read", "themes", "length", "identify", "recap")
FORWARD = {"read": "to-themes", "themes": "to-length", "length": "to-identify", "identify": "to-recap"}
SPANS = {"1": "1 jour", "31": "1 mois", "182": "6 mois", "365": "1 an"}


def aim(pro: Facts, person: Facts, app: str) -> Goals:
    """All goals by id."""
    made = {f"at-{page}": _lead(app, page) for page in ORDER}
    made |= _aim_reading(pro, person, app) | _aim_choices(pro, person, app)
    return made | (_aim_stop(app) if person["protected"] == "yes" else _aim_signed(pro, person, app))


def _goal(done: Facts, touch: str, needs: list[str], say: str, *hints: str, **more: Json) -> dict[str, Json]:
    return {"done": done, "touch": touch, "needs": needs, "say": say, "hints": list(hints), **more}


def _lead(app: str, page: str) -> dict[str, Json]:
    """The way to a page before the signature, from wherever one is."""
    steps = {one: FORWARD[one] for one in ORDER[: ORDER.index(page)]}
    steps |= dict.fromkeys((*ORDER[ORDER.index(page) + 1 :], "stopped"), "back")
    steps |= {"given": "revoke", "use": "revoke", "revoked": "anew"}
    ways = [
        {"touch": f"{app}/{part}", "if": {f"{app}.page": at}, "say": f"Appuyez sur « {LABELS[part]} »."}
        for at, part in steps.items()
    ]
    return {"done": {f"{app}.page": page}, "ways": ways, "named": False}


def _aim_reading(pro: Facts, person: Facts, app: str) -> Goals:
    """Said aloud piece by piece, listened to, and told again by three answers."""
    other, made = pro["person"], {}
    for one in pro["reading"]:
        name = f"read-{one['id']}"
        hints = ("L'information se dit avant le choix.", "Touchez le passage que vous avez lu.")
        made[name] = _goal({f"{app}.read": {"has": one["id"]}}, f"{app}/{name}", ["at-read"], one["say"], *hints)
    said = list(made)
    hints = ("Trois phrases courtes sont à l'écran.", "Le bouton est sous les phrases.")
    made["heard"] = _goal({f"{other}.heard": True}, f"{other}/heard", said, "Appuyez sur « J'ai écouté ».", *hints)
    for one in person["questions"]:
        right = next(answer["id"] for answer in one["answers"] if "right" in answer)
        done, part = {f"{other}.answers.{one['id']}": right}, f"{other}/question-{one['id']}"
        made[f"understood-{one['id']}"] = _goal(
            done, part, ["heard"], one["say"], *one["hints"], do="choose", value=right
        )
    return made


def _aim_choices(pro: Facts, person: Facts, app: str) -> Goals:
    """The fewest themes, the shortest length, the question of protection."""
    wanted = [name for name in THEMES if name in pro["wanted"]]
    before = [f"read-{one['id']}" for one in pro["reading"]]
    ways = []
    for name in THEMES:
        chosen: Json = {"has": name}
        say = f"Cochez « {name} »." if name in wanted else f"Décochez « {name} »."
        held = {"not": chosen} if name in wanted else chosen
        ways.append({"touch": f"{app}/theme-{name}", "if": {f"{app}.themes": held}, "say": say})
    hints = ["De quoi a-t-elle besoin aujourd'hui ?", "Seuls les thèmes utiles sont cochés."]
    themes = {"done": {f"{app}.themes": wanted}, "ways": ways, "needs": [*before, "at-themes"], "hints": hints}
    span = f"Choisissez « {SPANS[pro['length']]} »."
    hints = ["La durée la plus courte qui suffit.", "Combien de temps la démarche prend-elle ?"]
    length = _goal({f"{app}.length": pro["length"]}, f"{app}/length", ["themes", "at-length"], span, *hints)
    hints = ["La question se pose avant de signer.", "Le bouton est sous l'identité."]
    asked = _goal(
        {f"{app}.asked": True}, f"{app}/ask", ["themes", "length", "at-identify"], "Posez la question.", *hints
    )
    answer = "Oui" if person["protected"] == "yes" else "Non"
    hints = ["Lisez ce que la personne répond.", "Curatelle, tutelle, sauvegarde : c'est oui."]
    done, needs = {f"{app}.protection": person["protected"]}, ["asked", "at-identify"]
    say, given = f"Notez sa réponse : « {answer} ».", {"do": "choose", "value": person["protected"]}
    protection = _goal(done, f"{app}/protection", needs, say, *hints, **given)
    length |= {"do": "choose", "value": pro["length"]}
    return {"themes": themes, "length": length, "asked": asked, "protection": protection}


def _aim_stop(app: str) -> Goals:
    """A protected adult: nothing is signed, one asks the representative."""
    hints = ("Elle est protégée par une décision de justice.", "Le mandat ne va pas plus loin.")
    needs = ["protection", "at-identify"]
    stopped = {f"{app}.page": "stopped"}
    stop = _goal(stopped, f"{app}/to-recap", needs, "Appuyez sur « Continuer ».", *hints)
    hints = ("Quelqu'un la représente déjà.", "Le bouton nomme cette personne.")
    say = "Orientez vers la personne qui la représente."
    refer = _goal({f"{app}.done": {"has": "referred"}}, f"{app}/refer", ["stopped"], say, *hints)
    return {"stopped": stop, "referred": refer}


def _aim_signed(pro: Facts, person: Facts, app: str) -> Goals:
    """Agreed by the one, confirmed by the other, used for one thing, then ended."""
    other = pro["person"]
    understood = [f"understood-{one['id']}" for one in person["questions"]]
    ready = [*understood, "length", "protection", "at-recap"]
    hints = ("Il faut prouver qui l'on est.", "Un seul bouton est à l'écran.")
    say = "Connectez-vous avec ClefCitoyenne."
    made = {"signed-in": _goal({f"{other}.signed": True}, f"{other}/sign", ready, say, *hints)}
    hints = ("Personne ne choisit à votre place.", "Deux boutons : oui ou non.")
    needs = ["signed-in", "at-recap"]
    made["agreed"] = _goal({f"{other}.consent": True}, f"{other}/accept", needs, "Choisissez « J'accepte ».", *hints)
    needs = ["agreed", "at-recap"]
    hints = ("Relisez la phrase près de la case.", "Elle dit deux choses : informée, d'accord.")
    made["declared"] = _goal({f"{app}.box": True}, f"{app}/box", needs, "Cochez la case.", *hints)
    hints = ("Le code vient après l'accord.", "Recopiez les six chiffres de votre carte.")
    done, typed = {f"{app}.code": pro["card"]}, {"do": "type", "value": pro["card"]}
    made["coded"] = _goal(done, f"{app}/code", needs, "Tapez le code de votre carte.", *hints, **typed)
    return made | _aim_use(app)


def _aim_use(app: str) -> Goals:
    page = {f"{app}.page": {"in": list(SIGNED)}}
    hints = ("Tout est dit, coché, codé.", "Le bouton est sous le code.")
    needs = ["declared", "coded", "at-recap"]
    say = "Appuyez sur « Confirmer le mandat »."
    made = {"given": _goal(page, f"{app}/confirm", needs, say, *hints)}
    ways = [
        {"touch": f"{app}/{part}", "if": {f"{app}.page": at}, "say": f"Appuyez sur « {LABELS[part]} »."}
        for at, part in (("given", "use"), ("revoked", "anew"))
    ]
    made["at-use"] = {"done": {f"{app}.page": "use"}, "ways": ways, "needs": ["given"], "named": False}
    hints = ("Une seule démarche est demandée.", "Elle entre dans les thèmes du mandat.")
    done = {f"{app}.done": {"has": "act"}}
    made["used"] = _goal(done, f"{app}/act", ["at-use"], "Faites la démarche demandée.", *hints)
    hints = ("La démarche est finie, le mandat aussi.", "Montrez-lui comment on y met fin.")
    say = f"Appuyez sur « {LABELS['revoke']} »."
    made["ended"] = _goal({f"{app}.revoked": True}, f"{app}/revoke", ["used"], say, *hints)
    return made
