"""Where the commands about receipts find them: in a journal, or in a file that a client kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.journals import read_journal, starts_as_journal
from counterpoise.cli.options.receipts import read_receipts
from counterpoise.errors import ConfigurationError
from counterpoise.session.proofs.checkpoints import checkpoints_in
from counterpoise.session.replay import replay
from counterpoise.wire.checkpoints import Checkpoint

Source = Annotated[Path, typer.Argument(help="A journal, or a file of receipts that a client kept.", metavar="FILE")]


def receipts_of(file: Path) -> Sequence[Checkpoint]:
    """Return the receipts of a journal or a client's file.

    Raises:
        ConfigurationError: the journal has no checkpoints.
        InputError: the file holds neither.
        JournalError: the journal is damaged.
    """
    if not starts_as_journal(file):
        return read_receipts(file)
    entries = read_journal(file)
    found = [checkpoint for _, checkpoint in checkpoints_in(entries, replay(entries[:1], str(file)))]
    if not found:
        raise ConfigurationError(
            f"{file}: this journal is not signed, so it has no receipts. A server signs its journals."
        )
    return found
