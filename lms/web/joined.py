"""Several files in one answer: sources stay small files that import each other, a page stays a few requests.

A module is served with what it imports, each in a function scope of its own and evaluated once a page, whichever answer
brought it. A module that says its imports or exports in another way than ours, or in a circle, is served as it stands:
browsers load that too, only with more requests.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

IMPORT = re.compile(r'^import (?:\{([^{}]*)\} from )?"(\.\.?/[^"]+\.js)";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const)(?= (\w+)\b)", re.MULTILINE)
DYNAMIC = re.compile(r'\bimport\("(\.\.?/[^"]+)"\)')
FOREIGN = re.compile(r"^(?:import|export)\b|\bimport\.meta\b|^(?!.*\basync\b)\S.*\bawait\b", re.MULTILINE)
"""What stands outside the forms above, or needs a module of its own: `import.meta`, `await` on the top level."""

SHARED = "__modules"
HEAD = f'const {SHARED} = (globalThis[Symbol.for("lms.modules")] ??= {{}});\n'


class NotJoined(Exception):
    """This module has to be served as it stands."""


def join_sheets(files: Iterable[Path]) -> str:
    """Style sheets, one after the other."""
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def join_modules(entry: Path, root: Path, key: str) -> tuple[str, tuple[Path, ...]]:
    """The module with all that it imports inside `root`, and the files that went in. Raises NotJoined.

    `key` tells the modules of this tree from those of another one in the same page.
    """
    entry, root = entry.resolve(), root.resolve()
    made: dict[Path, str] = {}
    exported = _add_module(entry, entry, root, key, made, ())
    last = f"export const {{ {', '.join(exported)} }} = {_slot(entry, root, key)};\n" if exported else ""
    return HEAD + "".join(made.values()) + last, tuple(made)


def _add_module(
    file: Path, entry: Path, root: Path, key: str, made: dict[Path, str], above: tuple[Path, ...]
) -> list[str]:
    """Put the module after what it imports; its exported names."""
    if file in above or not file.is_relative_to(root) or not file.is_file():
        raise NotJoined(f"{file} is imported in a circle, from outside, or is not there")
    text = file.read_text(encoding="utf-8")
    wanted = [(file.parent / path).resolve() for _, path in IMPORT.findall(text)]
    for one in wanted:
        if one not in made:
            _add_module(one, entry, root, key, made, (*above, file))
    names = [name for _, name in EXPORT.findall(text)]
    body = IMPORT.sub(lambda found: _take(found, file, root, key), text)
    body = DYNAMIC.sub(lambda found: f'import("{_find_way(found[1], file, entry)}")', EXPORT.sub(r"\1", body))
    if FOREIGN.search(body):
        raise NotJoined(f"{file} imports, exports or waits in a way that cannot be joined")
    made[file] = f"{_slot(file, root, key)} ??= (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();\n"
    return names


def _slot(file: Path, root: Path, key: str) -> str:
    return f'{SHARED}["{key}/{file.relative_to(root).as_posix()}"]'


def _take(found: re.Match[str], file: Path, root: Path, key: str) -> str:
    """What an import becomes: names taken out of the module that stands above."""
    if found[1] is None:
        return ""
    names = re.sub(r"\b(\w+) as (\w+)\b", r"\1: \2", found[1])
    return f"const {{{names}}} = {_slot((file.parent / found[2]).resolve(), root, key)};"


def _find_way(path: str, file: Path, entry: Path) -> str:
    """A module that is fetched later is asked for from where the joined answer stands."""
    way = os.path.relpath((file.parent / path).resolve(), entry.parent).replace(os.sep, "/")
    return way if way.startswith(".") else f"./{way}"
