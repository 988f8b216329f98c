"""Bring the database to the newest migration of every owner: the core first, then each plugin with tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, MetaData, inspect, select, text

from lms.contract.tables import Tables
from lms.database.append_only import missing_triggers, protect_statements
from lms.database.clock import now
from lms.database.door import write_to
from lms.database.ids import new_id
from lms.database.models import Base, Instance, Origin
from lms.database.partitions import make_partitions
from lms.errors import LMSError

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent / "migrations"


def migrate(engine: Engine, plugins: Mapping[str, Tables] | None = None) -> list[str]:
    """Run all pending migrations in one transaction; names of the owners that moved.

    A plugin that was removed leaves its tables and its version table alone; the rest still migrates.
    """
    owners = [("core", Base.metadata, HERE / "versions")]
    owners += [(name, one.metadata, one.migrations) for name, one in sorted((plugins or {}).items())]
    if not pending(engine, owners):
        return []
    with write_to(engine) as connection:
        moved = [name for name, metadata, folder in owners if _upgrade(connection, name, metadata, folder)]
        make_partitions(connection)
        protect_statements(connection)
        if lost := missing_triggers(connection):
            raise LMSError(f"triggers missing after migration: {', '.join(lost)}")
        _know_itself(connection)
    return moved


def pending(engine: Engine, owners: Sequence[tuple[str, MetaData, Path]]) -> bool:
    """Whether any owner has migrations that were not run; without importing Alembic, since every start asks."""
    names = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return any(_current(connection, name, names) != newest(folder) for name, _, folder in owners)


def _current(connection: Connection, name: str, names: set[str]) -> str:
    table = f"{name}_version"
    if table not in names:
        return ""
    return str(connection.execute(text(f'SELECT version_num FROM "{table}"')).scalar() or "")


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
    if _current(connection, name, names) == newest(folder):
        return False
    command.upgrade(config(connection, name, metadata, folder), "head")
    return True


def _know_itself(connection: Connection) -> None:
    """An instance gets its origin once: statements made here carry it for ever."""
    if connection.execute(select(Instance.value).where(Instance.key == "origin")).scalar() is None:
        origin = new_id()
        connection.execute(Instance.__table__.insert().values(key="origin", value=origin))
        connection.execute(Origin.__table__.insert().values(id=origin, name="", clock_offset=0, measured=now()))
