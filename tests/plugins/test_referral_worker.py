"""The worker is killed while it sends, and started again: real processes, a real SMTP server."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.fixtures.server import LMS, environment, find_free_port
from tests.plugins.referrals import Desk, open_desk
from tests.plugins.test_referral_handover import FORM, PLACE

HOUR = 3600 * 1_000_000


class Killing:
    """A server of letters that kills whoever speaks to it, once, at a chosen moment."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.moment = ""
        self.worker: subprocess.Popen[bytes] | None = None

    def strike(self, moment: str) -> None:
        if self.moment == moment and self.worker is not None:
            self.moment = ""
            os.kill(self.worker.pid, signal.SIGKILL)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        self.strike("addresses")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append(envelope.content)
        self.strike("text")
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Killing, int]]:
    killing, port = Killing(), find_free_port()
    controller = Controller(killing, hostname="127.0.0.1", port=port)
    controller.start()
    yield killing, port
    controller.stop()


@pytest.fixture
def desk(tmp_path: Path, box: tuple[Killing, int]) -> Iterator[Desk]:
    mail = {"smtp_host": "127.0.0.1", "smtp_port": box[1], "smtp_security": "none", "mail_from": "a@maison.example"}
    with open_desk(tmp_path / "instance", **mail) as made:
        made.fill()
        yield made


def work(desk: Desk, killing: Killing) -> int:
    """`lms worker --once` to its end, whichever; its exit code."""
    named = {name.removeprefix("LMS_").lower(): value for name, value in desk.settings.items()}
    env = environment(desk.home, 0, named)
    with (desk.home / "worker.log").open("ab") as log:
        killing.worker = subprocess.Popen([str(LMS), "worker", "--once"], env=env, stdout=log, stderr=log)
        return killing.worker.wait(timeout=120)


def let_an_hour_pass(desk: Desk, hours: int = 1) -> None:
    """What was noted is that much older; leases of a dead process too."""
    with closing(sqlite3.connect(desk.home / "declic.db")) as connection, connection:
        connection.execute("UPDATE referral_mail SET moved = moved - ?, due = due - ?", (hours * HOUR, hours * HOUR))
        connection.execute("UPDATE lease SET until = 0, ran = 0")


def read_states(desk: Desk) -> dict[str, str]:
    with closing(sqlite3.connect(desk.home / "declic.db")) as connection:
        return dict(connection.execute("SELECT kind, state FROM referral_mail").fetchall())


def test_killed_before_the_text_the_letter_goes_once_later(desk: Desk, box: tuple[Killing, int]) -> None:
    killing = box[0]
    desk.visit().post(f"/referral/new/{PLACE}", data=FORM)
    killing.moment = "addresses"
    assert work(desk, killing) == -signal.SIGKILL
    assert killing.letters == []
    let_an_hour_pass(desk)
    assert work(desk, killing) == 0
    let_an_hour_pass(desk)
    assert work(desk, killing) == 0
    assert len(killing.letters) == 1
    assert read_states(desk)["sheet"] == "sent"


def test_killed_after_the_text_it_never_goes_twice_and_a_person_is_asked(desk: Desk, box: tuple[Killing, int]) -> None:
    killing = box[0]
    page = desk.visit().post(f"/referral/new/{PLACE}", data=FORM).location
    killing.moment = "text"
    assert work(desk, killing) == -signal.SIGKILL
    for _ in range(2):
        let_an_hour_pass(desk)
        assert work(desk, killing) == 0
    assert len(killing.letters) == 1
    assert read_states(desk)["sheet"] == "unsure"
    assert "Téléphonez au lieu avant de renvoyer" in desk.visit().get(page).text


def test_reminders_due_by_the_clock_go_once_each_though_the_worker_is_restarted(
    desk: Desk, box: tuple[Killing, int]
) -> None:
    killing = box[0]
    desk.visit().post(f"/referral/new/{PLACE}", data=FORM | {"how": ""})
    for weeks, count in ((2, 1), (4, 2)):
        let_an_hour_pass(desk, weeks * 7 * 24 + 1)
        work(desk, killing)
        let_an_hour_pass(desk)
        work(desk, killing)
        assert len(killing.letters) == count
