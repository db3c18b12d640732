"""The options of ``fork`` for several forks: ``--arm NAME=CHANGE``, ``--sweep WHAT=VALUES`` and ``--each-window``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from counterpoise.cli.fork.fork_plan import Changes
from counterpoise.errors import InputError
from counterpoise.session.forks.changes import SETTABLE, is_in_words, is_setting
from counterpoise.validation_errors import JSON

ARMS_MAX = 12
CHANGE = (
    "EGY.power=x1.5 and the like, an inject such as 'start_war attackers=ISR defenders=EGY aim=policy', an order such as "
    "'EGY arm effort=0.2', JSON or a file with it, 'without MATCH' or 'without-all MATCH'"
)
_NAMES = re.compile(r"[a-z][a-z0-9-]{0,15}")
_TAKEN_NAMES = ("baseline", "original")


class NamedArm(NamedTuple):
    """An arm that the user asks for."""

    name: str
    changes: Changes
    dose: float | None = None


def named_arms(options: Sequence[str]) -> list[NamedArm]:
    """Return the arms that ``--arm`` asks for; changes of one name go together.

    Raises:
        InputError: an option has no name or no change, or there are too many arms.
    """
    found: dict[str, list[str]] = {}
    for option in options:
        name, equals, change = (part.strip() for part in option.partition("="))
        source = f"--arm {option}"
        if not equals or not change:
            raise InputError(source, "", "NAME=CHANGE, such as strong=EGY.power=x1.5", JSON.shown(option))
        if not _NAMES.fullmatch(name) or name in _TAKEN_NAMES:
            expected = f"a name of 1 to 16 small letters, digits and hyphens, other than {' and '.join(_TAKEN_NAMES)}"
            raise InputError(source, "", expected, JSON.shown(name))
        found.setdefault(name, []).append(change)
    return _few([NamedArm(name, _changes(texts, f"--arm {name}")) for name, texts in found.items()], "--arm")


def swept_arms(option: str) -> list[NamedArm]:
    """Return an arm for each value of ``--sweep WHAT=VALUE,VALUE``.

    Raises:
        InputError: the option names no component, one value alone, or a value twice.
    """
    source = f"--sweep {option}"
    what, _, texts = (part.strip() for part in option.partition("="))
    values = [value.strip() for value in texts.split(",")]
    if len(values) < 2 or not all(is_setting(f"{what}={value}") for value in values):
        expected = f"WHAT=VALUE,VALUE with two or more values, such as EGY.power=x1,x1.5,x2; WHAT is of {SETTABLE}"
        raise InputError(source, "", expected, JSON.shown(option))
    if len(dict.fromkeys(values)) < len(values):
        raise InputError(source, "", "each value once", JSON.shown(texts))
    arms = [
        NamedArm(f"{what}={value}", Changes(components=[f"{what}={value}"], source=source), _dose(value))
        for value in values
    ]
    return _few(arms, source)


def _few(arms: list[NamedArm], source: str) -> list[NamedArm]:
    if len(arms) > ARMS_MAX:
        raise InputError(source, "", f"at most {ARMS_MAX} arms beside the baseline", str(len(arms)))
    return arms


def _changes(texts: Sequence[str], source: str) -> Changes:
    """Return the changes of an arm, each text by its form."""
    without_all = [text.removeprefix("without-all ") for text in texts if text.startswith("without-all ")]
    without = [text.removeprefix("without ") for text in texts if text.startswith("without ")]
    components = [text for text in texts if is_setting(text)]
    put = list(_put_in(texts, source))
    return Changes(without, without_all, put, components, source)


def _put_in(texts: Sequence[str], source: str) -> Iterator[str]:
    for text in texts:
        if text.startswith(("without ", "without-all ")) or is_setting(text):
            continue
        if not is_in_words(text) and text[:1] not in ("{", "[") and not text.endswith(".json"):
            raise InputError(source, "", f"a change: {CHANGE}", JSON.shown(text))
        yield text


def _dose(value: str) -> float | None:
    """Return the number of a value such as ``x1.5``; ``None`` for a word."""
    try:
        return float(value.removeprefix("x"))
    except ValueError:
        return None
