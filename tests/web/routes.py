"""The table of routes: who may open each, and what everybody else is told. A route that is not here fails the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lms.people.roles import ROLES, STAFF
from tests.web.house import COURSE, PASSWORD, VISITOR

FRESH = f"{COURSE}/m02-exercice"
"""An exercise that nobody began."""

PAIR = "accompagner/ms3-mandat"
"""An exercise that two people may play."""

OWNERS = ("author", "administrator")
READERS = ("trainer", *OWNERS)
SHAPERS = ("social_worker", "administrator")
"""Who says the detection grid in the house's words."""
PLAYERS = ROLES
OPEN = "open"
"""Anybody, signed in or not."""
ROLE = "role"
"""People with one of `roles`; `owned` when it shows something that only its own trainer, or house, may see."""
MINE = "mine"
"""Only the learner, or visitor, whose attempt it is."""
TOKEN = "token"
"""Whoever holds the attempt's token."""
CREDENTIAL = "credential"
"""A partner's key and secret."""
FIGURES = "figures"
"""Whoever shows the token of the instance folder."""


@dataclass(frozen=True)
class Route:
    """One row. `status` is the answer to whoever may; `others` replaces it by role where it differs."""

    endpoint: str
    method: str
    path: str
    kind: str
    status: int = 200
    roles: tuple[str, ...] = ROLES
    owned: bool = False
    form: dict[str, Any] = field(default_factory=dict)
    json: Any = None
    others: dict[str, int] = field(default_factory=dict)
    accept: str = "text/html"


def page(endpoint: str, path: str, visitor: int, signed_in: int) -> Route:
    """A page for all, with another answer to whoever is signed in."""
    return Route(endpoint, "GET", path, OPEN, signed_in, others={VISITOR: visitor})


def post(endpoint: str, path: str, **form: Any) -> Route:
    """A form for all, which leads on."""
    return Route(endpoint, "POST", path, OPEN, 302, form=form)


def lead(endpoint: str, method: str, path: str, status: int = 200, **more: Any) -> Route:
    """A trainer's own group."""
    return Route(endpoint, method, f"/teach/{path}", ROLE, status, ("trainer",), owned=True, **more)


def staff(endpoint: str, method: str, path: str, status: int = 302, **more: Any) -> Route:
    """Anybody of the staff; a page of a draft leads home where none was begun."""
    return Route(endpoint, method, f"/{path}", ROLE, status, tuple(STAFF), **more)


def rule(endpoint: str, method: str, path: str, status: int = 200, **more: Any) -> Route:
    """An administrator's own house."""
    return Route(endpoint, method, f"/admin/{path}", ROLE, status, ("administrator",), **more)


def refer(endpoint: str, method: str, path: str, status: int = 200, **more: Any) -> Route:
    """The directory of places of one's house, for all of the staff."""
    return Route(f"referral.{endpoint}", method, f"/referral/{path}", ROLE, status, tuple(STAFF), **more)


def follow(endpoint: str, method: str, path: str, status: int = 200) -> Route:
    """Referrals: who refers, and only one's own."""
    roles = ("trainer", "social_worker", "administrator")
    return Route(f"referral.{endpoint}", method, f"/referral/{path}", ROLE, status, roles)


def partner(endpoint: str, method: str, path: str, status: int = 302, **more: Any) -> Route:
    """A partner of the administrator's house."""
    return rule(f"partners.{endpoint}", method, f"partners/{{partner}}{path}", status, owned=True, **more)


def mine(endpoint: str, method: str, path: str, status: int = 200, **more: Any) -> Route:
    """A learner's own attempt."""
    return Route(endpoint, method, f"/learn/attempts/{path}", MINE, status, **more)


EVENT = {"events": [{"id": "018f0000-0000-7000-8000-000000000001", "rev": 0, "response": {"help": "lost"}}]}
STATEMENT = {
    "actor": {"account": {"homePage": "https://example.org", "name": "x"}},
    "verb": {"id": "https://example.org/verbs/read"},
    "object": {"id": "https://example.org/page"},
}
JSON = "application/json"
ABOUT = "activityId=https://example.org/page&agent=%7B%22mbox%22%3A%22mailto:a@example.org%22%7D"


