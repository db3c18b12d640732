"""One tree of errors.

::

    CounterpoiseError
    ├── InputError              a file or a value from outside is wrong       exit 65
    │   ├── ScenarioError       in a scenario file
    │   ├── HistoryError        in the record of what states did
    │   └── TournamentError     in a tournament file
    ├── OrderError              an order cannot be taken; an answer to one player, never a crash
    ├── BotError                a bot did not answer with moves; its seat passes
    ├── ProtocolError           a frame breaks the protocol; carries the close code, if it ends the connection
    ├── JournalError            a journal cannot be read or is not what it says  exit 65
    │   ├── ChainError          the hash chain breaks at a named entry           exit 1
    │   ├── DivergenceError     a replay differs from its journal at a named tick  exit 1
    │   └── RulesVersionError   written under rules this version does not know
    ├── StorageError            the disk refused                               exit 74
    │   └── LockedError         another process holds the journal              exit 75
    └── ConfigurationError      the command cannot run as asked                exit 78

An interruption by the keyboard is none of these: the command ends with exit code 130.

Facts are positional fields; the sentence is made late, in ``__str__``. Every error can be rebuilt from its ``.args``,
because SimPy re-creates exceptions that cross a process as ``type(error)(*error.args)``.
"""

from __future__ import annotations

from typing import ClassVar


class CounterpoiseError(Exception):
    """Root of everything this project raises on purpose."""

    exit_code: ClassVar[int] = 1


class InputError(CounterpoiseError):
    """Something from outside is wrong at a named place.

    Args:
        source: file name or other origin.
        path: where in it, as a TOML or JSON path, or ``line 3, column 5``.
        expected: what would have been right.
        got: what came instead.
    """

    exit_code = 65

    def __init__(self, source: str, path: str, expected: str, got: str) -> None:
        super().__init__(source, path, expected, got)
        self.source, self.path, self.expected, self.got = source, path, expected, got

    def __str__(self) -> str:
        where = f"{self.source}: {self.path}" if self.path else self.source
        return f"{where}: expected {self.expected}, got {self.got}"


class ScenarioError(InputError):
    """A scenario file is wrong."""


class HistoryError(InputError):
    """The record of what states did is wrong: ill formed, or a deed in it cannot happen on its date."""


class TournamentError(InputError):
    """A tournament file is wrong."""


class OrderError(CounterpoiseError):
    """An order cannot be taken.

    Args:
        code: stable machine-readable word: ``malformed`` (not of the form asked for), ``illegal`` (well formed, against the
            rules), ``late``, ``too_many``, ``not_running``, ``game_over``, ``forbidden``, ``not_your_seat``, ``seated``,
            ``unknown_actor``, ``unknown_seat``, ``idempotency_mismatch``, ``internal``.
        path: field of the move the objection is about, ``$.move.to`` say.
        expected: what would have been legal, in plain words that give away nothing the seat may not know.
        got: what came.
    """

    def __init__(self, code: str, path: str, expected: str, got: str) -> None:
        super().__init__(code, path, expected, got)
        self.code, self.path, self.expected, self.got = code, path, expected, got

    def __str__(self) -> str:
        return f"{self.code} at {self.path}: expected {self.expected}, got {self.got}"


class BotError(CounterpoiseError):
    """A bot did not answer with moves.

    Args:
        problem: what it did instead, in words that are the same on every run.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class ProtocolError(CounterpoiseError):
    """A frame breaks the protocol.

    Args:
        code: stable machine-readable word.
        path: where in the frame.
        expected: what the protocol allows there.
        got: what came.
        close_code: websocket close code if the connection cannot go on, 0 if it can.
        order: id of the order or command the frame carried, if that could be read.
    """

    def __init__(self, code: str, path: str, expected: str, got: str, close_code: int = 0, order: str = "") -> None:
        super().__init__(code, path, expected, got, close_code, order)
        self.code, self.path, self.expected, self.got = code, path, expected, got
        self.close_code, self.order = close_code, order

    def __str__(self) -> str:
        return f"{self.code} at {self.path}: expected {self.expected}, got {self.got}"


class JournalError(CounterpoiseError):
    """A journal cannot be read."""

    exit_code = 65

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(source, problem)
        self.source, self.problem = source, problem

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}"


class ChainError(JournalError):
    """The hash chain breaks: the entry named, or one before it, is not what was written."""

    exit_code = 1

    def __init__(self, source: str, sequence: int, problem: str) -> None:
        JournalError.__init__(self, source, problem)
        self.args = (source, sequence, problem)
        self.sequence = sequence

    def __str__(self) -> str:
        return f"{self.source}: entry {self.sequence}: {self.problem}"


class DivergenceError(JournalError):
    """A replay differs from its journal; the tick is the first that does."""

    exit_code = 1

    def __init__(self, source: str, tick: int, expected: str, actual: str) -> None:
        JournalError.__init__(self, source, "the replay differs from the journal")
        self.args = (source, tick, expected, actual)
        self.tick, self.expected, self.actual = tick, expected, actual

    def __str__(self) -> str:
        return f"{self.source}: tick {self.tick}: the journal has {self.expected}, the replay gives {self.actual}"


class RulesVersionError(JournalError):
    """A journal was written under other rules than this release plays by.

    Args:
        source: the journal.
        found: its rules version.
        supported: the rules version of this release.
        advice: which release replays the journal.
    """

    exit_code = 65

    def __init__(self, source: str, found: int, supported: int, advice: str) -> None:
        JournalError.__init__(self, source, "other rules")
        self.args = (source, found, supported, advice)
        self.found, self.supported, self.advice = found, supported, advice

    def __str__(self) -> str:
        return (
            f"{self.source}: rules version {self.found}; this release replays version {self.supported}. {self.advice}"
        )


class StorageError(CounterpoiseError):
    """The disk refused a read or a write; nothing after it was acknowledged."""

    exit_code = 74

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(source, problem)
        self.source, self.problem = source, problem

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}"


class LockedError(StorageError):
    """Another process holds the journal."""

    exit_code = 75

    def __init__(self, source: str, problem: str = "in use by another process") -> None:
        super().__init__(source, problem)


class ConfigurationError(CounterpoiseError):
    """The command cannot run as it was asked to."""

    exit_code = 78

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem
