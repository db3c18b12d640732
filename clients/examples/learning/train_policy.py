"""Learn to play a seat of checkerboard by the cross-entropy method, and compare the policy with bots in the same seat.

``python clients/examples/learning/train_policy.py`` writes the learning curve as ``curve.csv`` and ``curve.svg``, the weights as
``weights.csv``, and prints what the policy scores more than each bot in games of seeds that it never saw. Every policy of a
generation plays the same seeds, so that luck is the same for all, and policies are drawn in pairs on opposite sides of the mean.
"""

from __future__ import annotations

from argparse import ArgumentDefaultsHelpFormatter, ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from counterpoise.game import Game
from counterpoise_clients.env.linear_policy import LinearPolicy, Weights
from counterpoise_clients.env.single import SeatEnv
from counterpoise_clients.roster import load_bot

RIVALS = ("random", "status-quo", "balancer")
ELITE, KEPT_SPREAD, HELD_OUT = 0.25, 0.2, 1_000_000
"""The share of the policies that the next generation is drawn around, how much of the old spread stays, the first unseen seed."""
WIDTH, HEIGHT = 640, 360
FILES = ("curve.csv", "curve.svg", "weights.csv")


class Player:
    """Plays whole games; each process has its own."""

    def __init__(self, seat: str) -> None:
        self.seat, self.env = seat, SeatEnv(seat, bots="mix")
        self.policy = LinearPolicy(self.env.episode)

    def score(self, who: Weights | str, seed: int) -> float:
        """Return the seat's score at the end of a game of a seed, played by a policy or by the bot of a name."""
        observation, _ = self.env.reset(seed=seed)
        episode = self.env.episode
        if isinstance(who, str):
            game = Game("checkerboard", episode.game.seed, bots=lambda seat, text: (
                load_bot(who)(f"{text}/{seat}") if seat == self.seat else episode.bot(seat, text)
            ))  # fmt: skip
            return game.scores()[self.seat]
        self.policy.set_weights(who)
        over = False
        while not over:
            observation, _, over, _, info = self.env.step(self.policy.choose(observation))
        return float(info["score"])


player: Player
"""The player of this process, which ``start`` makes."""


def start(seat: str) -> None:
    """Make the player of this process."""
    global player
    player = Player(seat)


def play(job: tuple[Weights | str, int]) -> float:
    """Play one game in this process."""
    return player.score(*job)


def scores(pool: ProcessPoolExecutor, who: Iterable[Weights | str], seeds: Sequence[int], what: str) -> Weights:
    """Return the scores of all players in the games of all seeds, a row for each player, with a progress bar."""
    jobs = [(each, seed) for each in who for seed in seeds]
    played = pool.map(play, jobs, chunksize=2)
    bar = track(played, what, total=len(jobs), console=Console(stderr=True), transient=True)
    return np.array(list(bar)).reshape(-1, len(seeds))


def save(path: Path, text: str) -> None:
    """Write a file beside its place and move it there, so that it is never half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.rename(path)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV."""
    return "".join(",".join(str(cell) for cell in row) + "\n" for row in (head, *rows))


def picture(curves: Sequence[tuple[str, str, Sequence[float]]]) -> str:
    """Return curves as an SVG picture: a name, a colour and the score of each generation for each."""
    every = [score for _, _, values in curves for score in values]
    low, high, last = min(every), max(max(every), min(every) + 1.0), max(len(curves[0][2]) - 1, 1)
    left, right, top, bottom = 50, WIDTH - 150, 20, HEIGHT - 40

    def y(score: float) -> float:
        return round(bottom - (score - low) / (high - low) * (bottom - top), 1)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="black"/>',
        *(f'<text x="{left - 5}" y="{y(score) + 4}" text-anchor="end">{score:.0f}</text>' for score in (low, high)),
        f'<text x="{right}" y="{bottom + 20}" text-anchor="end">generation, 1 to {len(curves[0][2])}</text>',
        f'<text x="{left}" y="{top - 6}">score, 0 to 100</text>',
    ]
    for row, (name, colour, values) in enumerate(curves):
        points = " ".join(f"{left + at / last * (right - left):.1f},{y(score)}" for at, score in enumerate(values))
        lines.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(f'<text x="{right + 10}" y="{top + 16 * (row + 1)}" fill="{colour}">{name}</text>')
    return "\n".join([*lines, "</svg>\n"])


