"""The languages of learners' pages: their names, how they run, French words inside them, words of scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from flask import current_app, g, request, session, url_for
from flask_babel import get_domain
from markupsafe import Markup, escape

from lms.content.lexicon import find_terms
from lms.content.markdown import bind_spaces
from lms.web.access import find_viewer
from lms.web.site import site

LANGUAGES: Mapping[str, str] = {"fr": "Français", "en": "English", "ar": "العربية", "uk": "Українська"}
"""Each in its own name: who looks for his language reads no other."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})

_QUOTED = re.compile(r"«[^«»<>]*»")


def find_locale() -> str:
    """The language of this request; a page asks many times."""
    if "locale" not in g:
        g.locale = choose_locale()
    return str(g.locale)


def choose_locale() -> str:
    """The signed-in person's language, else that of the browser session, else the instance's."""
    account = find_viewer()
    return account.locale if account else str(session.get("locale") or site().settings.locale)


def gettext(text: str, **values: object) -> str:
    """Flask-Babel's, which looks anew for the catalogue of the request's language at every sentence."""
    if "catalogue" not in g:
        known, locale = current_app.extensions.setdefault("lms_catalogues", {}), find_locale()
        if locale not in known:
            known[locale] = get_domain().get_translations()
        g.catalogue = known[locale]
    said = str(g.catalogue.gettext(text))
    return said % values if values else said


_ = gettext


def find_direction(locale: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if locale.split("_")[0] in RIGHT_TO_LEFT else "ltr"


@lru_cache(4096)
def _bind(text: str) -> str:
    return bind_spaces(text)


def bind_french(text: object) -> str:
    """French spaces bound in a title or a label: no sign stands alone on its line. HTML stays HTML."""
    return Markup(_bind(str(text))) if isinstance(text, Markup) else _bind(str(text))  # noqa: S704  (it was HTML)


def say_bound(text: str, **values: object) -> str:
    """`gettext` for templates; other languages have no such spaces."""
    said = gettext(text)
    bound = _bind(said) if find_locale() == "fr" else said
    return bound % values if values else bound


def mark_french(text: object, locale: str = "") -> Markup:
    """French spaces bound; in another language what stands between « » is marked as French, for ear and eye.

    HTML stays HTML, other text is escaped; `locale` is the text's own, else that of the page.
    """
    html = escape(text)
    if (locale or find_locale()) == "fr":
        return Markup(bind_spaces(str(html)))  # noqa: S704  (escaped above)
    return Markup(_QUOTED.sub(lambda found: f'<bdi lang="fr" dir="ltr">{found[0]}</bdi>', str(html)))  # noqa: S704


def mark_words(text: object, locale: str = "") -> Markup:
    """Known words become links to what they mean, each once; a script shows that beside the text instead."""
    html, marked, last = str(escape(text)), [], 0
    for start, end, id in find_terms(html, locale or find_locale()):
        address = url_for("learn.word", word=id, back=request.path)
        marked += [html[last:start], f'<a class="word" href="{escape(address)}" data-word>{html[start:end]}</a>']
        last = end
    return Markup("".join([*marked, html[last:]]))  # noqa: S704  (what was HTML stays, what was not is escaped)


def list_page_words() -> dict[str, str]:
    """What the scripts of every page say by themselves; none in French, where they say it without help."""
    if find_locale() == "fr":
        return {}
    return {
        "listen": _("Écouter"),
        "stop": _("Stop"),
        "slow": _("Lentement"),
        "ask": _("Êtes-vous toujours là ?"),
        "yes": _("Oui, je continue"),
        "done": _("J'ai fini"),
        "close": _("Fermer"),
        "says": _("Votre animateur vous dit :"),
        "offers": _("Votre animateur vous propose un exercice :"),
        "seen": _("J'ai vu"),
    }


def list_desk_words() -> dict[str, object]:
    """What the desk says by itself, see `words` in frame.js; `{0}` and `{1}` are filled in there."""
    if find_locale() == "fr":
        return {}
    modes = {"show": _("Montrez-moi"), "guided": _("Avec moi"), "assisted": _("Je demande"), "alone": _("Seul·e")}
    tones = {"info": _("À savoir"), "almost": _("Presque"), "right": _("C'est juste"), "done": _("C'est fait")}
    return {"modes": modes, "tones": tones, **_list_frame_words(), **_list_help_words(), **_list_room_words()}


def _list_frame_words() -> dict[str, object]:
    return {
        "training": _("Entraînement"),
        "instruction": _("Consigne"),
        "screen": _("Écran"),
        "step": _("Étape %(n)s sur %(total)s", n="{0}", total="{1}"),
        "fold": _("Réduire"),
        "unfold": _("Tout lire"),
        "ended": _("C'est fait."),
        "reference": _("Référence"),
        "nowYouCan": _("Maintenant, vous savez :"),
        "askVoice": _("Voulez-vous écouter les consignes ?"),
        "askYes": _("Oui, écouter"),
        "askNo": _("Non, je lis"),
        "pause": _("Pause"),
        "resume": _("Reprendre"),
        "next": _("Suivant"),
    }


def _list_help_words() -> dict[str, object]:
    return {
        "help": _("Aide"),
        "helpClose": _("Fermer l'aide"),
        "hint": _("Un indice"),
        "withMe": _("Faites-le avec moi"),
        "withMeOn": _("Je vous guide, pas à pas."),
        "showMe": _("Montrez-moi"),
        "showing": _("Je fais ce geste pour vous."),
        "call": _("J'appelle l'animateur"),
        "calling": _("Votre animateur est prévenu."),
        "calledSince": _("Votre animateur est prévenu depuis %(minutes)s min.", minutes="{0}"),
        "callLate": _("En attendant, essayez « Montrez-moi »."),
        "callAway": _("La connexion est coupée. Levez la main."),
        "lost": _("Je suis perdu"),
        "lostHere": _("Vous êtes dans « %(title)s », écran %(place)s.", title="{0}", place="{1}"),
        "restart": _("Recommencer"),
        "leave": _("Arrêter ici"),
    }


def _list_room_words() -> dict[str, object]:
    return {
        "away": _("La connexion est coupée. Ce que vous avez fait est gardé."),
        "awayWait": _("L'exercice continue tout seul dès son retour."),
        "back": _("La connexion est revenue. Vous pouvez continuer."),
        "stale": _("L'écran a changé. Regardez encore une fois."),
        "refused": _("Cet exercice n'est plus ouvert ici. Rechargez la page."),
        "held": " ".join(
            (
                _("Ce qui n'est pas envoyé reste sur cet ordinateur."),
                _("Quand le travail est ouvert, revenez ici : le reste part tout seul."),
            )
        ),
        "reload": _("Recharger la page"),
        "broken": _("L'écran « %(app)s » ne s'affiche pas. Rechargez la page.", app="{0}"),
        "shows": _("Votre animateur vous montre :"),
        "says": _("Votre animateur vous dit :"),
        "offers": _("Votre animateur vous propose un exercice :"),
        "seen": _("J'ai vu"),
    }
