"""Each bot plays its own strategy, and the default mix plays games that a theory can be checked on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.types import CrisisResponse
from counterpoise.sim.views.view import View
from counterpoise_clients import roster
from counterpoise_clients.bot_kit.assessment import Assessment

Watch = Callable[..., Any]
Seen = list[tuple[View, Sequence[Move]]]
YEARS = 4


@pytest.fixture(scope="module")
def played(middle_east: str) -> Callable[[str], Seen]:
    """One game per bot, every seat alike, played once for the module."""
    games: dict[str, Seen] = {}

    class Watched:
        def __init__(self, bot: Bot, seen: Seen) -> None:
            self.bot, self.seen = bot, seen

        def decide(self, view: View) -> Sequence[Move]:
            moves = self.bot.decide(view)
            self.seen.append((view, moves))
            return moves

    def of(bot: str) -> Seen:
        if bot not in games:
            session = Session(scenario_text=middle_east, seed="3", session_id="s", secret="s")
            games[bot] = []
            play(
                session,
                {seat: Watched(roster.load_bot(bot)(f"3/{seat}"), games[bot]) for seat in session.seats},
                until=365 * YEARS,
            )
        return games[bot]

    return of


def offers(seen: Seen) -> list[tuple[Assessment, ProposeAlliance]]:
    return [(Assessment(view), move) for view, moves in seen for move in moves if isinstance(move, ProposeAlliance)]


def share_to_the_threat(seen: Seen) -> float:
    made = offers(seen)
    return len([move for assessment, move in made if move.to == assessment.top_threat]) / len(made)


def test_a_balancer_never_offers_an_alliance_to_its_top_threat(played: Callable[[str], Seen]) -> None:
    seen = played("balancer")
    assert len(offers(seen)) > 10
    assert share_to_the_threat(seen) == 0.0
    aimed = [(assessment, move.against) for assessment, move in offers(seen) if move.against is not None]
    assert len(aimed) > len(offers(seen)) / 2
    assert all(against in assessment.own_enemies for assessment, against in aimed)


def test_a_bandwagoner_offers_most_alliances_to_its_top_threat(played: Callable[[str], Seen]) -> None:
    assert len(offers(played("bandwagoner"))) > 20
    assert share_to_the_threat(played("bandwagoner")) > 0.8


def test_a_hedger_makes_light_commitments_to_both_sides(played: Callable[[str], Seen]) -> None:
    seen = played("hedger")
    assert 0.1 < share_to_the_threat(seen) < 0.8
    light = [move.commitment in ("consultation", "neutrality", "nonaggression", "arms") for _, move in offers(seen)]
    assert sum(light) / len(light) > 0.5


def test_a_status_quo_state_proposes_least(played: Callable[[str], Seen]) -> None:
    counts = {bot: len(offers(played(bot))) for bot in ("status-quo", "balancer", "bandwagoner", "hedger")}
    assert counts["status-quo"] * 2 < min(count for bot, count in counts.items() if bot != "status-quo")


def test_a_hedger_compromises_and_a_bandwagoner_concedes_more_than_a_balancer(played: Callable[[str], Seen]) -> None:
    def share(bot: str, response: CrisisResponse) -> float:
        given = [m.response for _, moves in played(bot) for m in moves if isinstance(m, RespondCrisis)]
        return given.count(response) / len(given)

    assert share("hedger", "compromise") > share("balancer", "compromise")
    assert share("bandwagoner", "concede") > share("balancer", "concede")


def test_the_random_player_favours_no_state(played: Callable[[str], Seen]) -> None:
    kinds = {move.kind for _, moves in played("random") for move in moves}
    assert len(kinds) > 12


@pytest.mark.slow
def test_a_default_game_of_the_middle_east_is_rich_enough_to_check_a_theory_on(middle_east: str, watch: Watch) -> None:
    game = watch(middle_east, None, years=25)
    assert game.refusals == {}
    assert game.failures == {}
    records = [r for r in game.session.ledger.records if r.point.threatened and r.outcome is not None]
    assert len(records) >= 200
    counts: dict[str, int] = {}
    for record in records:
        counts[record.outcome.alignment_class] = counts.get(record.outcome.alignment_class, 0) + 1
    for name, at_least in {"BAL": 60, "NEU": 60, "HIDE": 60, "BW": 5, "OTHER": 3}.items():
        assert counts.get(name, 0) >= at_least, (name, counts)
    world = game.session.simulation.world
    made = [alignment for alignment in world.alignments.values() if alignment.since > 0]
    assert len(made) >= 40
    assert sum(alignment.ended for alignment in made) >= 20
    ends = [i.detail["outcome"] for i in world.incidents if i.kind == "crisis_ended"]
    assert len(ends) >= 30
    assert ends.count("WAR") < len(ends) / 4
    proposals = [i for i in world.incidents if i.kind == "alliance_proposed"]
    assert len(proposals) < 19 * 100 / 3
