"""The guide to Citus names every table there is, and cuts only those whose keys begin with the house."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Table, UniqueConstraint

from lms.database.models.declarative import Base
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

GUIDE = (Path(__file__).parents[2] / "docs/scale.md").read_text(encoding="utf-8")
HOUSE = ("organisation_id", "organisation")


def find_tables(home: Path) -> dict[str, Table]:
    plugins = load_plugins(Settings(home=home), bundled("plugins"))
    ours = list(Base.metadata.sorted_tables)
    return {
        one.name: one
        for one in [*ours, *(table for told in plugins.tables.values() for table in told.metadata.sorted_tables)]
    }


def read_guide() -> tuple[set[str], set[str], set[str]]:
    """Tables that are the same on every node, that are cut by house, that stay on the coordinator."""
    shared = set(re.findall(r"create_reference_table\('(\w+)'\)", GUIDE))
    lists = re.findall(r"unnest\(ARRAY\[(.*?)\]\)", GUIDE, re.S)
    cut = {name for one in lists for name in re.findall(r"'(\w+)'", one)}
    cut |= set(re.findall(r"create_distributed_table\('(\w+)'", GUIDE))
    stay = re.search(r"^(.*) and the tables of versions stay", GUIDE, re.M)
    assert stay
    return shared, cut, set(re.findall(r"`(\w+)`", stay[1]))


def test_every_table_is_told_once(tmp_path: Path) -> None:
    shared, cut, stay = read_guide()
    assert shared | cut | stay == set(find_tables(tmp_path))
    assert len(shared) + len(cut) + len(stay) == len(shared | cut | stay)


def test_what_is_cut_by_house_is_unique_within_a_house(tmp_path: Path) -> None:
    tables, cut, dropped = find_tables(tmp_path), read_guide()[1], re.findall(r"^DROP INDEX (\w+);", GUIDE, re.M)
    assert len(cut) > 40
    for name in sorted(cut):
        table = tables[name]
        unique = [
            [column.name for column in one.columns] for one in table.constraints if isinstance(one, UniqueConstraint)
        ]
        unique += [
            [column.name for column in one.columns] for one in table.indexes if one.unique and one.name not in dropped
        ]
        assert all(keys[0] in HOUSE for keys in [[column.name for column in table.primary_key], *unique]), name
