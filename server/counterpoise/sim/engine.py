"""The engine: it runs one world with one SimPy clock, one set of random streams and one log of incidents.

SimPy stops before the events that are due at ``until``. The engine follows the same rule: at ``now`` all earlier events have
happened, and an order at ``now`` is applied before the processes that are due at ``now``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import simpy
from simpy.events import NORMAL, URGENT

from counterpoise.errors import OrderError
from counterpoise.registry import modules_of
from counterpoise.sim import opening, processes
from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.clock.agenda import Argument, Due, Step, Wait
from counterpoise.sim.clock.timer import Timer
from counterpoise.sim.id_allocator import IdAllocator
from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Move, illegal
from counterpoise.sim.numbers.random_streams import CountingRandom, Streams
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.process_steps import entries_by_step, watches
from counterpoise.sim.rules.events.inject_conditions import remember_inject
from counterpoise.sim.rules.events.inject_roles import filled_inject
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.snapshot import (
    SNAPSHOT_VERSION,
    SimulationState,
    copy_world,
    decode,
    encode,
    world_from,
    world_state,
)
from counterpoise.sim.types import ActorId, CallReason
from counterpoise.sim.world import Audience, Call, Incident, World


class Simulation:
    """A game of a scenario from its opening to its end. Moves and processes see it as ``move.Stage``.

    Args:
        scenario: the scenario to play.
        seed: any text. The same scenario, seed and orders give the same world on every machine.
    """

    def __init__(self, scenario: Scenario, seed: str) -> None:
        streams = Streams(seed)
        world = opening.build_world(scenario, streams)
        self._set_up(scenario, world, streams, ids_taken=world.alignments)
        for module in modules_of(processes):
            start = getattr(module, "start", None)
            if start is not None:
                start(self)

    def _set_up(self, scenario: Scenario, world: World, streams: Streams, *, ids_taken: Iterable[int]) -> None:
        self.scenario = scenario
        self.world = world
        self._clock = simpy.Environment(initial_time=world.tick)
        self._streams = streams
        self._ids = IdAllocator(world, streams, ids_taken)
        self._incidents: list[Incident] = []
        self._calls: list[Call] = []
        self._called = False
        self._is_idle = False
        self._skipped_days = 0
        self._steps, self._watches = steps(), watches()
        self._callbacks: list[Callable[[simpy.Event], None]] = [self._run_timer]

    def snapshot(self, *, incidents: bool = True) -> bytes:
        """Return the whole state of the simulation; ``restore`` makes a simulation from it that continues in the same way.

        Args:
            incidents: whether to include the world's incidents. They only grow, so a journal stores them apart.
        """
        return encode(
            SimulationState(
                version=SNAPSHOT_VERSION,
                scenario=self.scenario.id,
                recorded=self.recorded,
                seed=self._streams.seed,
                draws=self._streams.draws(),
                ids_taken=self._ids.taken,
                incidents_taken=len(self.world.incidents) - len(self._incidents),
                calls_untaken=self._calls,
                called=self._called,
                world=world_state(self.world, incidents=incidents),
            )
        )

    @classmethod
    def restore(cls, scenario: Scenario, snapshot: bytes, incidents: list[Incident] | None = None) -> Simulation:
        """Return a simulation that continues from a snapshot.

        Args:
            scenario: the scenario from which the simulation was made.
            snapshot: the bytes that ``snapshot`` returned.
            incidents: the world's incidents, if the snapshot does not include them.

        Raises:
            SnapshotError: the bytes are not a snapshot, or one of another version or scenario.
        """
        state = decode(snapshot, scenario)
        simulation = cls.__new__(cls)
        world = world_from(state.world, scenario, incidents)
        streams = Streams(state.seed, state.draws)
        simulation._set_up(replace(scenario, recorded=state.recorded), world, streams, ids_taken=state.ids_taken)
        simulation._incidents = world.incidents[state.incidents_taken :]
        simulation._calls = state.calls_untaken
        simulation._called = state.called
        simulation._fill_clock()
        return simulation

    def copy(self) -> Simulation:
        """Return an independent simulation that continues in the same way. It costs less than a snapshot and ``restore``."""
        simulation = type(self).__new__(type(self))
        simulation._set_up(self.scenario, copy_world(self.world), self._streams.copy(), ids_taken=self._ids.taken)
        simulation._incidents = list(self._incidents)
        simulation._calls = [replace(call) for call in self._calls]
        simulation._called = self._called
        simulation._fill_clock()
        return simulation

    @property
    def now(self) -> int:
        """The present tick: all events before it have happened."""
        return self.world.tick

    @property
    def ended(self) -> bool:
        """Whether the scenario's last day is over."""
        return self.world.tick >= self.world.end

    @property
    def recorded(self) -> bool:
        """Whether the world follows a record, so that disputes, answers and endings do not happen by chance."""
        return self.scenario.recorded

    # Called by the session.

    def require_legal(self, actor: ActorId, move: Move) -> None:
        """Raise ``OrderError`` unless the actor may make this move now."""
        if self.ended:
            date = self.world.calendar.iso(self.now)
            raise OrderError("game_over", "$.move", "a game that still runs", date, "game_over")
        state = self.world.actors.get(actor)
        if state is None or not state.active:
            raise illegal("", "own_state_gone", actor)
        move.check(self.world, actor)

    def apply(self, actor: ActorId, move: Move) -> None:
        """Apply a move now. If it is no longer legal, drop it and tell only the actor who made it."""
        try:
            self.require_legal(actor, move)
        except OrderError as error:
            self.record(
                "order_void",
                actor,
                audience=(actor,),
                move=move.kind,
                path=error.path,
                expected=error.expected,
                got=error.got,
            )
        else:
            move.carry_out(self, actor)

    def inject(self, inject: Inject, reason: str = "") -> None:
        """Apply an inject now, for a reason in the moderator's words; raise ``OrderError`` if it is not possible."""
        inject.check(self.world)
        self.record("inject", inject=inject.kind, audience=(), **({"reason": reason} if reason else {}))
        for spec in self.scenario.injects:
            if spec.optional and spec.id and inject == decode_inject(spec.plain()):
                remember_inject(self.world, spec, inject)
        inject.apply(self)

    def apply_scenario_inject(self, index: int, position: int | None = None) -> None:
        """Apply an inject of the scenario if it is still possible; otherwise log that it is void.

        Args:
            index: the inject's place in the scenario, from 0.
            position: the position among the world's incidents of the one whose states fill its roles, if any.
        """
        spec = self.scenario.injects[index]
        plain = filled_inject(self.world, spec, position)
        try:
            inject = decode_inject(plain)
            inject.check(self.world)
        except OrderError as error:
            self.record(
                "inject_void", audience=(), inject=spec.kind, index=index, expected=error.expected, got=error.got
            )
        else:
            self.record("scenario_inject", audience=(), inject=plain, index=index)
            remember_inject(self.world, spec, inject, position)
            inject.apply(self)

    def branch(self, seed: str) -> None:
        """Branch from the current tick: reseed all random streams and stop following the record."""
        self._streams.reseed(seed)
        if self.recorded:
            self.scenario = replace(self.scenario, recorded=False)
            for module in modules_of(processes):
                leave_record = getattr(module, "leave_record", None)
                if leave_record is not None:
                    leave_record(self)

    def advance(self, to: int) -> None:
        """Run whole ticks up to but excluding ``to``, or up to the end of the first tick that raised a call.

        A call raised by an order at ``now`` counts as raised in tick ``now``, which is still run whole. A second call with
        the same ``to`` continues. The result does not depend on how an advance is split.

        Raises:
            ValueError: ``to`` is not after ``now``.
        """
        if to <= self.now:
            raise ValueError(f"cannot advance from tick {self.now} to tick {to}")
        to = min(to, self.world.end)
        if self.ended:
            return
        if self._called:
            to = self.now + 1
        clock = self._clock
        self._is_idle = False
        while (tick := clock.peek()) < to:
            self.world.tick = int(tick)
            self._skipped_days = self._skip_idle_days(to) if self._is_idle else 0
            self._is_idle = True
            while clock.peek() == tick:
                clock.step()
            if self._called:
                to = self.world.tick + 1
        clock.run(until=to)
        self.world.tick = to
        self._called = False

    def take_incidents(self) -> list[Incident]:
        """Return the incidents since the last call of this method."""
        taken, self._incidents = self._incidents, []
        return taken

    def take_calls(self) -> list[Call]:
        """Return the calls raised since the last call of this method, answered or not."""
        taken, self._calls = self._calls, []
        return taken

    # Called by moves and processes (move.Stage).

    def stream(self, purpose: str) -> CountingRandom:
        """Return the random stream of a purpose."""
        return self._streams(purpose)

    def next_id(self, audience: Audience = None) -> int:
        """Return an unused id for a thing that ``audience`` may see; ``None`` is everyone."""
        return self._ids.next(audience)

    def record(self, kind: str, *actors: ActorId, audience: Audience = None, **detail: Any) -> Incident:
        """Log an incident at the present tick and return it; ``audience`` ``None`` is everyone."""
        plain = {name: _plain(value) for name, value in detail.items()}
        incident = Incident(self.next_id(audience), self.world.tick, kind, actors, audience, plain)
        self.world.incidents.append(incident)
        self._incidents.append(incident)
        return incident

    def start(self, step: str, *arguments: Argument) -> None:
        """Start a process: run its first step at the present tick, before all other rows that are due."""
        self._add_row(self.now, step, arguments, starts=True)

    def start_at(self, tick: int, step: str, *arguments: Argument) -> None:
        """Start a process whose first step runs at ``tick``, or at the present tick if that is past."""
        self._add_row(self.now, "agenda.schedule", (tick, step, *arguments), starts=True)

    def schedule(self, tick: int, step: str, *arguments: Argument) -> None:
        """Run the next step of a process at ``tick``, or at the present tick if that is past."""
        if self._skipped_days and step in self._watches:
            tick += self._skipped_days
        self._add_row(max(tick, self.world.tick), step, arguments)

    def await_answer(
        self, reason: CallReason, subject: int, deadline: int | None, step: str, *arguments: Argument
    ) -> None:
        """Run a step after the next answer about a subject, or at the deadline if that comes first."""
        agenda = self.world.agenda
        question = agenda.questions.get((reason, subject))
        if question is None:
            question = agenda.questions[reason, subject] = agenda.next_order()
        wait = Wait(agenda.next_order(), question, deadline is not None, step, arguments)
        agenda.waits[wait.id] = wait
        if deadline is not None:
            self.schedule(deadline, "agenda.deadline", wait.id)

    def call(
        self, actor: ActorId, reason: CallReason, subject: int, deadline: int, asker: ActorId | None = None
    ) -> None:
        """Call an actor to answer; the clock stops after this tick so that its seat can."""
        call = Call(self.next_id((actor,)), actor, reason, subject, self.world.tick, deadline, asker)
        self.world.calls[call.id] = call
        self._calls.append(call)
        self._called = True

    def close_call(self, actor: ActorId, reason: CallReason, subject: int) -> None:
        """Close the matching call, if it is open, and wake the process that waits for the answer."""
        while (call := self.world.open_call(actor, reason, subject)) is not None:
            del self.world.calls[call.id]
        question = self.world.agenda.questions.pop((reason, subject), None)
        if question is not None:
            self.schedule(self.now, "agenda.answered", question)

    # Private: the agenda.

    def _add_row(self, tick: int, step: str, arguments: tuple[Argument, ...], *, starts: bool = False) -> None:
        agenda = self.world.agenda
        order = agenda.last_order = agenda.last_order + 1
        row = agenda.rows[order] = Due(order, tick, starts, step, arguments)
        self._put_on_clock(row)

    def _fill_clock(self) -> None:
        """Put all rows of the agenda on the empty clock. SimPy runs events of one time in the order in which they entered it."""
        for row in sorted(self.world.agenda.rows.values(), key=lambda row: (row.tick, not row.starts, row.order)):
            self._put_on_clock(row)

    def _put_on_clock(self, row: Due) -> None:
        """Put a row of the agenda on SimPy's clock. A process's first step comes before the other events of its tick."""
        clock = self._clock
        clock.schedule(Timer(clock, row, self._callbacks), URGENT if row.starts else NORMAL, row.tick - self.world.tick)

    def _run_timer(self, timer: simpy.Event) -> None:
        """Run the row of a timer that came up."""
        assert isinstance(timer, Timer)
        row = timer.row
        if self.world.agenda.rows.pop(row.order, None) is None:
            return  # it was taken off the agenda (``rules/events/coming_events.py``)
        if row.step not in self._watches:
            self._is_idle = False
        self._steps[row.step](self, *row.arguments)

    def _skip_idle_days(self, to: int) -> int:
        """Return how many days the watching steps of this tick can skip, because no other step runs on them before ``to``.

        The agenda's counter goes on as if the watching steps had run every day, so that snapshots do not depend on how an
        advance is split.
        """
        tick, agenda, watching = self.world.tick, self.world.agenda, 0
        wake_ticks = self._watches
        for row in agenda.rows.values():
            due = row.tick
            if due == tick and row.step in wake_ticks:
                due = wake_ticks[row.step](self, *row.arguments)
                watching += 1
            if due < to:
                to = due
        days = max(0, to - tick - 1)
        agenda.last_order += days * watching
        return days

    def _schedule_first(self, tick: int, step: str, *arguments: Argument) -> None:
        """Schedule the first step of a process that starts later."""
        self.schedule(tick, step, *arguments)

    def _answered(self, question: int) -> None:
        """Run the steps that wait for an answer that came."""
        for wait in [wait for wait in self.world.agenda.waits.values() if wait.question == question]:
            self._end_wait(wait)

    def _deadline(self, wait_id: int) -> None:
        """Run a step that waits for an answer, unless the answer came before this deadline."""
        if wait_id in self.world.agenda.waits:
            self._end_wait(self.world.agenda.waits[wait_id])

    def _end_wait(self, wait: Wait) -> None:
        """Run the step of a wait; if the wait has a deadline, the step runs after the rows that are already due."""
        del self.world.agenda.waits[wait.id]
        if wait.has_deadline:
            self.schedule(self.now, wait.step, *wait.arguments)
        else:
            self._steps[wait.step](self, *wait.arguments)


@cache
def steps() -> dict[str, Step]:
    """Return the steps of all processes, by ``PROCESS.STEP``, and the agenda's own."""
    return {
        "agenda.schedule": Simulation._schedule_first,
        "agenda.answered": Simulation._answered,
        "agenda.deadline": Simulation._deadline,
        **entries_by_step("STEPS"),
    }


def _plain(value: Any) -> Any:
    """Return an incident's detail with its number rounded, and with a list for a tuple, as a snapshot gives it back."""
    return quantised(value) if isinstance(value, float) else list(value) if isinstance(value, tuple) else value
