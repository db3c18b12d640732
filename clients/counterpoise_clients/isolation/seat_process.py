"""One bot's process, seen from the game: asks it, reads its answers, keeps its time, and ends it."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from counterpoise.errors import BotError
from counterpoise.sim.bot import Status, require_few
from counterpoise.sim.views.view import View
from counterpoise_clients.isolation import fork_client, frames
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.isolation.bot_source import BotSource
from counterpoise_clients.isolation.fork_client import News
from counterpoise_clients.isolation.view_parts import PartSender

TICK = 0.05
"""Seconds between two looks at a bot that has not answered."""
END_SECONDS = 5.0
"""A process that has closed its output is about to end. Its exit code is waited for so long, also on a busy machine: it stands in
a tournament's table, which must not depend on the machine."""
AWAKE = 0.001
"""Seconds of processor time in a tick from which a bot counts as awake."""
STDERR_KEPT, STDERR_MAX = 4096, 1024 * 1024
"""Bytes of standard error in a game that are kept and passed on, and after which a bot is stopped."""
_CONTROL = re.compile(r"[^\n\t\x20-\x7e\xa0-\U0010ffff]")
"""What a bot writes is passed on to a terminal, which must not obey it."""
CLOCK_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class SeatError(Exception):
    """A bot did not answer as it should.

    Args:
        status: what that makes of its seat.
        problem: what it did, in words that are the same on every run.
        ended: whether its process is gone.
    """

    def __init__(self, status: Status, problem: str, *, ended: bool = True) -> None:
        super().__init__(status, problem)
        self.status, self.problem, self.ended = status, problem, ended


