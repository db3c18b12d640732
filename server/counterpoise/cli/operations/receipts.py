"""``counterpoise receipts``: list, export and timestamp the receipts in a journal or a client's file; print the server's key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from counterpoise.cli.operations.receipt_source import Source, receipts_of
from counterpoise.cli.operations.timestamps import timestamp
from counterpoise.cli.options.journals import Json
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import replacing, require_free
from counterpoise.cli.terminal import console, print_json, stdout_reserved
from counterpoise.document_schema import json_schema
from counterpoise.errors import StorageError
from counterpoise.gateway.signing.server_key import FILE_NAME, load_private_key
from counterpoise.session.proofs.receipts import is_signed
from counterpoise.wire.checkpoints import receipt_lines

receipts = typer.Typer(
    help="List receipts of a journal, or print the server's key.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


class ListedReceipt(msgspec.Struct, frozen=True):
    """A row of the list."""

    date: str
    phase: str
    tick: int
    journal: str
    """The salted hash of how the journal stood."""
    key: str
    """The public key of the server."""
    signed: bool
    """Whether the signature fits the key."""


class ReceiptList(msgspec.Struct, frozen=True):
    """What ``receipts list --json`` prints."""

    file: str
    """The name of the file."""
    sessions: list[str]
    receipts: list[ListedReceipt]
    """In the order of the file."""


def receipts_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise receipts list --json`` prints."""
    return json_schema("counterpoise receipts", ReceiptList)


@receipts.command("list")
@stdout_reserved
def list_receipts(
    file: Source, json: Json = False, schema: Annotated[bool, schema_option(receipts_schema)] = False
) -> None:
    """List the receipts in a journal or a client's file, and whether each signature fits its key.

    This says nothing of the journal: `counterpoise verify JOURNAL --receipt FILE` compares it with the receipts.
    """
    found = receipts_of(file)
    rows = [ListedReceipt(one.date, one.phase, one.tick, one.journal, one.key, is_signed(one)) for one in found]
    if json:
        print_json(ReceiptList(file.name, list(dict.fromkeys(one.session for one in found)), rows))
        return
    for row in rows:
        signature = "signed" if row.signed else "FALSE SIGNATURE"
        console.print(f"{row.date}  {row.phase:<7}  journal {row.journal[:16]}…  key {row.key[:16]}…  {signature}")


@receipts.command("export")
@stdout_reserved
def export_receipts(
    file: Source,
    to: Annotated[Path, typer.Argument(help="The file to write: one receipt on each line.", metavar="TO")],
    force: Annotated[bool, typer.Option("--force", help="Replace an older file.")] = False,
) -> None:
    """Write the receipts of a journal to a file that anybody may have: it tells nothing of what was ordered.

    Whoever has the file can check a copy of the journal later.
    """
    require_free(to, force=force)
    found = receipts_of(file)
    try:
        with replacing(to) as target:
            target.write(receipt_lines(found))
    except OSError as error:
        raise StorageError(str(to), f"cannot write this file ({error.strerror or error})") from error
    console.print(f"{to}: {len(found)} receipts", markup=False)


@receipts.command("key")
@stdout_reserved
def print_key(
    file: Annotated[
        Path, typer.Argument(help="The server's private key, or the data folder that has it.", metavar="FILE")
    ] = Path("counterpoise-data"),
) -> None:
    """Print the public key of a server, for `counterpoise verify --key`. Publish it before the session."""
    private = load_private_key(file / FILE_NAME if file.is_dir() else file)
    console.print(private.public_key().public_bytes_raw().hex(), markup=False)


receipts.command("timestamp")(timestamp)
