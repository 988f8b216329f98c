"""A letter over STARTTLS, over TLS, signed in, to a real server on this machine; and to one that cannot be trusted."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from click.testing import CliRunner

from lms.cli import lms
from lms.contract.mail import Letter, MailNotSent
from lms.errors import SettingsError
from lms.mail import check, send
from lms.settings import Settings
from tests.fixtures.certificate import make_certificate
from tests.fixtures.server import find_free_port
from tests.plugins.referrals import open_desk
from tests.plugins.test_referral_handover import let_pass, refer, run_job

HERE = "127.0.0.1"
USER, PASSWORD = "declic@maison.example", "un mot de passe d'essai"
LETTER = Letter("l1", "lieu@example.org", "Une orientation", "Bonjour,\n\nÀ jeudi.\n", "nadia@example.org")


@dataclass
class Postbox:
    """What arrived, how it was protected on its way, and who had signed in."""

    port: int
    letters: list[Any] = field(default_factory=list)
    protected: list[bool] = field(default_factory=list)
    signed: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.protected.append(server.transport.get_extra_info("cipher") is not None)
        return "250 OK"

    def let_in(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.signed += [data.login] if right else []
        return AuthResult(success=right, handled=False)


Open = Callable[..., Postbox]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Open]:
    """A server of this security; `certificate` says what is wrong with what it shows."""
    running: list[Controller] = []

    def start(security: str, *, signed: bool = False, **certificate: Any) -> Postbox:
        box = Postbox(find_free_port())
        more: dict[str, Any] = {}
        if security != "none":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(make_certificate(tmp_path, **{"address": HERE} | certificate))
            starts = {"tls_context": context, "require_starttls": True}
            more |= starts if security == "starttls" else {"ssl_context": context}
        if signed:
            more |= {"authenticator": box.let_in, "auth_require_tls": security == "starttls"}
        controller = Controller(box, hostname=HERE, port=box.port, **more)
        controller.start()
        running.append(controller)
        return box

    yield start
    for one in running:
        one.stop()


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority of a house that has its own: here the certificate itself."""
    monkeypatch.setenv("SSL_CERT_FILE", str(make_certificate(tmp_path, address=HERE)))


def tell(tmp_path: Path, box: Postbox, security: str, **more: Any) -> Settings:
    where = {"smtp_host": HERE, "smtp_port": box.port, "smtp_security": security, "mail_from": USER}
    return Settings(home=tmp_path, **{**where, **more})


def post(settings: Settings) -> list[str]:
    """Send the letter; whether it was said to be leaving."""
    said: list[str] = []
    send(settings, LETTER, lambda: said.append("leaving"))
    return said


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_goes_protected_and_signed_in(tmp_path: Path, serve: Open, trusted: None, security: str) -> None:
    box = serve(security, signed=True)
    settings = tell(tmp_path, box, security, smtp_user=USER, smtp_password=PASSWORD)
    assert post(settings) == ["leaving"]
    (letter,) = box.letters
    assert letter["Subject"] == "Une orientation"
    assert letter["Reply-To"] == "nadia@example.org"
    assert letter.get_content().splitlines() == LETTER.text.splitlines()
    assert box.protected == [True]
    assert box.signed == [USER.encode()]


def test_without_protection_when_it_is_said_so(tmp_path: Path, serve: Open) -> None:
    box = serve("none")
    post(tell(tmp_path, box, "none"))
    assert box.protected == [False]


WRONG = [({}, False, "self-signed"), ({"days": -1}, True, "expired"), ({"address": "127.0.0.2"}, True, "mismatch")]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(("certificate", "known", "why"), WRONG)
def test_a_certificate_that_proves_nothing_stops_the_letter_before_a_word_went(
    tmp_path: Path,
    serve: Open,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
    certificate: dict[str, Any],
    known: bool,
    why: str,
) -> None:
    box = serve(security, signed=True, **certificate)
    if known:  # the authority is one that we trust
        monkeypatch.setenv("SSL_CERT_FILE", str(make_certificate(tmp_path, **{"address": HERE} | certificate)))
    with pytest.raises(MailNotSent) as told:
        post(tell(tmp_path, box, security, smtp_user=USER, smtp_password=PASSWORD))
    assert told.value.sentence.startswith("Le serveur de mail n'a pas prouvé qui il est.")
    assert "SSL_CERT_FILE" in str(told.value)
    assert why in str(told.value)
    assert (box.letters, box.signed) == ([], [])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_wrong_password_is_told_and_never_repeated_in_what_is_told(
    tmp_path: Path, serve: Open, trusted: None, security: str
) -> None:
    box = serve(security, signed=True)
    with pytest.raises(MailNotSent) as told:
        post(tell(tmp_path, box, security, smtp_user=USER, smtp_password="autre chose"))
    assert told.value.sentence.startswith("Le serveur de mail refuse notre identifiant.")
    assert "smtp_password are refused (535)" in str(told.value)
    assert "autre chose" not in str(told.value)
    assert box.letters == []


