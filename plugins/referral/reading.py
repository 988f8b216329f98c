"""A CSV file as people have it: which encoding, separator and names of columns. Streamed, whatever its size."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lms.contract.places import load_columns

from .old_names import COLUMNS, LEFT_OUT
from .standard import simplify

PIECE = 1 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NEEDED = ("id", "nom", "commune", "code_postal", "adresse")
LONGEST_CELL = 1 << 20


class UnreadableFile(ValueError):
    """Nothing of this file can be imported; the sentence says why and what to do."""


@dataclass(frozen=True)
class Layout:
    """How the file is written. `columns` maps each position to a column of today; `told` are sentences for people."""

    encoding: str
    separator: str
    columns: Mapping[int, str]
    told: tuple[str, ...]


def find_layout(file: Path) -> Layout:
    """Look at the file without keeping it. Raises UnreadableFile."""
    if not file.is_file() or file.stat().st_size == 0:
        raise UnreadableFile(
            "Le fichier est vide. Rien n'a été changé. Demandez un autre fichier à qui vous l'a donné."
        )
    encoding = find_encoding(file)
    told = [] if encoding.startswith("utf-8") else [f"Le fichier est en {encoding} ; il est lu ainsi."]
    with file.open(encoding=encoding, errors="replace", newline="") as text:
        first = text.readline()
        if not first.strip():
            raise UnreadableFile("La première ligne est vide : elle doit porter les noms des colonnes.")
        separator = max(",;\t", key=first.count)
        if separator != ",":
            name = {";": "point-virgule", "\t": "tabulation"}[separator]
            told.append(f"Les colonnes sont séparées par {name} ; elles sont lues ainsi.")
        names = next(csv.reader([first], delimiter=separator))
        more = text.readline()
    found, warnings = name_columns(names)
    if missing := [one for one in NEEDED if one not in found.values()]:
        raise UnreadableFile(
            f"Colonne absente : {', '.join(missing)}. Rien n'a été changé. "
            "Il faut un fichier du standard « lieux de médiation numérique »."
        )
    if not more.strip():
        raise UnreadableFile("Le fichier a des noms de colonnes, mais aucun lieu. Rien n'a été changé.")
    return Layout(encoding, separator, found, (*told, *warnings))


def find_encoding(file: Path) -> str:
    """UTF-8 unless it cannot be: then that of Windows. A few broken bytes do not make a UTF-8 file another one."""
    with file.open("rb") as raw:
        start = raw.read(4)
        raw.seek(0)
        for mark, name in MARKS:
            if start.startswith(mark):
                return name
        good, broken = _count_letters(raw)
    return "cp1252" if broken > good else "utf-8"


def _count_letters(raw: BinaryIO) -> tuple[int, int]:
    """How many letters beyond ASCII are well written in UTF-8, and how many bytes are not."""
    good = broken = 0
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    while piece := raw.read(PIECE):
        if not piece.isascii():
            text = decode(piece)
            lost = text.count("\ufffd")
            broken += lost
            good += len(text) - len(text.encode("ascii", "ignore")) - lost
    return good, broken


def name_columns(names: list[str]) -> tuple[dict[int, str], list[str]]:
    """Position → column of today, and what to tell of the others."""
    known = {simplify(one): one for one in load_columns()}
    old = {simplify(one): new for one, new in COLUMNS.items()}
    found: dict[int, str] = {}
    told = []
    for at, name in enumerate(names):
        plain = simplify(name)
        if plain in known:
            found[at] = known[plain]
        elif plain in old:
            found[at] = old[plain]
            told.append(f"Colonne « {name.strip()} » : c'est l'ancien nom de « {old[plain]} » ; elle est lue ainsi.")
        elif plain and plain not in LEFT_OUT:
            told.append(f"Colonne « {name.strip()} » : elle n'est pas dans le standard ; elle est laissée de côté.")
    return found, told


class Counting(io.BufferedReader):
    """Counts the bytes read, for the progress bar."""

    seen = 0

    def read1(self, size: int = -1, /) -> bytes:
        piece = super().read1(size)
        self.seen += len(piece)
        return piece

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.seen += len(piece)
        return piece


def iter_rows(file: Path, layout: Layout) -> Iterator[tuple[int, int, dict[str, str] | str]]:
    """(line, bytes read so far, cells by column); a sentence in place of the cells where the line cannot be read."""
    csv.field_size_limit(LONGEST_CELL)
    with Counting(io.FileIO(file)) as raw, io.TextIOWrapper(raw, layout.encoding, "replace", newline="") as text:
        reader = csv.reader(text, delimiter=layout.separator)
        next(reader)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, raw.seen, f"la ligne ne peut pas être lue ({error})"
                continue
            if any(cell.strip() for cell in cells):
                yield (
                    line,
                    raw.seen,
                    {name: cells[at].strip() for at, name in layout.columns.items() if at < len(cells)},
                )
