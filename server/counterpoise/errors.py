"""One tree of errors.

::

    CounterpoiseError
    ├── InputError              a file or a value from outside is wrong           exit 65
    │   ├── ScenarioError       in a scenario file
    │   ├── HistoryError        in a historical record
    │   ├── TournamentError     in a tournament file
    │   └── SettingsError       in a settings file or the environment
    ├── OrderError              an order is refused; the player gets it as an answer, nothing crashes
    ├── ClassError              a request to a class is refused; nothing has changed
    ├── BotError                a bot did not answer with moves; its seat passes
    ├── ProtocolError           a frame breaks the protocol; has a close code if the connection must end
    ├── JournalError            a journal cannot be read                          exit 65
    │   ├── ChainError          the hash chain breaks at a named entry            exit 1
    │   ├── DivergenceError     a replay differs from its journal at a named tick exit 1
    │   └── RulesVersionError   written under rules that this version does not know
    ├── SnapshotError           a snapshot cannot be restored                     exit 65
    ├── StorageError            the disk refuses a read or a write                exit 74
    │   ├── LockedError         another process holds the journal                 exit 75
    │   └── LeaseLostError      another process may have taken the journal over   exit 75
    └── ConfigurationError      the command cannot run as asked                   exit 78

Ctrl-C is none of these: the command ends with exit code 130.

An error keeps its facts as positional fields and composes its sentence in ``__str__``. Every error can be rebuilt from its
``.args``, because SimPy re-creates exceptions that cross a process as ``type(error)(*error.args)``.

``expected`` and ``got`` compare a value with what is allowed. Where the problem is not a wrong value, ``expected`` is empty
and ``got`` says in whole sentences what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

NO_TERMS: Mapping[str, str | int] = {}
"""The terms of a refusal whose words say nothing of the order in particular."""


def comparison(expected: str, got: str) -> str:
    """Return the sentence for an error: ``expected A, got B``, or ``got`` alone where nothing is compared."""
    return f"expected {expected}, got {got}" if expected else got


class CounterpoiseError(Exception):
    """Root of every error that this project raises on purpose."""

    exit_code: ClassVar[int] = 1


class InputError(CounterpoiseError):
    """A file or a value from outside is wrong.

    Args:
        source: file name or other origin.
        path: place in the source, as a TOML or JSON path or as ``line 3, column 5``; empty for the whole source.
        expected: what would be right there; empty where the problem is not a wrong value.
        got: what is there, or what is wrong and what to do.
    """

    exit_code = 65

    def __init__(self, source: str, path: str, expected: str, got: str) -> None:
        super().__init__(source, path, expected, got)
        self.source, self.path, self.expected, self.got = source, path, expected, got

    def __str__(self) -> str:
        where = f"{self.source}: {self.path}" if self.path else self.source
        return f"{where}: {comparison(self.expected, self.got)}"


class ScenarioError(InputError):
    """A scenario file is wrong."""


class HistoryError(InputError):
    """A historical record is wrong: a row is malformed, or the act in it is impossible on its date."""


class TournamentError(InputError):
    """A tournament file is wrong."""


class SettingsError(InputError):
    """A setting in a file or in the environment is unknown or has a wrong value."""


class OrderError(CounterpoiseError):
    """An order is refused.

    Args:
        code: stable word for programs: ``malformed`` (the move has the wrong form), ``illegal`` (the rules forbid it now),
            ``late``, ``too_many``, ``not_running``, ``game_over``, ``forbidden``, ``not_your_seat``, ``seated``,
            ``unknown_actor``, ``unknown_seat``, ``idempotency_mismatch``, ``internal``.
        path: field of the move that is wrong, such as ``$.move.to``; ``$`` for the whole order.
        expected: what would be legal, in words that reveal nothing the seat may not know; empty where the problem is not a
            wrong value.
        got: what the order has there, or what is wrong and what to do.
        reason: stable word for the two texts, so that a page can word them in its language; empty if they have none.
        terms: what the texts say of this order in particular, by name: a number, or the code of a state or of a thing.
    """

    def __init__(
        self,
        code: str,
        path: str,
        expected: str,
        got: str,
        reason: str = "",
        terms: Mapping[str, str | int] = NO_TERMS,
    ) -> None:
        super().__init__(code, path, expected, got, reason, terms)
        self.code, self.path, self.expected, self.got = code, path, expected, got
        self.reason, self.terms = reason, terms

    def __str__(self) -> str:
        return _refusal(self.code, self.path, self.expected, self.got)


class ClassError(CounterpoiseError):
    """A request to a class is refused. Nothing has changed.

    Args:
        code: stable word for programs, as in the table of clients/README.md.
        path: field of the request that is wrong, or the line and column of a roster; ``$`` for the whole request.
        expected: what would be right there; empty where the problem is not a wrong value.
        got: what is there, or what is wrong and what to do.
        reason: where worlds refused a command, the stable word for the two texts, as in ``OrderError``; else empty.
        terms: what the texts say of this command in particular, as there.
    """

    def __init__(
        self,
        code: str,
        path: str,
        expected: str,
        got: str,
        reason: str = "",
        terms: Mapping[str, str | int] = NO_TERMS,
    ) -> None:
        super().__init__(code, path, expected, got, reason, terms)
        self.code, self.path, self.expected, self.got = code, path, expected, got
        self.reason, self.terms = reason, terms

    def __str__(self) -> str:
        return _refusal(self.code, self.path, self.expected, self.got)


class BotError(CounterpoiseError):
    """A bot did not answer with moves.

    Args:
        problem: what the bot did instead, in words that are the same on every run.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class ProtocolError(CounterpoiseError):
    """A frame breaks the protocol.

    Args:
        code: stable word for programs.
        path: place in the frame; ``$`` for the whole frame.
        expected: what the protocol allows there; empty where the problem is not a wrong value.
        got: what the frame has there, or what is wrong and what to do.
        close_code: websocket close code if the connection must end, 0 otherwise.
        order: id of the order or command in the frame, if it can be read.
    """

    def __init__(self, code: str, path: str, expected: str, got: str, close_code: int = 0, order: str = "") -> None:
        super().__init__(code, path, expected, got, close_code, order)
        self.code, self.path, self.expected, self.got = code, path, expected, got
        self.close_code, self.order = close_code, order

    def __str__(self) -> str:
        return _refusal(self.code, self.path, self.expected, self.got)