class SeatProcess:
    """The process of a bot, from its start to its end; it may play several games, one after the other."""

    def __init__(self, source: BotSource, limits: BotLimits) -> None:
        self._source, self._limits = source, limits
        self._pipes = fork_client.start(source, limits)
        self.missing = self._pipes.missing
        self.ready: frames.Ready | None = None
        self.bank = limits.bank
        self.stderr = b""
        self._told = 0
        self._speaker, self._unfinished = "", ""
        self._poll = select.poll()  # unlike select, it takes a file descriptor of any number
        for descriptor in (self._pipes.stdout, self._pipes.stderr):  # in this order: see _exchange
            self._poll.register(descriptor, select.POLLIN)
        self._text = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._out, self._in = b"", bytearray()
        self._sender = PartSender()
        self._sent: View | None = None
        """The view that was sent already, whose answer is not read yet."""
        self._closed = False
        self._mark = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the process can be asked."""
        return not self._closed

    def begin(self, seed: str, speaker: str = "") -> None:
        """Begin a game; the bot is not waited for.

        Args:
            seed: of the bot.
            speaker: what stands before each line that the bot writes to standard error; without it none is passed on.
        """
        self.pass_on_rest()
        self._speaker = speaker
        self.ready, self.bank, self.stderr, self._told = None, self._limits.bank, b"", 0
        start = frames.Start(seed=seed, seconds=self._limits.seconds, bank=self.bank)
        self._out = frames.encode_for_python(start) if self._source.path else frames.encode(start)
        with suppress(OSError):
            self._write()

    def wait_until_ready(self) -> frames.Ready:
        """Return what the bot said when it could decide.

        Raises:
            SeatError: it cannot be imported or made, or it takes too long.
        """
        if self.ready is None:
            answer = self._receive("import" if self._source.path else "start")
            if isinstance(answer, frames.Imported):
                answer = self._receive("constructor")
            if isinstance(answer, frames.Failed):
                raise self._stopped("ERROR", f"cannot be made: {self._explained(answer.problem)}")
            if not isinstance(answer, frames.Ready):
                raise self._stopped("INVALID", "expected ready as its first message, got another")
            self.ready = answer
        return self.ready

    def send(self, view: View) -> None:
        """Send a view that the bot is to decide on; ``ask`` with the same view then waits for the answer."""
        if not self._in:  # else it has written without being asked, which ``ask`` tells
            self._sent, self._out = view, self._question(view, None)
            with suppress(OSError):  # its process has ended, which ``ask`` tells
                self._write()

    def ask(self, view: View, message: dict[str, Any] | None = None) -> list[dict[str, object]]:
        """Return the moves that the bot answers with.

        Args:
            view: what the seat sees.
            message: what the bot is to answer; ``None`` if it is to decide.

        Raises:
            SeatError: it answers with anything else, or takes too long.
        """
        self.wait_until_ready()
        if self._sent is not view:
            if self._in:
                raise self._stopped("INVALID", "wrote to standard output without being asked")
            self._out = self._question(view, message)
        self._sent = None
        answer = self._receive("decision")
        if isinstance(answer, frames.Failed):
            raise SeatError(answer.status, self._explained(answer.problem), ended=False)
        if not isinstance(answer, frames.Moves):
            raise self._stopped("INVALID", "expected moves, got another message")
        try:
            require_few(len(answer.moves))
        except BotError as error:
            raise SeatError("INVALID", error.problem, ended=False) from error
        return answer.moves

    def _question(self, view: View, message: dict[str, Any] | None) -> bytes:
        if self._source.path:
            return frames.encode_for_python(frames.Asked(view=self._sender.parts_of(view), message=message))
        # Here, because the theory needs numpy, which takes long to load and which listing bots does not need.
        from counterpoise.theory.threat import threats_from_view

        threats = {str(state): threat.components() for state, threat in threats_from_view(view).items()}
        seconds, bank = self._limits.seconds, round(self.bank, 3)
        if message is None:
            return frames.encode(frames.Decide(view=view, threats=threats, seconds=seconds, bank=bank))
        return frames.encode(frames.Hear(view=view, message=message, threats=threats, seconds=seconds, bank=bank))

    def close(self) -> None:
        """End the process and all that it started."""
        if not self._closed:
            self._closed = True
            if not self._has_ended():
                with suppress(ProcessLookupError):
                    os.kill(self._pipes.process, signal.SIGKILL)
            self._pipes.close()

    def _receive(self, phase: str) -> frames.FromBot:
        """Return the next message of the bot, within its time."""
        asleep, last, last_spent = 0.0, time.monotonic(), self._spent()
        limit = self._limits.seconds + self.bank
        if self._out:
            self._send()
        while b"\n" not in self._in:
            self._exchange()
            now = time.monotonic()
            if now - last >= TICK:
                spent = self._spent()
                if spent - last_spent < AWAKE and self._is_asleep():
                    asleep += now - last
                last, last_spent = now, spent
                if self._limits.seconds and spent - self._mark + asleep > limit:
                    raise self._too_slow(phase)
        line, _, rest = self._in.partition(b"\n")
        self._in = rest
        spent = self._spent()
        over = spent - self._mark + asleep - self._limits.seconds
        self._mark = spent
        if self._limits.seconds and over > 0:
            self.bank -= over
            if self.bank < 0:
                raise self._too_slow(phase)
        try:
            return frames.decode_from_bot(bytes(line))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise self._stopped("INVALID", f"a line of standard output that is no message: {error}") from error

    def _exchange(self) -> None:
        """Write what waits and read what has come; wait for one tick at most.

        The system looks at standard error after it has looked at standard output, so that with an answer there is all that the
        bot wrote before it.
        """
        pipes = self._pipes
        events = dict(self._poll.poll(TICK * 1000))
        if pipes.stderr in events:
            self._read_stderr()
            if self._told > STDERR_MAX:
                raise self._stopped("INVALID", f"wrote more than {STDERR_MAX} bytes of output")
        if pipes.stdout in events:
            part = os.read(pipes.stdout, frames.READ_BYTES)
            self._in += part
            if not part:
                raise self._gone()
            if len(self._in) > frames.ANSWER_BYTES_MAX:
                raise self._stopped("INVALID", f"a line of more than {frames.ANSWER_BYTES_MAX} bytes")
        if pipes.stdin in events:
            self._send()

    def _send(self) -> None:
        """Write what waits to be written, and be told when the pipe takes the rest."""
        try:
            self._write()
        except OSError:
            raise self._gone() from None
        if self._out:
            self._poll.register(self._pipes.stdin, select.POLLOUT)
        else:
            with suppress(KeyError):
                self._poll.unregister(self._pipes.stdin)

    def _write(self) -> None:
        with suppress(BlockingIOError):
            self._out = self._out[os.write(self._pipes.stdin, self._out) :]

    def _read_stderr(self) -> None:
        part = os.read(self._pipes.stderr, frames.READ_BYTES)
        if not part:
            with suppress(KeyError):
                self._poll.unregister(self._pipes.stderr)
        self._told += len(part)
        shown = part[: STDERR_KEPT - len(self.stderr)]
        self._pass_on(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", self._text.decode(shown)))
        if self._told - len(part) <= STDERR_KEPT < self._told:
            self.pass_on_rest()
            self._pass_on(f"… more than {STDERR_KEPT} bytes of output; the rest is not shown\n")
        self.stderr += shown

    def pass_on_rest(self) -> None:
        """Pass on what the bot has written after its last whole line."""
        if self._unfinished:
            self._pass_on("\n")

    def _pass_on(self, text: str) -> None:
        if self._speaker:
            *lines, self._unfinished = (self._unfinished + text).split("\n")
            sys.stderr.write("".join(f"{self._speaker}: {line}\n" for line in lines))

    def _has_ended(self) -> bool:
        """Tell whether the keeper has told the end of the process; a number may belong to another process afterwards."""
        with suppress(OSError):
            return bool(self._pipes.told or os.read(self._pipes.news, 4096))
        return False

    def _gone(self) -> SeatError:
        """Return the error for a process that has ended, with how it did."""
        until, told = time.monotonic() + END_SECONDS, self._pipes.told
        while not told and time.monotonic() < until:
            with suppress(BlockingIOError):
                told = os.read(self._pipes.news, 4096)
            if not told:
                time.sleep(TICK / 10)
        with suppress(BlockingIOError):
            self._read_stderr()
        how = "closed its standard output"
        with suppress(msgspec.MsgspecError):
            code = msgspec.json.decode(told.partition(b"\n")[0], type=News).ended
            if code is not None:
                how = f"ended its process with exit code {code}" if code >= 0 else f"was ended by {_signal_name(-code)}"
        if told:  # its number may belong to another process by now
            self._closed = True
            self._pipes.close()
        else:
            self.close()
        return SeatError("ERROR", how)

    def _explained(self, problem: str) -> str:
        """Return what a bot failed with, and which option sets the limit that it may have met."""
        if "MemoryError" not in problem or not self._limits.memory:
            return problem
        return f"{problem}; a bot may take {self._limits.memory} MiB of memory, which --bot-memory sets"

    def _too_slow(self, phase: str) -> SeatError:
        limits = self._limits
        return self._stopped(
            "TIMEOUT", f"{phase}: no answer within {limits.seconds:g} s and the game's bank of {limits.bank:g} s"
        )

    def _stopped(self, status: Status, problem: str) -> SeatError:
        with suppress(OSError):
            self._read_stderr()
        self.close()
        return SeatError(status, problem)

    def _spent(self) -> float:
        """Return the seconds of processor time that the process has taken, with those of its children that have ended."""
        if sys.platform != "linux":
            return time.monotonic()
        try:
            own = time.clock_gettime(~self._pipes.process << 3 | 2)  # how Linux numbers the clock of a process
            if self._source.path and not self._limits.trusted:
                return own
            stat = Path(f"/proc/{self._pipes.process}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return self._mark
        fields = stat.rpartition(")")[2].split()
        return own + (int(fields[13]) + int(fields[14])) / CLOCK_TICKS

    def _is_asleep(self) -> bool:
        with suppress(OSError):
            stat = Path(f"/proc/{self._pipes.process}/stat").read_text(encoding="ascii", errors="replace")
            return stat.rpartition(")")[2].split()[0] in "STtZ"
        return False


def _signal_name(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return f"signal {number}"
