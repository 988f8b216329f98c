"""Why an exercise is closed to a student, in the same words on a school's pages and where exercises are."""

from __future__ import annotations

from lms.learning.school.gates import Gate
from lms.learning.school.standing import Stand
from lms.web.school.days import say_day


def say_gate(gate: Gate) -> str:
    """A sentence with the day."""
    if gate.state == "waits":
        return "L'accord de votre représentant·e est attendu. Votre formateur·rice note la date."
    if gate.state == "coming":
        return f"Ce travail ouvre le {say_day(gate.instant)}."
    return f"Ce travail était à rendre le {say_day(gate.instant)}. Demandez un délai à votre formateur·rice."


def say_closed(stand: Stand) -> str:
    """Why the exercises of this assignment are closed now; empty while they are open."""
    if stand.state == "missed":
        return say_gate(Gate("missed", stand.due))
    if stand.state == "coming":
        return say_gate(Gate("coming", stand.given.opens))
    return say_gate(Gate("waits")) if stand.state == "waits" else ""