class ArenaError(ProtocolError):
    """An arena does not let an entrant in; the arguments are those of ``ProtocolError``."""


class JournalError(CounterpoiseError):
    """A journal cannot be read."""

    exit_code = 65

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(source, problem)
        self.source, self.problem = source, problem

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}"


class ChainError(JournalError):
    """The hash chain breaks: the named entry, or one before it, was changed after it was written."""

    exit_code = 1

    def __init__(self, source: str, sequence: int, problem: str) -> None:
        JournalError.__init__(self, source, problem)
        self.args = (source, sequence, problem)
        self.sequence = sequence

    def __str__(self) -> str:
        return f"{self.source}: entry {self.sequence}: {self.problem}"


class DivergenceError(JournalError):
    """A replay differs from its journal. The tick is the first with a difference."""

    exit_code = 1

    def __init__(self, source: str, tick: int, expected: str, actual: str) -> None:
        JournalError.__init__(self, source, "the replay differs from the journal")
        self.args = (source, tick, expected, actual)
        self.tick, self.expected, self.actual = tick, expected, actual

    def __str__(self) -> str:
        return f"{self.source}: tick {self.tick}: the journal has {self.expected}, the replay gives {self.actual}"


class RulesVersionError(JournalError):
    """A journal was written under other rules, or with another theory, than this release plays by.

    Args:
        source: the journal.
        found: its version.
        supported: the version of this release.
        advice: which release replays the journal.
        what: what the versions are of, ``rules`` or ``theory``.
    """

    exit_code = 65

    def __init__(self, source: str, found: int, supported: int, advice: str, what: str = "rules") -> None:
        JournalError.__init__(self, source, f"other {what}")
        self.args = (source, found, supported, advice, what)
        self.found, self.supported, self.advice, self.what = found, supported, advice, what

    def __str__(self) -> str:
        return (
            f"{self.source}: {self.what} version {self.found}; this release replays version {self.supported}. "
            f"{self.advice}"
        )


class SnapshotError(CounterpoiseError):
    """A snapshot cannot be restored. What it was made from, the journal, can be replayed instead."""

    exit_code = 65

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class StorageError(CounterpoiseError):
    """The disk refused a read or a write. Nothing after it was acknowledged."""

    exit_code = 74

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(source, problem)
        self.source, self.problem = source, problem

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}"


IN_USE = "in use by another process. Stop the server that has it open, then try again."


class LockedError(StorageError):
    """Another process holds the journal.

    Args:
        source: the journal.
        problem: what holds it, and what to do.
        owner: where the process that holds it answers, such as ``http://127.0.0.1:8701``; empty if that is not known.
    """

    exit_code = 75

    def __init__(self, source: str, problem: str = IN_USE, owner: str = "") -> None:
        super().__init__(source, problem)
        self.args = (source, problem, owner)
        self.owner = owner


class LeaseLostError(StorageError):
    """This process may no longer write a journal that several processes share. Nothing after it was acknowledged.

    Another process has taken the session over, or the database cannot be reached: then any process may take it over later.
    """

    exit_code = 75


class ConfigurationError(CounterpoiseError):
    """The command cannot run as it was asked to."""

    exit_code = 78

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


def _refusal(code: str, path: str, expected: str, got: str) -> str:
    where = "" if path in ("", "$") else f"{path}: "
    return f"{code}: {where}{comparison(expected, got)}"
