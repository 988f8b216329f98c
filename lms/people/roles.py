"""The roles, and what each may be."""

from __future__ import annotations

LEARNER = "learner"
TRAINER = "trainer"
AUTHOR = "author"
SOCIAL_WORKER = "social_worker"
TEACHER = "teacher"
STUDENT = "student"
ADMINISTRATOR = "administrator"

ROLES = (LEARNER, TRAINER, AUTHOR, SOCIAL_WORKER, TEACHER, STUDENT, ADMINISTRATOR)
STAFF = frozenset(ROLES) - {LEARNER}
"""Roles that sign in with a password."""

LABELS = {
    LEARNER: "apprenant·e",
    TRAINER: "animateur·rice",
    AUTHOR: "auteur·e",
    SOCIAL_WORKER: "travailleur·se social·e",
    TEACHER: "formateur·rice d'école",
    STUDENT: "étudiant·e",
    ADMINISTRATOR: "administrateur·rice",
}
