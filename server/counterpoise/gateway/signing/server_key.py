"""The server's key: it signs checkpoints, and the key that seals receipts is derived from it. It never enters a journal."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counterpoise.errors import ConfigurationError, InputError, StorageError
from counterpoise.session.play.participants import pseudonym_in_class
from counterpoise.session.session_setup import ServerSecrets
from counterpoise.store.open_files import sync_directory

FILE_NAME = "server.key"
"""The name of the file in the data folder."""
_RECEIPT_KEY_BYTES = 32
_PSEUDONYM_KEY_BYTES = 32
_CLASS_TOKEN_BYTES = 24
_KEY_BYTES_MAX = 64 * 1024
_OTHERS = 0o077


class ServerKey:
    """An Ed25519 key. Servers that share a data folder, or take turns at one, use the same.

    Args:
        private: the private key.
        salt: returns random bytes, which salt entries and checkpoints.
    """

    def __init__(self, private: Ed25519PrivateKey, salt: Callable[[], bytes]) -> None:
        self._private, self.salt = private, salt
        self.public = private.public_key().public_bytes_raw().hex()
        """The public key, 64 hex digits."""
        self.secrets = ServerSecrets(salt, self.receipt_key)
        """What this server keeps out of every journal."""

    def sign(self, statement: bytes) -> str:
        """Return the signature of a statement, 128 hex digits."""
        return self._private.sign(statement).hex()

    def receipt_key(self, session: str, seed_commitment: str) -> bytes:
        """Return the key that seals the receipts of a session.

        It depends on the commitment to the seed too: a later session of the same name must not take the receipts of an earlier
        one for its own.
        """
        purpose = f"counterpoise receipts/{session}/{seed_commitment}".encode()
        derived = HKDF(algorithm=hashes.SHA256(), length=_RECEIPT_KEY_BYTES, salt=None, info=purpose)
        return derived.derive(self._private.private_bytes_raw())

    def class_token(self, class_id: str, role: str) -> str:
        """Return the token of the moderator or the observers of a class: the same after each restart, and stored nowhere."""
        purpose = f"counterpoise class/{class_id}/{role}".encode()
        derived = HKDF(algorithm=hashes.SHA256(), length=_CLASS_TOKEN_BYTES, salt=None, info=purpose)
        return base64.urlsafe_b64encode(derived.derive(self._private.private_bytes_raw())).decode()

    def pseudonym(self, class_id: str, person: str) -> str:
        """Return the pseudonym of a person of a class: the same in all its sessions and after each restart."""
        derived = HKDF(
            algorithm=hashes.SHA256(), length=_PSEUDONYM_KEY_BYTES, salt=None, info=b"counterpoise pseudonyms"
        )
        return pseudonym_in_class(derived.derive(self._private.private_bytes_raw()), class_id, person)


def load_private_key(path: Path) -> Ed25519PrivateKey:
    """Return the private key in a file.

    Raises:
        InputError: there is no such file, or it holds no Ed25519 key.
        ConfigurationError: others may read the file.
        StorageError: the file cannot be read.
    """
    expected = "a private Ed25519 key as PEM without a password"
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            pem = file.read(_KEY_BYTES_MAX)
    except FileNotFoundError:
        raise InputError(str(path), "", expected, "no such file") from None
    except OSError as error:
        raise StorageError(str(path), f"cannot read the server's key ({error.strerror or error})") from error
    if mode & _OTHERS:
        raise ConfigurationError(
            f"{path}: others may read the server's key (mode {mode & 0o777:04o}); expected 0600. If nobody has copied it, run "
            f"`chmod 600 {path}`. Otherwise move it away: the server makes another one."
        )
    try:
        private = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InputError(str(path), "", expected, f"something else ({error})") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise InputError(str(path), "", expected, "a key of another kind")
    return private


def open_private_key(path: Path) -> Ed25519PrivateKey:
    """Return the private key in a file; make the file, for its owner alone, if there is none.

    Raises:
        ConfigurationError, InputError: see ``load_private_key``.
        StorageError: the file cannot be read or made.
    """
    if not path.exists():
        try:
            path.parent.mkdir(0o700, parents=True, exist_ok=True)
            _make(path)
        except OSError as error:
            raise StorageError(str(path), f"cannot make the server's key ({error.strerror or error})") from error
    return load_private_key(path)


def _make(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    beside = path.with_name(f".{secrets.token_hex(6)}.new")
    descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(descriptor)
        # A link fails where another process was faster; then both use that process's key.
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
        sync_directory(path.parent)
    finally:
        beside.unlink(missing_ok=True)
