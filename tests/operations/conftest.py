"""The recipes, and a certificate for a proxy."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from proxy_process import needed

NAME = "localhost"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, with its key beside it."""
    folder = tmp_path_factory.mktemp("certificate")
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    subprocess.run([needed("openssl"), *new, *subject, *files], check=True, capture_output=True, timeout=60)
    return folder / "certificate.pem"


@pytest.fixture
def recipes(repository: Path) -> Path:
    """The folder of the recipes."""
    return repository / "server" / "operations"
