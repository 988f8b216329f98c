"""For plugins that write letters: a mail goes out in a `Job` that runs apart, by the settings of the instance.

A letter that must never go twice is marked by the caller in `leaving`, which is called when the server has taken the
addresses and nothing of the text: from then on it may have gone.
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from dataclasses import dataclass

from lms.errors import LMSError


@dataclass(frozen=True)
class Letter:
    """`id` is the same for the same letter: it becomes the Message-ID."""

    id: str
    to: str
    subject: str
    text: str
    reply_to: str = ""


class MailNotSent(LMSError):
    """The letter has certainly not gone: it may be tried again."""

    sentence = "Le mail n'est pas parti."
    next = "Il sera essayé encore. Vous pouvez aussi téléphoner au lieu."


class MailUnsure(LMSError):
    """The line broke while the text went: nobody knows whether it arrived."""

    sentence = "Nous ne savons pas si le mail est arrivé."
    next = "Téléphonez au lieu avant de renvoyer."


Sender = Callable[[Letter, Callable[[], None]], None]
sender_in_use: contextvars.ContextVar[Sender] = contextvars.ContextVar("sender_in_use")
"""Set by the core around jobs that run apart."""


def send(letter: Letter, leaving: Callable[[], None]) -> None:
    """Send it now. Raises MailNotSent or MailUnsure."""
    sender_in_use.get()(letter, leaving)
