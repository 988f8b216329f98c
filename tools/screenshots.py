"""The pictures of the README: a learner's desk and a trainer's board, on a demonstration of this moment.

    python tools/screenshots.py [folder]      (docs/images)

It loads the demonstration into a temporary instance, lets some learners work, serves it on a free port of this
machine, and looks at two pages in Chromium.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from flask import Flask
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import update
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from lms.app import create_app  # noqa: E402
from lms.content.speech import make_audio  # noqa: E402
from lms.content.spoken import iter_spoken  # noqa: E402
from lms.contract import Mode  # noqa: E402
from lms.database.clock import now  # noqa: E402
from lms.database.db import db  # noqa: E402
from lms.database.door import transaction  # noqa: E402
from lms.database.ids import new_id  # noqa: E402
from lms.database.models import Live  # noqa: E402
from lms.learning.attempts import Who, read_attempt, start_attempt  # noqa: E402
from lms.learning.board import call_trainer  # noqa: E402
from lms.learning.submit import Response, submit  # noqa: E402
from lms.people.demonstration import Demonstration, load_demonstration  # noqa: E402
from lms.people.workshops import PICTURE_WORDS, find_workshop_by_code, read_learners  # noqa: E402
from lms.settings import Settings  # noqa: E402
from tests.fixtures.browser import FLAGS, LAPTOP, find_chromium  # noqa: E402

LARGEST = 150 * 1024
MINUTE = 60 * 1_000_000
SHOWN = "premiers-pas/p01-exercice"


@dataclass(frozen=True)
class Scene:
    """What one learner did so far: how many touches of which exercise, how long ago, and whether he calls."""

    name: str
    activity: str
    mode: Mode
    touches: int
    minutes: int
    calls: bool = False


SCENES = (
    Scene("Monique", SHOWN, "guided", 4, 0),
    Scene("Samuel", "premiers-pas/e02-exercice", "assisted", 1, 4, calls=True),
    Scene("Chloé", "premiers-pas/k01-exercice", "alone", 2, 6),
    Scene("Enzo", "premiers-pas/m02-exercice", "guided", 3, 1),
    Scene("Fatou", "premiers-pas/p02-exercice", "guided", 4, 0),
    Scene("Olena", "premiers-pas/e03-exercice", "alone", 2, 0),
)


def main(folder: Path) -> None:
    """Both pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as player:
        app = create_app(Settings(home=Path(home)))
        with app.app_context():
            told = load_demonstration(Path(home))
            play(app, told)
        record(app, Path(home))
        browser = player.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        with serving(app) as url:
            shoot_desk(browser.new_page(viewport=LAPTOP, locale="fr-FR"), url, told, folder / "desk.png")
            shoot_board(browser.new_page(viewport=LAPTOP, locale="fr-FR"), url, told, folder / "board.png")
        browser.close()


def play(app: Flask, told: Demonstration) -> None:
    """Let the learners of the scenes follow their guide for some touches."""
    with db.engine.connect() as connection:
        workshop = find_workshop_by_code(connection, told.code)
        assert workshop is not None
        people = {one.label: one.person for one in read_learners(connection, workshop.organisation, workshop.group)}
    for scene in SCENES:
        act(app, Who(workshop.organisation, people[scene.name]), scene)


def act(app: Flask, who: Who, scene: Scene) -> None:
    """One learner; the board's clock is set back, as if these minutes had passed."""
    classroom = app.extensions["lms"].classroom
    attempt = start_attempt(classroom, who, scene.activity, scene.mode)
    scenario = classroom.find_activity(scene.activity).options["scenario"]
    for _ in range(scene.touches):
        with db.engine.connect() as connection:
            seen = read_attempt(connection, who.organisation, attempt)
        guide = scenario.guide(seen.state)
        touch = {"part": guide.part, "do": guide.do, "value": guide.value}
        submit(classroom, who.organisation, attempt, [Response(new_id(), seen.rev, touch)], lambda _: True)
    own = (Live.organisation_id == who.organisation) & (Live.person_id == who.person)
    with transaction() as connection:
        connection.execute(update(Live).where(own).values(since=now() - scene.minutes * MINUTE))
        if scene.calls:
            call_trainer(connection, who.organisation, who.person)


def record(app: Flask, home: Path) -> None:
    """The voice of the exercise that is shown, so that its page has «Écouter»."""
    classroom = app.extensions["lms"].classroom
    activity = classroom.find_activity(SHOWN)
    make_audio([(text, "fr") for text in iter_spoken(activity, classroom.find_type(activity))], home / "audio")


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def shoot_desk(page: Page, url: str, told: Demonstration, file: Path) -> None:
    """The learner comes in with the card and goes on."""
    page.goto(f"{url}/c/{told.code}")
    page.get_by_role("button", name=told.learner, exact=True).click()
    for picture in told.pictures:
        page.get_by_role("button", name=PICTURE_WORDS[picture], exact=True).click()
    page.wait_for_url("**/learn/")
    page.goto(f"{url}/learn/begin/{SHOWN}")
    page.wait_for_url("**/learn/attempts/*")
    page.locator(".desk-room:not([hidden]) [data-part]").first.wait_for()
    page.get_by_role("button", name="Non, je lis").click()
    page.locator(".is-pointed").wait_for()
    keep(page, file)


def shoot_board(page: Page, url: str, told: Demonstration, file: Path) -> None:
    """The trainer signs in and opens the board of today's workshop."""
    page.goto(f"{url}/account/sign-in")
    page.get_by_label("Adresse e-mail ou nom").fill(told.login)
    page.get_by_label("Mot de passe").fill(told.password)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("link", name="Ouvrir le tableau").first.click()
    page.get_by_text(SCENES[-1].name).first.wait_for()
    keep(page, file)


def keep(page: Page, file: Path) -> None:
    """A picture small enough for a page that is read on a slow line."""
    page.wait_for_timeout(500)
    page.mouse.move(0, 0)
    page.screenshot(path=file, animations="disabled")
    size = file.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{file} has {size} bytes; at most {LARGEST}")
    print(f"{file}: {size // 1024} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images")
