import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "detection_record",
        sa.Column("organisation", sa.String(36), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("worker", sa.String(36), nullable=False),
        sa.Column("called", sa.String(40), nullable=False),
        sa.Column("birth_range", sa.String(8), nullable=False),
        sa.Column("consented", sa.BigInteger, nullable=False),
        sa.Column("touched", sa.BigInteger, nullable=False),
        sa.Column("access", sa.Float),
        sa.Column("use", sa.Float),
        sa.Column("skills", sa.Float),
        sa.Column("motivation", sa.Float),
        sa.Column("proposed", sa.Integer),
        sa.Column("decided", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("needs", sa.Text, nullable=False),
    )
    op.create_index("detection_record_worker", "detection_record", ["organisation", "worker"])
    op.create_index("detection_record_touched", "detection_record", ["touched"])
    op.create_table(
        "detection_action",
        sa.Column("organisation", sa.String(36), primary_key=True),
        sa.Column("record", sa.String(36), primary_key=True),
        sa.Column("action", sa.String(40), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "detection_access",
        sa.Column("organisation", sa.String(36), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("record", sa.String(36), nullable=False),
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("did", sa.String(12), nullable=False),
    )
    op.create_index("detection_access_record", "detection_access", ["organisation", "record"])
    op.create_table(
        "detection_grid",
        sa.Column("organisation", sa.String(36), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("person", sa.String(36), nullable=False),
    )
