"""What the desk is given stands in the order of its author."""

from __future__ import annotations

import json

from lms.content.written import Written
from lms.web.learn.island import write_island
from tests.web.house import House
from tests.web.routes import FRESH


def test_fields_keep_the_order_of_the_scenario(house: House) -> None:
    client = house.as_role(house.here, "learner")
    page = client.post("/learn/begin/premiers-pas/c01-exercice-2", data={"mode": "guided"}, follow_redirects=True).text
    island = json.loads(page.partition('id="island">')[2].partition("</script>")[0])
    asked = list(island["scenario"]["ref"]["espace"]["fields"])
    assert asked == ["numero", "jour", "mois", "annee", "code", "choisi", "encore"]


def test_what_is_written_once_reads_as_the_whole_and_cannot_end_its_element() -> None:
    scenario = Written(title="</script><b>", ref={"é": [1, None]})
    island = {"rev": 3, "scenario": scenario, "world": {"typed": "<!-- & </script>"}}
    first, again = write_island(island), write_island({**island, "rev": 4})
    assert json.loads(first) == island
    assert json.loads(again) == {**island, "rev": 4}
    assert not set("<>&") & set(first)


def test_only_a_learner_is_asked_for_nudges_and_may_call(house: House) -> None:
    for role, told in (("learner", True), ("trainer", False)):
        client = house.as_role(house.here, role)
        client.post(f"/learn/begin/{FRESH}", data={"mode": "guided"})
        page = client.get(f"/learn/begin/{FRESH}", follow_redirects=True).get_data(as_text=True)
        assert ('"nudges":' in page, '"call":' in page) == (told, told)
