"""«Ajouter un imprévu»: from the trainer's page of a learner's screen to that learner's next touch."""

from __future__ import annotations

from lms.learning.attempts import Who, start_attempt
from tests.web.house import COURSE, House
from tests.web.test_posted_twice import count

SCREEN = "/teach/learners/{}"


def begin(house: House) -> tuple[str, str]:
    """A procedure on the learner's screen; the trainer's page and the attempt."""
    person = house.here.people["learner"]
    with house.app.app_context():
        classroom = house.app.extensions["lms"].classroom
        activity = next(
            one.id
            for one in classroom.catalogue.courses[COURSE].activities.values()
            if one.type == "simulation"
            and "procedure" in [app.name for app in one.options["scenario"].simulators.values()]
        )
        return SCREEN.format(person), start_attempt(classroom, Who(house.here.id, person), activity, "assisted")


def test_a_trainer_adds_an_incident_once_from_two_tabs(house: House) -> None:
    page, attempt = begin(house)
    client = house.as_role(house.here, "trainer")
    shown = client.get(page).get_data(as_text=True)
    assert "Ajouter un imprévu" in shown
    assert "Une fausse annonce arrive" in shown
    code = f"attempt_id = '{attempt}' AND code LIKE 'switch-%'"
    for _ in range(2):
        client.post(f"{page}/incident", data={"incident": shown.split('name="incident" value="')[1].split('"')[0]})
    assert count(house, "event", code) == 1
    assert "Ajouté\u00a0:" in client.get(page).get_data(as_text=True)


def test_an_incident_that_does_not_exist_is_refused_calmly(house: House) -> None:
    page, attempt = begin(house)
    answer = house.as_role(house.here, "trainer").post(f"{page}/incident", data={"incident": "nothing"})
    assert answer.status_code == 404
    assert "Cet imprévu ne va plus avec cet écran." in answer.get_data(as_text=True)
    assert count(house, "event", f"attempt_id = '{attempt}'") == 0


def test_another_trainer_adds_nothing(house: House) -> None:
    page, attempt = begin(house)
    answer = house.as_role(house.others, "trainer").post(f"{page}/incident", data={"incident": "procedure.bait"})
    assert answer.status_code == 404
    assert count(house, "event", f"attempt_id = '{attempt}'") == 0


def test_a_trainer_adds_an_incident_to_every_screen_of_the_workshop_at_once(house: House) -> None:
    _, attempt = begin(house)
    client = house.as_role(house.here, "trainer")
    board = f"/teach/workshops/{house.here.workshop.id}"
    assert "La connexion est coupée" in client.get(f"{board}/board").get_data(as_text=True)
    woken = []
    for _ in range(2):
        answer = client.post(f"{board}/incident", data={"incident": "La connexion est coupée"})
        assert answer.status_code == 302
        woken.append(count(house, "event", f"attempt_id = '{attempt}' AND code LIKE 'switch-%'"))
    assert woken[0] == woken[1] > 0
    assert "La connexion est coupée" not in client.get(f"{board}/board").get_data(as_text=True)
