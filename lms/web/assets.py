"""Static files: each tree (core, theme, simulator) under the hash of its content, cached for ever.

An old hash gets the current file with `no-store`: a page loaded before an upgrade still works.
"""

from __future__ import annotations

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, request

from lms.errors import NotFound
from lms.web.access import open_to_anybody
from lms.web.site import site
from lms.web.trees import Trees

YEAR = 31_536_000
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".mp3": "audio/mpeg"}

pages = Blueprint("static", __name__)


@lru_cache(maxsize=512)
def _read(file: Path, _changed: int) -> tuple[bytes, bytes]:
    """Plain and compressed bytes; kept, since every learner of a room asks for the same few."""
    plain = file.read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0) if file.suffix in (".js", ".css", ".svg", ".json") else b""


@lru_cache(maxsize=128)
def _pack(text: str) -> tuple[bytes, bytes]:
    return text.encode(), gzip.compress(text.encode(), 9, mtime=0)


@pages.get("/static/<digest>/<path:path>")
@open_to_anybody
def show(digest: str, path: str) -> Response:
    """One file of a tree; a module with what it imports, style sheets that are asked for together (`a+b.css`)."""
    trees = site().trees
    plain, packed = _find_bytes(trees, path)
    small = bool(packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    kind = KINDS.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    answer = Response(packed if small else plain, mimetype=kind)
    if small:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    fresh = digest == trees.hashes[trees.tree_of(path)]
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if fresh else "no-store"
    return answer


def _find_bytes(trees: Trees, path: str) -> tuple[bytes, bytes]:
    joined = trees.find_joined(path)
    if joined is not None:
        return _pack(joined.text)
    file = trees.find(path)
    if file is None:
        raise NotFound(f"no static file {path!r}")
    return _read(file, file.stat().st_mtime_ns)


@pages.get("/pictograms/<name>.svg")
@open_to_anybody
def pictogram(name: str) -> Response:
    """A pictogram by its name, for the texts of courses; the theme of the instance draws it."""
    file = site().find_theme("").find_static(f"pictograms/{Path(name).name}.svg")
    if file is None:
        raise NotFound(f"no pictogram {name!r}")
    answer = Response(_read(file, file.stat().st_mtime_ns)[0], mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
