"""A what-if plays its games beside a session: for those who may see the truth, one at a time, stopped with whoever asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.cli.journals import read_journal
from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.gateway.what_if.games import answer
from counterpoise.gateway.what_if.process_messages import Question
from counterpoise.session.journal.entries import Entry

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite

GOLDEN = Path(__file__).parents[2] / "golden" / "rules-6" / "checkerboard.jsonl"
POWER = {"kind": "shift_power", "actor": "ARD", "factor": 2.0}
WAR = {"kind": "start_war", "attackers": ["BEL"], "defenders": ["DUN"], "aim": "policy"}


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(read_journal(GOLDEN))


def test_the_games_with_the_change_stand_beside_those_without_and_what_happened(entries: list[Entry]) -> None:
    shares: list[float] = []
    report = answer(entries, "s", Question("1902-01-15", WAR, 2, 1), shares.append)
    assert shares == [0.25, 0.5, 0.75, 1.0]
    assert [(arm.name, arm.compared_with) for arm in report.arms] == [("baseline", None), ("changed", "baseline")]
    assert report.arms[1].added == ["1902-01-15 start_war attackers=BEL defenders=DUN aim=policy"]
    assert (report.forked.on, report.forked.until) == ("1902-01-15", "1902-07-01")
    war = next(row for row in report.fought if row.states == ("BEL", "DUN"))
    assert [cell.games for cell in war.arms] == [0, 2]
    assert war.arms[1].difference is not None


@pytest.mark.parametrize(
    ("on", "change", "words"),
    [
        ("1850-01-01", POWER, "a day of the session, from 1901-01-01"),
        ("soon", POWER, "a day of the session"),
        ("1902-01-15", {}, "the kind and fields of an inject"),
        ("1902-01-15", {"kind": "earthquake"}, "earthquake"),
        ("1902-01-15", {"kind": "arm", "effort": 0.2}, "the code of the state that orders it"),
        ("1902-01-15", {"kind": "arm", "effort": 7, "by": "ARD"}, "effort"),
        ("1902-01-15", {**POWER, "actor": "XXX"}, "XXX"),
        ("1902-01-15", {**POWER, "factor": 9.0}, "a factor from"),
        ("1902-01-15", {**POWER, "on": "1903-01-01"}, "a date from 1901-01-01 to 1902-01-15"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_what_to_ask(
    entries: list[Entry], on: str, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(CounterpoiseError) as refused:
        answer(entries, "s", Question(on, change, 2, 1), lambda _: None)
    assert words in str(refused.value)


async def test_one_runs_at_a_time_for_those_who_may_see_the_truth_and_ends_with_its_process(
    host: Callable[..., Awaitable[tuple[Server, Links]]], invite: Invite, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[asyncio.subprocess.Process] = []
    spawn = asyncio.create_subprocess_exec

    async def noted(*command: str, **how: Any) -> asyncio.subprocess.Process:
        started.append(await spawn(*command, **how))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    _, links = await host()
    player = invite(links.seats["ARD"])
    await player.join()
    moderator = await begin(links)
    ask = {"on": "1901-01-01", "change": POWER, "seeds": 40, "windows": 20}
    await player.say("ask_what_if", **ask)
    assert (await player.hear("error")).code == "wrong_phase"
    await moderator.say("ask_what_if", **ask)
    assert (await moderator.hear("what_if")).share == 0.0
    await moderator.say("ask_what_if", **ask)
    assert (await moderator.hear("error")).code == "what_if_pending"
    async with asyncio.timeout(60):
        while not started:
            await asyncio.sleep(0.02)
    await moderator.say("stop_what_if")
    stopped = await moderator.hear("what_if", within=60)
    while not stopped.done:
        stopped = await moderator.hear("what_if", within=60)
    assert (stopped.stopped, stopped.report) == (True, None)
    assert started[0].returncode is not None, "the process has ended"
    await moderator.say("ask_what_if", **{**ask, "seeds": 99})
    assert (await moderator.hear("error")).path == "$.seeds"
    # Whoever leaves stops what they asked for.
    await moderator.say("ask_what_if", **ask)
    async with asyncio.timeout(60):
        while len(started) < 2:
            await asyncio.sleep(0.02)
    await moderator.leave()
    assert await asyncio.wait_for(started[1].wait(), 60) != 0
