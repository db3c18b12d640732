"""The files of the data sets themselves are read under the names and columns that their distributors give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from counterpoise.errors import InputError
from counterpoise.theory.dyadyear.data_tables import Border, Dispute, DyadYearTables

ReadBytes = Callable[[Mapping[str, bytes]], DyadYearTables]
Content = Callable[[DyadYearTables], DyadYearTables]
SAME = {
    "CoW states 2016": (
        "states.csv",
        """stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version
USA,2,United States of America,1920,1,1,2016,12,31,2016
CÔT,437,Ivory Coast,1920,1,1,2016,12,31,2016
TUR,640,Turkey,1920,1,1,2016,12,31,2016
IRQ,645,Iraq,1920,1,1,2016,12,31,2016
EGY,651,Egypt,1920,1,1,2016,12,31,2016
""",
    ),
    "CoW system 2016, a row for each year": (
        "states.csv",
        """stateabb,ccode,year,version
USA,2,1954,2016
USA,2,1955,2016
CÔT,437,1954,2016
TUR,640,1954,2016
IRQ,645,1954,2016
EGY,651,1954,2016
""",
    ),
    "CoW contiguity, master file": (
        "contiguity.csv",
        """dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version
2640,2,"USA",640,"TUR",1,195401,195612,"",3.2
640645,640,"TUR",645,"IRQ",2,195401,195612,"",3.2
645651,645,"IRQ",651,"EGY",3,195401,195612,"",3.2
645651,2,"IRQ",651,"EGY",0,195401,195612,"",3.2
""",
    ),
    "CoW contiguity, directed dyad-years": (
        "contiguity.csv",
        "dyad,state1no,state1ab,state2no,state2ab,year,conttype,version\n"
        + "".join(
            f"{a}{b},{a},X,{b},Y,{year},{kind},3.2\n"
            for one, other, kind in ((2, 640, 1), (640, 645, 2), (645, 651, 3), (2, 651, 6))
            for a, b in ((one, other), (other, one))
            for year in (1954, 1955, 1956)
        ),
    ),
    "peacesciencer's contiguity": (
        "contiguity.csv",
        """"ccode1","ccode2","conttype","stdate","enddate"
2,640,1,1954-01-01,1956-12-01
640,2,1,1954-01-01,1956-12-01
640,645,2,1954-01-01,1956-12-01
645,651,3,1954-01-01,1956-12-01
2,651,0,1954-01-01,1956-12-01
""",
    ),
    "peacesciencer's capitals": (
        "capitals.csv",
        """ccode,statenme,capital,stdate,enddate,lat,lng
