"""Timestamps of receipts after RFC 3161: an authority outside the class says when a receipt existed at the latest.

A server's signature shows who signed a journal, not when. A timestamp shows that the journal stood as the receipt says before
anybody could know what followed. The library that reads timestamps is an extra: ``pip install counterpoise[timestamps]``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

import msgspec
from cryptography.x509 import Certificate

from counterpoise.errors import ConfigurationError, InputError
from counterpoise.wire.checkpoints import Checkpoint, receipt_lines

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""The names of hash functions by their object identifiers."""


class Timestamp(msgspec.Struct, frozen=True, kw_only=True):
    """What an authority says of a receipt."""

    file: str
    """The name of the timestamp's file."""
    receipt: str
    """The date of the simulation at which the receipt was given."""
    journal: str
    """The salted hash that the receipt holds of how the journal stood."""
    existed_at: str
    """The time at which the receipt existed at the latest, in UTC."""


class Timestamps(msgspec.Struct, frozen=True):
    """What the timestamps say that hold, and what is wrong with the others, as sentences."""

    held: list[Timestamp]
    problems: list[str]


def query_for(receipt: Checkpoint) -> bytes:
    """Return the request that asks an authority for a timestamp of a receipt, with a nonce.

    Raises:
        ConfigurationError: the library is not installed.
    """
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ModuleNotFoundError:
        raise _not_installed() from None
    builder = TimestampRequestBuilder().data(_stamped(receipt)).hash_algorithm(HashAlgorithm.SHA256)
    return builder.build().as_bytes()


def require_stamp(reply: bytes, receipt: Checkpoint, source: str) -> None:
    """Check that an authority's reply is a timestamp of a receipt. This says nothing of who signed it.

    Raises:
        InputError: the authority refused, or the reply is no timestamp of this receipt.
        ConfigurationError: the library is not installed.
    """
    if not _is_of(_decoded(reply, source), receipt):
        raise InputError(source, "", "a timestamp of the receipt that was sent", "a timestamp of something else")


def check_timestamps(
    replies: Mapping[str, bytes], receipts: Sequence[Checkpoint], roots: Sequence[Certificate]
) -> Timestamps:
    """Return what timestamps say whose signatures can be followed to a certificate that the reader trusts.

    Args:
        replies: the authorities' replies, DER, by the names of their files.
        receipts: the checkpoints of the journal and the receipts that are compared with it.
        roots: the certificates of authorities that the reader trusts.

    Raises:
        InputError: a file holds no timestamp.
        ConfigurationError: the library is not installed.
    """
    held, problems = [], []
    for source, reply in replies.items():
        response = _decoded(reply, source)
        receipt = next((one for one in receipts if _is_of(response, one)), None)
        if receipt is None:
            problems.append(f"{source}: this is a timestamp of something else, not of this journal or of a receipt")
        elif (fault := _fault_of(response, receipt, roots)) is not None:
            problems.append(f"{source}: no certificate that was given vouches for this timestamp ({fault})")
        else:
            time = response.tst_info.gen_time.astimezone(UTC).isoformat().replace("+00:00", "Z")
            held.append(Timestamp(file=source, receipt=receipt.date, journal=receipt.journal, existed_at=time))
    return Timestamps(held, problems)


def _stamped(receipt: Checkpoint) -> bytes:
    """Return the bytes whose hash is stamped: the receipt's line in a file of receipts, with the server's signature."""
    return receipt_lines([receipt])


def _is_of(response: TimeStampResponse, receipt: Checkpoint) -> bool:
    imprint = response.tst_info.message_imprint
    name = _HASHES.get(imprint.hash_algorithm.dotted_string)
    return name is not None and hashlib.new(name, _stamped(receipt)).digest() == imprint.message


def _fault_of(response: TimeStampResponse, receipt: Checkpoint, roots: Sequence[Certificate]) -> str | None:
    """Return why a timestamp's signature proves nothing; ``None`` if it holds."""
    from rfc3161_client import VerificationError, VerifierBuilder

    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(response, _stamped(receipt))
    except (VerificationError, ValueError) as error:
        return str(error)
    return None


def _decoded(reply: bytes, source: str) -> TimeStampResponse:
    try:
        from rfc3161_client import PKIStatus, decode_timestamp_response
    except ModuleNotFoundError:
        raise _not_installed() from None
    try:
        response = decode_timestamp_response(reply)
        granted = PKIStatus(response.status) in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS)
        said = "; ".join(response.status_string)
    except ValueError:
        raise InputError(source, "", "a timestamp after RFC 3161, DER", "something else") from None
    if not granted:
        raise InputError(source, "", "a timestamp", f"a refusal of the authority ({said or 'without a reason'})")
    return response


def _not_installed() -> ConfigurationError:
    return ConfigurationError(
        "Timestamps need the package rfc3161-client, which is not installed: pip install 'counterpoise[timestamps]'"
    )
