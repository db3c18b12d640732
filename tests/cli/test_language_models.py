"""Language models play in the commands that play games, and what they said is kept beside the journal."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.cli.host.test_host_command import hosting
from tests.clients.language_models.fake_model import SECRET, FakeModel, Served, completion, running_model, said

from counterpoise_clients.client import Client


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    pytest.importorskip("httpx", reason="the extra 'llm' is not installed")
    with running_model(monkeypatch) as fake:
        yield fake


def test_a_game_with_a_model_that_often_fails_is_played_to_its_date_and_again_without_the_endpoint(
    model: FakeModel, tmp_path: Path, counterpoise: Command
) -> None:
    message = {"kind": "message", "to": ["ESK"], "text": "Shall we arm together?"}
    model.answers = [
        said({"kind": "arm", "effort": 0.3}, message, reason="threat", why="Belmar claims our land."),
        completion("I would rather not say."),
        Served("", 500),
        Served("", 429, Retry_After="120"),
        said({"kind": "attack", "target": "ESK", "aim": "territory"}),
    ]
    run = ("run", "checkerboard", "--until", "1901-10-01", "--json")
    first = counterpoise(*run, "--bots", "COR=llm:test", "--journal", tmp_path / "a.db")
    assert first.returncode == 0
    assert "COR (llm:test): " in first.stderr
    calls = len(model.requests)
    again = counterpoise(*run, "--bots", f"COR=recorded:{tmp_path / 'a.db.models'}", "--journal", tmp_path / "b.db")
    assert again.returncode == 0
    assert len(model.requests) == calls
    for name in ("a", "b"):
        assert counterpoise("verify", tmp_path / f"{name}.db").returncode == 0
        assert counterpoise("export", tmp_path / f"{name}.db", tmp_path / name).returncode == 0
    lines = (tmp_path / "a" / "journal.jsonl").read_bytes()
    assert lines == (tmp_path / "b" / "journal.jsonl").read_bytes()
    assert b"Belmar claims our land." in lines
    assert b"Shall we arm together?" in lines
    assert b"llm:test" in lines
    kept = (tmp_path / "a.db.models").read_text()
    assert SECRET not in kept + lines.decode() + first.stderr + first.stdout
    assert model.url not in kept + lines.decode() + first.stderr


def test_a_tournament_rates_a_model_and_says_that_its_games_are_not_repeatable(
    model: FakeModel, tmp_path: Path, counterpoise: Command
) -> None:
    (tmp_path / "cup.toml").write_text(
        'name = "cup"\nseed = 1\ngames = 2\nyears = 1\nscenarios = ["checkerboard"]\n'
        'entrants = ["status-quo", { name = "model", bot = "llm:test" }]\n'
    )
    model.answers = [Served("", 400)]
    done = counterpoise("tournament", tmp_path / "cup.toml", "--json", "--journals", tmp_path / "games")
    assert done.returncode == 0
    rows = {row["entrant"]: row for row in json.loads(done.stdout)["standings"]}
    assert rows["model"]["isolation"] == ["a model, not repeatable"]
    assert "ERROR" in rows["model"]["statuses"] or "FORFEIT" in rows["model"]["statuses"]
    assert (tmp_path / "games" / "games.models").stat().st_size > 0


def test_the_report_tells_failures_from_decisions_for_which_a_model_was_not_asked(
    model: FakeModel, counterpoise: Command
) -> None:
    model.answers = [Served("", 400)]
    done = counterpoise("run", "checkerboard", "--bots", "COR=llm:test", "--until", "1904-01-01")
    assert done.returncode == 0, done.stderr
    assert len(model.requests) == 10
    assert "COR (llm:test): the bot failed 10 times and passed; the last time on " in done.stderr
    assert re.search(r"COR \(llm:test\): from \S+ on it passed \d+ times without being asked: FORFEIT: ", done.stderr)


def test_a_model_plays_in_a_trial_and_in_a_fork(model: FakeModel, tmp_path: Path, counterpoise: Command) -> None:
    trial = counterpoise("trial", "checkerboard", "--seeds", "1", "--years", "1", "--bots", "COR=llm:test", "--json")
    assert trial.returncode == 0, trial.stderr
    asked = len(model.requests)
    assert asked >= 4  # windows of a year
    journal = tmp_path / "a.db"
    assert counterpoise("run", "checkerboard", "--until", "1902-01-01", "--journal", journal).returncode == 0
    fork = ("fork", journal, "--on", "1901-10-01", "--until", "1902-06-01", "--seeds", "1", "--set", "COR.power=x1.5")
    forked = counterpoise(*fork, "--bots", "COR=llm:test", "--journals", tmp_path / "games", "--json")
    assert forked.returncode == 0, forked.stderr
    assert len(model.requests) > asked
    kept = sorted((tmp_path / "games").glob("*.models"))
    assert len(kept) == 2
    assert all(each.stat().st_size > 0 for each in kept)


@pytest.mark.timeout(120)
async def test_models_play_a_hosted_game_in_an_empty_seat_and_over_the_network(
    model: FakeModel, tmp_path: Path, counterpoise: Command
) -> None:
    model.answers = [said(reason="threat", why="Corvane arms.")]
    folder = tmp_path / "d"
    with hosting("--data", folder, "--bots", "COR=llm:test") as (_, told):
        seats: dict[str, str] = told["seats"]  # type: ignore[assignment]
        joined = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "counterpoise", "join", seats["GAL"], "--bot", "llm:test",
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, cwd=tmp_path,
        )  # fmt: skip
        assert joined.stderr is not None
        assert b"GAL" in await joined.stderr.readline()
        async with Client(str(told["moderator"])) as moderator:
            await moderator.command({"kind": "start"})
            await joined.communicate()
    assert joined.returncode == 0
    assert counterpoise("export", folder / "checkerboard.db", tmp_path / "tables").returncode == 0
    lines = (tmp_path / "tables" / "journal.jsonl").read_text().splitlines()
    orders = [json.loads(json.loads(line)["body"]) for line in lines if '"kind":"order"' in line]
    assert {order["seat"] for order in orders if order["move"]["kind"] == "give_reason"} == {"COR", "GAL"}
    assert sum("Corvane arms." in line for line in lines) >= 2


def test_a_journal_is_not_written_beside_the_calls_of_another(
    model: FakeModel, tmp_path: Path, counterpoise: Command
) -> None:
    (tmp_path / "a.db.models").write_text("")
    refused = counterpoise("run", "checkerboard", "--bots", "llm:test", "--journal", tmp_path / "a.db")
    assert refused.returncode == 78
    assert "a.db.models: the file exists" in refused.stderr


def test_a_model_without_an_address_is_an_error_before_the_game(
    monkeypatch: pytest.MonkeyPatch, counterpoise: Command
) -> None:
    monkeypatch.delenv("COUNTERPOISE_LLM_URL", raising=False)
    refused = counterpoise("run", "checkerboard", "--bots", "COR=llm:test")
    assert refused.returncode == 65
    assert "COUNTERPOISE_LLM_URL" in refused.stderr


def test_a_tournament_of_two_models_is_the_same_when_both_are_played_from_their_recordings(
    model: FakeModel, tmp_path: Path, counterpoise: Command
) -> None:
    # The endpoint answers differently from call to call, so that no two games of a world are alike.
    model.answers = [said({"kind": "arm", "effort": round(0.01 * step, 2)}, reason="threat") for step in range(1, 80)]
    head = 'name = "cup"\nseed = 1\ngames = 4\nyears = 1\nscenarios = ["checkerboard"]\n'
    (tmp_path / "cup.toml").write_text(
        head + 'entrants = [{ name = "one", bot = "llm:a" }, { name = "two", bot = "llm:b" }]\n'
    )
    recorded = f"recorded:{tmp_path / 'games' / 'games.models'}"
    (tmp_path / "again.toml").write_text(
        head + f'entrants = [{{ name = "one", bot = "{recorded}" }}, {{ name = "two", bot = "{recorded}" }}]\n'
    )
    first = counterpoise("tournament", tmp_path / "cup.toml", "--json", "--journals", tmp_path / "games")
    assert first.returncode == 0, first.stderr
    lines = (tmp_path / "games" / "games.models").read_text().splitlines()
    assert sum('"t":"game"' in line for line in lines) == 4 * 8  # a line for each seat of each game
    calls = len(model.requests)
    again = counterpoise("tournament", tmp_path / "again.toml", "--json", "--journals", tmp_path / "again")
    assert again.returncode == 0, again.stderr
    assert len(model.requests) == calls
    games, replayed = (_played(done.stdout) for done in (first, again))
    assert games == replayed
    assert len(dict.fromkeys(digest for digest, _ in games)) == 4
    for number in range(4):
        name = f"game-{number:05d}.jsonl"
        assert (tmp_path / "games" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def _played(document: str) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Return how each game of a tournament ended, and what became of its seats."""
    facts = ("seat", "entrant", "score", "asked", "failed", "status", "reason")
    return [
        (game["digest"], [tuple(seat[fact] for fact in facts) for seat in game["seats"]])
        for game in json.loads(document)["games"]
    ]
