"""The handover and the news: what is kept, what is sent, who reads it, and that each letter goes once."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from lms.settings import Settings
from lms.worker import find_work, run_once
from tests.fixtures.server import find_free_port
from tests.plugins.referrals import Desk, open_desk, part

DAY = 24 * 3600 * 1_000_000
PLACE = "epn-forges"
FORM = {
    "name": "Samuel", "need": ["Apprendre l'ordinateur, le téléphone"], "contact": "pro",
    "goal": "Écrire à l'école de Liya",
    "welcome": ["Le français est une langue nouvelle"], "sender_name": "Nadia, service social",
    "sender_phone": "01 99 00 00 20",
    "sender_mail": "nadia@service.example", "how": "mail", "news": ["venue"], "agreed": "1",
}  # fmt: skip


class Postbox:
    """A real SMTP server on this machine; what it took, and what it says next."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.answer = "250 OK"
        self.before: Callable[[], None] = lambda: None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.before()
        if self.answer.startswith("250"):
            self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return self.answer


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box, port = Postbox(), find_free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def desk(tmp_path: Path, instance_sqlite_url: str, postbox: tuple[Postbox, int]) -> Iterator[Desk]:
    mail = {
        "smtp_host": "127.0.0.1",
        "smtp_port": postbox[1],
        "smtp_security": "none",
        "mail_from": "declic@maison.example",
    }
    with open_desk(tmp_path / "instance", instance_sqlite_url, **mail) as made:
        made.fill()
        yield made


@pytest.fixture
def box(postbox: tuple[Postbox, int]) -> Postbox:
    return postbox[0]


def refer(desk: Desk, place: str = PLACE, **form: Any) -> str:
    """Make a referral; the path of its page."""
    answer = desk.visit().post(f"/referral/new/{place}", data=FORM | form)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def run_job(desk: Desk, name: str = "referral-letters") -> int | None:
    """As the worker does, though its interval is not over."""
    site = desk.app.extensions["lms"]
    with desk.app.app_context():
        work = find_work(site.settings, site.classroom.plugins)[name]
        return run_once(replace(work, every=0), "test")


