"""What the desk is given stands in the order of its author."""

from __future__ import annotations

import json

from tests.web.house import House


def test_fields_keep_the_order_of_the_scenario(house: House) -> None:
    client = house.as_role(house.here, "learner")
    page = client.post("/learn/begin/premiers-pas/c01-exercice-2", data={"mode": "guided"}, follow_redirects=True).text
    island = json.loads(page.partition('id="island">')[2].partition("</script>")[0])
    asked = list(island["scenario"]["ref"]["espace"]["fields"])
    assert asked == ["numero", "jour", "mois", "annee", "code", "choisi"]
