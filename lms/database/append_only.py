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

_POSTGRESQL = {
    "statement_no_update": """CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement
        FOR EACH ROW EXECUTE FUNCTION statement_append_only()""",
    "statement_no_delete": """CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement
        FOR EACH ROW EXECUTE FUNCTION statement_append_only()""",
    "statement_no_truncate": """CREATE TRIGGER statement_no_truncate BEFORE TRUNCATE ON statement
        FOR EACH STATEMENT EXECUTE FUNCTION statement_append_only()""",
}


def protect_statements(connection: Connection) -> None:
    """Make the triggers again: a batch migration on SQLite drops them silently."""
    if connection.dialect.name == "sqlite":
        for name, sql in _SQLITE.items():
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(sql))
        return
    connection.execute(text(_POSTGRESQL_FUNCTION))
    for name, sql in _POSTGRESQL.items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON statement"))
        connection.execute(text(sql))


def missing_triggers(connection: Connection) -> list[str]:
    """Names of triggers that should be there and are not."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        return sorted(set(_SQLITE) - set(found.scalars()))
    found = connection.execute(text("SELECT tgname FROM pg_trigger WHERE tgrelid = 'statement'::regclass"))
    return sorted(set(_POSTGRESQL) - set(found.scalars()))
