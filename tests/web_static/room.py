"""A small room for the browser's own tests: the real engine and simulation behind the real static files and pages.

No account and no database: attempts live in memory, each answers events as the brief of the desk says.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask, Response, abort, jsonify, render_template, request, send_from_directory
from jinja2 import FileSystemLoader
from markupsafe import Markup

from lms.content.scenarios import load_scenario
from lms.content.simulators import load_simulator
from lms.content.themes import load_themes
from lms.contract import Activity, AttemptFacts
from lms.web.learn.island import write_island
from lms.web.learn.telling import tell_island
from lms.web.pages import build_templates
from lms.web.trees import Trees
from plugins.simulation import Simulation

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PICTOGRAMS = ROOT / "themes/default/static/pictograms"


@dataclass
class Attempt:
    """One attempt in memory. `counted` are the responses that moved it, once each, in order."""

    id: str
    scenario: str
    mode: str
    state: dict[str, Any]
    activity: Activity
    rev: int = 0
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    counted: list[dict[str, Any]] = field(default_factory=list)
    nudges: list[dict[str, Any]] = field(default_factory=list)
    calls: int = 0


class Room:
    """What the tests drive: attempts, faults, the requests seen."""

    def __init__(self, audio: Path | None = None) -> None:
        folders = [*(ROOT / "simulators").glob("*/simulator.yaml"), *(HERE / "simulators").glob("*/simulator.yaml")]
        self.folders = {file.parent.name: file.parent for file in folders}
        self.attempts: dict[str, Attempt] = {}
        self.posts: list[list[dict[str, Any]]] = []
        self.delay = 0.0
        self.status = 200
        self.refusal: dict[str, bool] = {}
        self.open_requests = 0
        self.most_open = 0
        self.board: list[dict[str, Any]] = []
        self.said: list[dict[str, str]] = []
        self.audio = audio
        self.voice: dict[str, str] = {}
        self.idle = ""
        self.url = ""
        self.lock = Lock()

    def start(self, mode: str = "guided", scenario: str = "notes/letter", id: str = "a1") -> str:
        """A fresh attempt; returns its path."""
        name = scenario.partition("/")[0]
        simulators = {one: load_simulator(folder) for one, folder in self.folders.items() if self._wants(one, name)}
        desk = load_scenario(simulators, scenario)
        activity = Activity(
            f"essai/{name}", "simulation", desk.title, "Faites l'exercice.", (), {"scenario": desk}, "", "", "fr", "r1"
        )
        state = Simulation().start(activity, AttemptFacts(NOW, 7, mode, "fr"))  # type: ignore[arg-type]
        self.attempts[id] = Attempt(id, scenario, mode, state, activity)
        return f"/learn/attempts/{id}"

    def _wants(self, one: str, name: str) -> bool:
        return one == name or name != "notes"

    def island(self, attempt: Attempt) -> dict[str, Any]:
        """What the learner's page gets."""
        view = Simulation().present(attempt.activity, attempt.state)
        island = tell_island(view.data["island"], attempt.activity)
        base = f"/learn/attempts/{attempt.id}"
        apps = [
            {
                **app,
                "module": f"/static/x/simulator/{app['simulator']}/app.js",
                "style": f"/static/x/simulator/{app['simulator']}/app.css",
            }
            for app in island["apps"]
        ]
        urls = {
            "events": f"{base}/events",
            "nudges": f"{base}/nudges",
            "call": f"{base}/call",
            "restart": f"{base}/restart",
        }
        return island | {
            "attempt": attempt.id,
            "rev": attempt.rev,
            "token": "t",
            "apps": apps,
            "urls": urls,
            "voice": self.voice,
        }

    def judge(self, attempt: Attempt, event: dict[str, Any]) -> None:
        """One event, once: the same id again changes nothing."""
        if event["id"] in attempt.answers:
            return
        outcome = Simulation().evaluate(attempt.activity, event["response"], attempt.state)
        attempt.state, attempt.rev = outcome.state, attempt.rev + 1
        attempt.answers[event["id"]] = {
            "feedback": asdict(outcome.feedback) if outcome.feedback else None,
            "stale": outcome.stale,
        }
        if not outcome.stale:
            attempt.counted.append(event["response"])

    def answer(self, attempt: Attempt, ids: list[str]) -> dict[str, Any]:
        """The answer to a batch: the state as it stands now."""
        island = self.island(attempt)
        shown = {name: island[name] for name in ("rev", "world", "here", "guide", "window", "steps", "ended")}
        if "seat" in island["world"]:
            shown |= {"scenario": island["scenario"], "apps": island["apps"]}
        if shown["ended"]:
            shown["ended"] |= {"can": ["Écrire une lettre"], "next": {"label": "Continuer", "url": "/"}}
        return shown | attempt.answers[ids[-1]] | {"acknowledged": ids, "nudges": attempt.nudges}


def build_app(room: Room) -> Flask:
    """The Flask application of a room."""
    app = Flask("room")
    folders = [ROOT / "themes/default/templates", ROOT / "plugins/simulation/templates", HERE / "templates"]
    app.jinja_loader = FileSystemLoader([str(folder) for folder in folders])
    app.jinja_env.globals |= {
        "asset": lambda path: f"/static/x/{path}",
        "picto": picto,
        "picto_templates": build_templates(picto),
        "csrf_token": lambda: "csrf",
        "_": gettext,
    }
    # French pages, whose words no lexicon explains.
    app.jinja_env.filters |= {"said": as_it_is, "lexicon": as_it_is, "bound": as_it_is}
    app.after_request(strict)
    add_static(app, room)
    add_learner(app, room)
    add_trainer(app, room)
    return app


