"""Statements cannot be changed, in the database itself: triggers, made again and checked after every migration."""

from __future__ import annotations

from sqlalchemy import Connection, text

_SQLITE = {
    "statement_no_update": """CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement
        BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END""",
    "statement_no_delete": """CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement
        WHEN NOT EXISTS (SELECT 1 FROM erasure e
                         WHERE e.organisation_id = OLD.organisation_id AND e.statement_id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END""",
}

_POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION statement_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM erasure e
                       WHERE e.organisation_id = OLD.organisation_id AND e.statement_id = OLD.id) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'statement is append-only';
    END $$"""

_ROW = {"statement_no_update": "UPDATE", "statement_no_delete": "DELETE"}
"""PostgreSQL copies row triggers to every partition by itself."""

_TRUNCATE = "statement_no_truncate"
"""PostgreSQL does not copy this one: each partition could be emptied alone."""


def protect_statements(connection: Connection) -> None:
    """Make the triggers that are missing or were changed: a batch migration on SQLite drops them silently."""
    if connection.dialect.name == "sqlite":
        for name, sql in _SQLITE.items():
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(sql))
        return
    connection.execute(text(_POSTGRESQL_FUNCTION))
    for name, change in _ROW.items():
        _make(connection, name, f"BEFORE {change} ON statement FOR EACH ROW")
    for table in _tables(connection):
        _make(connection, _TRUNCATE, f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT")


def _make(connection: Connection, name: str, when: str) -> None:
    sql = f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION statement_append_only()"
    connection.execute(text(sql))
    table = when.split(" ON ")[1].split()[0]
    connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER {name}"))


def _tables(connection: Connection) -> list[str]:
    """`statement` and its partitions."""
    found = connection.execute(text("SELECT relid::regclass::text FROM pg_partition_tree('statement') ORDER BY 1"))
    return list(found.scalars())


def missing_triggers(connection: Connection) -> list[str]:
    """Triggers that should be there and are not, or are switched off; as `trigger`, or `trigger on partition`."""
    if connection.dialect.name == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'statement'"
        return sorted(set(_SQLITE) - set(connection.execute(text(sql)).scalars()))
    sql = """SELECT tgrelid::regclass::text AS place, tgname AS name FROM pg_trigger
        WHERE tgenabled IN ('O', 'A') AND tgrelid IN (SELECT relid FROM pg_partition_tree('statement'))"""
    found = {(row.place, row.name) for row in connection.execute(text(sql))}
    wanted = {(place, name) for place in _tables(connection) for name in (*_ROW, _TRUNCATE)}
    return sorted(name if place == "statement" else f"{name} on {place}" for place, name in wanted - found)
