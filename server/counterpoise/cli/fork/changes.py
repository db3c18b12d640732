"""What ``counterpoise fork`` is asked to change: acts taken out, acts put in, components set."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from counterpoise.cli.sources import text_of
from counterpoise.errors import InputError
from counterpoise.session.forking import AddedInput, ForkScript, withheld_injects
from counterpoise.session.journal import canonical
from counterpoise.session.journal_inputs import (
    JournalInput,
    ScenarioInject,
    entry_number_in,
    format_input,
    format_scenario_inject,
    matching_inputs,
    matching_scenario_injects,
    scenario_injects,
    search_words,
)
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.catalogue import INJECTS, MOVES
from counterpoise.sim.history import History
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.validation_errors import JSON, one_of

LISTED = 24
"""Candidates that are told; more would not be read."""
TRAITS = ("technology", "offensive_share", "lift", "revisionism", "legitimacy", "openness", "constraint")
SEEN = {"sees_intent": "intent", "sees_power": "power", "sees_offense": "offense"}
SETTABLE = (
    "EGY.power=xFACTOR such as x1.5, EGY.family=NAME, EGY.TRAIT=VALUE ("
    + ", ".join(TRAITS)
    + "), USR-EGY.military_aid=SHARE, "
    "USR-EGY.economic_aid=SHARE, EGY-ISR.rivalry=yes or no, EGY-ISR.claim=no, EGY-ISR.sees_intent=AMOUNT, sees_power or "
    "sees_offense (what the first sees of the second)"
)
_SETTING = re.compile(r"(?P<actor>[A-Z0-9]{2,5})(?:-(?P<other>[A-Z0-9]{2,5}))?\.(?P<name>[a-z_]+)=(?P<value>.+)")


class Lookout:
    """Finds acts of a journal by what users call them, and the injects its scenario has in store.

    Args:
        script: everything the journal was given up to the fork.
        later: what it was given after that, so that one asked for too late is told from one that is not there.
        scenario: its scenario, whole.
        calendar: of its scenario.
        past: the record it was played from, if it was; what its rows cite and note helps to find them.
    """

    def __init__(
        self,
        script: ForkScript,
        later: Sequence[JournalInput],
        scenario: Scenario,
        calendar: Calendar,
        past: History | None,
    ) -> None:
        self._early, self._later = script.steps, later
        self._calendar, self._names = calendar, {actor.id: actor.name for actor in scenario.actors}
        self._stored = scenario_injects(scenario, withheld_injects(script.header))
        acts = [*script.steps, *later]
        self._remarks = {**_used(acts, self._stored), **({} if past is None else remarks(acts, past))}

    def told(self, found: JournalInput | ScenarioInject) -> str:
        """Return an act in one line."""
        if isinstance(found, ScenarioInject):
            return format_scenario_inject(found, self._calendar)
        return format_input(found, self._calendar, self._remarks.get(found.sequence, ""))

    def one(self, wanted: str) -> JournalInput | ScenarioInject:
        """Return the act that is meant; raises ``InputError`` with the candidates unless there is exactly one."""
        matching = self.all(wanted)
        if len(matching) > 1:
            expected = "one order or inject; name it by its number, say more of it, or take out all with --without-all"
            raise InputError(f"--without {wanted}", "", expected, f"{len(matching)}:{self._listed(matching)}")
        return matching[0]

    def all(self, wanted: str) -> list[JournalInput | ScenarioInject]:
        """Return every act that is meant; raises ``InputError`` if there is none that can be taken out."""
        source, expected = (
            f"{JSON.shown(wanted)} taken out",
            "the number of an order or inject, or words that are in it",
        )
        if not search_words(wanted):
            raise InputError(source, "", expected, "no word")
        given = matching_inputs(wanted, self._early, self._calendar, self._names, self._remarks)
        in_store = matching_scenario_injects(wanted, self._stored, self._calendar, self._names)
        sure = [inject for inject in in_store if not inject.spec.optional]
        if given or sure:
            return [*given, *sure]
        late = matching_inputs(wanted, self._later, self._calendar, self._names, self._remarks)
        if late:
            early = "something done up to --on, for what comes later is played by bots and not done again (fork later)"
            raise InputError(source, "", early, f"{len(late)} later:{self._listed(late)}")
        if in_store:
            happens = "something that happens; what is prepared does not, unless a moderator has made it happen"
            raise InputError(source, "", happens, f"{len(in_store)} that nobody used:{self._listed(in_store)}")
        raise InputError(source, "", expected, self._nothing_like(wanted))

    def _nothing_like(self, wanted: str) -> str:
        got = "nothing like it"
        if (number := entry_number_in(wanted)) is not None:
            got = f"{number}, a number that none of them has"
            if 1000 <= number <= 2999:
                got += f" (to find the year, say '{number}-')"
        newest = [given for given in self._early if given.act is not None][-LISTED // 2 :]
        got += f"; the newest before the fork are{self._listed(newest)}" if newest else ""
        sure = [inject for inject in self._stored if not inject.spec.optional]
        return got + (f"\nand the scenario has in store{self._listed(sure)}" if sure else "")

    def _listed(self, acts: Sequence[JournalInput | ScenarioInject]) -> str:
        lines = [f"\n  {self.told(given)}" for given in acts[:LISTED]]
        return "".join(lines) + (f"\n  and {len(acts) - LISTED} more" if len(acts) > LISTED else "")


def _used(acts: Sequence[JournalInput], in_store: Sequence[ScenarioInject]) -> dict[int, str]:
    """Return the titles of what a moderator used of what was prepared, by the number of the entry."""
    prepared = [(_plain(inject.spec.plain()), inject.spec.optional) for inject in in_store if inject.spec.optional]
    return {
        given.sequence: title
        for given in acts
        for fields, title in prepared
        if given.kind == "command" and given.act is not None and fields.items() <= given.act.items()
    }


def remarks(acts: Sequence[JournalInput], past: History) -> dict[int, str]:
    """Return what a record says of the acts of a journal made from it, by the number of the entry."""
    known: dict[tuple[int, ActorId | None, str], list[tuple[dict[str, Any], str]]] = {}
    for act in past.acts:
        remark = "; ".join(word for word in (act.note, act.source) if word)
        known.setdefault((act.tick, act.actor, act.kind), []).append((_plain(act.fields), remark))
    said = {}
    for given in acts:
        if given.act is not None:
            fields = _plain(given.act)
            rows = known.get((given.tick, given.seat, given.act["kind"]), [])
            fitting = [row for row in rows if all(fields.get(name) == value for name, value in row[0].items())]
            if fitting:
                said[given.sequence] = fitting[0][1]
            if len(fitting) > 1:  # rows alike in all but what they speak of were played in their order
                rows.remove(fitting[0])
    return said


def put_in(option: str, calendar: Calendar, on: int) -> list[AddedInput]:
    """Read a ``--with``: one act or a list of them, as JSON on the command line or in a file.

    Raises:
        InputError: it is no JSON, or holds no act, or one that would come after the fork.
    """
    is_text = option.lstrip()[:1] in ("{", "[")
    source = "--with" if is_text else option
    text = option if is_text else text_of(Path(option))
    try:
        raw = msgspec.json.decode(text)
        json.loads(text, object_pairs_hook=partial(_once, source))
    except (ValueError, RecursionError) as error:
        raise InputError(source, "", "JSON: an object with a kind, or a list of them", str(error)) from error
    rows = raw if isinstance(raw, list) else [raw]
    if not rows:
        raise InputError(
            source, "$", "an inject or an order, or a list of them", "an empty list, which changes nothing"
        )
    return [
        _added(row, source, f"$[{number}]" if raw is rows else "$", calendar, on) for number, row in enumerate(rows)
    ]


def _once(source: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice, for the reader of JSON would go by the last and not say so."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise InputError(source, "", "each key once", f"{JSON.shown(key)} twice")
        made[key] = value
    return made


def _added(row: object, source: str, path: str, calendar: Calendar, on: int) -> AddedInput:
    if not isinstance(row, dict) or not isinstance(row.get("kind"), str):
        expected = "an inject's kind and fields, or a move's with by (its seat); on (a date) if it is not the fork's"
        raise InputError(source, path, expected, JSON.shown(row))
    act = {name: value for name, value in row.items() if name not in ("on", "by")}
    seat = row.get("by")
    if row["kind"] in INJECTS:  # some of them have a field of that name
        act, seat = {name: value for name, value in row.items() if name != "on"}, None
    elif row["kind"] not in MOVES:
        raise InputError(source, f"{path}.kind", one_of((*INJECTS, *MOVES), row["kind"]), JSON.shown(row["kind"]))
    elif seat is None:
        expected = f"by with the code of the state that gives it, for {row['kind']} is an order"
        raise InputError(source, f"{path}.by", expected, JSON.shown(seat) if "by" in row else "nothing")
    tick = on
    if "on" in row:
        try:
            tick = calendar.tick_of(date.fromisoformat(str(row["on"])))
        except ValueError:
            raise InputError(source, f"{path}.on", "a date such as 1956-07-26", JSON.shown(row["on"])) from None
    if not 0 <= tick <= on:
        raise InputError(
            source, f"{path}.on", f"a date from {calendar.iso(0)} to {calendar.iso(on)}", JSON.shown(row["on"])
        )
    if seat is not None and not isinstance(seat, str):
        raise InputError(source, f"{path}.by", "the code of a state", JSON.shown(seat))
    return AddedInput(tick, None if seat is None else ActorId(seat), act, source, path)


def setting(option: str, on: int) -> AddedInput:
    """Read a ``--set``: a component at the fork; each is one of the injects a moderator has.

    Raises:
        InputError: it names no component, or gives it nothing it can be.
    """
    source = f"--set {option}"
    match = _SETTING.fullmatch(option.strip())
    act = None if match is None else _inject(match, source)
    if act is None:
        raise InputError(source, "", f"one of {SETTABLE}", JSON.shown(option))
    return AddedInput(on, None, act, source, None)


def _inject(match: re.Match[str], source: str) -> dict[str, Any] | None:
    actor, other, name, value = match["actor"], match["other"], match["name"], match["value"].strip()
    if other is None:
        if name == "power":
            if not value.startswith("x"):
                expected = "x and a factor, such as x2 for twice what it has: what it has is a share of all, which cannot be set"
                raise InputError(source, "", expected, JSON.shown(value))
            return {"kind": "shift_power", "actor": actor, "factor": _number(value.removeprefix("x"), source)}
        if name == "family":
            return {"kind": "change_regime", "actor": actor, "family": value}
        if name in TRAITS:
            return {"kind": "set_trait", "actor": actor, "trait": name, "value": _number(value, source)}
    elif name in ("military_aid", "economic_aid"):
        aid = name.removesuffix("_aid")
        return {"kind": "set_aid", "donor": actor, "recipient": other, "aid": aid, "amount": _number(value, source)}
    elif name == "rivalry" and value in ("yes", "no"):
        return {"kind": "set_rivalry", "a": actor, "b": other, "rivals": value == "yes"}
    elif name == "claim" and value == "no":
        return {"kind": "settle_claim", "challenger": actor, "target": other}
    elif name in SEEN:
        amount = _number(value, source)
        return {"kind": "misperceive", "observer": actor, "other": other, "amount": amount, "what": SEEN[name]}
    return None


def _number(text: str, source: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(source, "", "a number", JSON.shown(text)) from None


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as a journal has them."""
    plain: dict[str, Any] = msgspec.json.decode(canonical(fields))
    return plain