def document(endpoint: str, path: str, name: str) -> tuple[Route, ...]:
    """A resource of documents: its four methods; nothing is there to be read, and a profile wants If-None-Match."""
    activity, agent = ABOUT.split("&")
    about = {"state": ABOUT, "agent_profile": agent, "activity_profile": activity}[endpoint.removeprefix("xapi.")]
    place = f"/xapi/{path}?{about}&{name}=x"
    return (
        Route(endpoint, "GET", place, CREDENTIAL, 404, accept=JSON),
        Route(endpoint, "PUT", place, CREDENTIAL, 204 if name == "stateId" else 400, json={}, accept=JSON),
        Route(endpoint, "POST", place, CREDENTIAL, 204, json={}, accept=JSON),
        Route(endpoint, "DELETE", place, CREDENTIAL, 204, accept=JSON),
    )


ROUTES = (
    page("static.show", "/static/{digest}/core/page.js", 200, 200),
    page("static.pictogram", "/pictograms/souris.svg", 200, 200),
    page("account.sign_in_page", "/account/sign-in", 200, 302),
    post("account.enter", "/account/sign-in", login="trainer@ailleurs", password=PASSWORD),
    post("account.sign_out_page", "/account/sign-out"),
    staff("account.own", "GET", "account/me", 200),
    staff("account.change_password", "POST", "account/me", 200),
    page("learn.welcome", "/", 200, 302),
    post("learn.enter_code", "/learn/code", code="{code}"),
    page("learn.card", "/c/{code}", 302, 302),
    page("learn.names", "/learn/name", 302, 302),
    post("learn.choose_name", "/learn/name", learner="{person}"),
    post("learn.enter_pictures", "/learn/pictures", learner="{person}", picture=["cle", "soleil", "arbre"]),
    post("learn.finish", "/learn/finish"),
    page("learn.pictures", "/learn/pictures", 302, 302),
    page("learn.goodbye", "/learn/goodbye", 200, 200),
    post("learn.begin_try", "/learn/try"),
    page("learn.try_page", "/learn/try", 200, 302),
    page("learn.help_page", "/learn/help", 200, 200),
    page("learn.language", "/learn/language", 200, 200),
    page("learn.exercises", "/learn/exercises", 200, 200),
    page("learn.module", f"/learn/exercises/{COURSE}/souris", 200, 200),
    page("learn.words", "/learn/words", 200, 200),
    page("learn.word", "/learn/words/formulaire", 200, 200),
    page("learn.voice", "/learn/voice", 404, 404),
    post("learn.look", "/look", theme="high-contrast", back="/"),
    Route("learn.begin", "GET", f"/learn/begin/{FRESH}", ROLE),
    Route("learn.choose_mode", "POST", f"/learn/begin/{FRESH}", ROLE, 302, form={"mode": "guided"}),
    Route("learn.home", "GET", "/learn/", ROLE),
    Route("learn.nudges", "GET", "/learn/nudges", ROLE, roles=("learner",), accept=JSON),
    Route("learn.call_from_desk", "POST", "/learn/desk/call", ROLE, roles=("learner",), json={}, accept=JSON),
    Route("learn.call", "POST", "/learn/call", ROLE, 302, roles=("learner",)),
    Route("learn.pair_up", "POST", f"/learn/pairs/{PAIR}", ROLE, 302, PLAYERS, form={"seat": "pro"}),
    Route("learn.join", "POST", "/learn/join", ROLE, 400, PLAYERS, form={"code": "no code"}),
    Route("learn.pair_json", "GET", "/learn/attempts/{exercise}/pair.json", ROLE, roles=PLAYERS, accept=JSON),
    Route("learn.leave_pair", "POST", "/learn/attempts/{exercise}/leave", ROLE, 404, PLAYERS),
    Route("learn.play_on_alone", "POST", "/learn/attempts/{exercise}/on-alone", ROLE, 404, PLAYERS),
    mine("learn.show_attempt", "GET", "{lesson}"),
    mine(
        "learn.respond", "POST", "{lesson}", 302, form={"event": "018f0000-0000-7000-8000-000000000002", "do": "next"}
    ),
    mine("learn.again", "POST", "{exercise}/again", 302),
    mine("learn.done", "GET", "{lesson}/done", 302),
    mine("learn.memo", "GET", "{lesson}/memo"),
    Route("learn.events", "POST", "/learn/attempts/{exercise}/events", TOKEN, json=EVENT, accept=JSON),
    Route("teach.home", "GET", "/teach/", ROLE, roles=("trainer",)),
    Route(
        "teach.new_workshop", "POST", "/teach/workshops", ROLE, 302, ("trainer",), form={"name": "Un nouvel atelier"}
    ),
    Route("teach.statements", "GET", "/teach/statements", ROLE, roles=("trainer", "administrator")),
    Route("teach.different", "GET", f"/teach/different/{FRESH}", ROLE, roles=READERS),
    Route("teach.tell_different", "POST", f"/teach/different/{FRESH}", ROLE, 302, READERS, form={"sentence": ""}),
    Route("teach.sessions", "GET", "/teach/sessions", ROLE, roles=READERS),
    Route("teach.session_sheet", "GET", f"/teach/sessions/{COURSE}/1", ROLE, roles=READERS),
    Route("teach.reviews", "GET", "/teach/reviews", ROLE, roles=READERS),
    Route("teach.reviews_csv", "GET", "/teach/reviews.csv", ROLE, roles=READERS),
    Route("teach.review_seen", "POST", "/teach/reviews/seen", ROLE, 404, OWNERS, form={"review": "nothing"}),
    lead("teach.workshop", "GET", "workshops/{workshop}"),
    lead("teach.paste_learners", "POST", "workshops/{workshop}/learners", 302, form={"names": "Aïcha"}),
    lead("teach.new_date", "POST", "workshops/{workshop}/dates", 302, form={"date": "2026-12-01"}),
    lead("teach.cards", "GET", "workshops/{workshop}/cards.pdf"),
    lead("teach.renew_card", "POST", "workshops/{workshop}/learners/{person}/card", 302),
    lead("teach.open_now", "POST", "workshops/{workshop}/learners/{person}/open", 302),
    lead("teach.take_out", "POST", "workshops/{workshop}/learners/{person}/remove", 302),
    lead("teach.board", "GET", "workshops/{workshop}/board"),
    lead("teach.add_incident_to_all", "POST", "workshops/{workshop}/incident", 404, form={"incident": "nothing"}),
    lead("teach.live", "GET", "workshops/{workshop}/live.json", accept=JSON),
    lead("teach.screen", "GET", "learners/{person}"),
    lead("teach.screen_json", "GET", "learners/{person}/screen.json", accept=JSON),
    lead("teach.nudge", "POST", "learners/{person}/nudge", 302, form={"kind": "say", "text": "Regardez en haut."}),
    lead("teach.nudge_from_mirror", "POST", "learners/{person}/nudge.json", json={"kind": "point", "part": "a/b"}),
    lead("teach.add_incident", "POST", "learners/{person}/incident", 404, form={"incident": "nothing"}),
    lead("teach.answered", "POST", "learners/{person}/answered", 302),
    Route("social.home", "GET", "/social/", ROLE, roles=tuple(STAFF)),
    staff("social.seats", "GET", "social/seats", 200),
    staff("social.take_course", "POST", "social/courses/accompagner"),
    staff("social.together", "GET", "social/together", 200),
    staff("social.ask_together", "POST", "social/together", 400, form={"code": "000000", "name": "Personne"}),
    staff("social.together_screen", "GET", "social/together/{fresh}", 404),
    staff("social.together_json", "GET", "social/together/{fresh}/screen.json", 404, accept=JSON),
    staff("social.stop_together", "POST", "social/together/{fresh}/stop", 404),
    Route("learn.sharing_json", "GET", "/learn/sharing.json", ROLE, roles=("learner",), accept=JSON),
    Route(
        "learn.answer_sharing",
        "POST",
        "/learn/sharing/{fresh}",
        ROLE,
        200,
        ("learner",),
        json={"answer": "no"},
        accept=JSON,
    ),
    staff("detection.home", "GET", "detection/", 200),
    staff("detection.begin", "POST", "detection/begin"),
    staff("detection.forget", "POST", "detection/forget"),
    staff("detection.ask", "GET", "detection/questions/q1"),
    staff("detection.answer", "POST", "detection/questions/q1", form={"answer": "3"}),
    staff("detection.flash_end", "GET", "detection/flash"),
    staff("detection.result", "GET", "detection/result"),
    staff("detection.decide", "POST", "detection/result", form={"profile": "3"}),
    staff("detection.plan", "GET", "detection/plan"),
    staff("detection.paper", "GET", "detection/paper"),
    staff("detection.keep_page", "GET", "detection/keep"),
    staff("detection.keep", "POST", "detection/keep", form={"called": "Zoé", "agreed": "yes"}),
    staff("detection.records", "GET", "detection/records", 200),
    staff("detection.record", "GET", "detection/records/{fresh}", 404),
    staff("detection.record_paper", "GET", "detection/records/{fresh}/paper", 404),
    staff("detection.export", "GET", "detection/records/{fresh}/export.json", 404, accept=JSON),
    staff("detection.decide_again", "POST", "detection/records/{fresh}/decide", 404, form={"profile": "3"}),
    staff("detection.follow", "POST", "detection/records/{fresh}/action", 404),
    staff("detection.erase", "POST", "detection/records/{fresh}/erase", 404),
    staff("detection.figures", "GET", "detection/figures", 200),
    staff("postures.home", "GET", "postures/", 200),
    staff("postures.step", "GET", "postures/urgence", 200),
    Route("detection.words", "GET", "/detection/words", ROLE, roles=SHAPERS),
    Route("detection.save_words", "POST", "/detection/words", ROLE, 302, SHAPERS),
    Route("detection.words_file", "GET", "/detection/words.yaml", ROLE, roles=SHAPERS),
    Route("detection.send_file", "POST", "/detection/words/file", ROLE, 400, SHAPERS),
    Route("detection.reset_words", "POST", "/detection/words/reset", ROLE, 302, SHAPERS),
    refer("home", "GET", "?ou=51100&besoin=E02"),
    refer("show", "GET", "place/nothing", 404),
    refer("edit_form", "GET", "edit/nothing", 404),
    refer("edit", "POST", "edit/nothing", 404),
    refer("guide", "GET", "guide?ou=51100"),
    refer("beyond", "GET", "beyond"),
    refer("add_form", "GET", "add"),
    refer("add", "POST", "add", 400, form={"nom": "Un lieu sans adresse"}),
    follow("new_form", "GET", "new/nothing", 404),
    follow("new", "POST", "new/nothing", 404),
    follow("sheets", "GET", "sheets"),
    follow("sheet", "GET", "sheets/nothing", 404),
    follow("set_status", "POST", "sheets/nothing/status", 404),
    follow("withdraw", "POST", "sheets/nothing/withdraw", 404),
    follow("resend", "POST", "sheets/nothing/resend", 404),
    follow("card", "GET", "sheets/nothing/card.pdf", 404),
    page("referral.answer_form", "/referral/answer/nothing", 404, 404),
    Route("referral.answer", "POST", "/referral/answer/nothing", OPEN, 404),
    rule("admin.home", "GET", ""),
    rule("admin.new_person", "POST", "people", 302, form={"name": "Nadia", "login": "nadia", "role": "trainer"}),
    rule("admin.new_password_for", "POST", "people/{trainer}/password", 302, owned=True),
    rule("admin.new_credential", "POST", "credentials", 302, form={"credential": "Un partenaire"}),
    partner("show", "GET", "", 200),
    partner("new_key", "POST", "/keys", form={"scope": "all/read"}),
    partner("rotate", "POST", "/keys/{credential}/rotate"),
    partner("revoke", "POST", "/keys/{credential}/revoke"),
    partner("relay", "POST", "/relay", form={"url": "https://lrs.example/xapi"}),
    partner("try_address", "POST", "/try"),
    partner("past", "POST", "/past"),
    partner("stop", "POST", "/stop"),
    partner("retry", "POST", "/retry"),
    partner("drop", "POST", "/drop", 404, form={"statement": "{fresh}"}),
    partner("close", "POST", "/close"),
    Route("metrics.show", "GET", "/metrics", FIGURES, accept=JSON),
    Route("xapi.token", "POST", "/xapi/oauth/token", CREDENTIAL, form={"grant_type": "client_credentials"}),
    page("vocabulary.show", "/vocabulary", 200, 200),
    page("xapi.about", "/xapi/about", 200, 200),
    page("xapi.openapi", "/xapi/openapi.json", 200, 200),
    Route("xapi.statements", "GET", "/xapi/statements", CREDENTIAL, accept=JSON),
    Route("xapi.statements", "POST", "/xapi/statements", CREDENTIAL, json=STATEMENT, accept=JSON),
    Route(
        "xapi.statements", "PUT", "/xapi/statements?statementId={fresh}", CREDENTIAL, 204, json=STATEMENT, accept=JSON
    ),
    Route("xapi.agents", "GET", f"/xapi/agents?{ABOUT.split('&')[1]}", CREDENTIAL, accept=JSON),
    Route("xapi.activities", "GET", f"/xapi/activities?{ABOUT.split('&')[0]}", CREDENTIAL, accept=JSON),
    *document("xapi.state", "activities/state", "stateId"),
    *document("xapi.agent_profile", "agents/profile", "profileId"),
    *document("xapi.activity_profile", "activities/profile", "profileId"),
)