2,United States of America,Washington,1920-01-01,2016-12-31,30.044,31.236
437,Ivory Coast,Abidjan,1920-01-01,2016-12-31,-9,31.236
640,Turkey,Ankara,1920-01-01,2016-12-31,32.044,31.236
645,Iraq,Baghdad,1920-01-01,2016-12-31,33.044,31.236
651,Egypt,Cairo,1920-01-01,2016-12-31,34.044,31.236
""",
    ),
    "CoW dyadic MID 4": (
        "mid_dyad_year.csv",
        ("disno,dyindex,statea,namea,stateb,nameb,strtday,strtmnth,strtyr,year,outcome,hihosta,hihostb,rolea,roleb,new\n"
        "100,1,2,USA,640,TUR,-9,1,1955,1955,6,4,2,1,3,1\n100,1,2,USA,640,TUR,-9,1,1955,1956,6,4,2,1,3,0\n"
        "101,2,645,IRQ,640,TUR,-9,1,1955,1955,6,3,4,3,1,1\n102,3,645,IRQ,651,EGY,-9,1,1955,1955,6,4,4,1,3,1\n"),
    ),
    "Gibler, Miller & Little, directed": (
        "mid_dyad_year.csv",
        ("dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,hostlev1,hostlev2,orig1,orig2\n"
        "100,2,640,1955,1,1,1,0,4,2,1,1\n100,640,2,1955,1,1,0,1,2,4,1,1\n101,645,640,1955,1,1,0,1,3,4,1,1\n"
        "101,640,645,1955,1,1,1,0,4,3,1,1\n102,645,651,1955,1,1,1,0,4,4,1,1\n102,645,651,1956,1,0,1,0,4,4,1,1\n"),
    ),
    "peacesciencer's dyad-years with MIDs": (
        "mid_dyad_year.csv",
        ("ccode1,ccode2,year,gmlmidonset,gmlmidongoing,dispnum,sidea1,sidea2,hostlev1,hostlev2,orig1,orig2\n"
        "2,640,1955,1,1,100,1,0,4,2,1,1\n2,640,1956,0,0,NA,NA,NA,NA,NA,NA,NA\n640,645,1955,1,1,101,1,0,4,3,1,1\n"
        "645,651,1955,1,1,102,1,0,4,4,1,1\n2,645,1955,0,0,NA,NA,NA,NA,NA,NA,NA\n"),
    ),
    "MIDs without onsets": (
        "mid_dyad_year.csv",
        ("dispnum,ccode1,ccode2,year,sidea1,sidea2,hostlev1,hostlev2,orig1,orig2\n"
        "100,2,640,1956,1,0,4,2,1,1\n100,2,640,1955,1,0,4,2,1,1\n101,640,645,1955,1,0,4,3,1,1\n102,645,651,1955,1,0,4,4,1,1\n"),
    ),
    "ATOP directed dyad-years": (
        "alliances_dyad_year.csv",
        "ddyad,year,atopally,defense,offense,neutral,nonagg,consul,shareob,bilatno,atopid1,stateA,stateB,version\n"
        + "".join(
            f"640645,{y},1,1,0,0,0,0,1,1,2000,640,645,5.1\n645640,{y},1,0,0,0,1,0,1,1,2000,645,640,5.1\n"
            for y in (1954, 1955, 1956)
        ),
    ),
    "CoW alliances 4.1 by dyad and year": (
        "alliances_dyad_year.csv",
        "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,dyad_end_month,"
        "dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,year,version\n"
        + "".join(
            f'1,640,"Turkey",645,"Iraq",1,1,1954,31,12,1956,0,0,{defense},0,1,0,{y},4.1\n'
            for y in (1954, 1955, 1956) for defense in (0, 1)
        ),
    ),
    "CoW alliances 4.1 by dyad": (
        "alliances_dyad_year.csv",
        ("version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,dyad_end_month,"
        "dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,version\n"
        '1,640,"Turkey",645,"Iraq",1,1,1954,,,,0,1,1,0,1,0,4.1\n2,640,"Turkey",651,"Egypt",1,1,1956,31,12,1956,0,0,0,0,1,0,4.1\n'),
    ),
    "peacesciencer's dyad-years with ATOP": (
        "alliances_dyad_year.csv",
        "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
        + "".join(f"640,645,{y},1,0,0,0,0\n645,640,{y},1,0,0,0,0\n" for y in (1954, 1955, 1956)) + "2,640,2019,NA,NA,NA,NA,NA\n",
    ),
    "Polity5": (
        "polity.csv",
        "p5,cyear,ccode,scode,country,year,flag,fragment,democ,autoc,polity,polity2,durable\n"
        + "".join(
            f"0,{c}{y},{c},X,X,{y},0,,0,9,-66,{p},1\n"
            for c, p in ((2, -9), (437, -8), (640, -7), (645, ""), (651, -5)) for y in (1954, 1955, 1956)
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("dataset", SAME)
def test_a_file_of_a_data_set_gives_what_the_plain_file_gives(
    read_bytes: ReadBytes, content_of: Content, dataset: str
) -> None:
    name, text = SAME[dataset]
    assert content_of(read_bytes({name: text.encode()})) == content_of(read_bytes({}))


def test_ideal_points_by_session_get_the_year_of_the_session(read_bytes: ReadBytes) -> None:
    raw = b"ccode,session,iso3c,Countryname,IdealPointAll,NVotesAll\n2,9,USA,United States,2.1,30\nNA,9,X,Nowhere,0.1,30\n"
    tables = read_bytes({"ideal_points.csv": raw})
    assert tables.ideal == {(2, 1954): 2.1}
    assert "ideal_points.csv: skipped 1 row: ccode is missing" in tables.notes
    assert any("session as year, IdealPointAll as ideal_point" in one for one in tables.assumed)


def test_distances_may_be_for_a_year_or_for_every_year(read_bytes: ReadBytes) -> None:
    every = read_bytes(
        {"capital_distance.csv": b"numa,ida,numb,idb,kmdist,midist\n645,IRQ,640,TUR,1200,700\n900,X,640,TUR,1,1\n"}
    )
    assert every.distances == {(640, 645, 0): 1200.0}
    assert any("the distances hold for every year" in one for one in every.assumed)
    assert any("skipped 1 row: an entity that is not in the list of states" in one for one in every.notes)
    yearly = read_bytes({"capital_distance.csv": b"ccode1,ccode2,year,mindist\n640,645,1955,0\n645,640,1955,0\n"})
    assert yearly.distances == {(640, 645, 1955): 0.0}


def test_the_numbers_of_other_projects_are_read_as_those_of_correlates_of_war(
    read_bytes: ReadBytes, world: dict[str, Any]
) -> None:
    states = "ccode,state_abb,styear,endyear\n" + "".join(
        f"{row['ccode']},{row['state_abb']},1920,2016\n"
        for row in [*world["states.csv"], {"ccode": 365, "state_abb": "RUS"}]
    )
    polity = "ccode,year,polity2\n364,1922,-7\n365,1922,-1\n364,1923,-7\n564,1900,4\n"
    tables = read_bytes({"states.csv": states.encode(), "polity.csv": polity.encode()})
    assert tables.polity == {(365, 1922): -1.0, (365, 1923): -7.0}
    assert "polity.csv: read the number 364 as 365 in 2 rows" in tables.assumed
    assert any("skipped 1 row: 564 is no state of the Correlates of War project" in one for one in tables.notes)
    assert any(
        "skipped 1 row: the state has another row for the same time under its own number" in one for one in tables.notes
    )


def test_directions_that_differ_are_merged_and_named(read_bytes: ReadBytes) -> None:
    raw = b"stateA,stateB,year,defense,offense\n640,645,1954,0,0\n645,640,1954,1,0\n2,640,1954,1,1\n2,640,1954,1,0\n"
    tables = read_bytes({"alliances_dyad_year.csv": raw})
    assert tables.ties == {(2, 640, 1954): True, (640, 645, 1954): True}
    assert any(
        "merged rows differ, by column: defense 1, offense 1; the first in lines 2 and 3 in defense; the larger value counts"
        in one
        for one in tables.assumed
    )
    raw = b"ccode1,ccode2,conttype,year\n640,645,4,1954\n645,640,1,1954\n640,645,0,1955\n"
    near = read_bytes({"contiguity.csv": raw})
    assert near.borders == (Border((640, 645), 1, 1954, 1954),)
    assert any("the nearer type counts" in one for one in near.assumed)


def test_disputes_whose_directions_contradict_each_other_are_refused(read_bytes: ReadBytes) -> None:
    raw = (
        b"dispnum,ccode1,ccode2,year,onset,sidea1,sidea2,orig1,orig2,hostlev1,hostlev2\n"
        b"7,640,645,1955,1,1,0,1,1,4,2\n7,645,640,1955,1,1,0,1,1,2,4\n"
    )
    with pytest.raises(InputError) as caught:
        read_bytes({"mid_dyad_year.csv": raw})
    assert caught.value.path == "line 3, column dispnum"
    assert "another row like line 2, with sidea1 0 instead of 1. Remove one of the two" in caught.value.got
    mirrored = raw.replace(b"7,645,640,1955,1,1,0,1,1,2,4", b"7,645,640,1955,1,0,1,1,1,2,5")
    assert read_bytes({"mid_dyad_year.csv": mirrored}).disputes == (Dispute(7, 1955, 640, 645, 5, True),)


def test_names_that_states_share_and_names_that_change_are_said(read_bytes: ReadBytes) -> None:
    raw = (
        b"ccode,stateabb,styear,endyear\n2,usa,1816,2016\n437,YEM,1920,2016\n640,YEM,1920,2016\n645,IRQ,1932,2016\n"
        b"651,UAR,1958,1961\n651,EGY,1961,2016\n651,EGY,1922,1957\n"
    )
    tables = read_bytes({"states.csv": raw})
    assert tables.names == {2: "USA", 437: "YEM-437", 640: "YEM-640", 645: "IRQ", 651: "EGY"}
    assert "states.csv: 651 has the names EGY, UAR; the latest one is used" in tables.assumed
    assert any("YEM is the name of several states, which are called YEM-437, YEM-640" in one for one in tables.assumed)


def test_a_column_that_may_be_missing_is_said_to_be(read_bytes: ReadBytes) -> None:
    raw = b"ccode1,ccode2,year,defense\n640,645,1954,TRUE\n2,640,1955,FALSE\n"
    tables = read_bytes({"alliances_dyad_year.csv": raw})
    assert tables.ties == {(640, 645, 1954): True}
    assert any(
        "no column offense: assumed is that no alliance has an offence obligation" in one for one in tables.assumed
    )


def test_a_row_without_any_measure_is_skipped_and_one_without_the_index_is_refused(read_bytes: ReadBytes) -> None:
    raw = b"ccode,year,milper,tpop,cinc\n2,1954,1,2,0.1\n2,1955,NA,NA,NA\n"
    tables = read_bytes({"nmc.csv": raw})
    assert list(tables.capability) == [(2, 1954)]
    assert "nmc.csv: skipped 1 row: milper, tpop, cinc are all missing" in tables.notes
    with pytest.raises(InputError) as caught:
        read_bytes({"nmc.csv": raw + b"2,1956,1,NA,NA\n"})
    assert caught.value.path == "line 4, column cinc"
    assert caught.value.got == "'NA', a missing value. Fill in the cell, or remove the row"


def test_a_span_without_an_end_goes_on(read_bytes: ReadBytes) -> None:
    tables = read_bytes({"major_powers.csv": b"ccode,styear,endyear\n2,1898,-9\n640,1900,1910\n"})
    assert [(span.first, span.last) for span in tables.majors] == [(1898, 9999), (1900, 1910)]
    assert "major_powers.csv: 1 span without an end, read as going on" in tables.assumed


def test_a_state_without_a_name_is_called_by_its_number(read_bytes: ReadBytes) -> None:
    rows = (
        b"ccode,stateabb,styear,endyear\n2,USA,1816,2016\n437,NA,1960,2016\n640,TUR,1920,2016\n"
        b"645,IRQ,1932,2016\n651,EGY,1937,2016\n"
    )
    tables = read_bytes({"states.csv": rows})
    assert tables.names[437] == "437"
    assert "states.csv: 437 has no name and is called by its number" in tables.assumed


@pytest.mark.parametrize(
    ("name", "raw", "path", "message"),
    [
        ("nmc.csv", b"ccode,year,milper,tpop\n2,1954,1,2\n",
         "line 1, column cinc", "a column of this name or one of cinc_score"),
        ("nmc.csv", b"ccode,year,milper,tpop,CINC\n2,1954,1,2,half\n",
         "line 2, column CINC", "expected a share from 0 to 1, got 'half'"),
        ("nmc.csv", b"ccode,year,milper,tpop,cinc,Cinc\n2,1954,1,2,0.1,0.2\n",
         "line 1, column cinc", "this column twice (cinc, Cinc)"),
        ("polity.csv", b"cowcode,year,polity2\n998,1954,1\n",
         "line 2, column cowcode", "got 998. Add this state to the list"),
        ("polity.csv", b"ccode,year,polity2\n2,1954,1\n2,1954,2\n",
         "line 3, column ccode", "another row like line 2, with polity2 2"),
        ("contiguity.csv", b"statelno,statehno,conttype,begin,end\n2,640,1,195601,195412\n",
         "line 2, column end", "a year from 1956 on"),
        ("contiguity.csv", b"statea,stateb,conttype,year\n2,2,1,1956\n",
         "line 2, column stateb", "expected another state than statea"),
        ("polity.csv", b"ccode,year,polity2\n,1954,1\nNA,1955,1\n",
         "line 2, column ccode", "skipped 2 rows: ccode is missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_named_by_the_headings_of_the_file(
    read_bytes: ReadBytes, name: str, raw: bytes, path: str, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes({name: raw})
    assert caught.value.source == name
    assert caught.value.path == path
    assert message in str(caught.value)
