"""Finding the orders and injects that a user names: those of a journal, and those its scenario has in store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import typer

from counterpoise.errors import ConfigurationError, comparison
from counterpoise.session.forking import ForkScript, withheld_injects
from counterpoise.session.journal.entries import canonical
from counterpoise.session.journal.inputs import (
    JournalInput,
    ScenarioInject,
    entry_number_in,
    format_input,
    format_scenario_inject,
    matching_inputs,
    matching_scenario_injects,
    scenario_injects,
    search_words,
    taken_back,
)
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.history import History
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.validation_errors import JSON

CANDIDATES_SHOWN = 24


class InputMatcher:
    """Finds orders and injects by number or by words.

    Args:
        script: everything the journal was given up to the fork.
        later: everything it was given after the fork, to tell an input that comes too late from one that does not exist.
        scenario: the whole scenario of the journal.
        calendar: the scenario's calendar.
        past: the record that the journal was played from, if it is known: the sources and notes of its rows are searched too.
    """

    def __init__(
        self,
        script: ForkScript,
        later: Sequence[JournalInput],
        scenario: Scenario,
        calendar: Calendar,
        past: History | None,
    ) -> None:
        gone = taken_back(script.steps)
        self._early = tuple(step for step in script.steps if step.content["id"] not in gone)
        self._taken_back = tuple(step for step in script.steps if step.content["id"] in gone)
        self._later = later
        self._calendar, self._names = calendar, {actor.id: actor.name for actor in scenario.actors}
        self._in_store = scenario_injects(scenario, withheld_injects(script.header))
        self._unsearched = (
            "; sources and notes of the record were not searched (name it with --record)"
            if past is None and script.header.get("recorded")
            else ""
        )
        inputs = [*script.steps, *later]
        self._remarks = {
            **_titles_of_used_injects(inputs, self._in_store),
            **({} if past is None else record_remarks(inputs, past)),
        }

    def describe(self, found: JournalInput | ScenarioInject) -> str:
        """Return an order or inject on one line."""
        if isinstance(found, ScenarioInject):
            return format_scenario_inject(found, self._calendar)
        return format_input(found, self._calendar, self._remarks.get(found.sequence, ""))

    def the_match(self, wanted: str) -> JournalInput | ScenarioInject:
        """Return the only order or inject that matches.

        Raises:
            ConfigurationError: none matches, or several do; the error lists the candidates.
        """
        matching = self.matches(wanted)
        if len(matching) > 1:
            expected = "one order or inject: give its number or more words, or take out all of them with --without-all"
            raise _unfit(f"--without {wanted}", expected, f"{len(matching)}:{self._listed(matching)}")
        return matching[0]

    def matches(self, wanted: str) -> list[JournalInput | ScenarioInject]:
        """Return every order and inject that matches and can be taken out.

        Raises:
            typer.BadParameter: the words are empty.
            ConfigurationError: none matches, or what matches cannot be taken out; the error lists the candidates.
        """
        source = f"{JSON.shown(wanted)} taken out"
        expected = "the number of an order or inject, or words that are in it"
        if not search_words(wanted):
            raise typer.BadParameter(f"{source}: {comparison(expected, 'no word')}", param_hint="--without")
        given = matching_inputs(wanted, self._early, self._calendar, self._names, self._remarks)
        in_store = matching_scenario_injects(wanted, self._in_store, self._calendar, self._names)
        certain = [inject for inject in in_store if not inject.spec.optional]
        if given or certain:
            return [*given, *certain]
        idle = matching_inputs(wanted, self._taken_back, self._calendar, self._names, self._remarks)
        if idle:
            acted = "an order that acted, because one that its seat took back or replaced changed nothing"
            raise _unfit(source, acted, f"{len(idle)} taken back:{self._listed(idle)}")
        late = matching_inputs(wanted, self._later, self._calendar, self._names, self._remarks)
        if late:
            early = "an order or inject up to the date of --on, because bots play what comes later (fork later)"
            raise _unfit(source, early, f"{len(late)} later:{self._listed(late)}")
        if in_store:
            happens = "an inject that happens; a prepared one does not, unless a moderator uses it"
            raise _unfit(source, happens, f"{len(in_store)} that nobody used:{self._listed(in_store)}")
        raise _unfit(source, expected, self._nothing_found(wanted))

    def _nothing_found(self, wanted: str) -> str:
        """Return the end of an error for a search without a match, with the newest inputs and the injects in store."""
        got = "no match"
        if (number := entry_number_in(wanted)) is not None:
            got = f"{number}, which is the number of no order or inject"
            if 1000 <= number <= 2999:
                got += f" (to search for the year, write '{number}-')"
        newest = [given for given in self._early if given.act is not None][-CANDIDATES_SHOWN // 2 :]
        got += self._unsearched
        got += f"; the newest before the fork are{self._listed(newest)}" if newest else ""
        certain = [inject for inject in self._in_store if not inject.spec.optional]
        return got + (f"\nand the scenario has in store{self._listed(certain)}" if certain else "")

    def _listed(self, inputs: Sequence[JournalInput | ScenarioInject]) -> str:
        lines = [f"\n  {self.describe(given)}" for given in inputs[:CANDIDATES_SHOWN]]
        return "".join(lines) + (
            f"\n  and {len(inputs) - CANDIDATES_SHOWN} more" if len(inputs) > CANDIDATES_SHOWN else ""
        )


def _unfit(source: str, expected: str, got: str) -> ConfigurationError:
    """Return the error for words that fit no order or inject that can be taken out."""
    return ConfigurationError(f"{source}: {comparison(expected, got)}")


def _titles_of_used_injects(inputs: Sequence[JournalInput], in_store: Sequence[ScenarioInject]) -> dict[int, str]:
    """Return the titles of the prepared injects that a moderator used, by the number of the entry."""
    prepared = [
        (_as_journalled(inject.spec.plain()), inject.spec.optional) for inject in in_store if inject.spec.optional
    ]
    return {
        given.sequence: title
        for given in inputs
        for fields, title in prepared
        if given.kind == "command" and given.act is not None and fields.items() <= given.act.items()
    }


def record_remarks(inputs: Sequence[JournalInput], past: History) -> dict[int, str]:
    """Return the notes and sources of a record for the inputs made from it, by the number of the entry."""
    known: dict[tuple[int, ActorId | None, str], list[tuple[dict[str, Any], str]]] = {}
    for act in past.acts:
        remark = "; ".join(word for word in (act.note, act.source) if word)
        known.setdefault((act.tick, act.actor, act.kind), []).append((_as_journalled(act.fields), remark))
    remarks = {}
    for given in inputs:
        if given.act is not None:
            fields = _as_journalled(given.act)
            rows = known.get((given.tick, given.seat, given.act["kind"]), [])
            fitting = [row for row in rows if all(fields.get(name) == value for name, value in row[0].items())]
            if fitting:
                remarks[given.sequence] = fitting[0][1]
            if len(fitting) > 1:  # rows that differ only in the number they refer to were played in their order
                rows.remove(fitting[0])
    return remarks


def _as_journalled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields in the form that a journal gives them."""
    plain: dict[str, Any] = msgspec.json.decode(canonical(fields))
    return plain
