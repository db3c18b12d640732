"""Each table is found under the names that distributors give its file; what is not read is said."""

from __future__ import annotations

import pytest

from counterpoise.errors import InputError
from counterpoise.theory.dyadyear.reading.data_files import DATA_FILES
from counterpoise.theory.dyadyear.reading.file_names import folder_contents

OWN = [file.name for file in DATA_FILES if file.required]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("states2016.csv", "states.csv"), ("statelist2024.csv", "states.csv"), ("NMC_5_0.csv", "nmc.csv"),
        ("NMC-60-abridged.csv", "nmc.csv"), ("contdir.csv", "contiguity.csv"), ("contdird.csv", "contiguity.csv"),
        ("cow_capitals.csv", "capitals.csv"), ("majors2016.csv", "major_powers.csv"),
        ("dyadic_mid_4.02.csv", "mid_dyad_year.csv"), ("gml_dirdisp.csv", "mid_dyad_year.csv"),
        ("gml-ddy-disputes-2.2.1.csv", "mid_dyad_year.csv"), ("cow_mid_dirdisps.csv", "mid_dyad_year.csv"),
        ("atop5_1ddyr.csv", "alliances_dyad_year.csv"), ("atop5_1ddyr_NNA.csv", "alliances_dyad_year.csv"),
        ("alliance_v4.1_by_dyad_yearly.csv", "alliances_dyad_year.csv"), ("States.CSV", "states.csv"), ("nmc.txt", "nmc.csv"),
    ],
)  # fmt: skip
def test_a_required_table_is_found_under_a_distributors_name(name: str, table: str) -> None:
    found = folder_contents("d", [name, *(own for own in OWN if own != table)])
    assert found.tables[table] == name
    assert found.assumed == (f"{name} is read as {table}",)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("p5v2018.csv", "polity.csv"), ("p4v2018.csv", "polity.csv"), ("IdealpointestimatesAll_Jun2024.csv", "ideal_points.csv"),
        ("ICOWclaimdy.csv", "territorial_claims.csv"), ("tss_rivalries.csv", "rivalries.csv"),
        ("capdist.csv", "capital_distance.csv"),
        ("cow_mindist.csv", "capital_distance.csv"), ("directed_dyadic_war.csv", "wars_dyad_year.csv"),
    ],
)  # fmt: skip
def test_an_optional_table_is_found_under_a_distributors_name(name: str, table: str) -> None:
    assert folder_contents("d", [*OWN, name]).tables[table] == name


def test_the_projects_own_name_comes_first_and_other_files_are_listed() -> None:
    names = [*OWN, "NMC_5_0.csv", "MIDB 5.0.csv", "p5v2018.sav", "readme.md"]
    found = folder_contents("d", names)
    assert found.tables["nmc.csv"] == "nmc.csv"
    assert found.notes == (
        "MIDB 5.0.csv is not read: it lists disputes or participants, not pairs of states; give the dyadic MID data",
        "NMC_5_0.csv is not read",
        "p5v2018.sav is not read: export it as CSV",
    )


def test_the_whole_archive_of_the_alliances_may_lie_in_the_folder() -> None:
    forms = ("dyad", "dyad_yearly", "directed", "directed_yearly", "member")
    names = [*(own for own in OWN if "alliances" not in own), *(f"alliance_v4.1_by_{form}.csv" for form in forms)]
    assert folder_contents("d", names).tables["alliances_dyad_year.csv"] == "alliance_v4.1_by_dyad_yearly.csv"


def test_two_files_that_are_as_good_as_each_other_are_refused() -> None:
    names = [*(own for own in OWN if own != "mid_dyad_year.csv"), "dyadic_mid_4.02.csv", "dyadic_mid_4.03.csv"]
    with pytest.raises(
        InputError, match=r"dyadic_mid_4\.02\.csv and dyadic_mid_4\.03\.csv both look like mid_dyad_year\.csv"
    ):
        folder_contents("d", names)


def test_a_missing_table_is_named_with_the_files_that_do_not_serve() -> None:
    names = [*(own for own in OWN if "alliances" not in own), "atop5_1sy.csv", "atop5_1ddyr.dta"]
    with pytest.raises(InputError) as caught:
        folder_contents("d", names)
    assert "these files are missing: alliances_dyad_year.csv." in caught.value.got
    assert "atop5_1sy.csv: it lists states or treaties, not pairs of states; give atop5_1ddyr.csv" in caught.value.got
    assert "atop5_1ddyr.dta: export it as CSV" in caught.value.got


def test_distances_may_stand_in_for_capitals() -> None:
    names = [*(own for own in OWN if own != "capitals.csv"), "capdist.csv"]
    found = folder_contents("d", names)
    assert "capdist.csv stands in for capitals.csv, which is missing" in found.assumed
    assert not {"capitals.csv", "capital_distance.csv"} & set(found.absent)
