"""Monthly partitions of statements and their index on PostgreSQL; made ahead, the default one catches the rest."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from lms.database.append_only import protect_statements

MONTHS_AHEAD = 6


PARTITIONED = ("statement", "statement_term")


def make_partitions(connection: Connection, today: datetime | None = None) -> list[str]:
    """Make what is missing from this month on; names of the partitions made. Nothing to do on SQLite."""
    if connection.dialect.name != "postgresql":
        return []
    made = [name for table in PARTITIONED for name in _make(connection, table, today or datetime.now(UTC))]
    if made:
        protect_statements(connection)
    return made


def _make(connection: Connection, table: str, month: datetime) -> list[str]:
    have = set(connection.execute(text("SELECT relname FROM pg_class WHERE relname LIKE 'statement_%'")).scalars())
    made = []
    for ahead in range(MONTHS_AHEAD):
        start, end = _first_of(month, ahead), _first_of(month, ahead + 1)
        name = f"{table}_{start:%Y%m}"
        if name not in have and not _default_holds(connection, table, start, end):
            limits = f"FROM ({_instant(start)}) TO ({_instant(end)})"
            connection.execute(text(f"CREATE TABLE {name} PARTITION OF {table} FOR VALUES {limits}"))
            made.append(name)
    return made


def _default_holds(connection: Connection, table: str, start: datetime, end: datetime) -> bool:
    """Rows that came before their partition stay in the default one: moving them would be an update."""
    sql = f"SELECT 1 FROM {table}_default WHERE stored >= :start AND stored < :end LIMIT 1"  # noqa: S608
    return connection.execute(text(sql), {"start": _instant(start), "end": _instant(end)}).first() is not None


def _first_of(month: datetime, ahead: int) -> datetime:
    count = month.year * 12 + month.month - 1 + ahead
    return datetime(count // 12, count % 12 + 1, 1, tzinfo=UTC)


def _instant(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000
