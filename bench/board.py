"""From the POST of thirty learners (HTTP) to the trainer's DOM (a real Chromium): goal ≤ 2.5 s at p95."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import sync_playwright

from bench.room import Learner, Room
from tests.fixtures.browser import FLAGS, LAPTOP, find_chromium

LEARNERS = 30
TOUCHES = 8
EVERY_SECONDS = 3.0
"""A learner touches something every three seconds; thirty of them make ten events a second."""

WATCH = """
window.seen = {};
const note = (row) => { const name = row.dataset.id, now = row.innerText;
  const list = (window.seen[name] ??= []);
  if (!list.length || list[list.length - 1][1] !== now) list.push([Date.now(), now]); };
new MutationObserver(() => document.querySelectorAll('[data-id]').forEach(note))
  .observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
"""


@dataclass
class Touch:
    """One event: when it was sent (seconds since 1970) and the sentence that the board must then show."""

    person: str
    sent: float
    say: str


def measure_board(room: Room, port: int) -> dict[str, Any]:
    """p50 and p95 in seconds, and how many changes never came."""
    touches: list[Touch] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_context(viewport=LAPTOP).new_page()
        page.add_init_script(WATCH)
        page.goto(f"http://127.0.0.1:{port}/account/sign-in")
        page.fill("[name=login]", room.login)
        page.fill("[name=password]", room.password)
        page.click("main form button[type=submit]")
        page.goto(f"http://127.0.0.1:{port}/teach/workshops/{room.workshop}/board")
        page.wait_for_selector("[data-id]")
        threads = [
            threading.Thread(target=_play, args=(port, one, at, touches))
            for at, one in enumerate(room.learners[:LEARNERS])
        ]
        for one in threads:
            one.start()
        while any(one.is_alive() for one in threads):
            page.wait_for_timeout(200)
        page.wait_for_timeout(4000)
        seen = page.evaluate("() => window.seen")
        browser.close()
    return _sum_up(touches, seen)


def _play(port: int, learner: Learner, at: int, touches: list[Touch]) -> None:
    """One learner's touches, spread over time; the answer tells what the board must say."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    time.sleep(at * EVERY_SECONDS / LEARNERS)
    for event in learner.events[:TOUCHES]:
        sent = time.time()
        head, _, body = event.wire.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:])
        connection.request("POST", lines[0].split(" ")[1], body, headers)
        answer = json.loads(connection.getresponse().read())
        guide = answer.get("guide") or {}
        touches.append(Touch(learner.person, sent, str(guide.get("say", ""))))
        time.sleep(max(0.0, EVERY_SECONDS - (time.time() - sent)))


def _bare(text: str) -> str:
    """Without quotation marks: within its own the board writes the others."""
    return " ".join(re.sub("[«»“”]", " ", text).split())


def _sum_up(touches: list[Touch], seen: dict[str, list[tuple[int, str]]]) -> dict[str, Any]:
    waits, lost, last = [], 0, dict[str, str]()
    for touch in sorted(touches, key=lambda one: one.sent):
        if not touch.say or last.get(touch.person) == touch.say:
            continue
        last[touch.person] = touch.say
        words = _bare(touch.say.rstrip("."))
        rows = [(at / 1000, _bare(text)) for at, text in seen.get(touch.person, [])]
        came = [at for at, text in rows if at >= touch.sent and words in text]
        if came:
            waits.append(min(came) - touch.sent)
        else:
            lost += 1
    waits.sort()
    if not waits:
        return {"changes": 0, "lost": lost, "p50": None, "p95": None}
    return {
        "changes": len(waits),
        "lost": lost,
        "p50": round(waits[len(waits) // 2], 3),
        "p95": round(waits[int(len(waits) * 0.95)], 3),
    }