def let_pass(desk: Desk, monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """The clock of this plugin is moved on."""
    clock = part("desk")
    at = clock.instant() + int(days * DAY)
    monkeypatch.setattr(clock, "instant", lambda: at)


def read_rows(desk: Desk, table: str) -> list[dict[str, Any]]:
    with desk.reading():
        return [dict(one) for one in importlib_read(select(getattr(part("tables"), table)))]


def importlib_read(statement: Any) -> Any:
    from lms.contract.tables import read

    return read(statement)


def link_in(letter: Any) -> str:
    found = re.search(r"(/referral/answer/\S+)", letter.get_content())
    assert found
    return found[1]


def test_a_referral_sends_one_letter_with_no_more_than_was_agreed(desk: Desk, box: Postbox) -> None:
    refer(desk)
    assert run_job(desk) == 1
    assert run_job(desk) == 0
    [(to, letter)] = box.letters
    assert to == ["bonjour@epn-forges.example"]
    assert letter["Reply-To"] == "nadia@service.example"
    text = letter.get_content()
    for said in ("Samuel", "Écrire à l'école de Liya", "Le français est une langue nouvelle", "Nadia, service social"):
        assert said in text
    assert read_rows(desk, "mail")[0]["secret"] == ""


def test_the_place_answers_by_its_link_and_only_what_was_agreed_comes_back(desk: Desk, box: Postbox) -> None:
    page = refer(desk, news=[])
    run_job(desk)
    link = link_in(box.letters[0][1])
    place = desk.app.test_client()
    assert "Samuel" in place.get(link).text
    assert place.post(link, data={"status": "booked", "day": "2030-12-03", "hour": "14:30"}).status_code == 302
    assert place.post(link, data={"status": "absent"}).status_code == 302
    assert place.post(link, data={"status": "absent"}).status_code == 302  # the page posted twice
    mine = desk.visit().get(page).text
    assert "Rendez-vous pris" in mine
    assert "Absent·e" not in mine.split("Ce qui s'est passé")[1].split("</ol>")[0]
    assert "Le lieu a répondu" in mine
    told = refer(desk, news=["venue"])
    run_job(desk)
    place.post(link_in(box.letters[-1][1]), data={"status": "came"})
    assert "Venu·e" in desk.visit().get(told).text.split("Ce qui s'est passé")[1]


def test_the_place_cannot_close_nor_see_anything_else(desk: Desk, box: Postbox) -> None:
    refer(desk, name="Samuel")
    refer(desk, name="Chloé")
    run_job(desk)
    place = desk.app.test_client()
    links = {link_in(letter): letter.get_content() for _, letter in box.letters}
    assert len(links) == 2
    for link, text in links.items():
        own, other = ("Samuel", "Chloé") if "Samuel" in text else ("Chloé", "Samuel")
        shown = place.get(link).text
        assert own in shown
        assert other not in shown
        assert place.post(link, data={"status": "closed"}).status_code == 400
    assert place.get("/referral/answer/" + "a" * 43).status_code == 404


def test_a_link_after_its_end_says_so(desk: Desk, box: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    refer(desk)
    run_job(desk)
    link = link_in(box.letters[0][1])
    let_pass(desk, monkeypatch, 91)
    answer = desk.app.test_client().get(link)
    assert answer.status_code == 410
    assert "Ce lien est terminé" in answer.text
    assert "Samuel" not in answer.text
    assert desk.app.test_client().post(link, data={"status": "came"}).status_code == 410


def test_consent_taken_back_everything_goes_and_the_place_is_told(desk: Desk, box: Postbox) -> None:
    page = refer(desk)
    run_job(desk)
    link = link_in(box.letters[0][1])
    desk.visit().post(page.partition("?")[0] + "/withdraw")
    assert read_rows(desk, "sheet") == read_rows(desk, "step") == []
    answer = desk.app.test_client().get(link)
    assert answer.status_code == 410
    assert "effacées" in answer.text
    run_job(desk)
    assert "retiré son accord" in box.letters[-1][1].get_content()
    assert desk.visit().get(page).status_code == 404
    dump = str([read_rows(desk, name) for name in ("sheet", "step", "mail", "ended")])
    assert "Samuel" not in dump


def test_reminders_go_at_two_and_six_weeks_once_each_and_name_nobody(
    desk: Desk, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    refer(desk, "mediatheque-valcombe", how="")
    assert run_job(desk) == 0
    let_pass(desk, monkeypatch, 14.1)
    assert (run_job(desk), run_job(desk)) == (1, 0)
    let_pass(desk, monkeypatch, 28)
    assert (run_job(desk), run_job(desk)) == (1, 0)
    assert [to for to, _ in box.letters] == [["nadia@service.example"]] * 2
    for _, letter in box.letters:
        assert "Samuel" not in letter.as_string()


def test_a_closed_referral_reminds_nobody(desk: Desk, box: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    page = refer(desk, "mediatheque-valcombe", how="").partition("?")[0]
    desk.visit().post(f"{page}/status", data={"status": "closed"})
    let_pass(desk, monkeypatch, 50)
    assert run_job(desk) == 0
    assert box.letters == []


def test_a_server_that_refuses_is_asked_again_and_the_letter_goes_once(
    desk: Desk, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.answer = "451 later"
    refer(desk)
    assert run_job(desk) == 0
    box.answer = "250 OK"
    assert run_job(desk) == 0  # not yet
    let_pass(desk, monkeypatch, 0.02)
    assert run_job(desk) == 1
    assert len(box.letters) == 1


def test_no_server_at_all_loses_no_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        mail = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "mail_from": "a@maison.example"}
        with open_desk(tmp_path / "instance", **mail) as desk:
            desk.fill()
            page = refer(desk)
            assert run_job(desk) == 0
            assert read_rows(desk, "mail")[0]["state"] in ("waiting", "sent")
            assert "Le serveur de mail ne répond pas. Le mail est gardé" in desk.visit().get(page).text


def test_without_a_server_in_the_settings_the_letter_is_a_file(tmp_path: Path) -> None:
    with open_desk(tmp_path / "instance") as desk:
        desk.fill()
        refer(desk)
        assert run_job(desk) == 1
        [file] = (tmp_path / "instance/mail").iterdir()
        assert file.stat().st_mode & 0o077 == 0
        assert "Samuel" in message_from_bytes(file.read_bytes(), policy=policy.default).get_content()


def test_a_machine_that_stops_while_the_text_goes_never_sends_it_twice(
    desk: Desk, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the text: sent once, later. Killed in the middle of it: a person decides."""
    refer(desk)
    tables = part("tables")

    def pretend(state: str) -> None:
        from lms.contract.tables import write

        with desk.writing():
            write(update(tables.mail).where(tables.mail.c.kind == "sheet").values(state=state))

    pretend("taken")
    assert run_job(desk) == 0
    let_pass(desk, monkeypatch, 0.01)
    assert run_job(desk) == 1
    pretend("leaving")
    let_pass(desk, monkeypatch, 0.01)
    assert run_job(desk) == 0
    assert len(box.letters) == 1
    rows = {row["kind"]: row["state"] for row in read_rows(desk, "mail")}
    assert rows["sheet"] == "unsure"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("goal", "son numéro est 2 58 03 00 000 123 87", "sécurité sociale"),
        ("goal", "allocataire 0000101", "allocataire"),
        ("goal", "elle touche 1080 € par mois", "montant"),
        ("goal", "mot de passe : soleil", "mot de passe"),
        ("goal", "a reçu un diagnostic", "santé"),
        ("name", "Samuel 06", "prénom"),
        ("agreed", "", "Sans son accord"),
        ("day", "2020-01-01", "jour"),
        ("sender_name", "", "qui oriente"),
        ("code", "123456", "carte"),
    ],
)
def test_what_must_not_be_kept_is_refused_and_nothing_is_stored(desk: Desk, field: str, value: str, said: str) -> None:
    answer = desk.visit().post(
        f"/referral/new/{PLACE}", data=FORM | {"hour": "10:00" if field == "day" else "", field: value}
    )
    assert answer.status_code == 400
    assert said in answer.text
    assert read_rows(desk, "sheet") == read_rows(desk, "mail") == []
    assert "01 99 00 00 20" in answer.text  # what was typed stays


def test_a_form_posted_twice_makes_one_referral(desk: Desk) -> None:
    client = desk.visit()
    for _ in range(2):
        assert client.post(f"/referral/new/{PLACE}", data=FORM | {"form": "the-same"}).status_code == 302
    assert len(read_rows(desk, "sheet")) == 1


def test_only_whoever_made_a_referral_reads_it(desk: Desk) -> None:
    page = refer(desk).partition("?")[0]
    for who in (desk.visit(person=desk.people["other"]), desk.visit("administrator"), desk.visit("trainer")):
        assert who.get(page).status_code == 404
        assert who.get(f"{page}/card.pdf").status_code == 404
        assert who.post(f"{page}/withdraw").status_code == 404
        assert "Samuel" not in who.get("/referral/sheets").text
    assert desk.visit("learner").get(page).status_code == 403
    assert "Samuel" in desk.visit().get("/referral/sheets").text


def test_the_card_is_a_page_of_pdf(desk: Desk) -> None:
    desk.visit().post(
        "/referral/edit/mediatheque-valcombe",
        data={"nom": "Médiathèque des Tilleuls", "local_bus": "Ligne 2", "local_contact": "Émilie"},
    )
    page = refer(desk, "mediatheque-valcombe", name="Олена", day="2027-03-04", hour="14:30").partition("?")[0]
    with desk.app.test_client():
        answer = desk.visit().get(f"{page}/card.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", answer.data)) == 1


def test_nothing_is_kept_twelve_months_after_the_last_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    refer(desk)
    assert run_job(desk, "referral-forget") == 0
    let_pass(desk, monkeypatch, 366)
    assert run_job(desk, "referral-forget") == 1
    assert read_rows(desk, "sheet") == read_rows(desk, "step") == read_rows(desk, "mail") == []


def test_whoever_is_erased_leaves_no_referral(desk: Desk) -> None:
    refer(desk)
    with desk.writing():
        assert part("sheets").forget_person(desk.house, desk.people["other"]) == 0
        assert part("sheets").forget_person(desk.house, desk.people["social_worker"]) == 1
    assert read_rows(desk, "sheet") == []


def test_the_whole_handover_on_either_database(
    tmp_path: Path, instance_url: str, postbox: tuple[Postbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = {"smtp_host": "127.0.0.1", "smtp_port": postbox[1], "smtp_security": "none", "mail_from": "a@maison.example"}
    with open_desk(tmp_path / "instance", instance_url, **mail) as desk:
        desk.fill()
        page = refer(desk, day="2027-03-04", hour="14:30").partition("?")[0]
        assert (run_job(desk), run_job(desk)) == (1, 0)
        link = link_in(postbox[0].letters[0][1])
        assert desk.app.test_client().post(link, data={"status": "came"}).status_code == 302
        assert "Venu·e" in desk.visit().get(page).text
        assert "Samuel" in desk.visit().get("/referral/sheets").text
        assert desk.visit().post(f"{page}/withdraw").status_code == 302
        assert desk.app.test_client().get(link).status_code == 410
        kept = refer(desk, name="Chloé", how="")
        let_pass(desk, monkeypatch, 366)
        assert run_job(desk, "referral-forget") == 1
        assert desk.visit().get(kept).status_code == 404


def test_an_address_cannot_break_out_of_its_line() -> None:
    from lms.contract.mail import Letter, MailNotSent
    from lms.mail import build

    with pytest.raises(MailNotSent):
        build(Settings(mail_from="a@b.example"), Letter("1", "a@b.example\nBcc: c@d.example", "x", "y"))
