"""``fork`` plays on from a date with and without a change, and shows both beside the journal."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from tests.cli.packed_page import data_of

from counterpoise.cli import main

Command = Callable[..., "subprocess.CompletedProcess[str]"]
DAY, UNTIL = "1902-01-15", "1903-01-01"
WAR = '{"kind": "start_war", "attackers": ["BEL"], "defenders": ["DUN"], "aim": "policy"}'


class Forked(NamedTuple):
    document: dict[str, Any]
    progress: str
    journals: Path
    page: str
    arguments: tuple[object, ...]
    printed: str


@pytest.fixture(scope="module")
def forked(counterpoise: Command, journal: Path, tmp_path_factory: pytest.TempPathFactory) -> Forked:
    """Two games on each side, with a war put in and a component set."""
    folder = tmp_path_factory.mktemp("fork")
    journals, page = folder / "games", folder / "fork.html"
    arguments = (
        "fork",
        journal,
        "--on",
        DAY,
        "--until",
        UNTIL,
        "--seeds",
        2,
        "--with",
        WAR,
        "--set",
        "ARD.power=x2",
        "--json",
    )
    done = counterpoise(*arguments, "--jobs", 2, "--journals", journals, "--html", page)
    assert done.returncode == 0, done.stderr
    text = page.read_text(encoding="utf-8")
    return Forked(json.loads(done.stdout), done.stderr, journals, text, arguments, done.stdout)


def test_journal_baseline_and_changed_games_are_compared(forked: Forked) -> None:
    document = forked.document
    assert (document["forked"]["on"], document["forked"]["until"], document["forked"]["seeds"]) == (DAY, UNTIL, 2)
    assert document["forked"]["with"] == [
        f"{DAY} start_war attackers=BEL defenders=DUN aim=policy",
        f"{DAY} shift_power actor=ARD factor=2",
    ]
    wars = next(row for row in document["counts"] if row["name"] == "wars")
    assert len(wars["baseline"]["values"]) == len(wars["changed"]["values"]) == 2
    fought = {tuple(row["states"]): row for row in document["fought"]}
    assert fought["BEL", "DUN"]["changed"] == 1.0
    strong = document["power"][0]
    assert strong["state"] == "ARD", "what was set shows where it was set"
    assert strong["changed"] > strong["baseline"]
    assert {row["state"] for row in document["feared"]} >= {"ARD", "BEL", "COR"}
    verdicts = {row["id"]: row for row in document["propositions"]}
    assert len(verdicts) >= 54
    assert set(verdicts["W3.1"]) == {"id", "claim", "original", "baseline", "changed"}
    assert {row["name"] for row in document["hypotheses"]} >= {"balance_of_threat", "base_rate"}
    assert set(document["classes"]) == {"original", "baseline", "changed"}
    assert "100%" in forked.progress
    assert "Playing on" in forked.progress


def test_the_games_are_journals_that_verify_and_debrief(forked: Forked, counterpoise: Command) -> None:
    names = sorted(path.name for path in forked.journals.iterdir())
    assert names == [f"{arm}-{n:04d}.jsonl" for arm in ("baseline", "changed") for n in (1, 2)]
    for name in ("baseline-0002.jsonl", "changed-0001.jsonl"):
        checked = json.loads(counterpoise("verify", forked.journals / name, "--json").stdout)
        assert checked["verified"] is True
        assert checked["to"] == UNTIL
    lines = (forked.journals / "changed-0001.jsonl").read_text(encoding="utf-8").splitlines()
    header = json.loads(json.loads(lines[0])["body"])
    assert header["forked"]["arm"] == "changed"
    assert header["forked"]["with"] == forked.document["forked"]["with"]
    pooled = json.loads(counterpoise("debrief", forked.journals, "--json").stdout)
    assert len(pooled["sessions"]) == 4


def test_the_output_does_not_depend_on_the_number_of_jobs(forked: Forked, counterpoise: Command) -> None:
    again = counterpoise(*forked.arguments, "--jobs", 1)
    assert again.stdout == forked.printed


def test_the_page_holds_the_report_and_needs_no_network(forked: Forked) -> None:
    assert forked.page.startswith("<!doctype html>")
    assert "default-src 'none'" in forked.page
    assert not re.search(r"https?://|\bstyle=|\b(src|href)=", forked.page)
    data = data_of(forked.page)
    assert data["report"] == forked.document
    assert len(data["cautions"]) == 6


def test_an_order_is_taken_out_by_number_or_words_and_candidates_are_listed(
    counterpoise: Command, journal: Path, forked: Forked
) -> None:
    base = ("fork", journal, "--on", DAY, "--until", "1902-08-01", "--seeds", 1, "--jobs", 1)
    many = counterpoise(*base, "--without", "arm")
    assert many.returncode == 78
    number = re.search(r"#(\d+) 190[12]-\d\d-\d\d [A-Z]+: arm", many.stderr)
    assert number, many.stderr
    done = counterpoise(*base, "--without", number[0].split(" ")[0])
    assert done.returncode == 0, done.stderr
    assert f"Taken out: #{number[1]} " in done.stdout
    assert "Who was allied at the end" in done.stdout
    assert "Threat that others saw in each state at the end" in done.stdout
    none = counterpoise(*base, "--without", "zeppelin")
    assert (none.returncode, "no match" in none.stderr) == (78, True)
    assert re.search(r"\n  injects\[3\] 1902-08-20, if .* change_regime actor=HAR", none.stderr)


def test_an_inject_of_the_scenario_is_taken_out_of_the_changed_games_only(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    base = ("fork", journal, "--on", DAY, "--until", "1903-01-01", "--seeds", 1, "--jobs", 1)
    done = counterpoise(*base, "--without", "change_regime Harth", "--journals", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    (taken_out,) = document["forked"]["without"]
    assert taken_out.startswith("injects[3] 1902-08-20, if ")
    assert " change_regime actor=HAR" in taken_out
    regimes = next(row for row in document["counts"] if row["name"] == "regimes_changed")
    assert regimes["difference"]["mean"] == -1
    for arm, withheld in (("baseline", None), ("changed", [3])):
        path = tmp_path / f"{arm}-0001.jsonl"
        header = json.loads(json.loads(path.read_text(encoding="utf-8").partition("\n")[0])["body"])
        assert header.get("withheld") == withheld
        assert counterpoise("verify", path).returncode == 0
    gone = counterpoise("fork", path, "--on", "1902-06-01", "--without", "injects[3]")
    assert (gone.returncode, "no match" in gone.stderr) == (78, True), "it is out already"
    prepared = counterpoise(*base, "--without", "Belmar hears")
    assert (prepared.returncode, "unless a moderator uses it" in prepared.stderr) == (78, True)


def published(counterpoise: Command) -> jsonschema.Draft202012Validator:
    schema = json.loads(counterpoise("fork", "--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_document_fits_the_published_schema(counterpoise: Command, forked: Forked) -> None:
    validator = published(counterpoise)
    validator.validate(forked.document)
    for part, wrong in (("void", -1), ("original_to", "soon"), ("allied", [{}]), ("surprise", 1)):
        assert not validator.is_valid({**forked.document, part: wrong}), part
    for part in forked.document:
        assert not validator.is_valid({k: v for k, v in forked.document.items() if k != part}), part


def test_without_a_change_only_the_baseline_is_played(counterpoise: Command, journal: Path) -> None:
    done = counterpoise("fork", journal, "--on", "1904-01-15", "--seeds", 1, "--jobs", 1, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert set(document["classes"]) == {"original", "baseline"}
    assert {row["changed"] for row in document["counts"]} == {None}
    assert document["forked"]["until"] == "1905-01-01", "the end of the scenario"
    published(counterpoise).validate(document)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--on", "soon"), 2, "a date"),
        (("--on", "1950-01-01"), 78, "--on"),
        (("--on", "1905-01-01"), 78, "before the end of the scenario"),
        (("--on", DAY, "--until", DAY), 78, "--until"),
        (("--on", DAY, "--with", "{"), 65, "JSON"),
        (("--on", DAY, "--with", "no-such-file.json"), 65, "no such file"),
        (("--on", DAY, "--with", '{"by": "ARD"}'), 65, "kind"),
        (("--on", DAY, "--with", '{"kind": "announce", "text": "x", "on": "1904-01-01"}'), 65, "a date from"),
        (("--on", DAY, "--with", '{"kind": "start_war"}'), 65, "attackers"),
        (("--on", DAY, "--with", '{"by": "ARD", "kind": "atack", "target": "BEL"}'), 65, "attack"),
        (("--on", DAY, "--with", "[]"), 65, "an empty list, which changes nothing"),
        (("--on", DAY, "--without", "0"), 78, "0, which is the number of no order or inject"),
        (("--on", DAY, "--without-all", "#0"), 78, "0, which is the number of no order or inject"),
        (("--on", DAY, "--without", ""), 2, "got no word"),
        (("--on", DAY, "--without-all", " , "), 2, "got no word"),
        (("--on", DAY, "--set", "ARD.power=xmuch"), 65, "a number"),
        (("--on", DAY, "--set", "ARD.beauty=1"), 65, "EGY.power=xFACTOR such as x1.5"),
        (("--on", DAY, "--set", "ARD.power=2"), 65, "--set ARD.power=2: expected x and a factor"),
        (("--on", DAY, "--set", "ARD.power=x0"), 65, "--set ARD.power=x0: expected a number from 0.1"),
        (("--on", DAY, "--with", '{"kind": "attack", "target": "BEL"}'), 65, "--with: $.by: expected by with the code"),
        (("--on", DAY, "--with", '{"kind": "atack", "target": "BEL"}'), 65, '(nearest: attack), got "atack"'),
        (("--on", DAY, "--with", f'[{WAR}, {{"kind": "announce"}}]'), 65, "--with: $[1].text: expected"),
        (
            ("--on", DAY, "--with", '{"kind": "attack", "by": "NOX", "target": "BEL", "aim": "policy"}'),
            65,
            "$.by: expected",
        ),
        (
            ("--on", DAY, "--with", '{"kind": "announce", "text": "a", "text": "b"}'),
            65,
            'each key once, got "text" twice',
        ),
        (("--on", DAY, "--set", "NOX.power=x2"), 65, "--set NOX.power=x2: expected the code of a state"),
        (("--on", DAY, "--bots", "no-such-bot"), 65, "no-such-bot"),
        (("--on", DAY, "--seeds", "0"), 2, "--seeds"),
    ],
)
def test_wrong_options_are_named_before_anything_is_played(
    journal: Path,
    arguments: tuple[str, ...],
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["counterpoise", "fork", str(journal), *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    said = capsys.readouterr().err
    assert caught.value.code == code, said
    assert words in " ".join(said.split())
    assert "Playing on" not in said


@pytest.mark.timeout(150)
def test_a_recorded_history_is_searched_by_the_words_of_its_record(counterpoise: Command, tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    assert (
        counterpoise("run", "middle-east-1955", "--history", "--until", "1957-06-01", "--journal", path).returncode == 0
    )
    base = ("fork", path, "--seeds", 1, "--jobs", 1, "--json")
    arms = counterpoise(*base, "--on", "1955-10-01", "--until", "1956-04-01", "--without-all", "USR EGY")
    assert arms.returncode == 0, arms.stderr
    document = json.loads(arms.stdout)
    assert [line.split(" ")[2] for line in document["forked"]["without"]] == ["form_alignment", "set_aid"]
    pair = next(row for row in document["allied"] if row["states"] == ["EGY", "USR"])
    assert (pair["original"], pair["baseline"], pair["changed"]) == (True, 1.0, 0.0)
    suez = counterpoise(*base, "--on", "1956-12-31", "--until", "1957-06-01", "--without", "start_war suez")
    assert suez.returncode == 0, suez.stderr
    document = json.loads(suez.stdout)
    assert [line.split(" ")[2] for line in document["impossible"]] == ["UKG:", "FRN:", "end_war"]
    late = counterpoise(*base, "--on", "1956-07-01", "--without-all", "suez")
    assert late.returncode == 78
    assert "fork later" in late.stderr
