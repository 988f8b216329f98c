"""Connections to PostgreSQL that keep their plans. Imported where it is used: a server on SQLite loads no driver."""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.pq import TransactionStatus


class AskingConnection(Connection[Any]):
    """Who only asked commits: after a ROLLBACK psycopg forgets what it had prepared."""

    def rollback(self) -> None:
        if self.read_only and self.info.transaction_status == TransactionStatus.INTRANS:
            return self.commit()
        return super().rollback()
