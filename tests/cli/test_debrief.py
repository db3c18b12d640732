"""The debrief tries other threat indices, takes a user's own numbers, and reports what players wrote down."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


DIARIST = '''
from counterpoise.sim.moves.assess_threats import AssessThreats
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.predict import Predict
from counterpoise_clients.bots.balancer import Bot as Balancer


class Bot(Balancer):
    def decide(self, view):
        """Play as the balancer does, and write down what it sees, expects and means."""
        ratings = {other.id: other.power for other in view.others}
        notes = [Predict(other.id, "HIDE", 0.6) for other in view.others[:2]]
        return [*super().decide(view), AssessThreats(ratings), GiveReason("threat"), *notes]
'''


@pytest.fixture(scope="module")
def noted(counterpoise: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of a game whose players write down what they see, expect and mean."""
    path = tmp_path_factory.mktemp("noted") / "n.db"
    bot = path.with_name("diarist.py")
    bot.write_text(DIARIST)
    done = counterpoise("run", "checkerboard", "--bots", bot, "--seed", "5", "--journal", path, "--json")
    assert done.returncode == 0, done.stderr
    return path


def report_of(counterpoise: Command, *arguments: object) -> Any:
    done = counterpoise("debrief", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_players_wrote_down_is_scored_and_fits_the_schema(counterpoise: Command, noted: Path) -> None:
    report = report_of(counterpoise, noted, "--draws", "2")
    jsonschema.Draft202012Validator(json.loads(counterpoise("debrief", "--schema").stdout)).validate(report)
    said = report["elicitation"]
    assert said["assessments"]["strongest_named"] > 0.9, "the players rated states by their power"
    assert said["predictions"]["n"] > 0
    assert sum(row["n"] for row in said["predictions"]["players"]) == said["predictions"]["n"]
    assert set(said["reasons"]["given"]) == {"threat"}
    assert said["reasons"]["n"] == sum(said["reasons"]["given"].values()) > 0
    text = counterpoise("debrief", noted, "--draws", "0").stdout
    told = " ".join(text.split())
    groups = report["evidence"]["groups"]
    assert all(sentence in told for sentence in groups[0]["sentences"])
    words = {kind["name"]: kind["words"] for kind in report["evidence"]["kinds"]}
    assert all(f"{words[kind]}: {count}" in told for kind, count in groups[0]["acts"].items())
    assert sum(groups[0]["acts"].values()) == groups[0]["choices"] > 0
    assert all(group["sentences"][0] in told for group in groups if group["kind"] == "player")
    assert "What bots wrote down" in text
    assert "predictions of others" in text
    assert all(report[part]["sentence"] in told for part in ("alliances_explained", "conditions", "consequences"))


def test_the_text_lists_injects_and_has_one_line_for_all_propositions_without_data(
    counterpoise: Command, noted: Path
) -> None:
    report, text = report_of(counterpoise, noted, "--draws", "0"), counterpoise("debrief", noted, "--draws", "0").stdout
    injects = report["timeline"]["injects"]
    assert len(injects) >= 6
    for inject in injects:
        assert f"  {inject['date']}  {inject['title']} ({inject['by']})" in text
    untold = [row["id"] for row in report["propositions"] if row["verdict"] == "NOT_ENOUGH_DATA"]
    assert len(untold) > 20
    (line,) = [line for line in text.splitlines() if "not enough data (" in line]
    assert line.endswith(f"({', '.join(untold)}).")
    for row in report["propositions"]:
        assert (f"│ {row['id']} " in text) == (row["id"] not in untold)


def test_verdicts_are_tried_with_as_many_draws_as_asked_for(counterpoise: Command, noted: Path) -> None:
    report = report_of(counterpoise, noted, "--draws", "3")
    assert report["sensitivity"]["draws"] == 3
    for row in report["propositions"]:
        assert (row["fragile"] is None) == (row["verdict"] == "NOT_ENOUGH_DATA")
    assert report_of(counterpoise, noted)["sensitivity"]["draws"] > 0
    has_verdicts = any(row["verdict"] != "NOT_ENOUGH_DATA" for row in report["propositions"])
    for draws, hint in (("0", "with --draws does that"), ("3", "FRAGILE: fewer than")):
        text = " ".join(counterpoise("debrief", noted, "--draws", draws).stdout.split())
        assert (hint in text) == has_verdicts, "the legend stands only below verdicts"
    assert counterpoise("debrief", noted, "--draws", "-1").returncode == 2


def test_forecasts_are_made_again_with_a_users_numbers(counterpoise: Command, noted: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("autonomy = 3.5\nnoise = 1.4\n")
    before, after = report_of(counterpoise, noted), report_of(counterpoise, noted, "--parameters", mine)

    def scores(report: Any) -> dict[str, float]:
        return {row["name"]: row["log_score"] for row in report["hypotheses"]}

    assert scores(before)["balance_of_threat"] != scores(after)["balance_of_threat"]
    assert scores(before)["uniform"] == scores(after)["uniform"]
    assert before["classes"] == after["classes"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("autonomy = 99\n", ("autonomy", "line 1", "1.2")),
        ("noise = 0.8\nautonmy = 2\n", ("autonmy", "line 2", "autonomy")),
        ("shared_floor = 0.1\n", ("shared_floor", "frozen")),
        ("autonomy = \n", ("line 1",)),
    ],
)
def test_a_wrong_parameter_is_named_with_its_line(
    counterpoise: Command, noted: Path, tmp_path: Path, text: str, told: tuple[str, ...]
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(text)
    done = counterpoise("debrief", noted, "--parameters", mine)
    assert done.returncode == 65
    assert "Traceback" not in done.stderr
    said = " ".join(done.stderr.split())
    for part in told:
        assert part in said


def test_a_page_replaces_only_an_older_page(counterpoise: Command, noted: Path, tmp_path: Path) -> None:
    before = noted.read_bytes()
    done = counterpoise("debrief", noted, "--html", noted)
    assert (done.returncode, "--html" in done.stderr) == (78, True)
    assert noted.read_bytes() == before
    page = tmp_path / "page.html"
    for _ in range(2):
        assert counterpoise("debrief", noted, "--draws", "0", "--html", page).returncode == 0
    assert counterpoise("debrief", noted, "--html", tmp_path / "no" / "page.html").returncode == 74


def test_a_date_after_the_end_of_a_journal_is_rejected(counterpoise: Command, tmp_path: Path) -> None:
    half = tmp_path / "half.db"
    assert counterpoise("run", "checkerboard", "--until", "1902-01-01", "--journal", half).returncode == 0
    for command in ("replay", "threats"):
        option = "--at" if command == "replay" else "--on"
        late = counterpoise(command, half, option, "1904-01-01")
        assert late.returncode == 78
        assert (
            f"{option} 1904-01-01: expected a date from 1901-01-01 to 1902-01-01. The journal ends on 1902-01-01."
            in late.stderr
        )
        assert counterpoise(command, half, option, "1902-01-01").returncode == 0


def test_a_file_of_brackets_is_rejected_as_a_journal(counterpoise: Command, tmp_path: Path) -> None:
    deep = tmp_path / "deep.jsonl"
    deep.write_text("[" * 100_000 + "\n")
    done = counterpoise("verify", deep)
    assert done.returncode == 65
    assert "Traceback" not in done.stderr


def test_the_text_begins_with_an_answer_in_words_and_calls_bots_a_recovery_test(
    counterpoise: Command, noted: Path
) -> None:
    report = report_of(counterpoise, noted, "--draws", "0")
    text = counterpoise("debrief", noted, "--draws", "0").stdout
    told = " ".join(text.split())
    assert report["tested"]["recovery_test"]
    places = [told.index(" ".join(report["tested"]["sentence"].split()))]
    for part in ("feared", "aligned", "expected"):
        assert report["in_words"][part], part
        ties = report["in_words"]["ties"][:6] if part == "aligned" else []
        places += [told.index(" ".join(sentence.split())) for sentence in [*report["in_words"][part], *ties]]
    assert places == sorted(places)
    assert places[-1] < told.index("decisions, ")  # numbers follow
    (bots,) = report["choices"]
    assert bots["recovery_test"]
    for accepted in ("accepted", "received"):
        assert bots["acceptances"][accepted] == sum(row[accepted] for row in bots["acceptances"]["situations"])
    assert f"{bots['acceptances']['accepted']} of {bots['acceptances']['received']}" in told


def test_after_one_window_the_text_names_no_better_hypothesis(counterpoise: Command, tmp_path: Path) -> None:
    journal = tmp_path / "short.db"
    done = counterpoise("run", "checkerboard", "--seed", "3", "--until", "1901-07-05", "--journal", journal, "--json")
    assert done.returncode == 0, done.stderr
    report = report_of(counterpoise, journal, "--draws", "0")
    assert report["classes"]["decisions"] == 8
    assert not report["enough"]["telling"]
    text = " ".join(counterpoise("debrief", journal, "--draws", "0").stdout.split())
    assert report["enough"]["sentence"] in text
    assert "11 by at least 5 states would be enough" in text
    assert "status_quo" not in text
    assert "better than the base rate" not in text.lower()
