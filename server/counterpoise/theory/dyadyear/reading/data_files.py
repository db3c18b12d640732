"""The tables of ``counterpoise history``: their columns, their names in the data sets, and which may be missing.

Names are those of the Correlates of War project (states, majors, NMC 5 to 7, direct contiguity 3.2, dyadic MID 4, formal
alliances 4.1, inter-state wars), ATOP 5.1, Polity 4 and 5, ICOW 1.1, the ideal points of Bailey, Strezhnev & Voeten (2017),
and of what peacesciencer and EUGene write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from counterpoise.theory.dyadyear.reading.cell_values import (
    CONTIGUITY,
    COUNT,
    DATE,
    DOLLARS,
    FLAG,
    IDEAL_POINT,
    KILOMETRES,
    LATITUDE,
    LEVEL,
    LONGITUDE,
    NAME,
    POLITY,
    ROLE,
    SERIAL,
    SESSION,
    SHARE,
    STATE,
    YEAR,
)
from counterpoise.theory.dyadyear.reading.columns import Column, Converted

Merge = Callable[[float, float], float]
FIRST_SESSION = 1945
"""The year before the first session of the General Assembly."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """One table: its columns, the names of its files, and how its rows identify what they are about."""

    name: str
    """The name that this project gives the file. It is taken before all others."""
    others: tuple[str, ...]
    """Patterns of the names that distributors give the file, without ending, as ``columns.plain_name`` returns them."""
    columns: tuple[Column, ...]
    states: tuple[str, ...]
    """The columns with states. A table with ``ccode1`` and ``ccode2`` may have each pair in either direction or in both."""
    key: tuple[str, ...]
    """The columns that identify a row; empty if rows may repeat."""
    required: bool = False
    instead_of: str = ""
    """The file that is not required if this one is there."""
    spans: bool = False
    """Whether a row is about the years from the column ``start`` to the column ``end``."""
    merges: Mapping[str, Merge] = field(default_factory=dict)
    """How to merge values in which rows with one key differ. In other columns they must agree."""
    measures: tuple[str, ...] = ()
    """Columns of which a row must have at least one to say anything. Rows without any are skipped."""
    unknown: Literal["refuse", "skip entities", "skip all"] = "refuse"
    """What to do about numbers that are not in the list of states. Entities have numbers above 999."""


def state_column(name: str, *aliases: str) -> Column:
    """Return a column with the number of a state. Rows without one are totals, or lost their state in a merge."""
    return Column(name, STATE, aliases, "skip the row")


def span_columns(first: tuple[str, ...], last: tuple[str, ...]) -> tuple[Column, Column]:
    """Return the columns with the first and the last date of a span, by their names. A span without a last date goes on.

    A file with a row for each year has the year as both.
    """
    return Column("start", DATE, (*first, "year")), Column("end", DATE, (*last, "year"), "keep the row")


STARTS = ("start_date", "stdate", "start_year", "styear", "begin", "start", "begyear", "firstyear", "begclaim", "syear")
ENDS = ("end_date", "enddate", "end_year", "endyear", "end", "lastyear", "endclaim", "eyear")
CCODE = state_column("ccode", "cowcode", "cow_code", "cow", "ccodecow", "stateno", "statenum", "ccode_cow")
PAIR = (
    state_column(
        "ccode1", "ccodea", "statea", "stateno1", "state1no", "statelno", "mem1", "cowcode1", "cow1", "state1", "numa"
    ),
    state_column(
        "ccode2", "ccodeb", "stateb", "stateno2", "state2no", "statehno", "mem2", "cowcode2", "cow2", "state2", "numb"
    ),
)
YEARS = Column("year", YEAR, ("yr", "obsyear"))


def _is_side_a(role: float) -> float:
    """Return 1 for the primary initiator (role 1) and those who joined it (2), 0 for the target (3) and its side (4)."""
    return float(role in (1, 2))


def _is_originator(role: float) -> float:
    return float(role in (1, 3))


def nearer_contiguity(one: float, other: float) -> float:
    """Return the nearer of two types of contiguity: 1 to 5, or 0 if neither is contiguity (0 and 6 are none)."""
    return min([kind for kind in (one, other) if 1 <= kind <= 5], default=0.0)


def _flag(name: str, *aliases: str | Converted) -> Column:
    return Column(name, FLAG, aliases, "skip the row")


STATES = DataFile(
    "states.csv", (r"states\d{4}", r"statelist\d{4}", r"cow(country|states?)(codes?)?", r"system\d{4}"),
    (
        CCODE, Column("state_abb", NAME, ("stateabb", "abb", "stabb", "abbrev", "statenme", "statename"), "keep the row"),
        *span_columns(STARTS, ENDS),
    ),
    ("ccode",), ("ccode", "start", "state_abb"), True, spans=True,
)  # fmt: skip
MATERIAL = DataFile(
    "nmc.csv", (r"(cow)?nmcv?\d*", r"(cow)?nmcv?\d*abridged", r"(cow)?nmc.*"),
    (
        CCODE, YEARS, Column("milper", COUNT, (), "keep the row"), Column("tpop", COUNT, (), "keep the row"),
        Column("cinc", SHARE, ("cinc_score",)),
    ),
    ("ccode",), ("ccode", "year"), True, measures=("milper", "tpop", "cinc"),
)  # fmt: skip
BORDERS = DataFile(
    "contiguity.csv", (r"contdird", r"contdir", r"(cow)?contdir.*", r"directcontiguity.*", r"contiguity.*"),
    (*PAIR, Column("conttype", CONTIGUITY, ("contig", "contype", "cont_type"), "skip the row"), *span_columns(STARTS, ENDS)),
    ("ccode1", "ccode2"), ("ccode1", "ccode2", "start", "end"), True, spans=True, merges={"conttype": nearer_contiguity},
)  # fmt: skip
CAPITALS = DataFile(
    "capitals.csv", (r"(cow|gw)?capitals?\d*",),
    (
        CCODE, Column("lat", LATITUDE, ("latitude", "caplat")), Column("lon", LONGITUDE, ("lng", "long", "longitude", "caplong")),
        *span_columns(STARTS, ENDS),
    ),
    ("ccode",), ("ccode", "start"), True, spans=True,
)  # fmt: skip
DISTANCES = DataFile(
    "capital_distance.csv", (r"cap(ital)?dist(ance)?s?.*", r"(cow)?min(imum)?dist(ance)?s?.*"),
    (
        *PAIR,
        Column(
            "year", YEAR, ("yr",), "refuse the file", 0.0, "the distances hold for every year",
        ),
        Column("km", KILOMETRES, ("capdist", "kmdist", "distance_km", "mindist"), "skip the row"),
    ),
    ("ccode1", "ccode2"), ("ccode1", "ccode2", "year"), instead_of="capitals.csv", unknown="skip all",
)  # fmt: skip
MAJORS = DataFile(
    "major_powers.csv", (r"(cow)?majors?(\d{4})?",), (CCODE, *span_columns(STARTS, ENDS)),
    ("ccode",), ("ccode", "start"), True, spans=True,
)  # fmt: skip
DISPUTES = DataFile(
    "mid_dyad_year.csv",
    (
        r"dyadicmid.*", r"(gml|cow)?(mid)?dirdisps?\d*", r"(gml|cow)?(mid)?ddy.*", r"(gml|cow)?(mid)?ndy.*",
        r"directeddispute.*",
    ),
    (
        Column("dispnum", SERIAL, ("dispnum3", "disno", "dispno", "midnum", "cwmidnum"), "skip the row"), *PAIR,
        Column("year", YEAR, (*YEARS.aliases, "strtyr", "styear")),
        Column(
            "onset", FLAG, ("disponset", "midonset", "gmlmidonset", "cowmidonset", "new", "newmid", "cwonset"), "skip the row",
            -1.0, "a dispute of a pair begins in its first year",
        ),
        _flag("sidea1", "sideaa", Converted("rolea", ROLE, _is_side_a), Converted("role1", ROLE, _is_side_a)),
        _flag("sidea2", "sideab", Converted("roleb", ROLE, _is_side_a), Converted("role2", ROLE, _is_side_a)),
        *(
            Column(
                f"orig{n}", FLAG, (f"orignat{letter}", f"orig{letter}", Converted(f"role{letter}", ROLE, _is_originator)),
                "skip the row", 1.0, "all states took part from the first day of a dispute",
            )
            for n, letter in (("1", "a"), ("2", "b"))
        ),
        *(
            Column(f"hostlev{n}", LEVEL, (f"hihost{letter}", f"hostlev{letter}", f"cwhost{n}", f"host{n}"), "skip the row")
            for n, letter in (("1", "a"), ("2", "b"))
        ),
    ),
    ("ccode1", "ccode2"), ("dispnum", "ccode1", "ccode2", "year"), True,
    merges={"onset": max, "orig1": max, "orig2": max, "hostlev1": max, "hostlev2": max},
)  # fmt: skip
ALLIANCES = DataFile(
    "alliances_dyad_year.csv",
    (
        r"atop\d*ddyr", r"atop\d*ddyr.*", r"atop\d*dy.*", r"alliancev?\d*bydyadyearly", r"alliancev?\d*bydyad",
        r"alliancev?\d*bydirectedyearly", r"alliancev?\d*bydirected", r"(cow|atop)alliances?.*",
    ),
    (
        *PAIR,
        Column("start", DATE, ("year", "yr", "dyad_st_year", *STARTS)),
        Column("end", DATE, ("year", "yr", "dyad_end_year", *ENDS), "keep the row"),
        Column("defense", FLAG, ("atop_defense", "cow_defense", "defence"), "skip the row"),
        Column(
            "offense", FLAG, ("atop_offense", "offence"), "skip the row", 0.0,
            "no alliance has an offence obligation",
        ),
        *(
            Column(name, FLAG, (), "skip the row", -1.0, "mass pacts are counted as alliances", quiet=True)
            for name in ("defense_x", "offense_x")
        ),
    ),
    ("ccode1", "ccode2"), ("ccode1", "ccode2", "start", "end"), True, spans=True,
    merges={"defense": max, "offense": max, "defense_x": max, "offense_x": max}, unknown="skip entities",
)  # fmt: skip
RIVALRIES = DataFile(
    "rivalries.csv", (r"(tss)?rivalries.*", r"strategicrivalries.*"), (*PAIR, *span_columns(STARTS, ENDS)),
    ("ccode1", "ccode2"), ("ccode1", "ccode2", "start"), spans=True,
)  # fmt: skip
CLAIMS = DataFile(
    "territorial_claims.csv", (r"icowclaimdy.*",),
    (
        Column("claimdy", SERIAL), state_column("ccode_challenger", "chal", "challenger"),
        state_column("ccode_target", "tgt", "target"), *span_columns(STARTS, ENDS),
    ),
    ("ccode_challenger", "ccode_target"), ("claimdy",), spans=True, unknown="skip entities",
)  # fmt: skip
WARS = DataFile(
    "wars_dyad_year.csv", (r"directeddyadicwar.*", r"cowwarinter.*"),
    (Column("war_num", SERIAL, ("warnum",), "skip the row"), *PAIR, YEARS), ("ccode1", "ccode2"), (),
)  # fmt: skip
REGIMES = DataFile(
    "polity.csv", (r"p[45]v\d{4}", r"polity.*"), (CCODE, YEARS, Column("polity2", POLITY, ("polity",), "keep the row")),
    ("ccode",), ("ccode", "year"),
)  # fmt: skip
VOTES = DataFile(
    "ideal_points.csv", (r"idealpoint.*",),
    (
        CCODE,
        Column("year", YEAR, ("yr", Converted("session", SESSION, lambda session: session + FIRST_SESSION))),
        Column("ideal_point", IDEAL_POINT, ("idealpointall", "idealpoint_all"), "skip the row"),
    ),
    ("ccode",), ("ccode", "year"),
)  # fmt: skip
AID = DataFile(
    "us_aid.csv", (),
    (
        CCODE, YEARS, Column("economic_usd_const2020", DOLLARS, (), "keep the row"),
        Column("military_usd_const2020", DOLLARS, (), "keep the row"),
    ),
    ("ccode",), ("ccode", "year"),
)  # fmt: skip
DATA_FILES: tuple[DataFile, ...] = (
    STATES, MATERIAL, BORDERS, CAPITALS, DISTANCES, MAJORS, DISPUTES, ALLIANCES, RIVALRIES, CLAIMS, WARS, REGIMES, VOTES, AID,
)  # fmt: skip
"""In the order in which they are read; the list of states comes first."""
OTHER_NUMBERS: dict[int, int | None] = {
    364: 365, 769: 770, 818: 816, 529: 530, 324: 325, 342: 345, 340: 345,
    89: None, 99: None, 396: None, 397: None, 563: None, 564: None, 711: None, 751: None, 815: None,
}  # fmt: skip
"""Numbers that Polity, ATOP and Gleditsch & Ward use and the Correlates of War project does not, with the project's number for
the same state; ``None`` for entities that were never members of its system of states."""
