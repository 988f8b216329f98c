"""What an author of scenarios writes wrong, each in a real scenario of a real simulator: where and what is told."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from lms.content.checks import Folders, check_all
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

OWN = Path("simulators/mail/scenarios/courrier-un-mot.yaml")
SCENARIO = (bundled("simulators").parent / OWN).read_text(encoding="utf-8")
LOST = "goals:\n  lost: {done: {mail.open: personne}, touch: mail/row-personne, say: Ouvrez., hints: [Un., Deux.]}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The mailbox itself, without any scenario."""
    ignore = shutil.ignore_patterns("scenarios", "sentences", "__pycache__")
    shutil.copytree(bundled("simulators") / "mail", tmp_path / "simulators" / "mail", ignore=ignore)
    (tmp_path / OWN).parent.mkdir()
    return tmp_path


def check(root: Path, text: str) -> list[str]:
    """What is told of this scenario."""
    (root / OWN).write_text(text, encoding="utf-8")
    plugins = load_plugins(Settings(home=root / "instance"), bundled("plugins"))
    problems = check_all(Folders((), (root / "simulators",), ()), plugins, date(2026, 11, 26))
    return [str(one).replace(f"{root}/", "") for one in problems]


def test_the_scenario_as_it_is_has_nothing_to_tell(root: Path) -> None:
    assert check(root, SCENARIO) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        pytest.param(
            "do: type",
            "do: tipe",
            "do: tipe",
            "goals.addressed-voisine.do: «tipe» is not one of click, type, choose, trace, drop",
            id="an unknown action",
        ),
        pytest.param(
            "touch: mail/reply",
            "touch: mail/answer",
            "done: {mail.draft.re: voisine}",
            "mail/courrier-un-mot: stuck: the guide to «answering-voisine» says click on mail/answer; on screen is: ",
            id="a missing part",
        ),
        pytest.param(
            "    touch: mail/reply\n",
            "",
            "done: {mail.draft.re: voisine}",
            "goals.answering-voisine: a goal needs `touch` or `ways`: what brings it?",
            id="a goal without a part",
        ),
        pytest.param(
            "needs: [mail.open-voisine]",
            "needs: [mail.open-voisin]",
            "needs: [mail.open-voisin]",
            "goals.answering-voisine.needs.0: no goal «mail.open-voisin»; did you mean «mail.open-voisine»?",
            id="a goal that needs one that is not there",
        ),
        pytest.param(
            "goals:\n",
            LOST,
            "lost:",
            "lost: never reached, neither at random nor by following the guide",
            id="a goal that cannot be reached",
        ),
        pytest.param(
            "persona: monique",
            "persona: monika",
            "persona: monika",
            "persona: no persona «monika»; there is: monique, samuel, chloe, enzo",
            id="a persona that does not exist",
        ),
        pytest.param(
            "value: Oui",
            "value: Écrivez à monique@poste.example",
            "  done:\n      mail.draft.body",
            "written-voisine: «Écrivez à monique@poste.example» is no value of monique, and stands nowhere",
            id="a value that the persona does not have",
        ),
        pytest.param(
            "value: Oui",
            'value: "06 12 34 56 78"',
            "  done:\n      mail.draft.body",
            "mail/courrier-un-mot: stuck: mail/body refuses what the guide says (real-phone)",
            id="a number that looks real",
        ),
        pytest.param(
            "id: biblio",
            "id: voisine",
            "id: voisine\n      from: bibliotheque",
            "ref.mail.inbox.1: two parts are named «voisine», here and at inbox.0; give one another `id`",
            id="two parts of the same name",
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_field(root: Path, old: str, new: str, at: str, told: str) -> None:
    text = SCENARIO.replace(old, new, 1)
    # A goal is told at the line of its first key.
    line = text[: text.index(at)].count("\n") + 1
    found = check(root, text)
    lines = {f"{OWN}:{one}: {told}" for one in (line - 1, line)}
    assert [one for one in found if any(map(one.startswith, lines))], found
