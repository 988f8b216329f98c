"""What a learner's page says of whoever asks to see his rehearsal screen, or sees it."""

from __future__ import annotations

from sqlalchemy import Connection

from lms.learning.sharing import Share, list_shares
from lms.people.accounts import Account
from lms.web.languages import gettext as _
from lms.web.learn.voices import find_page_voice

SHARING = "sharing"
"""In the session while somebody looks: every page then says so, without asking the database."""


def tell_shares(connection: Connection, account: Account) -> list[dict[str, str]]:
    """What the learner's page says: who asks, who looks."""
    return [_tell(one) for one in list_shares(connection, account.organisation, account.person)]


def _tell(share: Share) -> dict[str, str]:
    name, told = share.watcher_name, {"id": share.id, "state": share.state}
    if share.state == "asked":
        say = _("%(name)s voudrait voir votre écran d'entraînement. D'accord ?", name=name)
        more = _("Rien d'autre n'est montré. Vous arrêtez quand vous voulez.")
        voice = find_page_voice(f"{say} {more}")
        return told | {"say": say, "more": more, "voice": voice, "yes": _("D'accord"), "no": _("Non merci")}
    say = _("%(name)s voit votre écran d'entraînement.", name=name)
    return told | {"say": say, "more": "", "voice": "", "yes": "", "no": _("Arrêter")}
