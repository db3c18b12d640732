"""The files that a tournament reads and writes: stored results, journals, logs of bots."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from counterpoise.cli.journals import write_journal
from counterpoise.cli.output_files import replace_text, replacing
from counterpoise.cli.terminal import notes
from counterpoise.errors import InputError, StorageError
from counterpoise.scenario_files import text_of
from counterpoise.session.journal.entries import Entry
from counterpoise.sim import RULES_VERSION
from counterpoise.store.shipped_noise import ENDING, shipped_noise
from counterpoise.theory import THEORY_VERSION
from counterpoise.theory.check.noise_benchmark import read_benchmark
from counterpoise.theory.evidence.behaviour import Measures
from counterpoise.tournament.played_game import KeepJournal
from counterpoise.tournament.result_document import GameResult, SeatLog, decode_result, encode_result
from counterpoise.validation_errors import JSON

RESULT_BEGINS = b'{"counts":{'
"""How every stored result begins."""


def noise_of_scenarios(scenarios: Mapping[str, str], folder: Path) -> dict[str, Measures]:
    """Return what random players do in those scenarios whose noise benchmark fits the scenario, the rules and the theory.

    Args:
        scenarios: the text of each scenario, by the name that the tournament file uses.
        folder: that of the tournament file; the benchmark of a scenario file there stands beside it and ends in ``ENDING``.

    Raises:
        InputError: a file beside a scenario is no noise benchmark.
    """
    found = {}
    for name, text in scenarios.items():
        beside = (folder / name).with_suffix(ENDING)
        known = [*shipped_noise()]
        if name.endswith(".toml") and beside.is_file():
            known.append(read_benchmark(text_of(beside, "a noise benchmark"), str(beside)))
        wanted = (hashlib.sha256(text.encode()).hexdigest(), RULES_VERSION, THEORY_VERSION)
        for benchmark in known:
            if (benchmark.scenario_hash, benchmark.rules_version, benchmark.theory_version) == wanted:
                found[name] = benchmark.behaviour
    return found


def write_game_journal(folder: Path, result: GameResult, entries: Sequence[Entry]) -> None:
    """Write the journal of a game, in the process that played it."""
    write_journal(folder / f"game-{result.game:05d}.jsonl", entries)


def keep_in_all(keeps: Sequence[KeepJournal], result: GameResult, entries: Sequence[Entry]) -> None:
    """Give the journal of a game to several who keep it."""
    for keep in keeps:
        keep(result, entries)


def write_bot_logs(folder: Path, game: int, logs: Sequence[SeatLog]) -> None:
    """Write what is told to the authors of the bots of a game, in the process that played it."""
    lines = b"".join(msgspec.json.encode(log) + b"\n" for log in logs)
    replace_text(folder / f"game-{game:05d}.bots.jsonl", lines.decode())


def stored_results(results: Path) -> list[GameResult]:
    """Return the results of an earlier run. A line that a crash has cut off is taken out of the file; its game is played again.

    Raises:
        InputError: the file holds something else and must not be written to.
        StorageError: the file cannot be read, or cannot be mended.
    """
    if not results.exists():
        return []
    try:
        raw = results.read_bytes()
        found, lines = [], []
        for number, line in enumerate(raw.split(b"\n"), start=1):
            if line and (result := _stored_result(results, number, line)) is not None:
                found.append(result)
                lines.append(line + b"\n")
        if b"".join(lines) != raw:
            with replacing(results) as file:
                file.writelines(lines)
    except OSError as error:
        raise StorageError(str(results), error.strerror or str(error)) from error
    return found


def _stored_result(results: Path, number: int, line: bytes) -> GameResult | None:
    """Return the result in a line; ``None`` for a line that is cut off."""
    try:
        return decode_result(line)
    except msgspec.MsgspecError as error:
        if not (line.startswith(RESULT_BEGINS) or RESULT_BEGINS.startswith(line)):
            raise InputError(
                str(results),
                f"line {number}",
                "the stored results of a tournament, one game a line",
                JSON.shown(line.decode(errors="replace")),
            ) from error
    notes.print(f"{results}: line {number} is incomplete and was taken out; its game is played again", markup=False)
    return None


@contextmanager
def appending(results: Path | None) -> Iterator[Callable[[GameResult], None]]:
    """Open the file of results for appending. Yield the function that appends a result."""
    if results is None:
        yield lambda _result: None
        return
    try:
        with results.open("ab") as file:

            def store(result: GameResult) -> None:
                file.write(encode_result(result) + b"\n")
                file.flush()

            yield store
    except OSError as error:
        raise StorageError(str(results), error.strerror or str(error)) from error
