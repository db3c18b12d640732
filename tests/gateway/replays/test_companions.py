"""Beside a replay stand the shipped record, the last what-if and the sessions that went on, for those who may see them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.gateway.replays.test_replay_routes import ask, whole

from counterpoise.gateway.hub import Links
from counterpoise.gateway.replays.companions import shipped_record
from counterpoise.gateway.replays.film_sources import film_source
from counterpoise.gateway.server import Server
from counterpoise.session.journal.header import hash_of_scenario
from counterpoise.session.replay import replay

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]


def listed(state: Any) -> list[tuple[str, str, bool]]:
    """Return kind, detail and whether a token is needed, of each companion of a film's state."""
    return [(one["kind"], one["detail"], one["needs_token"]) for one in state["beside"]]


async def test_the_games_of_a_what_if_and_a_session_that_went_on_stand_beside_their_session(
    host: Host, invite: Invite, begin: Begin
) -> None:
    server, links = await host()
    player = invite(links.seats["ARD"])
    await player.join()
    moderator = await begin(links)
    await moderator.command("close_window")
    second = await moderator.hear("window", lambda m: m.tick > 0)
    await moderator.command("end")
    await player.hear("status", lambda m: m.phase == "ended")
    day = server.hub.rooms["s"].session.simulation.world.calendar.iso(second.tick)
    base = f"{server.url}/s/s"
    state = await whole(f"{base}/replay/truth", player.token)
    assert listed(state) == [], "checkerboard has no record, and nothing was made of the session yet"
    assert (await ask(f"{base}/beside/changed/replay/truth", player.token))[0] == 404
    # A what-if: its first game with the change and without.
    change = {"kind": "shift_power", "actor": "ARD", "factor": 2.0}
    await player.say("ask_what_if", on=day, change=change, seeds=2, windows=1)
    news = await player.hear("what_if", lambda m: m.done, within=60)
    assert news.report is not None, news.problem
    state = await whole(f"{base}/replay/truth", player.token)
    assert listed(state) == [("what_if", day, False), ("baseline", day, False)]
    games = [await whole(f"{base}/beside/{name}/replay/truth", player.token) for name in ("changed", "baseline")]
    assert [game["problem"] for game in games] == ["", ""]
    assert all(not game["verified"]["problems"] for game in games)
    assert games[0]["verified"]["head"] != games[1]["verified"]["head"]
    assert games[0]["verified"]["to"] == news.report["forked"]["until"]
    assert (await ask(f"{base}/beside/changed/replay/ARD/0", "x" * 32))[0] == 401
    # A session that went on: its moderator watches it at any time, others need a token of it once it has ended.
    await moderator.say("go_on", on=day)
    made = await moderator.hear("went_on", within=20)
    assert [one[0] for one in listed(await whole(f"{base}/replay/truth", player.token))] == ["what_if", "baseline"]
    state = await whole(f"{base}/replay/truth", moderator.token)
    assert listed(state)[2:] == [("went_on", day, False)]
    watched = await whole(f"{base}/beside/{made.session}/replay/truth", moderator.token)
    assert watched["cast"]["session"] == made.session
    leader = invite(made.moderator)
    await leader.join()
    await leader.command("end")
    await leader.hear("status", lambda m: m.phase == "ended")
    state = await whole(f"{base}/replay/truth", player.token)
    assert listed(state)[2:] == [("went_on", day, True)]
    assert (await ask(f"{base}/beside/{made.session}/replay/truth", player.token))[0] == 403


def test_the_record_is_that_of_the_scenario_as_it_ships(scenarios: dict[str, str]) -> None:
    text = scenarios["middle-east-1955"]
    (record,) = shipped_record("middle-east-1955", hash_of_scenario(text))
    assert (record.kind, record.needs_token) == ("record", False)
    assert shipped_record("middle-east-1955", hash_of_scenario(f"{text}\n")) == (), "somebody has changed the scenario"
    assert shipped_record("checkerboard", hash_of_scenario(scenarios["checkerboard"])) == ()
    assert shipped_record("mine", hash_of_scenario(text)) == ()


def test_a_film_of_the_record_is_made_from_what_states_did(scenarios: dict[str, str]) -> None:
    (record,) = shipped_record("middle-east-1955", hash_of_scenario(scenarios["middle-east-1955"]))
    source = film_source(f"record:{record.detail}")
    assert source.name == "middle-east-1955.history.toml"
    assert source.entries[0].content()["recorded"]
    assert replay(source.entries[:1], source.name).scenario.id == "middle-east-1955"
    assert source.entries[-1].kind == "end"
