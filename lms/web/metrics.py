"""GET /metrics: how the relay and the store go, for Prometheus (text format 0.0.4). Whoever asks shows a token."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence

from flask import Blueprint, Response, current_app, request
from sqlalchemy import func, select
from werkzeug.datastructures import Authorization

import lms
from lms.database.clock import now
from lms.database.db import db
from lms.database.models import Attempt
from lms.database.rows import count_made
from lms.errors import LMSError
from lms.partners.outbox import Backlog, read_backlogs
from lms.web.access import open_to_credentials

pages = Blueprint("metrics", __name__)
TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[Mapping[str, str], float]


class NoToken(LMSError):
    """The token of the file `metrics.token` in the instance folder was not shown."""

    status = 401
    headers = {"WWW-Authenticate": 'Bearer realm="metrics"'}
    sentence = "Ces mesures demandent un jeton."
    kept = ""
    next = "Le jeton est dans le fichier metrics.token du dossier de l'instance."


@pages.get("/metrics")
@open_to_credentials
def show() -> Response:
    """All figures; each is a question to the database, nothing is counted in a process."""
    given = Authorization.from_header(request.headers.get("Authorization"))
    token = str(current_app.config["METRICS_TOKEN"])
    if given is None or given.type != "bearer" or not hmac.compare_digest(given.token or "", token):
        raise NoToken("Authorization: Bearer <the content of metrics.token>")
    with db.engine.connect() as connection:
        backlogs = read_backlogs(connection)
        statements = count_made(connection)
        open_attempts = connection.execute(select(func.count()).where(Attempt.ended.is_(None))).scalar_one()
    lines = [*_write("declic_info", "gauge", "The version that runs.", [({"version": lms.__version__}, 1)])]
    lines += _write("declic_statements_stored_total", "counter", "Statements stored here.", [({}, statements)])
    lines += _write("declic_attempts_open", "gauge", "Attempts begun and not ended.", [({}, open_attempts)])
    lines += _write_relay(backlogs)
    return Response("\n".join(lines) + "\n", content_type=TYPE)


def _write_relay(backlogs: list[Backlog]) -> Iterator[str]:
    instant = now()
    told: tuple[tuple[str, str, str, Callable[[Backlog], float]], ...] = (
        ("waiting", "gauge", "Statements that wait for this partner.", lambda one: one.waiting),
        ("parked", "gauge", "Statements that this partner refused.", lambda one: one.parked),
        ("failures", "gauge", "Failures in a row.", lambda one: one.failures),
        ("sent_total", "counter", "Statements that this partner kept.", lambda one: one.sent),
        (
            "lag_seconds",
            "gauge",
            "Age of the oldest statement that waits.",
            lambda one: max(0, instant - one.oldest) / 1_000_000 if one.oldest else 0,
        ),
    )
    for name, kind, help_text, read in told:
        samples = [({"organisation": one.organisation, "partner": one.name}, read(one)) for one in backlogs]
        yield from _write(f"declic_relay_{name}", kind, help_text, samples)


def _write(name: str, kind: str, help_text: str, samples: Sequence[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {help_text}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        inside = ",".join(f'{label}="{_escape(text)}"' for label, text in labels.items())
        yield f"{name}{{{inside}}} {value:g}" if inside else f"{name} {value:g}"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
