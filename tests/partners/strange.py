"""A partner across HTTP that does what it is told: answers well, badly, late or not at all. On a real socket."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, bytes, dict[str, str]]


@dataclass
class Strange:
    """What came, and what is answered to a POST: `answer(statements) → (status, body, headers)`."""

    url: str = ""
    answer: Callable[[list[dict[str, Any]]], Answer] | None = None
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: list[list[str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    def keep(self, statements: list[dict[str, Any]]) -> Answer:
        """As an LRS does: all or none, 409 for an id that is there."""
        if any(one["id"] in self.kept for one in statements):
            return 409, b"some are there already", {}
        self.kept |= {one["id"]: one for one in statements}
        return 200, json.dumps([one["id"] for one in statements]).encode(), {}


def build_handler(strange: Strange) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            statements = json.loads(body)
            strange.raw.append(body)
            strange.headers.append(dict(self.headers))
            strange.posts.append([one["id"] for one in statements])
            self.reply(*(strange.answer or strange.keep)(statements))

        def do_GET(self) -> None:
            wanted = self.path.partition("=")[2]
            self.reply(200 if wanted in strange.kept else 404, b"{}", {})

        def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence."""

    return Handler


@contextmanager
def run_strange(
    wrap: Callable[[ThreadingHTTPServer], None] = lambda _: None, scheme: str = "http"
) -> Iterator[Strange]:
    """The partner, on a port of its own; `wrap` may put TLS around its socket."""
    strange = Strange()
    server = ThreadingHTTPServer(("127.0.0.1", 0), build_handler(strange))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  (a client that left is no news)
    wrap(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    strange.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/xapi"
    try:
        yield strange
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def hang(seconds: float) -> Callable[[list[dict[str, Any]]], Answer]:
    """Never answers in time."""

    def answer(_: list[dict[str, Any]]) -> Answer:
        time.sleep(seconds)
        return 200, b"[]", {}

    return answer
