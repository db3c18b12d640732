"""``history`` reads a folder of data files and reports; mistakes are named by file, line and column."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

from counterpoise.cli.history.reading import read_tables
from counterpoise.errors import InputError
from counterpoise.theory.dyadyear.reading.data_files import DATA_FILES

Command = Callable[..., "subprocess.CompletedProcess[str]"]
STATES = {"2": "USA", "640": "TUR", "645": "IRQ", "651": "EGY", "652": "SYR", "663": "JOR", "666": "ISR"}
FIRST, LAST = 1955, 1975


def rows_of_a_small_world() -> dict[str, list[dict[str, Any]]]:
    dice, years = Random("files"), range(FIRST - 1, LAST + 1)
    regional = [code for code in STATES if code != "2"]
    pairs = list(pairwise(regional))
    disputes = [
        {
            "dispnum": f"{year}{n}", "ccode1": a, "ccode2": b, "year": year, "onset": 1, "sidea1": int("645" in (a,)),
            "sidea2": int("645" not in (a,)), "orig1": 1, "orig2": 1, "hostlev1": 4, "hostlev2": 3,
        }
        for year in years
        for n, (a, b) in enumerate(pairs)
        if dice.random() < (0.6 if "645" in (a, b) else 0.1)
    ]  # fmt: skip
    return {
        "states.csv": [{"ccode": c, "state_abb": n, "start_year": 1920, "end_year": 2016} for c, n in STATES.items()],
        "nmc.csv": [
            {"ccode": c, "year": y, "milper": 10 + int(c) % 90, "tpop": 9000, "cinc": 0.3 if c == "2" else 0.01}
            for c in STATES
            for y in years
        ],
        "contiguity.csv": [
            {"ccode1": a, "ccode2": b, "conttype": 1, "start_date": "1920-01-01", "start_year": 1920, "end_year": 2016}
            for a, b in pairs
        ],
        "capitals.csv": [
            {"ccode": c, "start_date": "1920-01-01", "end_date": "2016-12-31", "lat": 20 + n, "lon": 30 + n}
            for n, c in enumerate(STATES)
        ],
        "major_powers.csv": [{"ccode": "2", "start_year": 1898, "end_year": 2016}],
        "mid_dyad_year.csv": disputes,
        "alliances_dyad_year.csv": [
            {"ccode1": a, "ccode2": b, "year": y, "defense": 1, "offense": 0}
            for y in years
            for n, (a, b) in enumerate(pairs)
            if (y + n) % 5 < 2 or y in (FIRST - 1, LAST)
        ],
        "polity.csv": [{"ccode": c, "year": y, "polity2": n - 3} for n, c in enumerate(STATES) for y in years],
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    for name, rows in rows_of_a_small_world().items():
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture
def folder(world: Path, tmp_path: Path) -> Path:
    """A copy of the files that a test may damage."""
    return Path(shutil.copytree(world, tmp_path / "data"))


def test_the_report_on_a_folder_names_the_missing_files(counterpoise: Command, world: Path) -> None:
    done = counterpoise("history", world, "--from", FIRST, "--to", LAST, "--json")
    assert done.returncode == 0, done.stderr
    assert "100%" in done.stderr
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(json.loads(counterpoise("history", "--schema").stdout)).validate(document)
    names = [row["name"] for row in document["disputes"]["forecasters"]]
    assert {"threat_index", "four_components", "power_alone", "distance_alone", "history_alone"} <= set(names)
    assert "us_aid.csv" in document["files"]["absent"]
    text = counterpoise("history", world, "--from", FIRST, "--to", LAST, "--region", "middle-east").stdout
    assert "Who starts disputes; fitted rankings out of sample" in text
    assert "W3.1" in text
    output = " ".join(text.split())
    assert "On the same dyad-years the four components rank with an AUC of" in output
    assert "times as likely as chance would have it" in output
    assert "ideology" in output


def test_the_text_says_whether_states_sign_and_which_way_their_ties_go(counterpoise: Command, world: Path) -> None:
    arguments = ("history", world, "--from", FIRST, "--to", LAST)
    alliances = json.loads(counterpoise(*arguments, "--json").stdout)["alliances"]
    text = " ".join(counterpoise(*arguments).stdout.split())
    whether, direction = alliances["whether"], alliances["direction"]
    assert f"Whether: {whether['made']} of {whether['state_years']} state-years had a new tie" in text
    assert direction["n"] == sum(direction["chosen"].values()) > 0
    assert f"signed with at most 4 others; {whether['with_many']} more state-years had only ties with more." in text
    classes, pairs = alliances["classes"], alliances["new_ties"]["events"]
    assert (
        f"{pairs} pairs of states signed. Each side of a pair is a choice of a partner, {alliances['choices']} in all"
        in text
    )
    signing = classes["BAL"] + classes["BW"] + classes["OTHER"]
    assert (
        f"made in {whether['made']} state-years, {signing} of these under threat; {direction['n']} of the choices"
        in text
    )
    assert f"Which way {direction['n']} ties went: {direction['chosen']['BAL']:.0f} against the top threat" in text


def test_shuffled_rows_give_the_same_bytes(counterpoise: Command, world: Path, folder: Path) -> None:
    dice = Random("shuffle")
    for path in folder.iterdir():
        header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        dice.shuffle(rows)
        path.write_text(header + "".join(rows), encoding="utf-8")
    arguments = ("--from", FIRST, "--to", LAST, "--json")
    assert counterpoise("history", folder, *arguments).stdout == counterpoise("history", world, *arguments).stdout


def rewritten(path: Path, change: Callable[[list[list[str]]], list[list[str]]], name: str, separator: str) -> None:
    """Write a file again with other cells, another name and another separator."""
    with path.open(newline="", encoding="utf-8") as opened:
        cells = change(list(csv.reader(opened)))
    path.unlink()
    with path.with_name(name).open("w", newline="", encoding="latin-1") as opened:
        csv.writer(opened, delimiter=separator).writerows(cells)


def test_files_in_another_form_give_the_same_report_and_say_what_was_assumed(
    counterpoise: Command, world: Path, folder: Path
) -> None:
    def shouted(cells: list[list[str]]) -> list[list[str]]:
        return [[cell.upper().replace(".", ",") for cell in row] for row in cells]

    def directed(cells: list[list[str]]) -> list[list[str]]:
        header = ["stateA", "stateB", *cells[0][2:]]
        return [header, *cells[1:], *([b, a, *rest] for a, b, *rest in cells[1:])]

    rewritten(folder / "nmc.csv", shouted, "NMC_5_0.csv", ";")
    rewritten(folder / "alliances_dyad_year.csv", directed, "atop5_1ddyr.csv", ",")
    (folder / "codebook.txt").write_text("notes", encoding="utf-8")
    arguments = ("--from", FIRST, "--to", FIRST + 9)
    done = counterpoise("history", folder, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    plain = json.loads(counterpoise("history", world, *arguments, "--json").stdout)
    for said in (
        "NMC_5_0.csv is read as nmc.csv",
        "NMC_5_0.csv: values are separated by the semicolon character",
        "NMC_5_0.csv: a comma in a number is a decimal comma",
        "atop5_1ddyr.csv is read as alliances_dyad_year.csv",
        "atop5_1ddyr.csv: read stateA as ccode1, stateB as ccode2",
    ):
        assert said in document["assumed"]
        assert said not in plain["assumed"]
    assert any("that give a pair of states in the other direction" in said for said in document["assumed"])
    assert "codebook.txt is not read" in document["files"]["notes"]
    for one in (document, plain):
        del one["assumed"], one["files"]
    assert document == plain
    page = " ".join(counterpoise("history", folder, *arguments).stdout.split())
    assert "Assumed when the files were read: - NMC_5_0.csv is read as nmc.csv." in page


def test_a_state_is_selected_by_its_code_in_any_case_or_by_its_number(counterpoise: Command, folder: Path) -> None:
    path = folder / "states.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("SYR", "JOR").replace("EGY", "egy"), encoding="utf-8")
    chosen = ("--state", "EGY", "--state", "666", "--state", "jor")
    done = counterpoise("history", folder, "--from", FIRST, "--to", LAST, "--json", *chosen)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["selection"]["states"] == ["EGY", "JOR-652", "JOR-663", "ISR"]
    assert "states.csv: JOR is the name of several states, which are called JOR-652, JOR-663" in document["assumed"]


WRONG_CELLS = {
    "a dyad with itself": ("mid_dyad_year.csv", 2, "ccode2", None, "another state"),
    "a year out of range": ("nmc.csv", 3, "year", "99999", "a year from"),
    "a share above 1": ("nmc.csv", 4, "cinc", "1.2", "a share from 0 to 1"),
    "NaN": ("nmc.csv", 2, "cinc", "nan", "a share from 0 to 1"),
    "infinity": ("capitals.csv", 2, "lat", "inf", "degrees"),
    "a flag of 2": ("alliances_dyad_year.csv", 5, "defense", "2", "0 or 1"),
    "half a state": ("nmc.csv", 2, "ccode", "2.5", "a Correlates of War state number"),
    "an unknown state": ("polity.csv", 2, "ccode", "999", "the number of a state in states.csv"),
    "no date": ("capitals.csv", 3, "start_date", "soon", "a date, YYYY-MM-DD"),
    "an end before its beginning": ("states.csv", 2, "end_year", "1900", "a year from"),
    "words": ("polity.csv", 2, "polity2", "democratic", "a Polity score"),
}


@pytest.mark.parametrize("name", WRONG_CELLS)
def test_a_wrong_cell_is_refused_with_file_line_and_column(folder: Path, name: str) -> None:
    file, line, column, value, expected = WRONG_CELLS[name]
    path = folder / file
    with path.open(newline="", encoding="utf-8") as opened:
        header, *rows = csv.reader(opened)
    cells = rows[line - 2]
    cells[header.index(column)] = cells[header.index("ccode1")] if value is None else value
    with path.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([header, *rows])
    with pytest.raises(InputError) as caught:
        read_tables(folder)
    assert Path(caught.value.source).name == file
    assert caught.value.path == f"line {line}, column {column}"
    assert expected in caught.value.expected


def test_a_damaged_file_is_read_or_refused(folder: Path) -> None:
    dice = Random("damage")
    cells = ["", "-9", "nan", "1e400", "abc", '"', "a,b", "0x10", "\x00", "1_0", "2e3", "666", "1955", "99999"]
    refused = []
    for _ in range(120):
        path = folder / dice.choice(sorted(file.name for file in DATA_FILES if file.required))
        whole = path.read_bytes()
        kind = dice.randrange(3)
        if kind == 0:
            lines = [line.split(",") for line in whole.decode().splitlines()]
            row = dice.choice(lines)
            row[dice.randrange(len(row))] = dice.choice(cells)
            path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
        elif kind == 1:
            path.write_bytes(whole[: dice.randrange(len(whole))])
        else:
            spot = dice.randrange(len(whole))
            path.write_bytes(whole[:spot] + bytes([dice.randrange(256)]) + whole[spot + 1 :])
        try:
            read_tables(folder)
        except InputError as error:
            refused.append((Path(error.source).suffix, error.path[:5]))
        path.write_bytes(whole)
    assert len(refused) > 60
    assert set(refused) == {(".csv", "line ")}, "a refusal names the file and the line"


@pytest.mark.parametrize(
    ("damage", "where", "message"),
    [
        (lambda text: "", "line 1", "an empty file"),
        (lambda text: text.splitlines()[0] + "\n", "line 2", "at least one row"),
        (lambda text: text.replace("cinc", "power", 1), "column cinc", "a column of this name"),
        (lambda text: text.replace("tpop", "cinc", 1), "column cinc", "each column once"),
        (lambda text: text + "2,1955\n", "column", "5 cells"),
        (lambda text: text + text.splitlines()[1].replace("0.3", "0.2") + "\n", "column ccode", "one row for each"),
        (lambda text: text + '"open\n', "line", "comma-separated"),
    ],
)
def test_a_broken_file_is_refused_by_name(
    counterpoise: Command, folder: Path, damage: Callable[[str], str], where: str, message: str
) -> None:
    path = folder / "nmc.csv"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    done = counterpoise("history", folder, "--from", FIRST, "--to", LAST)
    assert done.returncode == 65
    output = " ".join(done.stderr.split())
    assert "nmc.csv" in output
    assert where in output
    assert message in output
    assert "Traceback" not in output


def test_missing_files_folders_and_years_are_named(counterpoise: Command, folder: Path) -> None:
    late = counterpoise("history", folder, "--from", 1950, "--to", LAST)
    assert (late.returncode, "1949-1953" in late.stderr) == (78, True)
    assert "The file has 1954-" in " ".join(late.stderr.split())
    for unknown in (("--state", "EGY", "--state", "ISR", "--state", "XXX"), ("--state", "XXX")):
        done = counterpoise("history", folder, "--from", FIRST, "--to", LAST, *unknown)
        assert (done.returncode, "--state XXX: the list of states has no such state" in done.stderr) == (78, True)
    few = ("--state", "EGY", "--state", "ISR", "--state", "egy")
    alone = counterpoise("history", folder, "--from", FIRST, "--to", LAST, *few)
    assert (alone.returncode, "at least 3 states" in " ".join(alone.stderr.split())) == (2, True)
    (folder / "contiguity.csv").unlink()
    gone = counterpoise("history", folder, "--from", FIRST, "--to", LAST)
    assert (gone.returncode, "contiguity.csv" in gone.stderr) == (65, True)
    nowhere = counterpoise("history", folder / "nowhere")
    assert nowhere.returncode == 65
    assert nowhere.stderr.startswith("counterpoise: "), "a bar of progress stays before the error"
    assert len(nowhere.stderr.splitlines()) == 1
    assert counterpoise("history", folder, "--from", 1970, "--to", 1972).returncode == 2
    assert counterpoise("history", folder, "--region", "atlantis").returncode == 2
    assert {file.name for file in DATA_FILES if file.required} >= {"states.csv", "nmc.csv", "mid_dyad_year.csv"}


@pytest.mark.timeout(120)
def test_the_data_sets_themselves_are_read(counterpoise: Command, repository: Path) -> None:
    data = repository.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the reference data are not beside this repository")
    done = counterpoise("history", data, "--from", 1960, "--to", 1985, "--region", "middle-east", "--json")
    assert done.returncode == 0, done.stderr
    found = {row["name"]: row for row in json.loads(done.stdout)["disputes"]["forecasters"]}
    assert found["four_components"]["auc"]["ci"][0] > found["power_alone"]["auc"]["ci"][1]
