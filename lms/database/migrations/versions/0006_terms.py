"""An index of statements by all that a filter may ask."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from lms.database.terms import find_terms

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Terms of every statement that is kept; the index by registration is no longer read."""
    op.create_table(
        "statement_term",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "term", "stored", "id", name=op.f("pk_statement_term")),
        sqlite_with_rowid=False,
        postgresql_partition_by="RANGE (stored)",
    )
    op.drop_index(op.f("ix_statement_organisation_id_registration_stored"), "statement")
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        make_partitions(connection)
    fill(connection)


def make_partitions(connection: sa.Connection) -> None:
    """The same months as `statement` has."""
    sql = """SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) AS bounds
             FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'statement'::regclass"""
    for name, bounds in connection.execute(sa.text(sql)).all():
        made = name.replace("statement_", "statement_term_")
        op.execute(f"CREATE TABLE {made} PARTITION OF statement_term {bounds}")


def fill(connection: sa.Connection) -> None:
    """In the order of the key, some at a time. What points at another statement has its terms too."""
    page = sa.text(
        """SELECT organisation_id, stored, id, body FROM statement
            WHERE (organisation_id, stored, id) > (:organisation, :stored, :id)
            ORDER BY organisation_id, stored, id LIMIT 500"""
    )
    keep = sa.text(
        """INSERT INTO statement_term (organisation_id, term, stored, id)
           VALUES (:organisation, :term, :stored, :id) ON CONFLICT DO NOTHING"""
    )
    terms: dict[tuple[str, str], set[int]] = {}
    pointing: list[tuple[str, int, str, str]] = []
    last = {"organisation": "", "stored": -1, "id": ""}
    while rows := connection.execute(page, last).all():
        for organisation, stored, name, body in rows:
            statement = json.loads(body)
            found = read_terms(statement)
            if statement["object"].get("objectType") == "StatementRef":
                pointing.append((organisation, stored, name, statement["object"]["id"].lower()))
                terms[organisation, name] = found
            write(connection, keep, organisation, stored, name, found)
        last = dict(zip(("organisation", "stored", "id"), rows[-1][:3], strict=True))
    for organisation, stored, name, target in pointing:
        write(connection, keep, organisation, stored, name, follow(connection, terms, organisation, target))


def read_terms(statement: dict[str, Any]) -> set[int]:
    """Before this version contexts were not looked at: where one is no valid one, the rest is found by."""
    try:
        return find_terms(statement)
    except (AttributeError, KeyError, TypeError):
        return find_terms({name: statement[name] for name in ("actor", "verb", "object")} | {"actor": {}})


def write(
    connection: sa.Connection, keep: sa.TextClause, organisation: str, stored: int, name: str, found: set[int]
) -> None:
    """One row for each term."""
    rows = [{"organisation": organisation, "term": one, "stored": stored, "id": name} for one in sorted(found)]
    if rows:
        connection.execute(keep, rows)


def follow(
    connection: sa.Connection, terms: dict[tuple[str, str], set[int]], organisation: str, target: str
) -> set[int]:
    """The terms of a chain of statements that point at one another, from this one on."""
    body = sa.text(
        """SELECT s.body FROM statement_key k JOIN statement s
           ON s.organisation_id = k.organisation_id AND s.stored = k.stored AND s.id = k.id
           WHERE k.organisation_id = :organisation AND k.id = :id"""
    )
    found: set[int] = set()
    seen: set[str] = set()
    while target and target not in seen:
        seen.add(target)
        text = connection.execute(body, {"organisation": organisation, "id": target}).scalar()
        statement = json.loads(text) if text else {"object": {}}
        found |= terms.get((organisation, target)) or (read_terms(statement) if text else set())
        about = statement["object"]
        target = str(about["id"]).lower() if about.get("objectType") == "StatementRef" else ""
    return found


def downgrade() -> None:
    """Filters read every statement again."""
    op.drop_table("statement_term")
    op.create_index(
        op.f("ix_statement_organisation_id_registration_stored"),
        "statement",
        ["organisation_id", "registration", "stored"],
    )
