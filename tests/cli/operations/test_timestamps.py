"""A time-stamping authority says when a journal stood as a receipt says. The authority here is OpenSSL's own."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from counterpoise.gateway.signing.server_key import ServerKey, open_private_key
from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.session.proofs.checkpoints import write_checkpoint
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile

Command = Callable[..., Any]
pytest.importorskip("rfc3161_client", reason="rfc3161-client is not installed: pip install counterpoise[timestamps]")
SETTINGS = """
[tsa]
default_tsa = it
[it]
serial = {folder}/serial
signer_cert = {folder}/authority.pem
signer_key = {folder}/authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
USE = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"


class Authority:
    """A time-stamping authority over HTTP, with a root certificate of its own. ``refuses`` makes it answer 503."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.root, self.refuses, self._folder = folder / "root.pem", False, folder
        (folder / "settings").write_text(SETTINGS.format(folder=folder))
        (folder / "serial").write_text("01\n")
        (folder / "use").write_text(USE)
        key = ("-newkey", "rsa:2048", "-nodes", "-keyout")
        self._openssl("req", "-x509", *key, "root.key", "-out", "root.pem", "-days", "9", "-subj", "/CN=Root")
        self._openssl("req", *key, "authority.key", "-out", "authority.csr", "-subj", "/CN=Authority")
        signs = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "9", "-extfile", "use")
        self._openssl("x509", "-req", "-in", "authority.csr", *signs, "-out", "authority.pem")

    def answer(self, query: bytes) -> bytes:
        (self._folder / "query").write_bytes(query)
        self._openssl("ts", "-reply", "-config", "settings", "-queryfile", "query", "-out", "reply")
        return (self._folder / "reply").read_bytes()

    def _openssl(self, *arguments: str) -> None:
        done = subprocess.run(["openssl", *arguments], cwd=self._folder, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Authority, str]]:
    if which("openssl") is None:
        pytest.skip("openssl is not installed; it is the authority of these tests")
    answering = Authority(tmp_path_factory.mktemp("authority") / "it")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            reply = b"" if answering.refuses else answering.answer(query)
            self.send_response(503 if answering.refuses else 200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *arguments: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield answering, f"http://127.0.0.1:{server.server_address[1]}/tsr"
        server.shutdown()
        thread.join(timeout=10)


def signed_journal(scenario: str, file: Path, seed: str) -> Path:
    key = ServerKey(open_private_key(file.parent / "server.key"), lambda: b"0" * 16)
    session = Session(scenario_text=scenario, seed=seed, session_id="s", secret="salt")
    write_checkpoint(session, key, key.salt())
    session.command(SERVER, local_id("s", SERVER, 0), Start())
    write_checkpoint(session, key, key.salt())
    with JournalFile.create(file) as journal:
        journal.append(session.take_entries())
    return file


def test_a_timestamp_says_when_the_journal_stood_as_its_last_receipt_says(
    authority: tuple[Authority, str], checkerboard: str, counterpoise: Command, tmp_path: Path
) -> None:
    there, url = authority
    journal, stamp = signed_journal(checkerboard, tmp_path / "s.db", "7"), tmp_path / "s.tsr"
    before = datetime.now(UTC).replace(microsecond=0)
    written = counterpoise("receipts", "timestamp", journal, "--authority", url, "--to", stamp)
    assert (written.returncode, "a timestamp of the receipt" in written.stdout) == (0, True)
    assert counterpoise("receipts", "timestamp", journal, "--authority", url, "--to", stamp).returncode == 78
    options = ("--timestamp", stamp, "--authority", there.root)
    done = counterpoise("verify", journal, *options, "--json")
    document = json.loads(done.stdout)
    (held,) = document["provenance"]["timestamps"]
    assert (done.returncode, document["verified"], held["file"]) == (0, True, "s.tsr")
    assert before <= datetime.fromisoformat(held["existed_at"]) <= datetime.now(UTC)
    assert "Timestamped: the receipt of" in counterpoise("verify", journal, *options).stdout


def test_a_timestamp_of_another_journal_or_authority_is_a_problem(
    authority: tuple[Authority, str], checkerboard: str, counterpoise: Command, tmp_path: Path
) -> None:
    there, url = authority
    journal, other = (signed_journal(checkerboard, tmp_path / f"{seed}.db", seed) for seed in ("7", "8"))
    stamp = tmp_path / "7.db.tsr"
    assert counterpoise("receipts", "timestamp", journal, "--authority", url).returncode == 0
    foreign = counterpoise("verify", other, "--timestamp", stamp, "--authority", there.root)
    assert (foreign.returncode, "a timestamp of something else" in foreign.stdout) == (1, True)
    stranger = Authority(tmp_path / "stranger")
    untrusted = counterpoise("verify", journal, "--timestamp", stamp, "--authority", stranger.root)
    assert (untrusted.returncode, "no certificate that was given vouches" in untrusted.stdout) == (1, True)
    changed = bytearray(stamp.read_bytes())
    changed[-1] ^= 1
    stamp.write_bytes(changed)
    forged = counterpoise("verify", journal, "--timestamp", stamp, "--authority", there.root)
    assert (forged.returncode, "no certificate that was given vouches" in forged.stdout) == (1, True)
    stamp.write_bytes(b"no timestamp")
    assert counterpoise("verify", journal, "--timestamp", stamp, "--authority", there.root).returncode == 65


def test_an_authority_that_fails_is_named_and_nothing_is_written(
    authority: tuple[Authority, str], checkerboard: str, counterpoise: Command, tmp_path: Path
) -> None:
    there, url = authority
    journal = signed_journal(checkerboard, tmp_path / "s.db", "7")
    there.refuses = True
    try:
        refused = counterpoise("receipts", "timestamp", journal, "--authority", url)
    finally:
        there.refuses = False
    assert (refused.returncode, "503" in refused.stderr) == (65, True)
    silent = counterpoise("receipts", "timestamp", journal, "--authority", "http://127.0.0.1:1/")
    assert (silent.returncode, "an authority that answers" in silent.stderr) == (65, True)
    assert counterpoise("receipts", "timestamp", journal, "--authority", "ftp://x").returncode == 2
    assert list(tmp_path.glob("*.tsr*")) == []
