"""``counterpoise check-bot``: check a bot for faults before it plays."""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec import Struct

from counterpoise.cli.options.bot_limits import BotMemory, BotSeconds, TrustBots, bot_limits
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.terminal import console, print_json
from counterpoise.scenario_files import scenario_text
from counterpoise_clients.isolation.bot_limits import MEMORY, SECONDS
from counterpoise_clients.roster import SeatLoader
from counterpoise_clients.testing import BotReport, check_named_bot


class BotCheck(Struct, frozen=True, kw_only=True):
    """The result of a check as a document."""

    bot: str
    scenario: str
    ok: bool
    decisions: int
    orders: int
    orders_by_kind: dict[str, int]
    calls: int
    calls_unanswered: int
    slowest_milliseconds: float
    problems: list[str]
    wrote: str


def check_bot(
    bot: Annotated[
        str, typer.Argument(help="A bundled bot's name, a Python file, a folder/ or cmd:COMMAND.", metavar="BOT")
    ],
    scenario: Annotated[str, typer.Option(help="The scenario to play.")] = "checkerboard",
    seed: Annotated[str, typer.Option(help="Seed of all chance.")] = "1",
    stops: Annotated[int, number_option("--stops", "Stops of the clock to play.", int, 1, 1000)] = 60,
    bot_seconds: BotSeconds = SECONDS,
    bot_memory: BotMemory = MEMORY,
    trust_bots: TrustBots = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check a bot for faults before it plays.

    The bot plays in every seat, twice with each seed, as it would in a tournament: in processes of its own, within its limits. It
    must answer with legal moves whenever it is asked, and decide alike with the same seed. The exit code is 1 if it has a fault.
    """
    text, source = scenario_text(scenario)
    load = SeatLoader(bot_limits(bot_seconds, bot_memory, trusted=trust_bots))
    report = check_named_bot(bot, text, source=source, seed=seed, stops=stops, load=load)
    if json:
        print_json(_document(bot, scenario, report))
    else:
        console.print(str(report), markup=False, highlight=False)
        console.print("no faults" if report.ok else "this bot has faults", markup=False)
    if not report.ok:
        raise typer.Exit(1)


def _document(bot: str, scenario: str, report: BotReport) -> BotCheck:
    return BotCheck(
        bot=bot, scenario=scenario, ok=report.ok, decisions=report.decisions, orders=report.orders,
        orders_by_kind=dict(sorted(report.by_kind.items())), calls=report.calls, calls_unanswered=report.calls_unanswered,
        slowest_milliseconds=round(report.slowest_ms, 1), problems=report.problems, wrote=report.wrote,
    )  # fmt: skip
