"""Sending one letter: by SMTP where the instance has a server, into its folder `mail` where it has none."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from lms.contract.mail import Letter, MailNotSent, MailUnsure
from lms.errors import SettingsError
from lms.settings import Settings

TIMEOUT = 20
SECURITIES = ("starttls", "tls", "none")


def send(settings: Settings, letter: Letter, leaving: Callable[[], None]) -> None:
    """Send it. Raises MailNotSent when it has certainly not gone, MailUnsure when nobody knows."""
    message = build(settings, letter)
    if not settings.smtp_host:
        leaving()
        _write(settings, letter, message)
        return
    with _connect(settings) as server:
        _address(server, settings.mail_from, letter.to)
        leaving()
        try:
            code, answer = server.data(message.as_bytes(policy=SMTP))
        except (smtplib.SMTPDataError, smtplib.SMTPResponseException) as error:
            raise MailNotSent(f"the server refused the text: {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailUnsure(f"the line broke while the text went: {type(error).__name__}") from error
    if code != 250:
        raise MailNotSent(f"the server refused the text: {code} {answer!r}")


def build(settings: Settings, letter: Letter) -> EmailMessage:
    """The message. Raises MailNotSent for an address or subject that would break out of its line."""
    message = EmailMessage()
    try:
        message["From"] = settings.mail_from or "declic@localhost"
        message["To"] = letter.to
        message["Subject"] = letter.subject
        if letter.reply_to:
            message["Reply-To"] = letter.reply_to
    except (ValueError, IndexError) as error:
        raise MailNotSent(f"a line of the letter cannot be written: {error}") from error
    host = settings.mail_from.rpartition("@")[2] or "declic.invalid"
    message["Message-ID"] = f"<{letter.id}@{host}>"
    message["Date"] = formatdate(localtime=False)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


@contextmanager
def _connect(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A session, protected and signed in. Closing it never turns a letter that has gone into one that has not."""
    if settings.smtp_security not in SECURITIES:
        raise SettingsError(f"smtp_security: {settings.smtp_security!r}; allowed: {', '.join(SECURITIES)}")
    if not settings.mail_from:
        raise SettingsError("mail_from is empty, and smtp_host is not")
    try:
        server = _open(settings)
    except (OSError, smtplib.SMTPException) as error:
        place = f"{settings.smtp_host}:{settings.smtp_port}"
        raise MailNotSent(f"{place}: {_detail(error)}", sentence=_say(error)) from error
    try:
        yield server
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def _say(error: Exception) -> str:
    """Why no session came about, for whoever wrote the letter."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "Le serveur de mail n'a pas prouvé qui il est. Prévenez la personne qui administre Déclic."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "Le serveur de mail ne protège pas l'envoi. Prévenez la personne qui administre Déclic."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "Le serveur de mail refuse notre identifiant. Prévenez la personne qui administre Déclic."
    return "Le serveur de mail ne répond pas."


def _detail(error: Exception) -> str:
    """What to mend, for whoever administers. Nothing of a password."""
    if isinstance(error, ssl.SSLCertVerificationError):
        told = "its certificate is not trusted; an authority of your own goes into the file that SSL_CERT_FILE names"
        return f"{told} ({error.verify_message})"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"it does not offer what smtp_security or smtp_user ask for ({error})"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"smtp_user and smtp_password are refused ({error.smtp_code})"
    return f"{type(error).__name__}: {error}"


def check(settings: Settings) -> None:
    """Greet the server as for a letter, and send none. Raises MailNotSent and SettingsError."""
    with _connect(settings):
        return


def _open(settings: Settings) -> smtplib.SMTP:
    place = (settings.smtp_host, settings.smtp_port)
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(*place, timeout=TIMEOUT)
    try:
        _greet(server, settings)
    except BaseException:
        server.close()
        raise
    return server


def _greet(server: smtplib.SMTP, settings: Settings) -> None:
    server.ehlo()
    if settings.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password)


def _address(server: smtplib.SMTP, sender: str, to: str) -> None:
    """From whom and to whom; nothing of the text goes yet."""
    try:
        for code, answer in (server.mail(sender), server.rcpt(to)):
            if code not in (250, 251):
                raise MailNotSent(f"the server refused the addresses: {code} {answer!r}")
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(f"the line broke before the text: {type(error).__name__}") from error


def _write(settings: Settings, letter: Letter, message: EmailMessage) -> None:
    """Into `mail/` of the instance, readable by its owner alone; somebody sends it by hand."""
    folder = settings.home / "mail"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = re.sub(r"[^\w.-]", "_", letter.id)[:120]
    handle = os.open(folder / f"{name}.eml", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(message.as_bytes())
