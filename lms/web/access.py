"""Who is signed in, and who may open what. Every route says so; one that does not is refused at start."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import Flask, g, session
from flask_login import UserMixin, current_user, login_user, logout_user

from lms.contract import Viewer
from lms.database.clock import now
from lms.database.db import db
from lms.database.ids import new_id
from lms.errors import NotAllowed, NotSignedIn
from lms.people.accounts import Account, find_account
from lms.people.roles import ROLES

P = ParamSpec("P")
R = TypeVar("R")
HOUR = 3600 * 1_000_000
READING = ("theme", "locale")
ANYBODY = frozenset({"anybody"})
CREDENTIAL = frozenset({"credential"})


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's user: an account."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return "|".join((self.account.organisation, self.account.person, self.account.stamp))


def load_signed_in(key: str) -> SignedIn | None:
    """One query: name, preferences, roles; None also for a sign-in from before the password was changed."""
    organisation, person, stamp = [*key.split("|", 2), "", ""][:3]
    with db.engine.connect() as connection:
        account = find_account(connection, organisation, person)
    return SignedIn(account) if account and account.stamp == stamp else None


def find_viewer() -> Account | None:
    """Who is signed in, None for a visitor; a page asks many times, Flask-Login is asked once."""
    if "account" not in g:
        user = current_user
        g.account = user.account if user.is_authenticated else None
    return cast("Account | None", g.account)


def viewer() -> Account:
    """Who is signed in. Raises NotSignedIn."""
    account = find_viewer()
    if account is None:
        raise NotSignedIn("nobody is signed in")
    return account


def contract_viewer() -> Viewer | None:
    """The signed-in person as plugins see it."""
    account = find_viewer()
    return Viewer(account.organisation, account.person, account.roles, account.locale) if account else None


def sign_in(organisation: str, person: str) -> Account:
    """Begin a sign-in with an empty session: nothing of the previous person stays.

    More contrast, chosen on the first page by whoever is coming in, stays with that person.
    """
    begin_visit()
    session.pop("locale", None)  # a person has one
    with db.engine.connect() as connection:
        account = find_account(connection, organisation, person)
    if account is None:
        raise NotSignedIn(f"no person {person!r}")
    session.permanent = True
    session["hour"] = this_hour()
    login_user(SignedIn(account))
    g.account = account
    return account


def sign_out() -> None:
    """Forget who was here, down to the preferences."""
    logout_user()
    session.clear()
    g.pop("account", None)


def begin_visit() -> None:
    """An empty session, but for what a visitor chose himself to be able to read: more contrast, a language."""
    kept = {} if current_user.is_authenticated else {name: session[name] for name in READING if name in session}
    sign_out()
    session.update(kept)


def this_hour() -> int:
    """Hours since 1970: how fine the age of a sign-in is kept."""
    return now() // HOUR


def renew_sign_in() -> None:
    """A page was opened: the sign-in lasts from now on. Once an hour, since each renewal sends the cookie again."""
    if session.permanent and session.get("hour") != this_hour():
        session["hour"] = this_hour()


def find_guest() -> str | None:
    """The id of a visitor who tries without account."""
    return cast("str | None", session.get("guest"))


def begin_guest() -> str:
    """A visitor begins: an id of this browser session only."""
    begin_visit()
    session["guest"] = new_id()
    return str(session["guest"])


def needs(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only people with one of these roles. Feeds the role × route table."""
    wanted = frozenset(roles)
    if unknown := wanted - set(ROLES):
        raise ValueError(f"unknown role: {sorted(unknown)}")

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not viewer().roles & wanted:
                raise NotAllowed(f"needs one of: {', '.join(sorted(wanted))}")
            return view(*args, **kwargs)

        return mark(guarded, wanted)

    return decorate


def open_to_anybody(view: Callable[P, R]) -> Callable[P, R]:
    """A route that needs no sign-in; it says so."""
    return mark(view, ANYBODY)


def open_to_credentials(view: Callable[P, R]) -> Callable[P, R]:
    """A route for machines; it checks a credential itself."""
    return mark(view, CREDENTIAL)


def mark(view: Callable[P, R], who: frozenset[str]) -> Callable[P, R]:
    """Write on a view who may open it."""
    view.lms_access = who  # type: ignore[attr-defined]
    return view


def read_access(app: Flask) -> dict[str, frozenset[str]]:
    """Endpoint → who may open it. Raises LookupError for a route that does not say."""
    table = {}
    for rule in app.url_map.iter_rules():
        view: Any = app.view_functions[rule.endpoint]
        access = getattr(view, "lms_access", None)
        if access is None:
            raise LookupError(f"route {rule.rule} ({rule.endpoint}) does not say who may open it: add @needs(…)")
        table[rule.endpoint] = access
    return table
