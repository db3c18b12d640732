"""Bugs that are planted in the real server, to show that simulations find them. Each is a patch of one method."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from counterpoise.session.orders.acknowledgements import Acknowledgements
from counterpoise.session.running_session import Session
from counterpoise.simulation.disk import Disk
from counterpoise.simulation.plans import plan_of
from counterpoise.simulation.simulation import Outcome, simulate
from counterpoise.store.tokens import Grant, Tokens
from counterpoise.store.writer import Job, JournalWriter

_claim_all, _advance = Tokens.claim_all, Session.advance


@dataclass(frozen=True, slots=True)
class PlantedBug:
    """A bug, and the promise that it breaks.

    Args:
        owner: the class that is patched.
        method: the method that is replaced.
        replacement: what replaces it.
        promises: the promises, one of which a simulation sees broken.
    """

    owner: type
    method: str
    replacement: Callable[..., Any]
    promises: tuple[str, ...]

    @contextmanager
    def planted(self) -> Iterator[None]:
        with patch.object(self.owner, self.method, self.replacement):
            yield


async def _append_without_waiting(
    self: JournalWriter, entries: Sequence[Any], snapshot: Any = None, rows: Sequence[Any] = ()
) -> None:
    if entries or rows:
        self._worker.put(Job(None, entries, snapshot, rows, asyncio.get_running_loop().create_future()))


def _claim_all_and_void(self: Tokens, wanted: Sequence[tuple[str, str]]) -> list[Grant | None]:
    grants = _claim_all(self, wanted)
    self.confirm([grant for grant in grants if grant is not None])
    return grants


def _find_nothing(self: Acknowledgements, *arguments: Any) -> None:
    return None


def _advance_with_old_views(self: Session, to: int) -> None:
    builder = self.views._builder
    _advance(self, to)
    self.views._builder = builder


def _require_no_lease(self: Disk, lease: Any) -> None:
    return None


BUGS = {
    "ack before commit": PlantedBug(
        JournalWriter, "append", _append_without_waiting, ("no ack before its sync",)
    ),
    "lost token rotation": PlantedBug(Tokens, "claim_all", _claim_all_and_void, ("nobody loses a seat",)),
    "doubled retry": PlantedBug(Acknowledgements, "find", _find_nothing, ("an order counts once",)),
    "stale view": PlantedBug(
        Session, "advance", _advance_with_old_views, ("views are what a replay shows",)
    ),
    "missed fence": PlantedBug(Disk, "require_lease", _require_no_lease, ("a fenced owner writes nothing",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Search:
    """The first seed that finds a bug."""

    seed: int
    seeds: int
    outcome: Outcome


def first_seed_that_finds(bug: PlantedBug, seeds: Sequence[int]) -> Search | None:
    """Return the first of the seeds whose simulation breaks one of the bug's promises; ``None`` if none does."""
    with bug.planted():
        for tried, seed in enumerate(seeds, start=1):
            outcome = simulate(plan_of(seed))
            if any(found.promise in bug.promises for found in outcome.violations):
                return Search(seed, tried, outcome)
    return None
