"""Schools: promotions, assignments, works, markings, attestations."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nine tables, all small: a school has hundreds of students."""
    op.create_table(
        "promotion",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_promotion")),
    )
    op.create_table(
        "promotion_teacher",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("promotion_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "promotion_id", "person_id", name=op.f("pk_promotion_teacher")),
    )
    op.create_index(
        op.f("ix_promotion_teacher_organisation_id_person_id"), "promotion_teacher", ["organisation_id", "person_id"]
    )
    op.create_table(
        "promotion_group",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("promotion_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_promotion_group")),
    )
    op.create_index(
        op.f("ix_promotion_group_organisation_id_promotion_id"), "promotion_group", ["organisation_id", "promotion_id"]
    )
    op.create_table(
        "promotion_student",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("promotion_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=True),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("guarded", sa.Boolean(), nullable=False),
        sa.Column("consented", sa.String(length=10), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "promotion_id", "person_id", name=op.f("pk_promotion_student")),
    )
    op.create_index(
        op.f("ix_promotion_student_organisation_id_person_id"), "promotion_student", ["organisation_id", "person_id"]
    )
    op.create_table(
        "assignment",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("promotion_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("activity", sa.String(length=160), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("brief", sa.Text(), nullable=False),
        sa.Column("opens", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("markers", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_assignment")),
    )
    op.create_index(
        op.f("ix_assignment_organisation_id_promotion_id"), "assignment", ["organisation_id", "promotion_id"]
    )
    op.create_table(
        "work",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved", sa.BigInteger(), nullable=True),
        sa.Column("handed", sa.BigInteger(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("given", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_work")),
    )
    op.create_index(op.f("ix_work_organisation_id_assignment_id"), "work", ["organisation_id", "assignment_id"])
    op.create_index(op.f("ix_work_organisation_id_person_id"), "work", ["organisation_id", "person_id"])
    op.create_table(
        "marking",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("work_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.String(length=36), nullable=True),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "work_id", "place", name=op.f("pk_marking")),
    )
    op.create_index(op.f("ix_marking_organisation_id_marker_id"), "marking", ["organisation_id", "marker_id"])
    op.create_table(
        "role_pair",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("first_id", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_role_pair")),
    )
    op.create_index(
        op.f("ix_role_pair_organisation_id_assignment_id"), "role_pair", ["organisation_id", "assignment_id"]
    )
    op.create_table(
        "attestation",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("promotion_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("promotion", sa.String(length=120), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("teacher_id", sa.String(length=36), nullable=True),
        sa.Column("teacher", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_attestation")),
        sa.UniqueConstraint("code", name=op.f("uq_attestation_code")),
    )
    op.create_index(op.f("ix_attestation_organisation_id_person_id"), "attestation", ["organisation_id", "person_id"])
    op.create_index(
        op.f("ix_attestation_organisation_id_promotion_id"), "attestation", ["organisation_id", "promotion_id"]
    )


def downgrade() -> None:
    """No schools any more."""
    for name in (
        "attestation",
        "role_pair",
        "marking",
        "work",
        "assignment",
        "promotion_student",
        "promotion_group",
        "promotion_teacher",
        "promotion",
    ):
        op.drop_table(name)
