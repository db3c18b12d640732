"""Class games: what happens in short games of mixed bots on the checkerboard, and how many propositions they can test.

A class plays eight windows with eight seats. The default mix of bots plays them here. What the propositions are about must happen
in such games: a proposition without cases cannot be judged, however many classes play.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bot_games import new_game
from measurement import REPOSITORY, Figure, Report, figure, tracked
from planted_choices import Game

from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.check.verdicts import judged
from counterpoise.theory.evidence.sample import Sample

SCENARIO, GAMES = "checkerboard", 8
KINDRED = 0.75
"""The similarity of two regimes from which they count as kindred."""
EVENTS: dict[str, tuple[str, ...]] = {
    "demands with a threat of force": ("crisis_opened",),
    "supporters in crises": ("crisis_joined",),
    "alliances formed": ("alliance_formed",),
    "states that joined a pact": ("alliance_joined",),
    "wars": ("war_began",),
    "joiners in wars": ("war_joined",),
    "flows of aid begun": ("aid_given",),
    "demands tied to aid": ("compliance_demanded",),
    "such demands met": ("compliance_given",),
    "such demands refused": ("compliance_refused",),
    "flows of aid cut": ("aid_cut",),
    "sanctions imposed": ("sanctions_imposed",),
    "sanctions lifted": ("sanctions_lifted",),
    "campaigns of penetration": ("penetration_begun",),
    "campaigns exposed": ("penetration_exposed",),
    "claims to lead a movement": ("leadership_claimed",),
}
"""What is counted in the games, by kind of incident."""


def measure(*, tiny: bool) -> Report:
    """Play the games and test every proposition on all of them together."""
    count = 2 if tiny else GAMES
    with ProcessPoolExecutor(min(count, os.cpu_count() or 1), mp_context=get_context("forkserver")) as processes:
        games: list[Game] = list(tracked(processes.map(played, range(count)), "games", count))
    sample = sample_of_games(games)
    enough, verdicts = propositions_with_enough(sample), _verdicts(sample)
    return Report(
        f"{count} class games on {SCENARIO}, default bots",
        (
            figure("propositions with enough data", "%", 100 * len(enough) / len(PROPOSITIONS)),
            figure("propositions with a verdict", "%", 100 * verdicts / len(PROPOSITIONS)),
            *(_count(name, kinds, games) for name, kinds in EVENTS.items()),
            figure("alliances formed by kindred regimes", "in all games", sum(_kindred(game) for game in games)),
            figure("decisions", "in all games", sum(len(game.records) for game in games)),
            figure("threatened decisions", "in all games", len(sample.threatened)),
            figure("threatened decisions without an available partner", "in all games", lonely_decisions(sample)),
        ),
        (
            f"With enough data: {len(enough)} of {len(PROPOSITIONS)}: {', '.join(enough) or 'none'}.",
            f"With a verdict: {verdicts} of {len(PROPOSITIONS)}.",
        ),
    )


def played(number: int) -> Game:
    """Play one game to its end."""
    text = (REPOSITORY / "scenarios" / f"{SCENARIO}.toml").read_text(encoding="utf-8")
    session, bots = new_game(text, f"class {number}", name=f"class-{number}")
    play(session, bots)
    contents = journal_contents(session.take_entries(), session.id)
    return Game(session.id, contents.records, contents.structures, contents.incidents)


def sample_of_games(games: Sequence[Game]) -> Sample:
    """Return the decisions of all games as one sample."""
    records = [record for game in games for record in game.records]
    structures = [structure for game in games for structure in game.structures]
    return Sample(records, structures, {game.name: game.incidents for game in games})


def propositions_with_enough(sample: Sample) -> list[str]:
    """Return the propositions that have an estimate from enough data."""
    found = []
    for name, proposition in PROPOSITIONS.items():
        finding = proposition.test(sample)
        if finding.estimate is not None and finding.enough and proposition.has_enough(finding, sample):
            found.append(name)
    return found


def _verdicts(sample: Sample) -> int:
    return sum(1 for found in judged(PROPOSITIONS, sample).values() if found.verdict != "NOT_ENOUGH_DATA")


def lonely_decisions(sample: Sample) -> int:
    """Count the threatened decisions of states without an available partner."""
    return sum(1 for case in sample.threatened if not case.point.available)


def _count(name: str, kinds: Sequence[str], games: Sequence[Game]) -> Figure:
    return figure(name, "in all games", sum(1 for game in games for i in game.incidents if i.kind in kinds))


def _kindred(game: Game) -> int:
    """Count the alliances formed between two states whose regimes are alike, by the chooser's frozen decision."""
    alike = {
        frozenset((record.point.actor, other.id))
        for record in game.records
        for other in record.point.others
        if other.similarity >= KINDRED
    }
    return sum(1 for i in game.incidents if i.kind == "alliance_formed" and frozenset(i.actors[:2]) in alike)
