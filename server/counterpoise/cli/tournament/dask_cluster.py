"""The workers of an existing Dask scheduler as an executor for the games of a tournament.

The scheduler gives the games of a worker that is lost to another one. A game is the same wherever it is played, so the
result does not depend on which worker plays what.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, NamedTuple

from counterpoise import __version__
from counterpoise.errors import ConfigurationError
from counterpoise.sim import RULES_VERSION

CONNECTING_SECONDS = 10
RETRIES = 2
"""How often a game is given away again whose worker failed with an error of its own, such as a lost connection."""


class Cluster(NamedTuple):
    """The workers of a scheduler."""

    executor: Executor
    jobs: int
    """How many games they play at once."""


def require_dask() -> None:
    """Refuse to go on where Dask is missing.

    Raises:
        ConfigurationError: the extra is not installed.
    """
    if find_spec("distributed") is None:
        raise ConfigurationError("--cluster: the extra `dask` is not installed: pip install 'counterpoise[dask]'")


@contextmanager
def dask_cluster(address: str) -> Iterator[Cluster]:
    """Connect to a scheduler and yield its workers; the scheduler and the workers stay as they are.

    Args:
        address: as the scheduler tells it, such as ``tcp://10.0.0.1:8786``.

    Raises:
        ConfigurationError: nothing answers there, there are no workers, they have another version of counterpoise or other rules,
            or the scheduler ends or gives up a game on the way.
    """
    # Here, because the package is an extra and takes long to load.
    from distributed import Client, KilledWorker

    try:
        client: Any = Client(address, timeout=CONNECTING_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"--cluster {address}: expected the address of a Dask scheduler, {error}") from error
    with client:
        _require_same_program(address, client.run(_program))
        try:
            yield Cluster(client.get_executor(pure=False, retries=RETRIES), sum(client.nthreads().values()))
        except KilledWorker as error:
            raise ConfigurationError(
                f"--cluster {address}: several workers ended while they played one game. Look into their logs for what ended "
                "them, such as too little memory; with --results the tournament resumes"
            ) from error
        except CancelledError as error:
            raise ConfigurationError(
                f"--cluster {address}: the scheduler is gone. Start it again; with --results the tournament resumes"
            ) from error


def _program() -> tuple[str, int]:
    """Return the version of counterpoise and of its rules, in the process of a worker."""
    return __version__, RULES_VERSION


def _require_same_program(address: str, programs: dict[str, tuple[str, int]]) -> None:
    if not programs:
        raise ConfigurationError(
            f"--cluster {address}: the scheduler has no workers. Start some with `dask worker {address}`"
        )
    for worker, (version, rules) in programs.items():
        if (version, rules) != _program():
            raise ConfigurationError(
                f"--cluster {address}: worker {worker} has counterpoise {version} with rules version {rules}, and this is "
                f"{__version__} with {RULES_VERSION}. Install the same on all"
            )
