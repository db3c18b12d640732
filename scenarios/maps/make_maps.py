"""Make the map of each historical scenario from Natural Earth, as ``README.md`` beside this file describes.

Run: ``python make_maps.py COUNTRIES``, where COUNTRIES is ``countries-50m.json`` of world-atlas 2.0.2. It needs shapely 2.2.
The same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import pairwise
from math import atan2, cos, degrees, exp, hypot, radians, sin
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
INPUTS = ("territories.csv", "cuts.csv", "frames.toml", "make_maps.py")
WIDTH, HEIGHT = 1372, 864
BLEED = 8
"""How far land goes on beyond the frame, in units, so that no frame edge looks like a coast."""
GRID = 0.5
"""Coordinates are whole multiples of this."""
TOLERANCE = 0.6
"""How far a simplified line may lie from the line it stands for, in units."""
ISLAND_MIN = 5.0
"""Islands of less than these square units are left out."""
STEP_DEGREES = 0.5
SPHERE = box(-172, -5, 192, 84)

Point = tuple[float, float]
Project = Callable[[float, float], Point]


def countries_of(file: Path) -> dict[str, BaseGeometry]:
    """Return the countries of a world-atlas file by code, or by name where they have no code."""
    topology = json.loads(file.read_text(encoding="utf-8"))
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for deltas in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arcs[-1].append((x * scale_x + shift_x, y * scale_y + shift_y))

    def ring(indices: list[int]) -> list[Point]:
        parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
        points = [parts[0][0], *(point for part in parts for point in part[1:])]
        # A ring that crosses 180 degrees goes on beyond it, and land that lies wholly beyond it joins it there.
        turns, whole = 0, [points[0]]
        for (before, _), (x, y) in pairwise(points):
            turns += (x - before < -180) - (x - before > 180)
            whole.append((x + 360 * turns, y))
        return [(x + 360, y) for x, y in whole] if max(x for x, _ in whole) < -168.9 else whole

    found: dict[str, list[Polygon]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country.get("id") or country["properties"]["name"].replace(" ", "_")
        polygons = {"Polygon": [country.get("arcs")], "MultiPolygon": country.get("arcs")}.get(country["type"], [])
        for rings in polygons:
            found.setdefault(name, []).append(Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]]))
    return {name: shapely.union_all([shapely.make_valid(one) for one in parts]) for name, parts in found.items()}


def projection(frame: dict[str, Any]) -> Project:
    """Return the projection of a frame, from degrees to units: flat, enlarged round the focus, fitted."""
    longitude, latitude = (radians(value) for value in frame["centre"])
    is_wide = frame.get("is_wide", False)

    def flat(x: float, y: float) -> Point:
        if is_wide:
            return x * cos(latitude), -y
        x, y = radians(x) - longitude, radians(y)
        east, north = cos(y) * sin(x), cos(latitude) * sin(y) - sin(latitude) * cos(y) * cos(x)
        up = sin(latitude) * sin(y) + cos(latitude) * cos(y) * cos(x)
        reach, bearing = degrees(atan2(hypot(east, north), up)), atan2(east, north)
        return reach * sin(bearing), -reach * cos(bearing)

    focus_x, focus_y = flat(*frame["focus"]["at"])
    factor, radius = frame["focus"]["factor"], frame["focus"]["radius"]

    def enlarged(x: float, y: float) -> Point:
        x, y = flat(x, y)
        gain = 1 + (factor - 1) * exp(-(((x - focus_x) ** 2 + (y - focus_y) ** 2) / radius**2))
        return focus_x + (x - focus_x) * gain, focus_y + (y - focus_y) * gain

    left, top, right, bottom = frame["margin"]
    shown = [enlarged(*point) for point in frame["fit"]]
    west, east = min(x for x, _ in shown), max(x for x, _ in shown)
    north, south = min(y for _, y in shown), max(y for _, y in shown)
    scale = min((WIDTH - left - right) / (east - west), (HEIGHT - top - bottom) / (south - north))
    shift_x = left + (WIDTH - left - right - scale * (east - west)) / 2 - scale * west
    shift_y = top + (HEIGHT - top - bottom - scale * (south - north)) / 2 - scale * north

    def project(x: float, y: float) -> Point:
        x, y = enlarged(x, y)
        return x * scale + shift_x, y * scale + shift_y

    return project


def projected(land: BaseGeometry, project: Project) -> BaseGeometry:
    """Return land in units; long edges are divided first, so that they bend as the map does."""
    divided = shapely.segmentize(shapely.intersection(land, SPHERE), STEP_DEGREES)
    return shapely.make_valid(shapely.transform(divided, lambda points: [project(x, y) for x, y in points]))


def territories(scenario: str, countries: dict[str, BaseGeometry]) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Yield each territory of a scenario with what is said of it; where two overlap, the first counts."""
    with (HERE / "cuts.csv").open(encoding="utf-8", newline="") as file:
        cuts = {
            row["cut"]: Polygon([tuple(map(float, point.split())) for point in row["points"].split(";")])
            for row in csv.DictReader(file)
            if row["scenario"] == scenario
        }
    with (HERE / "territories.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["scenario"] != scenario:
                continue
            parts = []
            for part in row["parts"].split():
                code, _, cut = part.partition(":")
                parts.append(shapely.intersection(countries[code], cuts[cut]) if cut else countries[code])
            about: dict[str, Any] = {"owners": [_owner(token) for token in row["owners"].split()]}
            if row["held_by"]:
                about["held"] = row["held_by"]
            yield about, shapely.union_all(parts)


def _owner(token: str) -> dict[str, Any]:
    """Return an owner: ``-`` is nobody, ``~`` marks land that is administered and not annexed, ``@`` goes before a date."""
    state, _, since = token.partition("@")
    owner: dict[str, Any] = {"id": state.rstrip("~-")}
    if since:
        owner["from"] = since
    if state.endswith("~"):
        owner["administered"] = True
    return owner


def faces_by_piece(pieces: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return the pieces without overlaps, cut to the frame, with the same points on both sides of each border."""
    paper = box(-BLEED, -BLEED, WIDTH + BLEED, HEIGHT + BLEED)
    lines = [shapely.intersection(shapely.boundary(piece), paper) for piece in pieces]
    noded = shapely.union_all([*lines, shapely.boundary(paper)], grid_size=GRID / 8)
    tree = shapely.STRtree(pieces)
    faces: list[list[Polygon]] = [[] for _ in pieces]
    for face in shapely.get_parts(shapely.polygonize([noded])):
        owners = tree.query(face.representative_point(), predicate="intersects")
        if len(owners):
            faces[min(owners)].append(face)
    return [shapely.union_all(parts) for parts in faces]


def polygons_of(land: BaseGeometry) -> list[Polygon]:
    """Return the polygons that are large enough to draw, in a fixed order."""
    parts = [part for part in shapely.get_parts(land) if part.geom_type == "Polygon" and part.area >= ISLAND_MIN]
    return sorted(parts, key=lambda part: (part.bounds, part.area))


class Arcs:
    """The lines between pieces, each stored once, as world-atlas does it."""

    def __init__(self, pieces: list[list[Polygon]]) -> None:
        boundaries = [shapely.boundary(polygon) for polygons in pieces for polygon in polygons]
        merged = shapely.line_merge(shapely.union_all(boundaries))
        lines = sorted(shapely.get_parts(merged), key=lambda line: tuple(map(tuple, line.coords)))
        self.lines: list[list[list[int]]] = []
        self._edges: dict[tuple[Point, Point], tuple[int, bool]] = {}
        for index, line in enumerate(lines):
            points = [tuple(point) for point in line.coords]
            for start, end in pairwise(points):
                self._edges[start, end], self._edges[end, start] = (index, True), (index, False)
            self.lines.append(_rounded(line))

    def of(self, ring: LineString) -> list[int]:
        """Return the arcs of a ring; one that is walked backwards is its number's complement."""
        points = [tuple(point) for point in ring.coords]
        walked = [self._edges[edge] for edge in pairwise(points)]
        start = next((at for at in range(len(walked)) if walked[at - 1] != walked[at]), 0)
        found: list[int] = []
        for index, is_forward in [*walked[start:], *walked[:start]]:
            number = index if is_forward else ~index
            if not found or found[-1] != number:
                found.append(number)
        return found


def _rounded(line: LineString) -> list[list[int]]:
    """Return a simplified line: its first point and then the steps, in multiples of the grid."""
    places = [(round(x / GRID), round(y / GRID)) for x, y in shapely.simplify(line, TOLERANCE).coords]
    steps = [list(places[0])]
    for (x, y), (next_x, next_y) in pairwise(places):
        if (next_x, next_y) != (x, y):
            steps.append([next_x - x, next_y - y])
    return steps


def inputs_hash() -> str:
    """Return the hash of the files that a map is made from, without Natural Earth."""
    return sha256(b"".join((HERE / name).read_bytes() for name in INPUTS)).hexdigest()


def map_of(scenario: str, frame: dict[str, Any], countries: dict[str, BaseGeometry]) -> dict[str, Any]:
    """Return the map of a scenario."""
    project = projection(frame)
    named = list(territories(scenario, countries))
    known = [about for about, _ in named] + [{"owners": []} for _ in countries]
    shapes = [projected(land, project) for land in [*(land for _, land in named), *countries.values()]]
    pieces = [polygons_of(land) for land in faces_by_piece(shapes)]
    arcs = Arcs(pieces)
    drawn = [
        about | {"rings": [arcs.of(ring) for part in parts for ring in (part.exterior, *part.interiors)]}
        for about, parts in zip(known, pieces, strict=True)
        if parts
    ]
    return {
        "scenario": scenario,
        "inputs": inputs_hash(),
        "caption": frame["caption"],
        "size": [WIDTH, HEIGHT],
        "narrow": frame["narrow"],
        "grid": GRID,
        "anchors": {state: [round(value) for value in project(*at)] for state, at in frame["anchors"].items()},
        "badges": frame["badges"],
        "pieces": drawn,
        "arcs": [[value for step in line for value in step] for line in arcs.lines],
    }


def main() -> None:
    """Write the map of every scenario that has a frame."""
    countries = countries_of(Path(sys.argv[1]))
    frames = tomllib.loads((HERE / "frames.toml").read_text(encoding="utf-8"))
    for scenario, frame in frames.items():
        text = json.dumps(map_of(scenario, frame, countries), separators=(",", ":"))
        (HERE / f"{scenario}.json").write_text(text + "\n", encoding="utf-8")
        sys.stdout.write(f"{scenario}: {len(text) // 1000} kB\n")


if __name__ == "__main__":
    main()
