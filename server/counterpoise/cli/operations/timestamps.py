"""``counterpoise receipts timestamp``: let an authority say when a receipt existed."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.operations.receipt_source import Source, receipts_of
from counterpoise.cli.output_files import replacing, require_free
from counterpoise.cli.terminal import console, stdout_reserved
from counterpoise.errors import InputError, StorageError, comparison
from counterpoise.session.proofs.timestamps import query_for, require_stamp

QUERY_TYPE, REPLY_TYPE = "application/timestamp-query", "application/timestamp-reply"
"""The media types of RFC 3161, sec. 3.4."""
WAIT_SECONDS = 20
_REPLY_BYTES_MAX = 256 << 10


@stdout_reserved
def timestamp(
    file: Source,
    authority: Annotated[
        str, typer.Option("--authority", help="The address of a time-stamping authority (RFC 3161).", metavar="URL")
    ],
    to: Annotated[
        Path | None,
        typer.Option("--to", help="The file to write; by default FILE with .tsr at its end.", metavar="TO"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an older file.")] = False,
) -> None:
    """Let an authority say when the last receipt of a journal or a client's file existed.

    The authority gets a hash of the receipt and nothing else. Check the timestamp later with
    `counterpoise verify JOURNAL --timestamp TO --authority CERTIFICATES`.
    """
    if not authority.startswith(("http://", "https://")):
        problem = comparison("an address that begins with http:// or https://", authority)
        raise typer.BadParameter(problem, param_hint="--authority")
    target_path = to or file.with_name(f"{file.name}.tsr")
    require_free(target_path, force=force)
    receipt = receipts_of(file)[-1]
    reply = _reply_of(authority, query_for(receipt))
    require_stamp(reply, receipt, authority)
    try:
        with replacing(target_path) as target:
            target.write(reply)
    except OSError as error:
        raise StorageError(str(target_path), f"cannot write this file ({error.strerror or error})") from error
    console.print(f"{target_path}: a timestamp of the receipt of {receipt.date}", markup=False)


def _reply_of(authority: str, query: bytes) -> bytes:
    """Send a request to an authority and return its reply.

    Raises:
        InputError: the authority does not answer, or not with a timestamp.
    """
    request = urllib.request.Request(authority, query, {"Content-Type": QUERY_TYPE, "Accept": REPLY_TYPE})  # noqa: S310 - checked to be http(s)
    try:
        with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:  # noqa: S310 - checked to be http(s)
            reply: bytes = answer.read(_REPLY_BYTES_MAX + 1)
    except urllib.error.HTTPError as error:
        raise InputError(authority, "", "a timestamp", f"the answer {error.code} {error.reason}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise InputError(authority, "", "an authority that answers", str(error) or type(error).__name__) from None
    if len(reply) > _REPLY_BYTES_MAX:
        raise InputError(authority, "", f"at most {_REPLY_BYTES_MAX >> 10} KiB", "a longer answer")
    return reply
