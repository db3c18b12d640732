"""An event loop whose time is virtual: it jumps to the next timer, and the same seed gives the same order of steps.

It has no selector and no threads. What asyncio would run in a thread runs between two steps, after a delay from the seed. Steps
belong to simulated processes, so that a process can be killed at any of its steps.
"""

from __future__ import annotations

import asyncio
import contextvars
import heapq
from asyncio.events import _set_running_loop
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from contextvars import ContextVar
from itertools import count
from random import Random
from typing import Any, TypeVar, TypeVarTuple

from counterpoise.store.writer import resolve

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
STEPS_MAX = 500_000
"""More steps than any simulation needs. After so many, something runs without end in no time."""
STEP_SECONDS = 1e-6
"""How long a step takes. If steps took no time, a program that looks at the clock until it has moved would never end."""
THREAD_SECONDS_MAX = 0.02
"""How long work in a thread takes at most, before it is done and again before its result arrives."""


class StalledError(Exception):
    """The simulated programs wait for something that cannot happen, or run for ever without waiting."""


class Process:
    """A simulated process of the operating system: its tasks end together.

    Args:
        name: for reports.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_dead = False
        self.is_frozen = False
        """Whether the operating system has stopped it, so that its steps wait."""
        self.steps = 0
        """How many steps it has run."""
        self.steps_max: int | None = None
        """It is killed instead of running more steps."""
        self.at_death: list[Callable[[], None]] = []
        """What takes files and sockets from the process, in this order, before its tasks are cancelled."""
        self._held: list[Callable[[], None]] = []
        self._tasks: dict[asyncio.Task[Any], None] = {}
        self._context = contextvars.Context()
        self._context.run(_PROCESS.set, self)

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start a task of this process."""
        return asyncio.get_running_loop().create_task(work, context=self._context.copy())

    def kill(self) -> None:
        """End the process at once. Its code runs no further than asyncio's cancelling; nothing that it does is seen outside."""
        if self.is_dead:
            return
        self.is_dead = True
        for take_away in self.at_death:
            take_away()
        for task in tuple(self._tasks):
            task.cancel()

    def freeze(self) -> None:
        """Stop the process, as SIGSTOP does; ``thaw`` lets it go on."""
        self.is_frozen = True

    def thaw(self) -> None:
        """Let a stopped process go on with the steps that wait."""
        if self.is_frozen:
            self.is_frozen = False
            for run_again in self._held:
                run_again()
            self._held.clear()

    def hold(self, run_again: Callable[[], None]) -> None:
        """Keep a step of the stopped process for later."""
        self._held.append(run_again)

    def add(self, task: asyncio.Task[Any]) -> None:
        """Note a task that the process has started."""
        self._tasks[task] = None
        task.add_done_callback(lambda done: self._tasks.pop(done, None), context=contextvars.Context())
        if self.is_dead:
            task.cancel()


_PROCESS: ContextVar[Process | None] = ContextVar("process", default=None)


