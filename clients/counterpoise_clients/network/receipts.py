"""The receipts that a client keeps: checkpoints of the journal that the server has signed."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path

from counterpoise.errors import InputError
from counterpoise.wire.checkpoints import Checkpoint, parse_receipts, receipt_lines
from counterpoise.wire.messages import ServerMessage, Welcome

log = logging.getLogger(__name__)


class KeptReceipts:
    """The receipts of one session, oldest first, in memory and if a folder is given in a file there.

    The file has a name of its own for each session and seat; a client that comes back goes on with it. A file that cannot be
    read or written is left as it is: the log says so, and the receipts are kept in memory only.

    Args:
        folder: the folder; it is made for the first receipt.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.received: list[Checkpoint] = []
        self.file: Path | None = None
        """The file; ``None`` before the welcome, without a folder, and after a failure."""
        self._folder = folder

    def note(self, message: ServerMessage) -> None:
        """Learn the session from a welcome, and keep a checkpoint. Other messages change nothing."""
        if isinstance(message, Welcome):
            self._open(message)
        elif isinstance(message, Checkpoint) and message not in self.received:
            self.received.append(message)
            self._write()

    def _open(self, welcome: Welcome) -> None:
        """Name the file after the session and the seat, and read what it has from earlier."""
        if self._folder is None or self.file is not None:
            return
        place = welcome.seat or welcome.role
        self.file = self._folder / f"{welcome.session}-{place}-{welcome.seed_commitment[:8]}.jsonl"
        try:
            if self.file.exists():
                self.received = parse_receipts(self.file.read_bytes(), str(self.file))
        except (OSError, InputError) as error:
            self._give_up(error)

    def _write(self) -> None:
        """Write all receipts beside the file and rename them, so that the file is always whole."""
        if self.file is None:
            return
        beside = self.file.with_name(f".{secrets.token_hex(6)}.new")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("xb") as file:
                    file.write(receipt_lines(self.received))
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(self.file)
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        log.warning("the receipts are kept in memory only: cannot use %s (%s)", self.file, error)
        self.file = self._folder = None