def test_a_server_without_starttls_gets_nothing_in_clear(tmp_path: Path, serve: Open) -> None:
    box = serve("none", signed=True)
    with pytest.raises(MailNotSent) as told:
        post(tell(tmp_path, box, "starttls", smtp_user=USER, smtp_password=PASSWORD))
    assert told.value.sentence.startswith("Le serveur de mail ne protège pas l'envoi.")
    assert (box.letters, box.signed) == ([], [])


def test_a_server_that_is_not_there_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(MailNotSent) as told:
        post(tell(tmp_path, Postbox(find_free_port()), "starttls"))
    assert told.value.sentence == "Le serveur de mail ne répond pas."


def test_an_unknown_protection_is_a_setting_to_mend(tmp_path: Path, serve: Open) -> None:
    with pytest.raises(SettingsError, match="allowed: starttls, tls, none"):
        post(tell(tmp_path, serve("none"), "ssl"))


def test_the_server_is_greeted_without_a_letter(tmp_path: Path, serve: Open, trusted: None) -> None:
    box = serve("starttls", signed=True)
    check(tell(tmp_path, box, "starttls", smtp_user=USER, smtp_password=PASSWORD))
    assert (box.letters, box.signed) == ([], [USER.encode()])


def test_the_letter_of_a_referral_is_kept_its_page_says_why_and_it_goes_once_the_server_is_trusted(
    tmp_path: Path, serve: Open, monkeypatch: pytest.MonkeyPatch, instance_url: str
) -> None:
    box = serve("starttls", signed=True)
    where = {"smtp_host": HERE, "smtp_port": box.port, "smtp_security": "starttls", "mail_from": USER}
    with open_desk(tmp_path / "instance", instance_url, **where, smtp_user=USER, smtp_password=PASSWORD) as desk:
        desk.fill()
        page = refer(desk)
        assert run_job(desk) == 0
        shown = desk.visit().get(page).text
        assert "Le serveur de mail n&#39;a pas prouvé qui il est." in shown
        assert "Le mail est gardé, et repartira seul." in shown
        monkeypatch.setenv("SSL_CERT_FILE", str(make_certificate(tmp_path, address=HERE)))
        assert run_job(desk) == 0, "not before five minutes are over"
        let_pass(desk, monkeypatch, 0.01)
        assert run_job(desk) == 1
        assert "Le mail est parti." in desk.visit().get(page).text
        assert "prouvé" not in desk.visit().get(page).text
    assert len(box.letters) == 1


def test_the_doctor_greets_the_server_and_says_what_is_wrong(
    tmp_path: Path, serve: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = serve("starttls", signed=True)
    where = {"smtp_host": HERE, "smtp_port": box.port, "smtp_security": "starttls", "mail_from": USER}
    settings = where | {"smtp_user": USER, "smtp_password": PASSWORD}
    found = ask_doctor(tmp_path, **settings)
    assert found.startswith("FAULT  mail: ")
    assert "its certificate is not trusted" in found
    monkeypatch.setenv("SSL_CERT_FILE", str(make_certificate(tmp_path, address=HERE)))
    well = f"well   mail: {HERE}:{box.port} answers (starttls, signed in as {USER})"
    assert ask_doctor(tmp_path, **settings) == well
    assert "letters are files" in ask_doctor(tmp_path)


def ask_doctor(home: Path, **settings: object) -> str:
    """What `lms doctor` says of mail; with a fault it ends with 1."""
    env = {f"LMS_{name.upper()}": str(value) for name, value in settings.items()}
    told = CliRunner(env={"LMS_HOME": str(home), **env}).invoke(lms, ["doctor", "--quick"])
    (found,) = (line for line in told.output.splitlines() if " mail: " in line)
    assert told.exit_code == 1 or found.startswith("well")
    return found
