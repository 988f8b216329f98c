"""`lms partners`: accesses are made, limited, changed and closed from the command line."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from click.testing import Result

from lms.errors import BadRequest, NotFound
from tests.cli.conftest import Run


@pytest.fixture
def partner(run: Run) -> Run:
    """An instance with a partner."""
    for words in (
        ("init", "--organisation", "Maison", "--name", "Claire", "--login", "claire"),
        ("partners", "add", "Dépt"),
    ):
        assert run(*words).exit_code == 0
    return run


def find_ids(listed: Result) -> list[str]:
    return [line.rpartition("id ")[2] for line in listed.output.splitlines() if "  id " in line]


def test_an_access_is_made_limited_and_told_with_its_limits(partner: Run) -> None:
    made = partner(
        *("partners", "key", "Dépt", "--scope", "statements/read", "--course", "premiers-pas"),
        *("--origin", "https://app.example", "--days", 3),
    )
    assert (made.exit_code, made.output.count("secret")) == (0, 1)
    listed = partner("partners", "list").output
    assert "only courses premiers-pas  only pages https://app.example" in listed
    assert "never used  ends 20" in listed


def test_a_limit_that_is_none_opens_nothing(partner: Run) -> None:
    """A variable of a script that is empty must not make an access to everything."""
    for name in ("--group", "--course"):
        assert isinstance(partner("partners", "key", "Dépt", name, "").exception, BadRequest)
    unknown = partner("partners", "key", "Dépt", "--group", "nowhere")
    assert (unknown.exit_code, "no group 'nowhere'" in unknown.output) == (1, True)
    assert partner("partners", "key", "Dépt", "--days", -3).exit_code == 2
    assert isinstance(partner("partners", "key", "Dépt", "--origin", "https://app.example/").exception, BadRequest)
    assert len(find_ids(partner("partners", "list"))) == 1


def test_an_access_is_changed_ended_and_closed(partner: Run, home: Path) -> None:
    (name,) = find_ids(partner("partners", "list"))
    former = partner("partners", "rotate", name).output
    assert "secret" in former
    assert former != partner("partners", "rotate", name).output
    assert partner("partners", "expire", name, "--days", 2).output == "ends in 2 days\n"
    assert "  ends 20" in partner("partners", "list").output
    assert partner("partners", "expire", name).output == "never ends\n"
    assert "ends" not in partner("partners", "list").output
    assert partner("partners", "revoke", name).output == "closed\n"
    assert "revoked" in partner("partners", "list").output
    for verb in ("rotate", "revoke", "expire"):
        assert isinstance(partner("partners", verb, "nothing").exception, NotFound)


def test_what_is_sent_is_set_and_nothing_is_parked_yet(partner: Run) -> None:
    sent = partner(
        "partners", "send", "Dépt", "--to", "http://127.0.0.1:9/xapi", "--key", "k", "--secret", "s", "--past"
    )
    assert sent.output == "set; 0 waiting\n"
    assert "relay http://127.0.0.1:9/xapi/  waiting 0  parked 0" in partner("partners", "list").output
    assert partner("partners", "parked", "Dépt").output == "0 parked\n"
    assert partner("partners", "retry", "Dépt").output == "0 to be sent again\n"
    assert "there are: Dépt" in str(partner("partners", "parked", "Nobody").exception)


def test_what_is_imported_goes_on_to_partners_that_are_sent_what_others_say(partner: Run, tmp_path: Path) -> None:
    for name, what in (("All", "all"), ("Own", "own")):
        assert partner("partners", "add", name).exit_code == 0
        sent = partner(*("partners", "send", name, "--to", "http://127.0.0.1:9/xapi", "--what", what))
        assert sent.output == "set\n"
    assert partner("partners", "send", "Dépt", "--to", "http://127.0.0.1:9/xapi", "--what", "all").exit_code == 0
    lines = tmp_path / "statements.ndjson"
    statement = {"actor": {"mbox": "mailto:a@example.org"}, "verb": {"id": "a:v"}, "object": {"id": "a:o"}}
    lines.write_text(f"{json.dumps(statement)}\n" * 3)
    read = partner("statements", "import", lines, "--partner", "Dépt")
    assert read.output == "3 new, 0 known, 0 refused\n"
    listed = partner("partners", "list").output
    assert [line.split("waiting ")[1][0] for line in listed.splitlines() if "waiting" in line] == ["3", "0", "0"]


LISTENS = '''
"""Writes down what is stored."""

from pathlib import Path

from lms.contract import hookimpl

CONTRACT = 1


@hookimpl
def statement_stored(organisation, statement):
    with Path(__file__).with_name("heard.txt").open("a") as file:
        file.write(statement["object"]["id"] + "\\n")
'''


def test_what_is_imported_is_told_to_plugins_once(partner: Run, home: Path, tmp_path: Path) -> None:
    (home / "plugins").mkdir(exist_ok=True)
    (home / "plugins" / "listens.py").write_text(LISTENS)
    lines = tmp_path / "statements.ndjson"
    plain = {"actor": {"mbox": "mailto:a@example.org"}, "verb": {"id": "a:v"}}
    made = [plain | {"id": str(uuid.uuid4()), "object": {"id": f"a:{at}"}} for at in range(3)]
    lines.write_text("".join(f"{json.dumps(one)}\n" for one in made))
    for new, known in ((3, 0), (0, 3)):
        done = partner("statements", "import", lines, "--partner", "Dépt")
        assert done.output == f"{new} new, {known} known, 0 refused\n"
    assert (home / "plugins" / "heard.txt").read_text() == "a:0\na:1\na:2\n"
