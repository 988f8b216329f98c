"""`lms serve` started as a process, on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest
from granian.constants import Interfaces

from lms.serving import keeper
from lms.serving.inside import InsideServer
from tests.fixtures.server import Server, run_lms

PATIENCE_SECONDS = 30


def list_processes(server: Server) -> list[psutil.Process]:
    """Those that answer, not their keeper."""
    return psutil.Process(server.pid).children()


def wait_until(holds: Callable[[], bool]) -> None:
    """Fails when it does not come to hold."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(server: Server) -> bool:
    """Whether a page comes; a connection that the killed process had taken is lost with it."""
    with suppress(httpx.TransportError):
        return httpx.get(server.url + "/", follow_redirects=True).status_code == 200
    return False


def test_a_fresh_instance_is_migrated_and_answers(server: Server) -> None:
    assert httpx.get(server.url + "/", follow_redirects=True).status_code == 200
    assert (server.home / "declic.db").exists()


def test_it_serves_on_both_databases(start_server: Callable[..., Server], database_url: str) -> None:
    server = start_server(database_url=database_url)
    assert httpx.get(server.url + "/", follow_redirects=True).status_code == 200


def test_ended_it_leaves_nobody_on_its_port(start_server: Callable[..., Server]) -> None:
    server = start_server()
    server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


def test_a_killed_process_is_replaced_while_the_other_answers(start_server: Callable[..., Server]) -> None:
    server = start_server(workers=2)
    first, second = list_processes(server)
    first.kill()
    wait_until(
        lambda: len(list_processes(server)) == 2 and first.pid not in [one.pid for one in list_processes(server)]
    )
    assert second.pid in [one.pid for one in list_processes(server)]
    wait_until(lambda: "started in its place" in server.log.read_text())
    second.kill()
    wait_until(lambda: answers(server))
    assert "ended (signal 9)" in server.log.read_text()


def test_the_keeper_holds_nothing_of_the_application(start_server: Callable[..., Server]) -> None:
    server = start_server(workers=2)
    keeping = psutil.Process(server.pid)
    assert "keeper.py" in " ".join(keeping.cmdline())
    assert keeping.memory_info().rss < min(one.memory_info().rss for one in list_processes(server)) / 3


def list_modules(code: str, *options: str) -> set[str]:
    """What a fresh Python has imported after `code`."""
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    told = subprocess.run([sys.executable, *options, "-c", script], capture_output=True, text=True, check=True)
    return set(told.stdout.split())


def test_the_keeper_brings_hardly_more_than_python_itself() -> None:
    bare = list_modules("import os", "-I", "-S")
    code = f"import sys; sys.path.insert(0, {str(Path(keeper.__file__).parent)!r})\nimport keeper"
    assert list_modules(code, "-I", "-S") - bare <= {"keeper", "__future__", "_signal"}


def test_a_server_on_sqlite_carries_nothing_of_postgresql(tmp_path: Path) -> None:
    made = "from lms.app import create_app\nfrom lms.settings import Settings\nfrom pathlib import Path\n"
    made += f"create_app(Settings(home=Path({str(tmp_path)!r})))"
    list_modules(made)  # the first start runs the migrations, which know both databases
    found = list_modules(made)
    assert "sqlalchemy.dialects.sqlite" in found
    assert not [one for one in found if one.startswith(("sqlalchemy.dialects.postgresql", "psycopg", "alembic"))]


def test_what_serves_is_loaded_before_the_processes_part() -> None:
    assert "granian.server" in list_modules("import lms.serving")


def test_a_keeper_that_is_killed_takes_its_processes_along(start_server: Callable[..., Server]) -> None:
    server = start_server(workers=2)
    answering = list_processes(server)
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in answering))


def test_asked_to_end_it_ends_in_peace(start_server: Callable[..., Server]) -> None:
    server = start_server(workers=2)
    server.process.terminate()
    assert server.process.wait(timeout=PATIENCE_SECONDS) == 0


def test_a_second_signal_in_the_middle_of_the_first_does_not_wait_for_it() -> None:
    """A terminal sends Ctrl+C to the keeper and to each process, and the keeper passes it on."""
    server = InsideServer("lms.serving:load", interface=Interfaces.WSGI)
    server.signal_handler_interrupt()
    with server.main_loop_interrupt._cond:  # what the handler of the first one holds while it wakes the server
        second = threading.Thread(target=server.signal_handler_interrupt, daemon=True)
        second.start()
        second.join(PATIENCE_SECONDS)
        assert not second.is_alive()


def test_a_port_that_is_taken_is_told_in_a_sentence(server: Server) -> None:
    port = server.url.rpartition(":")[2]
    told = run_lms(server.home, "serve", "--port", port)
    assert told.returncode == 1
    sentence = f"cannot listen on 127.0.0.1:{port}: something else listens there; choose another with PORT=…"
    assert told.stderr.startswith(f"SettingsError: {sentence}\n")
    assert answers(server)
