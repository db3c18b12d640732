"""Games for evaluators of language models: a seat in words, an Inspect task and an OpenEnv environment of it."""

from __future__ import annotations

from importlib.util import find_spec

PACKAGES = {"inspect_task": "inspect_ai", "openenv_server": "openenv"}
"""The modules that need an extra, and the package that it installs."""

__all__ = ["text_game", *(module for module, package in PACKAGES.items() if find_spec(package) is not None)]
