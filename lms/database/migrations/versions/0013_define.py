"""What a credential says of activities is learnt with the scope `define` alone; those that write went on defining."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody loses what it could do."""
    op.execute(
        sa.text(
            """UPDATE partner_credential SET scopes = scopes || ' define'
               WHERE ' ' || scopes || ' ' LIKE '% statements/write %' AND ' ' || scopes || ' ' NOT LIKE '% define %'"""
        )
    )


def downgrade() -> None:
    """A scope that is not asked for does no harm."""