def asked() -> Namespace:
    """Return what the command line asks for; end the program with a plain error if that makes no sense."""
    parser = ArgumentParser(
        description=(__doc__ or "").partition("\n")[0], formatter_class=ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--seat", default="BEL", help="the seat to play")
    parser.add_argument("--generations", type=int, default=14, help="how often policies are drawn")
    parser.add_argument("--pairs", type=int, default=16, help="pairs of policies in a generation")
    parser.add_argument("--games", type=int, default=3, help="games that each policy of a generation plays")
    parser.add_argument("--held-out", type=int, default=80, help="games of the comparison, at least 2")
    parser.add_argument("--jobs", type=int, default=2, help="processes; any number gives the same files")
    parser.add_argument("--seed", type=int, default=1, help="decides which policies are drawn")
    parser.add_argument("--out", type=Path, default=Path("learned"), help="the folder of the files")
    given = parser.parse_args()
    for name, least in {"generations": 1, "pairs": 1, "games": 1, "held_out": 2, "jobs": 1, "seed": 0}.items():
        if getattr(given, name) < least:
            parser.error(f"--{name.replace('_', '-')}: expected a number from {least}, got {getattr(given, name)}")
    try:
        start(given.seat)
    except KeyError as error:
        parser.error(f"--seat: {error.args[0]}")
    for file in FILES:
        if (given.out / file).exists():
            parser.error(f"{given.out / file} is there already: move it away, or name another folder with --out")
    return given


def main() -> None:
    """Learn, write the curve and the weights, and compare."""
    given = asked()
    chances, names = np.random.default_rng(given.seed), player.policy.names
    # Most weights begin below the 0 of ending the stop: a policy does little until it has learned what pays.
    mean, spread = np.array([0.0 if " by " in name else -1.0 for name in names]), np.ones(len(names))
    curve: list[tuple[int, float, float, float]] = []
    with ProcessPoolExecutor(given.jobs, get_context("spawn"), start, (given.seat,)) as pool:
        for generation in range(given.generations):
            steps = chances.standard_normal((given.pairs, len(names))) * spread
            policies = [mean, *(mean + steps), *(mean - steps)]
            seeds, what = np.arange(given.games) + generation * given.games, f"generation {generation + 1}"
            found = scores(pool, policies, seeds.tolist(), f"{what} of {given.generations}").mean(axis=1)
            best = np.argsort(-found, kind="stable")[: max(2, round(ELITE * len(policies)))]
            curve.append((generation + 1, float(found[0]), float(found.mean()), float(found[best].mean())))
            elite = np.array([policies[place] for place in best])
            mean = KEPT_SPREAD * mean + (1 - KEPT_SPREAD) * elite.mean(axis=0)
            spread = KEPT_SPREAD * spread + (1 - KEPT_SPREAD) * elite.std(axis=0)
        unseen = range(HELD_OUT, HELD_OUT + given.held_out)
        own, *others = scores(pool, [mean, *RIVALS], unseen, "comparison")
    head = ("generation", "middle policy", "mean", "best quarter")
    save(given.out / "curve.csv", table(head, [(row[0], *(f"{score:.4f}" for score in row[1:])) for row in curve]))
    colours = ("black", "steelblue", "darkorange")
    columns = list(zip(*curve, strict=True))[1:]
    save(given.out / "curve.svg", picture(list(zip(head[1:], colours, columns, strict=True))))
    save(given.out / "weights.csv", table(("weight", "value"), zip(names, (f"{w:.4f}" for w in mean), strict=True)))
    print(f"policy of {len(names)} weights in seat {given.seat}: score {own.mean():.2f} in {len(own)} unseen games")
    for name, theirs in zip(RIVALS, others, strict=True):
        more = own - theirs
        margin = 1.96 * more.std(ddof=1) / len(more) ** 0.5
        print(f"than {name} ({theirs.mean():.2f}): {more.mean():+.2f}, 95% interval {more.mean() - margin:.2f} to "
              f"{more.mean() + margin:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
