"""Options about receipts and keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509 import Certificate, load_pem_x509_certificates

from counterpoise.errors import InputError, StorageError
from counterpoise.wire.checkpoints import Checkpoint, parse_receipts

_HEX = re.compile(r"[0-9a-fA-F]{64}")
_KEY_BYTES_MAX = 64 << 10
_RECEIPT_BYTES_MAX = 64 << 20
_TIMESTAMP_BYTES_MAX = 256 << 10

ReceiptFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--receipt", help="A file of receipts that a client kept. May be given several times.", metavar="FILE"
    ),
]
PublicKeys = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        help="The server's public key, or a file with it (`counterpoise receipts key`, or /key on the server). May be given "
        "several times, if the server's key was replaced during the session.",
        metavar="PUB",
    ),
]

TimestampFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--timestamp",
        help="A timestamp of a receipt (`counterpoise receipts timestamp`). May be given several times; needs --authority.",
        metavar="FILE",
    ),
]
AuthorityFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--authority",
        help="A file with certificates, PEM, of time-stamping authorities that you trust. May be given several times.",
        metavar="FILE",
    ),
]


def read_receipts(path: Path) -> list[Checkpoint]:
    """Return the receipts in a file.

    Raises:
        InputError: the file does not exist or holds something else.
        StorageError: the file cannot be read.
    """
    return parse_receipts(_bytes_of(path, "receipts", _RECEIPT_BYTES_MAX), str(path))


def public_key(text: str) -> str:
    """Return the public key, 64 hex digits, that a text is or that the file it names holds as hex digits or PEM.

    Raises:
        InputError: the file does not exist or holds no public Ed25519 key.
        StorageError: the file cannot be read.
    """
    if _HEX.fullmatch(text):
        return text.lower()
    expected = "a public Ed25519 key, 64 hex digits or PEM"
    data = _bytes_of(Path(text), expected, _KEY_BYTES_MAX)
    plain = data.strip().decode(errors="replace")
    if _HEX.fullmatch(plain):
        return plain.lower()
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise InputError(text, "", expected, "something else") from None
    if not isinstance(key, Ed25519PublicKey):
        raise InputError(text, "", expected, "a key of another kind")
    return key.public_bytes_raw().hex()


def read_replies(timestamps: Sequence[Path], authorities: Sequence[Path]) -> tuple[dict[str, bytes], list[Certificate]]:
    """Return the timestamps in files, by the names of the files, and the certificates of authorities.

    Raises:
        typer.BadParameter: there are timestamps and no certificates, or the other way round.
        InputError: a file does not exist or holds no certificate.
        StorageError: a file cannot be read.
    """
    if bool(timestamps) != bool(authorities):
        given, lacking = ("--timestamp", "--authority") if timestamps else ("--authority", "--timestamp")
        raise typer.BadParameter(
            f"expected {lacking} too: a timestamp is worth what its authority is worth", param_hint=given
        )
    replies = {path.name: _bytes_of(path, "a timestamp", _TIMESTAMP_BYTES_MAX) for path in timestamps}
    return replies, [certificate for path in authorities for certificate in _certificates(path)]


def _certificates(path: Path) -> list[Certificate]:
    expected = "certificates, PEM"
    try:
        return load_pem_x509_certificates(_bytes_of(path, expected, _TIMESTAMP_BYTES_MAX))
    except ValueError:
        raise InputError(str(path), "", expected, "something else") from None


def _bytes_of(path: Path, expected: str, most: int) -> bytes:
    """Return what is in a file, which may be ``most`` bytes long."""
    if not path.is_file():
        raise InputError(str(path), "", f"a file with {expected}", "a folder" if path.is_dir() else "no such file")
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error
    if len(data) > most:
        raise InputError(str(path), "", f"at most {most >> 10} KiB", "a larger file")
    return data
