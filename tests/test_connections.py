"""The guard that keeps tests on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from tests.fixtures.connections import OutgoingConnection, is_local
from tests.fixtures.network import guarded_environment


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost", "0.0.0.0", "", None, b"127.0.0.1"])
def test_this_machine_is_allowed(host: str | bytes | None) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1", "10.0.0.1", b"example.org"])
def test_another_machine_is_not(host: str | bytes) -> None:
    assert not is_local(host)


def test_a_connection_to_an_address_outside_is_refused_and_noted(outgoing: list[str]) -> None:
    with socket.socket() as one, pytest.raises(OutgoingConnection):
        one.connect(("192.0.2.1", 80))
    assert outgoing == ["socket.connect '192.0.2.1'"]
    outgoing.clear()


def test_even_asking_for_a_name_is_refused(outgoing: list[str]) -> None:
    with pytest.raises(OutgoingConnection):
        socket.getaddrinfo("example.org", 443)
    outgoing.clear()


def test_a_datagram_outside_is_refused(outgoing: list[str]) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(OutgoingConnection):
        one.sendto(b"x", ("192.0.2.1", 9))
    outgoing.clear()


def test_a_swallowed_connection_fails_its_test(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("pytest_plugins = ['tests.fixtures.network']")
    pytester.makepyfile(
        """
        import contextlib, socket

        def test_swallows():
            with contextlib.suppress(OSError), socket.socket() as one:
                one.connect(("192.0.2.1", 80))
        """
    )
    pytester.runpytest_subprocess("-p", "no:playwright", "-p", "no:base_url").assert_outcomes(passed=1, errors=1)


def test_a_process_started_by_a_test_is_under_the_same_guard() -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    done = subprocess.run([sys.executable, "-c", code], env=guarded_environment(), capture_output=True, text=True)
    assert "OutgoingConnection" in done.stderr


def test_this_machine_is_still_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_connection(here.getsockname()) as there:
        assert there.getpeername() == here.getsockname()
