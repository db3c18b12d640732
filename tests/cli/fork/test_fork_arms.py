"""``fork`` compares several changes, several values of one, and the same journal forked at each window."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.cli.packed_page import data_of

from counterpoise.session.forks.arms_document import fork_schema

Command = Callable[..., "subprocess.CompletedProcess[str]"]
DAY, UNTIL = "1902-01-15", "1902-07-01"
WAR = "start_war attackers=BEL defenders=DUN aim=policy"


def fitting(printed: str) -> dict[str, Any]:
    """Return a printed document, which fits its schema."""
    document: dict[str, Any] = json.loads(printed)
    jsonschema.Draft202012Validator(fork_schema()).validate(document)
    return document


def test_arms_are_compared_with_one_baseline_and_do_not_depend_on_the_jobs(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    arguments = ("fork", journal, "--on", DAY, "--until", UNTIL, "--seeds", 6, "--json", "--html", tmp_path / "a.html")
    arms = (
        "--arm",
        f"war={WAR}",
        "--arm",
        "war=ARD.power=x1.2",
        "--arm",
        "calm=without-all arm",
        "--arm",
        "told=ARD arm effort=0.2",
    )
    done = counterpoise(*arguments, *arms, "--jobs", 2, "--journals", tmp_path / "games")
    assert done.returncode == 0, done.stderr
    document = fitting(done.stdout)
    assert [(arm["name"], arm["compared_with"]) for arm in document["arms"]] == [
        ("baseline", None),
        ("war", "baseline"),
        ("calm", "baseline"),
        ("told", "baseline"),
    ]
    assert document["arms"][1]["with"] == [f"{DAY} {WAR}", f"{DAY} shift_power actor=ARD factor=1.2"]
    assert document["arms"][2]["without"]
    assert document["arms"][3]["with"] == [f"{DAY} ARD: arm effort=0.2"]
    war = next(row for row in document["fought"] if row["states"] == ["BEL", "DUN"])
    baseline, changed = war["arms"][:2]
    assert (baseline["games"], changed["games"]) == (0, 6)
    assert 0.0 < baseline["ci"][1] < 0.5 < changed["ci"][0] < 1.0, "Wilson's intervals of no game and of all six"
    assert changed["difference"]["p"] == 0.03125, "six of six seeds differ one way"
    assert changed["difference"]["p_corrected"] > 0.05, "among so many comparisons that is nothing unusual"
    smallest = document["smallest"]
    cells = [cell for table in ("counts", "allied", "fought") for row in document[table] for cell in row["arms"]]
    assert smallest["comparisons"] == sum(cell["difference"] is not None for cell in cells)
    assert smallest["by_change_corrected"] is None, "six seeds cannot pass the correction"
    assert smallest["by_change"] > 0.9
    assert len(list((tmp_path / "games").iterdir())) == 24
    checked = counterpoise("verify", tmp_path / "games" / "war-0006.jsonl", "--json")
    assert json.loads(checked.stdout)["verified"] is True
    assert data_of((tmp_path / "a.html").read_text(encoding="utf-8"))["report"] == document
    again = counterpoise(*arguments, *arms, "--jobs", 1)
    assert again.stdout == done.stdout


def test_a_sweep_has_an_arm_for_each_value_with_its_dose(counterpoise: Command, journal: Path) -> None:
    base = ("fork", journal, "--on", DAY, "--until", UNTIL, "--seeds", 2, "--jobs", 1)
    done = counterpoise(*base, "--sweep", "COR.power=x1,x1.5,x2", "--json")
    assert done.returncode == 0, done.stderr
    document = fitting(done.stdout)
    assert document["design"] == "sweep"
    assert [(arm["name"], arm["dose"]) for arm in document["arms"]] == [
        ("baseline", None),
        ("COR.power=x1", 1.0),
        ("COR.power=x1.5", 1.5),
        ("COR.power=x2", 2.0),
    ]
    for table in ("counts", "allied", "fought"):
        for row in document[table]:
            assert row["arms"][1]["difference"]["mean"] == 0.0, "once the forces change nothing: the seeds are shared"


def test_each_window_is_forked_and_compared_with_the_one_before(counterpoise: Command, journal: Path) -> None:
    base = ("fork", journal, "--on", DAY, "--until", "1903-01-01", "--seeds", 1, "--jobs", 1, "--each-window")
    done = counterpoise(*base, "--set", "COR.power=x2")
    assert done.returncode == 0, done.stderr
    assert "Forks at each window, each beside the one before" in done.stdout
    document = fitting(counterpoise(*base, "--json").stdout)
    dates = [DAY, "1902-07-01"]
    assert [(arm["name"], arm["on"], arm["compared_with"]) for arm in document["arms"]] == [
        (day, day, before) for day, before in zip(dates, [None, *dates], strict=False)
    ]
    for row in document["counts"]:
        assert [cell["difference"] is None for cell in row["arms"]] == [True, False]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--arm", "ARD.power=x2"), 65, "a name of 1 to 16 small letters"),
        (("--arm", "strong"), 65, "NAME=CHANGE"),
        (("--arm", "baseline=ARD.power=x2"), 65, "other than baseline and original"),
        (("--arm", "strong=make it so"), 65, "a change: EGY.power=x1.5"),
        (("--arm", "strong=ARD arm amount=2"), 65, "FIELD=VALUE with"),
        (("--arm", "strong=start_war attackers=BEL defenders=XXX aim=policy"), 65, "--arm strong"),
        (("--sweep", "COR.power=x2"), 65, "two or more values"),
        (("--sweep", "COR.height=1,2"), 65, "EGY.TRAIT=VALUE"),
        (("--sweep", "COR.power=x2,x2"), 65, "each value once"),
        (("--sweep", "COR.power=1,2"), 65, "x and a factor"),
        (("--sweep", "COR.power=x1,x2", "--each-window"), 78, "exclude each other"),
        (("--sweep", "COR.power=x1,x2", "--set", "ARD.power=x2"), 78, "--with or --set beside it"),
        (("--each-window", "--until", "1902-01-20"), 78, "a window that opens after"),
    ],
)
def test_a_wrong_option_is_refused_with_what_to_write(
    counterpoise: Command, journal: Path, options: tuple[str, ...], code: int, words: str
) -> None:
    done = counterpoise("fork", journal, "--on", DAY, *options)
    assert done.returncode == code, done.stderr
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
