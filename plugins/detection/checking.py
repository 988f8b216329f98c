"""A house's own grid against the shipped one: words and mapping may change, what is scored may not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Any
Path = tuple[str | int, ...]

LONGEST = 160
COUNTS = {"M": 6, "K": 6, "N": 4, "E": 6, "F": 5, "C": 3, "D": 3, "P": 3}
COMPETENCES = frozenset(f"{letter}{number:02}" for letter, count in COUNTS.items() for number in range(1, count + 1))
"""The base course's micro-skills: souris, clavier, naviguer, e-mail, formulaires, comptes, documents, procédures."""
DIRECTORY = frozenset({
    "Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien",
    "Insertion professionnelle via le numérique", "Utilisation sécurisée du numérique",
    "Parentalité et éducation avec le numérique", "Loisirs et créations numériques",
    "Compréhension du monde numérique", "Accès internet et matériel informatique",
    "Acquisition de matériel informatique à prix solidaire", "Surdité", "Handicaps moteurs", "Handicaps mentaux",
    "Illettrisme", "Langues étrangères (anglais)", "Langues étrangères (autres)", "Déficience visuelle",
    "Jeunes", "Étudiants", "Familles et/ou enfants", "Seniors", "Femmes", "Itinérant", "À distance", "Gratuit",
    "ne peut pas se déplacer",
})  # fmt: skip
"""Services, special care, audiences and ways of access of the national open-data standard, version 1.0.2.

And one word of our own, for who needs a place that comes, or answers from afar."""
SHAMING = re.compile(r"\b(niveaux?|profils?|facile|il suffit|mauvaise?|illettr\w*|illectron\w*|fracture)\b", re.I)