def as_it_is(text: Any, locale: str = "") -> Any:
    return text


def gettext(text: str, **values: Any) -> str:
    return text % values if values else text


def picto(name: str, css: str = "picto") -> Markup:
    file = PICTOGRAMS / f"{name}.svg"
    return (
        Markup(file.read_text("utf-8").replace("<svg", f'<svg class="{css}" aria-hidden="true"', 1))
        if file.is_file()
        else Markup("")
    )


def strict(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def add_static(app: Flask, room: Room) -> None:
    """The real trees, with modules and sheets joined as the server joins them."""
    simulators = {name: load_simulator(folder) for name, folder in room.folders.items()}
    trees = Trees(HERE, load_themes([ROOT / "themes"], {}), simulators)

    @app.get("/static/x/<path:path>")
    def static_file(path: str) -> Response:
        if path.startswith("audio/") and room.audio:
            return send_from_directory(room.audio, path.removeprefix("audio/"))
        joined, file = trees.find_joined(path), trees.find(path) if "+" not in path else None
        if joined:
            return Response(joined.text, mimetype="text/css" if path.endswith(".css") else "text/javascript")
        return send_from_directory(file.parent, file.name) if file else abort(404)


def add_learner(app: Flask, room: Room) -> None:
    @app.get("/")
    def home() -> str:
        return render_template(
            "empty.html", guest=bool(room.idle), idle_seconds=room.idle, finish_url="/teach/say/form"
        )

    @app.get("/learn/attempts/<id>")
    def show_desk(id: str) -> str:
        attempt = room.attempts[id]
        island = room.island(attempt)
        view = {"island": "core/desk/desk.js", "template": "simulation/desk.html", "data": {"island": island}}
        written = {"view": view, "island": write_island(island), "attempt": {"id": id}}
        return render_template("learn/attempt.html", activity=attempt.activity, **written)

    @app.post("/learn/attempts/<id>/events")
    def take_events(id: str) -> Any:
        with room.lock:
            room.open_requests += 1
            room.most_open = max(room.most_open, room.open_requests)
        time.sleep(room.delay)
        try:
            sent = request.get_json()
            room.posts.append(sent["events"])
            if room.status != 200:
                return jsonify(error={"sentence": "Cet exercice est fermé.", **room.refusal}), room.status
            with room.lock:
                for event in sent["events"]:
                    room.judge(room.attempts[id], event)
            return jsonify(room.answer(room.attempts[id], [event["id"] for event in sent["events"]]))
        finally:
            with room.lock:
                room.open_requests -= 1

    @app.get("/learn/attempts/<id>/nudges")
    def list_nudges(id: str) -> Any:
        after = int(request.args["after"])
        return with_etag({"nudges": [one for one in room.attempts[id].nudges if one["id"] > after]})

    @app.post("/learn/attempts/<id>/call")
    def call(id: str) -> Any:
        room.attempts[id].calls += 1
        return jsonify(say="Sophie est prévenue.")


def add_trainer(app: Flask, room: Room) -> None:
    @app.get("/teach/screens/<id>")
    def show_mirror(id: str) -> str:
        attempt = room.attempts[id]
        island = room.island(attempt) | {
            "urls": {"live": f"/teach/screens/{id}/live", "nudge": f"/teach/screens/{id}/nudge"}
        }
        names = {
            "learner": {"id": "p1", "first_name": "Samuel"},
            "activity": attempt.activity,
            "board_url": "/teach/board",
        }
        return render_template("teach/screen.html", island=island, nudge_url=f"/teach/screens/{id}/nudge", **names)

    @app.get("/teach/screens/<id>/live")
    def live(id: str) -> Any:
        return with_etag({"island": room.island(room.attempts[id]), "sentence": "Samuel écrit."})

    @app.post("/teach/screens/<id>/nudge")
    def nudge(id: str) -> Any:
        form = request.get_json()
        if request.headers.get("X-CSRFToken") != "csrf":
            abort(400)
        nudges = room.attempts[id].nudges
        nudges.append(
            {"id": len(nudges) + 1, "kind": form["kind"], "part": form.get("part", ""), "text": form.get("text", "")}
        )
        return jsonify(ok=True)

    @app.get("/teach/board")
    def show_board() -> str:
        workshop = {"id": "w1", "name": "Atelier du mardi", "code": "482 913"}
        return render_template("teach/board.html", workshop=workshop, rows=room.board, live_url="/teach/board.json")

    @app.get("/teach/board.json")
    def board_json() -> Any:
        return with_etag({"rows": room.board})

    @app.post("/teach/say/<id>")
    def say(id: str) -> Any:
        room.said.append({"to": id, **request.form})
        return jsonify(ok=True)


def with_etag(data: dict[str, Any]) -> Response:
    answer = jsonify(data)
    answer.add_etag()
    answer.headers["Date"] = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return answer.make_conditional(request)
