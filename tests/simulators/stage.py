"""A stage for one simulator: a page under the strict CSP, its module, and the goal engine behind `/events`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.simulators import load_simulator

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CSP = "default-src 'none'; base-uri 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json"}

SHEETS = (
    "themes/default/static/tokens.css",
    "themes/{theme}/static/tokens.css",
    "themes/default/static/site.css",
    "themes/default/static/desk.css",
    "simulators/{simulator}/app.css",
)
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Entraînement</title>{sheets}<body class="wide has-desk"><main><h1>Exercice</h1><div class="desk">
<section class="desk-guide" aria-label="Consigne"><p class="desk-say" id="say" role="status"></p></section>
<section class="desk-frame" aria-label="Entraînement" data-label="Entraînement"><div class="desk-app" id="room"></div>
</section></div></main><script type="module" src="/stage.js"></script>"""

SCRIPT = """
const { simulator, app, ...island } = await (await fetch("/island")).json();
const { mount } = await import(`/simulators/${simulator}/app.js`);
const { kit } = await import("/lms/web/static/desk/kit.js");
window.sent = [];
let queue = Promise.resolve();
const emit = (event) => { window.sent.push(event); queue = queue.then(() => post(event)); };
const room = mount(document.getElementById("room"), { app, ...island, locale: "fr", emit, kit });
window.room = room;
function show({ guide, world }) {
  window.guide = guide;
  window.world = world;
  document.body.dataset.next = guide ? `${guide.part} ${guide.say}` : "";
  document.body.dataset.played = window.played = (window.played ?? -1) + 1;
  document.getElementById("say").textContent = guide ? guide.say : "C'est fait.";
}
async function post(event) {
  const answer = await (await fetch("/events", { method: "POST", body: JSON.stringify(event) })).json();
  room.update(answer.world);
  show(answer);
}
show(island.shown);
window.settled = () => queue;
document.body.dataset.ready = "yes";
"""


class Stage:
    """One attempt at one scenario. `url` is where the page is served, `state` where the attempt stands."""

    def __init__(
        self, name: str, theme: str = "default", readonly: bool = False, folder: Path = ROOT / "simulators"
    ) -> None:
        simulator = load_simulator(folder / name.partition("/")[0])
        self.desk: Desk = load_scenario({simulator.name: simulator}, name)
        self.folder = folder
        self.state = self.desk.start(NOW, 1)
        self.simulator = simulator.name
        self.theme, self.readonly = theme, readonly
        self.url = ""

    @property
    def world(self) -> dict[str, Any]:
        """The world of the app on stage."""
        world: dict[str, Any] = self.state["world"]
        return dict(world[world["front"]])

    def show(self) -> dict[str, Any]:
        """World and next touch, as the page gets them."""
        guide = self.desk.guide(self.state)
        told = {"say": guide.say, "part": guide.part, "do": guide.do, "value": guide.value} if guide else None
        return {"world": self.state["world"], "guide": told}

    def island(self) -> dict[str, Any]:
        """What `mount` gets."""
        shown = self.show()
        public = dict(self.desk.public(self.state))
        app = self.state["world"]["front"]
        return {
            "simulator": self.simulator,
            "app": app,
            "scenario": public,
            "state": shown["world"],
            "shown": shown,
        } | {"readonly": self.readonly}

    def play(self, event: dict[str, Any]) -> dict[str, Any]:
        """Judge one event."""
        self.state = self.desk.advance(self.state, event, NOW, 1).state
        return self.show()


@contextmanager
def open_stage(name: str, **given: Any) -> Iterator[Stage]:
    """Serve a stage on a free port of this machine."""
    stage = Stage(name, **given)
    handler = type("Handler", (_Handler,), {"stage": stage})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    stage.url = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield stage
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    stage: Stage

    def do_GET(self) -> None:
        made = {
            "/": (self._draw_page(), ".html"),
            "/stage.js": (SCRIPT, ".js"),
            "/island": (json.dumps(self.stage.island()), ".json"),
        }
        if self.path in made:
            self._answer(made[self.path][0].encode(), made[self.path][1])
            return
        path = self._find_file()
        if path and path.is_file() and path.suffix in (".js", ".css"):
            self._answer(path.read_bytes(), path.suffix)
        else:
            self._answer(b"", ".html", 404)

    def _find_file(self) -> Path | None:
        """A simulator's file from its own folder, the rest from the checkout."""
        inside = self.path.removeprefix("/simulators/")
        root = self.stage.folder if inside != self.path else ROOT
        path = (root / inside.lstrip("/")).resolve()
        return path if path.is_relative_to(root.resolve()) else None

    def _draw_page(self) -> str:
        sheets = "".join(f'<link rel="stylesheet" href="/{sheet}">' for sheet in SHEETS)
        return PAGE.replace("{sheets}", sheets).format(simulator=self.stage.simulator, theme=self.stage.theme)

    def do_POST(self) -> None:
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(json.dumps(self.stage.play(event)).encode(), ".json")

    def _answer(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{TYPES[kind]}; charset=utf-8")
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet: the tests say what went wrong."""
