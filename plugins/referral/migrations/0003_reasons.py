"""Why a letter waits: a sentence for whoever refers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("referral_mail", sa.Column("reason", sa.String(200), nullable=False, server_default=""))
