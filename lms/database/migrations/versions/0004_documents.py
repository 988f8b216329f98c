"""Documents, definitions of activities, attachments."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Four tables; none of them is a statement, so all can be changed and erased."""
    op.create_table(
        "document",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("agent", sa.String(length=32), nullable=False),
        sa.Column("content_type", sa.String(length=250), nullable=False),
        sa.Column("etag", sa.String(length=40), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_document")),
    )
    holder = op.f("ix_document_organisation_id_holder_registration_stored")
    op.create_index(holder, "document", ["organisation_id", "holder", "registration", "stored"])
    op.create_index(op.f("ix_document_organisation_id_agent"), "document", ["organisation_id", "agent"])
    op.create_table(
        "activity_definition",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("iri", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_activity_definition")),
    )
    op.create_table(
        "attachment",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("sha2", sa.String(length=128), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "sha2", name=op.f("pk_attachment")),
    )
    op.create_table(
        "statement_attachment",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("statement_id", sa.String(length=36), nullable=False),
        sa.Column("sha2", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "statement_id", "sha2", name=op.f("pk_statement_attachment")),
    )
    named = op.f("ix_statement_attachment_organisation_id_sha2")
    op.create_index(named, "statement_attachment", ["organisation_id", "sha2"])


def downgrade() -> None:
    """What partners kept is forgotten."""
    for name in ("statement_attachment", "attachment", "activity_definition", "document"):
        op.drop_table(name)
