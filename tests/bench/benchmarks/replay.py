"""Speed of replaying a journal and comparing every entry, beside the run that wrote it, in the same process."""

from __future__ import annotations

from functools import partial

from bot_games import new_game, play_years
from measurement import Report, cpu_seconds, figure, ratio, scenario

from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay


def measure(*, tiny: bool) -> Report:
    """Run and replay in turns. Times are processor times and include making the session."""
    text = scenario("middle-east-1955")
    years, repetitions = (0.5, 1) if tiny else (10.0, 3)

    def run() -> list[Entry]:
        session, bots = new_game(text, "7")
        play_years(session, bots, years)
        return session.take_entries()

    run_rates, replay_rates, entry_rates = [], [], []
    for _ in range(repetitions):
        seconds, entries = cpu_seconds(run)
        run_rates.append(years / seconds)
        seconds, _ = cpu_seconds(partial(replay, entries, "bench"))
        replay_rates.append(years / seconds)
        entry_rates.append(len(entries) / seconds)
    return Report(
        "Replay of a journal",
        (
            ratio("speed of the replay over that of the run", replay_rates, run_rates),
            figure("replayed and compared", "years per CPU second", *replay_rates),
            figure("replayed and compared", "entries per CPU second", *entry_rates),
            figure("reference: the run, with bots", "years per CPU second", *run_rates),
        ),
        (
            f"{years:g} years of middle-east-1955, seed 7. A replay runs no bots, and writes every entry again to compare it.",
        ),
    )
