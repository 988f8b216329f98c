"""One tree of errors. Each says to a person what happened, what was kept and what to do next."""

from __future__ import annotations

from dataclasses import dataclass


class LMSError(Exception):
    """Root of all errors that Déclic raises on purpose.

    `status` is the HTTP status; `sentence` is for the person; `kept` and `next` complete it;
    `str(error)` is for the developer and may name files, fields and allowed values.
    """

    status = 500
    sentence = "Quelque chose n'a pas marché de notre côté."
    kept = "Ce que vous avez déjà fait est gardé."
    next = "Essayez encore dans un instant, ou appelez l'animateur."
    later = False
    """What was refused may be taken some other day: the browser keeps it, and says so."""

    def __init__(self, detail: str = "", *, sentence: str | None = None) -> None:
        super().__init__(detail or sentence or self.sentence)
        if sentence is not None:
            self.sentence = sentence


class NotFound(LMSError):
    """What was asked for is not here, or not for this person."""

    status = 404
    sentence = "Cette page n'existe pas, ou n'existe plus."
    next = "Revenez à l'accueil."


class NotAllowed(LMSError):
    """The person is known, but may not do this."""

    status = 403
    sentence = "Cette page n'est pas pour vous."
    next = "Revenez à l'accueil, ou demandez à l'animateur."


class NotSignedIn(LMSError):
    """Nobody is signed in."""

    status = 401
    sentence = "Dites-nous d'abord qui vous êtes."
    next = "Prenez votre carte, puis entrez le code de l'atelier."


class BadRequest(LMSError):
    """What was sent cannot be understood."""

    status = 400
    sentence = "Nous n'avons pas compris ce qui a été envoyé."
    next = "Revenez en arrière et essayez encore."


class Conflict(LMSError):
    """Somebody else changed the same thing in between."""

    status = 409
    sentence = "Cette page a changé entre-temps."
    next = "Rechargez la page : vous retrouverez la dernière version."


class TooLarge(LMSError):
    """The body is larger than the server takes."""

    status = 413
    sentence = "Ce fichier est trop lourd."
    next = "Choisissez un fichier plus léger, puis envoyez-le encore."


class TooManyTries(LMSError):
    """Sign-in is paused after several wrong codes."""

    status = 429
    sentence = "Nous faisons une petite pause."
    next = "L'animateur peut aussi vous ouvrir tout de suite."


class StorageBusy(LMSError):
    """The write lock was not obtained in time; nothing was written."""

    status = 503
    sentence = "Beaucoup de personnes écrivent en même temps."
    next = "Attendez un instant, puis essayez encore."


class StorageFull(LMSError):
    """The disk or the database has no room; nothing of this request was written."""

    status = 507
    sentence = "Le serveur n'a plus de place pour enregistrer."
    next = "Prévenez l'animateur : il faut faire de la place."


class PluginError(LMSError):
    """A plugin cannot be used; the detail names the plugin, its file and why."""

    sentence = "Une partie de Déclic ne répond pas."
    next = "Corrigez ce qui est nommé, ou bloquez ce plugin : plugins_blocked."


class SettingsError(LMSError):
    """A setting has a wrong value; the detail names the setting, where it was read and what is allowed."""

    sentence = "Un réglage n'est pas compris."
    next = "Corrigez ce réglage, puis recommencez."


@dataclass(frozen=True)
class Problem:
    """One fault in content: where it is and what to change. `line` counts from 1; 0 when unknown."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


class ContentError(LMSError):
    """Content on disk or in a revision is faulty; `problems` lists all that were found."""

    sentence = "Ce contenu a un défaut et ne peut pas être montré."
    next = "Corrigez ce qui est nommé, puis recommencez : « lms check » montre tout."

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