class VirtualLoop(asyncio.AbstractEventLoop):
    """Runs tasks in virtual time, in seconds from 0.

    Args:
        random: draws how long work in threads takes.
    """

    def __init__(self, random: Random) -> None:
        self.failures: list[str] = []
        """What asyncio had to say of exceptions that nobody caught."""
        self.steps = 0
        self._random = random
        self._now = 0.0
        self._ready: deque[tuple[asyncio.Handle, Process | None]] = deque()
        self._timers: list[tuple[float, int, asyncio.TimerHandle, Process | None]] = []
        self._numbers = count()
        self._tasks: dict[asyncio.Task[Any], None] = {}
        self._is_closed = False

    def run_until_complete(self, future: Any) -> Any:
        """Run until a coroutine has returned; return its result.

        Raises:
            StalledError: nothing is left to wait for, or too many steps were run.
        """
        _set_running_loop(self)
        try:
            task = asyncio.ensure_future(future, loop=self)
            while not task.done():
                self._run_step()
            return task.result()
        finally:
            _set_running_loop(None)

    def close(self) -> None:
        """Cancel every task and let it end."""
        if self._is_closed:
            return
        _set_running_loop(self)
        self.steps = 0
        try:
            while self._tasks:
                for task in tuple(self._tasks):
                    task.cancel()
                while self._ready:
                    self._run_step()
        finally:
            _set_running_loop(None)
            self._timers.clear()
            self._is_closed = True

    def time(self) -> float:
        """Return the virtual time."""
        return self._now

    def is_running(self) -> bool:
        """Return whether tasks may start."""
        return not self._is_closed

    def is_closed(self) -> bool:
        """Return whether the loop is closed."""
        return self._is_closed

    def get_debug(self) -> bool:
        """Return False: asyncio's checks take time."""
        return False

    def create_future(self) -> asyncio.Future[Any]:
        """Return a future of this loop."""
        return asyncio.Future(loop=self)

    def create_task(self, coro: Any, **options: Any) -> asyncio.Task[Any]:
        """Start a task in the process of the caller, or in that of the context."""
        task: asyncio.Task[Any] = asyncio.Task(coro, loop=self, **options)
        self._tasks[task] = None
        task.add_done_callback(lambda done: self._tasks.pop(done, None), context=contextvars.Context())
        process = _process_of(options.get("context"))
        if process is not None:
            process.add(task)
        return task

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Run a callback in the next turn, after those that wait already."""
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append((handle, _process_of(context)))
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Run a callback in the next turn: there is only one thread."""
        return self.call_soon(callback, *args, context=context)

    def call_later(
        self, delay: float, callback: Callable[[*Ts], object], *args: *Ts, context: contextvars.Context | None = None
    ) -> asyncio.TimerHandle:
        """Run a callback after so many virtual seconds."""
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: contextvars.Context | None = None
    ) -> asyncio.TimerHandle:
        """Run a callback at a virtual time."""
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, (when, next(self._numbers), timer, _process_of(context)))
        return timer

    def run_in_executor(self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts) -> asyncio.Future[T]:
        """Run a function as if in a thread: after a delay, and with another before its result arrives."""
        done, process = self.create_future(), _PROCESS.get()

        def work() -> None:
            if process is not None and process.is_dead:
                done.cancel()
                return
            try:
                result = func(*args)
            except Exception as error:
                self.call_later(self._thread_seconds(), resolve, done, None, error)
            else:
                self.call_later(self._thread_seconds(), resolve, done, result, None)

        self.call_later(self._thread_seconds(), work)
        return done

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Keep what asyncio says of an exception that nobody caught, except in a dead process."""
        process = _PROCESS.get()
        if process is None or not process.is_dead:
            self.failures.append(f"{context['message']}: {context.get('exception')!r}")

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Do nothing: asyncio tells of a cancelled timer, which is skipped when its time comes."""

    def _thread_seconds(self) -> float:
        return self._random.uniform(0.0, THREAD_SECONDS_MAX)

    def _run_step(self) -> None:
        if not self._ready:
            self._reach_next_timer()
            return
        handle, process = self._ready.popleft()
        if handle.cancelled():
            return
        if process is not None and process.is_frozen and not process.is_dead:
            process.hold(lambda: self._ready.append((handle, process)))
            return
        self.steps += 1
        self._now += STEP_SECONDS
        if self.steps > STEPS_MAX:
            raise StalledError(f"more than {STEPS_MAX} steps by second {self._now:.3f}")
        if process is not None:
            process.steps += 1
            if process.steps_max is not None and process.steps > process.steps_max:
                process.kill()
        handle._run()

    def _reach_next_timer(self) -> None:
        if not self._timers:
            raise StalledError(f"nothing is left to wait for at second {self._now:.3f}")
        when, _, timer, process = heapq.heappop(self._timers)
        if not timer.cancelled():
            self._now = max(self._now, when)
            self._ready.append((timer, process))


def _process_of(context: contextvars.Context | None) -> Process | None:
    return _PROCESS.get() if context is None else context.get(_PROCESS)
