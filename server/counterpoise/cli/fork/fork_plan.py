"""What the arms of a fork do up to the fork: the changes that options ask for, worked out against the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from counterpoise.cli.fork.input_matcher import InputMatcher
from counterpoise.cli.fork.past_places import SnapshotPlace, last_sound_snapshot
from counterpoise.scenario_files import bundled_scenarios, history_text, scenario_folder, text_of
from counterpoise.session.forking import AddedInput, ForkScript, changed_script, script_of
from counterpoise.session.forks.changes import component_setting, input_in_words, inputs_from_json, is_in_words
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.free_text import act_without_texts
from counterpoise.session.journal.inputs import JournalInput, ScenarioInject, format_act, inputs_of
from counterpoise.session.running_session import Session
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.history import History
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import parse_scenario


class Changes(NamedTuple):
    """The changes that options ask for, as given; ``source`` names the option in errors, beside each text."""

    without: Sequence[str] = ()
    without_all: Sequence[str] = ()
    put: Sequence[str] = ()
    components: Sequence[str] = ()
    source: str = ""
    """The option that holds all of them; empty if each came by the option of its kind."""


@dataclass(frozen=True, slots=True)
class ArmPlan:
    """What is done up to the fork in one arm, and what to say about it."""

    script: ForkScript
    start: SnapshotPlace | None
    """The snapshot of the journal that its games start from."""
    without: list[str]
    """What is taken out, a line each."""
    added: list[str]
    """What is put in, a line each."""
    header: dict[str, Any]
    """What was forked and changed without the texts that people typed, for the headers of the games' journals."""
    impossible: list[str]
    """Inputs that the changes made impossible, a line each."""


class ForkPlanner:
    """Works out what the arms of a fork do.

    Args:
        entries: the journal.
        opening: the session of its header.
        journal: its file.
        tick: the tick of the fork.
        record: the record that the journal was played from, if the user names it.
    """

    def __init__(
        self, entries: Sequence[Entry], opening: Session, journal: Path, tick: int, record: Path | None
    ) -> None:
        self._entries, self._journal, self._tick = entries, journal, tick
        self._calendar = opening.simulation.world.calendar
        self._before = script_of(entries, str(journal), tick)
        later = [given for given in inputs_of(entries) if given.tick > tick]
        whole = parse_scenario(self._before.header["scenario_text"], str(journal))
        self._matcher = InputMatcher(
            self._before, later, whole, self._calendar, _record_of(self._before, opening, record)
        )
        self._head = {"session": opening.id, "head": entries[-1].chain, "on": self._calendar.iso(tick)}

    def unchanged(self) -> ArmPlan:
        """Return the plan of games with nothing changed."""
        found = last_sound_snapshot(self._journal, self._entries, self._tick, len(self._entries))
        header = {**self._head, "without": [], "with": []}
        return ArmPlan(self._before, None if found is None else found[0], [], [], header, [])

    def changed(self, changes: Changes) -> ArmPlan | None:
        """Return the plan of games with changes; ``None`` if nothing is changed.

        Raises:
            ConfigurationError: words match no order or inject that can be taken out, or several.
            InputError: what is put in is malformed, or impossible on its date.
        """
        out, withheld = _taken_out(self._matcher, changes.without, changes.without_all)
        added = [one for text in changes.put for one in _put_in(text, changes.source, self._calendar, self._tick)]
        added += [component_setting(text, changes.source or f"--set {text}", self._tick) for text in changes.components]
        if not out and not withheld and not added:
            return None
        describe = self._matcher.describe
        taken = [*map(describe, withheld), *(describe(given.without_texts()) for given in out)]
        quiet = [format_act(one.tick, one.seat, act_without_texts(one.act), self._calendar) for one in added]
        # An inject of the scenario that is withheld is missing from the first day on.
        first = -1 if withheld else min([self._tick, *(given.tick for given in out), *(one.tick for one in added)])
        before = min([len(self._entries), *(given.sequence for given in out)])
        found = last_sound_snapshot(self._journal, self._entries, first, before)
        start, past = (None, None) if found is None else found
        script = changed_script(
            self._before, [given.sequence for given in out], added, [inject.place for inject in withheld], past
        )
        return ArmPlan(
            script=script,
            start=start,
            without=[*map(describe, withheld), *map(describe, out)],
            added=[format_act(one.tick, one.seat, one.act, self._calendar) for one in added],
            header={**self._head, "without": taken, "with": quiet},
            impossible=[describe(given) for given in script.impossible],
        )


def _put_in(option: str, source: str, calendar: Calendar, on: int) -> list[AddedInput]:
    """Read the orders and injects of one text: in words, as JSON, or in a file with JSON."""
    if is_in_words(option):
        return [input_in_words(option, source or f"--with {option}", calendar, on)]
    is_text = option.lstrip()[:1] in ("{", "[")
    text = option if is_text else text_of(Path(option), "a move or an inject")
    return inputs_from_json(text, (source or "--with") if is_text else option, calendar, on)


def _record_of(script: ForkScript, opening: Session, file: Path | None) -> History | None:
    """Return the record that a journal was played from, named or bundled, to search its words."""
    if file is not None:
        return parse_history(text_of(file, "a record"), str(file), opening.scenario)
    name = opening.scenario.id
    if not script.header.get("recorded") or name not in bundled_scenarios():
        return None
    if not (scenario_folder() / f"{name}.history.toml").is_file():
        return None
    return parse_history(*history_text(name), opening.scenario)


def _taken_out(
    matcher: InputMatcher, without: Sequence[str], without_all: Sequence[str]
) -> tuple[list[JournalInput], list[ScenarioInject]]:
    """Return the inputs of the journal and the injects of the scenario to take out, in order, each once."""
    out = [matcher.the_match(wanted) for wanted in without]
    out += [found for wanted in without_all for found in matcher.matches(wanted)]
    given = {found.sequence: found for found in out if isinstance(found, JournalInput)}
    in_store = {found.place: found for found in out if isinstance(found, ScenarioInject)}
    return [given[sequence] for sequence in sorted(given)], [in_store[place] for place in sorted(in_store)]
