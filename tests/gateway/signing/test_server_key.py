"""The server's key is made once, for its owner alone, and everything that only the server can make comes from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from counterpoise.errors import ConfigurationError, InputError, StorageError
from counterpoise.gateway.signing.server_key import ServerKey, load_private_key, open_private_key


def salt() -> bytes:
    return b"0" * 16


def test_the_key_is_made_for_its_owner_alone_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "data" / "server.key"
    made = ServerKey(open_private_key(path), salt)
    assert path.stat().st_mode & 0o777 == 0o600
    assert ServerKey(open_private_key(path), salt).public == made.public
    assert [file.name for file in path.parent.iterdir()] == ["server.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "server.key"
    open_private_key(path)
    path.chmod(mode)
    with pytest.raises(ConfigurationError, match=f"mode 0{mode:o}.*chmod 600"):
        open_private_key(path)


@pytest.mark.parametrize("content", [b"", b"secret", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_without_a_key_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "server.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(InputError, match="private Ed25519 key as PEM"):
        open_private_key(path)
    assert path.read_bytes() == content


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "server.key"
    other = generate_private_key(SECP256R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.chmod(0o600)
    with pytest.raises(InputError, match="of another kind"):
        open_private_key(path)


def test_a_missing_key_is_an_input_error_and_a_folder_in_its_place_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_private_key(tmp_path / "server.key")
    with pytest.raises(StorageError, match="cannot read"):
        load_private_key(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot make"):
        open_private_key(tmp_path / "file" / "server.key")


def test_each_session_has_a_receipt_key_of_its_own(tmp_path: Path) -> None:
    key = ServerKey(open_private_key(tmp_path / "a" / "server.key"), salt)
    other = ServerKey(open_private_key(tmp_path / "b" / "server.key"), salt)
    keys = [
        key.receipt_key("s", "1"),
        key.receipt_key("s", "2"),
        key.receipt_key("t", "1"),
        other.receipt_key("s", "1"),
    ]
    assert len(dict.fromkeys(keys)) == 4
    assert key.receipt_key("s", "1") == keys[0]
