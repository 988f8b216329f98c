"""A link of one app to another leads somewhere, or its file and line are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.scenarios import build_scenario, load_simulator
from lms.content.yaml_source import parse_yaml
from lms.errors import ContentError

ROOT = Path(__file__).resolve().parents[2] / "simulators"
DENTIST = (ROOT / "procedure/scenarios/rendez-vous-dentiste.yaml").read_text(encoding="utf-8")
LINK = "{app: form, page: rendre, label: Annuler}"


@pytest.mark.parametrize(
    ("link", "field", "said"),
    [
        (
            "{app: form, page: rendu-hier, label: Annuler}",
            "page",
            "no page «rendu-hier» in «form»; there is: cabinet, ",
        ),
        ("{app: site, page: rendre, label: Annuler}", "app", "no app «site» on this desk; there is: mail, form"),
        ("{app: mail, page: list, label: Annuler}", "page", "the simulator mail has no pages that a link could name"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_on_its_line(link: str, field: str, said: str) -> None:
    simulators = {name: load_simulator(ROOT / name) for name in ("mail", "procedure")}
    assert LINK in DENTIST
    with pytest.raises(ContentError) as caught:
        build_scenario(simulators, "procedure/rendez-vous-dentiste", parse_yaml(DENTIST.replace(LINK, link), "d.yaml"))
    told = next(one for one in caught.value.problems if one.field == f"ref.mail.later.0.links.1.{field}")
    assert told.file == "d.yaml"
    assert told.line == DENTIST[: DENTIST.index(LINK)].count("\n") + 1
    assert told.message.startswith(said)


def test_a_browser_is_led_by_its_tabs_and_no_link_names_its_page() -> None:
    assert load_simulator(ROOT / "browser").mechanics.pages is None
