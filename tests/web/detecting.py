"""What tests of detection do: answer, fill the grid, decide, keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask.testing import FlaskClient

from lms.database.ids import new_id
from tests.web.markup import read_text

MONIQUE = {"q1": 1, "q2": 1, "q3": 1, "q4": 1, "q5": 1, "q6": 0, "q7": 0, "q8": 0, "q9": 2}
NEEDS = {"q10": ["audio"], "q11": ["grand-texte"], "q12": ["protection"]}
STRONG = {"f1": "net", "f2": "oui", "f3": "seul"}
Given = Mapping[str, object]


def give(client: FlaskClient, answers: Given) -> str:
    """Answer these questions; where the last one leads."""
    where = ""
    for name, answer in answers.items():
        told = client.post(f"/detection/questions/{name}", data={"answer": answer})
        assert told.status_code == 302, name
        where = told.headers["Location"]
    return where


def fill(client: FlaskClient, points: Given = MONIQUE, needs: Mapping[str, Sequence[str]] = NEEDS) -> None:
    """The whole grid, from the beginning."""
    client.post("/detection/begin", data={"to": "grid"})
    assert give(client, {**points, **needs}) == "/detection/result"


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return read_text(answer.get_data(as_text=True))


def keep(client: FlaskClient, called: str = "Monique", profile: str = "2", **more: object) -> str:
    """The whole way to a kept follow-up; its id."""
    fill(client)
    client.post("/detection/result", data={"profile": profile, "reason": "choix"})
    form = {"form": new_id(), "called": called, "agreed": "yes", "action": ["a-deux", "materiel"], **more}
    told = client.post("/detection/keep", data=form)
    assert told.status_code == 302
    return told.headers["Location"].partition("/records/")[2].partition("?")[0]
