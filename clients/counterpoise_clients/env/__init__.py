"""Environments for learners: games as PettingZoo and Gymnasium environments (extra ``rl``)."""

try:
    import gymnasium as _gymnasium  # noqa: F401 (imported to say at once what to install)
    import numpy as _numpy  # noqa: F401
    import pettingzoo as _pettingzoo  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"counterpoise_clients.env needs the package {error.name}, which is not installed: pip install 'counterpoise[rl]'",
        name=error.name,
    ) from error