FIXED = {
    "flash": ("id",), "questions": ("id", "axis"), "flags": ("id",), "profiles": ("number",), "needs": ("id", "when"),
}  # fmt: skip
FIXED_ANSWER = ("id", "points", "strong", "kept")
TEXTS = {
    "flash": ("say",), "questions": ("say", "note"), "flags": ("say", "note", "none"),
    "profiles": ("short", "need", "more", "house"), "needs": ("house",),
}  # fmt: skip
MAY_BE_EMPTY = {"note", "house"}
LISTS = {"profiles": ("actions", "competences", "words"), "needs": ("actions", "words"), "answers": ("words",)}
KEPT_WORDS = {"axis": "l'axe", "points": "les points", "number": "le numéro", "id": "le nom", "when": "la règle"}


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where in the tree, what is wrong and what is allowed."""

    path: Path
    say: str

    @property
    def place(self) -> str:
        """«questions, 3, answers, 1, say», counted from 1 as people count."""
        return ", ".join(str(one + 1) if isinstance(one, int) else one for one in self.path)

    @property
    def name(self) -> str:
        """The field of the form that holds it."""
        return ".".join(map(str, self.path))


def find_faults(tree: Json, base: Mapping[str, Json]) -> list[Fault]:
    """Everything wrong, in the order of the file; empty when the grid can be used."""
    if not isinstance(tree, dict):
        return [Fault((), "Le fichier ne contient pas une grille.")]
    faults = [Fault((one,), "Cette partie manque.") for one in base if one not in tree]
    faults += [Fault((str(one),), "Cette partie n'existe pas dans la grille.") for one in tree if one not in base]
    if faults:
        return faults
    if tree["version"] != base["version"]:
        faults.append(Fault(("version",), f"La version est {base['version']} ; elle ne change pas."))
    for section in FIXED:
        faults += _check_section(section, tree[section], base[section])
    faults += _check_mapping("actions", tree["actions"], None)
    faults += _check_mapping("reasons", tree["reasons"], base["reasons"])
    return faults or list(_check_links(tree))


def _check_section(section: str, entries: Json, base: Sequence[Json]) -> Iterator[Fault]:
    if not isinstance(entries, list) or len(entries) != len(base):
        yield Fault((section,), f"Il y faut {len(base)} entrées, dans l'ordre de la grille de départ.")
        return
    for at, (one, like) in enumerate(zip(entries, base, strict=True)):
        place: Path = (section, at)
        if not isinstance(one, dict):
            yield Fault(place, "Cette entrée n'est pas lisible.")
            continue
        yield from _check_fixed(place, one, like, FIXED[section])
        yield from _check_keys(place, one, {*FIXED[section], *TEXTS[section], *LISTS.get(section, ()), *like})
        for name in TEXTS[section]:
            yield from check_text((*place, name), one.get(name, ""), empty=name in MAY_BE_EMPTY)
        for name in LISTS.get(section, ()):
            yield from _check_list((*place, name), one.get(name, []))
        if "answers" in like:
            yield from _check_answers((*place, "answers"), one.get("answers"), like["answers"])


def _check_answers(place: Path, answers: Json, base: Sequence[Json]) -> Iterator[Fault]:
    if not isinstance(answers, list) or len(answers) != len(base):
        yield Fault(place, f"Il y faut {len(base)} réponses : elles portent les points.")
        return
    for at, (one, like) in enumerate(zip(answers, base, strict=True)):
        if not isinstance(one, dict):
            yield Fault((*place, at), "Cette réponse n'est pas lisible.")
            continue
        yield from _check_fixed((*place, at), one, like, FIXED_ANSWER)
        yield from _check_keys((*place, at), one, {*FIXED_ANSWER, "say", "words"})
        yield from check_text((*place, at, "say"), one.get("say", ""))
        yield from _check_list((*place, at, "words"), one.get("words", []))


def _check_fixed(
    place: Path, one: Mapping[str, Json], like: Mapping[str, Json], names: Sequence[str]
) -> Iterator[Fault]:
    for name in names:
        if type(one.get(name)) is not type(like.get(name)) or one.get(name) != like.get(name):
            word = KEPT_WORDS.get(name, f"«{name}»")
            say = f"Ici, {word} : {like.get(name, 'rien')}. Cela ne change pas, le calcul en dépend."
            yield Fault((*place, name), say)


def _check_keys(place: Path, one: Mapping[str, Json], allowed: set[str]) -> Iterator[Fault]:
    for name in one:
        if name not in allowed:
            yield Fault((*place, str(name)), f"«{name}» n'existe pas ici. Possibles : {', '.join(sorted(allowed))}.")


def check_text(place: Path, text: Json, empty: bool = False) -> Iterator[Fault]:
    """A sentence that people hear: there, not long, not shaming."""
    if not isinstance(text, str):
        yield Fault(place, "Écrivez ce texte entre guillemets.")
    elif not text.strip() and not empty:
        yield Fault(place, "Ce texte est vide.")
    elif len(text) > LONGEST:
        yield Fault(place, f"Ce texte est long : {len(text)} signes, {LONGEST} au plus.")
    elif found := SHAMING.search(text):
        yield Fault(place, f"Le mot «{found.group()}» peut blesser. Dites un besoin.")


def _check_list(place: Path, given: Json) -> Iterator[Fault]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        yield Fault(place, "Il y faut une liste de mots.")
        return
    known = {"competences": COMPETENCES, "words": DIRECTORY}.get(str(place[-1]))
    for one in given if known else ():
        if one not in (known or ()):
            some = ", ".join(sorted(known or ()))
            yield Fault(place, f"«{one}» n'est pas connu. Possibles : {some}.")


def _check_mapping(section: str, given: Json, base: Mapping[str, Json] | None) -> Iterator[Fault]:
    if not isinstance(given, dict):
        yield Fault((section,), "Il y faut des noms courts, chacun avec sa phrase.")
        return
    if base is not None and set(given) != set(base):
        yield Fault((section,), f"Les noms courts sont : {', '.join(base)}. Ils ne changent pas.")
    for name, text in given.items():
        if not re.fullmatch(r"[a-z0-9-]{1,40}", str(name)):
            yield Fault((section, str(name)), "Un nom court s'écrit en lettres minuscules, chiffres et tirets.")
        yield from check_text((section, str(name)), text)


def _check_links(tree: Mapping[str, Json]) -> Iterator[Fault]:
    for section in ("profiles", "needs"):
        for at, one in enumerate(tree[section]):
            for name in one.get("actions", []):
                if name not in tree["actions"]:
                    some = ", ".join(tree["actions"])
                    yield Fault((section, at, "actions"), f"L'action «{name}» n'est pas écrite. Possibles : {some}.")
