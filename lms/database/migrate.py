"""Bring the database to the newest migration of every owner: the core first, then each plugin with tables."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, MetaData, String, column, insert, inspect, select, text
from sqlalchemy import table as sql_table

from lms.contract.tables import Tables
from lms.database.append_only import missing_triggers, protect_statements
from lms.database.clock import now
from lms.database.door import write_to
from lms.database.ids import new_id
from lms.database.models import Base, Instance, Origin
from lms.database.partitions import make_partitions
from lms.database.rows import table
from lms.errors import LMSError, PluginError

if TYPE_CHECKING:
    from alembic.config import Config

logger = logging.getLogger("lms.database")

MIGRATION_LOCK = 0x6465636C6963
"""Key of PostgreSQL's advisory lock: «declic» as a number."""

HERE = Path(__file__).parent / "migrations"


def migrate(engine: Engine, plugins: Mapping[str, Tables] | None = None) -> list[str]:
    """Run all pending migrations in one transaction; names of the owners that moved.

    A plugin that was removed leaves its tables and its version table alone; the rest still migrates.
    """
    owners = [("core", Base.metadata, HERE / "versions")]
    owners += [(name, one.metadata, one.migrations) for name, one in sorted((plugins or {}).items())]
    if not pending(engine, owners) and not _unprotected(engine):
        return []
    with write_to(engine) as connection:
        _wait_for_others(connection)
        moved = [name for name, metadata, folder in owners if _upgrade(connection, name, metadata, folder)]
        make_partitions(connection)
        protect_statements(connection)
        check_protected(connection)
        _know_itself(connection)
    return moved


def check_protected(connection: Connection) -> None:
    """Raises LMSError naming the triggers without which statements could be changed."""
    if lost := missing_triggers(connection):
        raise LMSError(f"statements are not protected; missing: {', '.join(lost)}")


def _unprotected(engine: Engine) -> bool:
    """Whether somebody took triggers away since the last start: they are made again, and it is said."""
    with engine.connect() as connection:
        lost = missing_triggers(connection)
    if lost:
        logger.warning("statements were not protected, triggers are made again: %s", ", ".join(lost))
    return bool(lost)


def _wait_for_others(connection: Connection) -> None:
    """Several server processes start at once; on SQLite the write lock does this."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})


def pending(engine: Engine, owners: Sequence[tuple[str, MetaData, Path]]) -> bool:
    """Whether any owner has migrations that were not run; without importing Alembic, since every start asks."""
    names = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return any(_current(connection, name, names) != newest(folder) for name, _, folder in owners)


def _current(connection: Connection, name: str, names: set[str]) -> str:
    if f"{name}_version" not in names:
        return ""
    version = select(column("version_num", String)).select_from(sql_table(f"{name}_version"))
    return str(connection.execute(version).scalar() or "")


def newest(folder: Path) -> str:
    """The last revision of a folder: files are `0001_what.py`, revision ids their number."""
    return max((file.name.split("_")[0] for file in folder.glob("[0-9]*.py")), default="")


def config(connection: Connection, name: str, metadata: MetaData, folder: Path) -> Config:
    """Alembic's configuration for one owner."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.set_main_option("version_locations", str(folder).replace("%", "%%"))
    made.set_main_option("path_separator", "newline")
    made.attributes |= {
        "connection": connection,
        "metadata": metadata,
        "version_table": f"{name}_version",
        "include_name": _own_tables(metadata),
    }
    return made


def _own_tables(metadata: MetaData) -> Any:
    """Only the owner's tables are compared; others, partitions and version tables are not its business."""

    def include(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name in metadata.tables

    return include


def _upgrade(connection: Connection, name: str, metadata: MetaData, folder: Path) -> bool:
    from alembic import command

    names = set(inspect(connection).get_table_names())
    current, wanted = _current(connection, name, names), newest(folder)
    if current == wanted:
        return False
    if current > wanted:
        raise LMSError(
            f"the database is at {name} {current}, this version knows {wanted or 'none'}: install the newer one"
        )
    try:
        command.upgrade(config(connection, name, metadata, folder), "head")
    except Exception as error:
        if name == "core":
            raise
        raise PluginError(f"plugin «{name}»: its migrations in {folder} failed: {error}") from error
    return True


def _know_itself(connection: Connection) -> None:
    """An instance gets its origin once: statements made here carry it for ever."""
    if connection.execute(select(Instance.value).where(Instance.key == "origin")).scalar() is None:
        origin = new_id()
        connection.execute(insert(table(Instance)), {"key": "origin", "value": origin})
        connection.execute(insert(table(Origin)), {"id": origin, "name": "", "clock_offset": 0, "measured": now()})
