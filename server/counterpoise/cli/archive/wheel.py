"""The installed package as a wheel, and the exact versions of what it needs."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from counterpoise import __version__
from counterpoise.cli.archive.zip_file import zipped
from counterpoise.scenario_files import scenario_folder

DISTRIBUTION = "counterpoise"
PACKAGES = ("counterpoise", "counterpoise_clients")
WHEEL_NAME = f"{DISTRIBUTION}-{__version__}-py3-none-any.whl"
_INFO = f"{DISTRIBUTION}-{__version__}.dist-info"
_WHEEL = f"Wheel-Version: 1.0\nGenerator: counterpoise {__version__}\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def wheel_bytes() -> bytes:
    """Return a wheel of the package that runs: its files as they are installed, whether from a wheel or from a source tree."""
    files = {
        name: file.read_bytes() for package in PACKAGES for name, file in _files(resources.files(package), package)
    }
    if not any(name.startswith(f"{DISTRIBUTION}/scenarios/") for name in files):  # a source tree has them elsewhere
        files |= {name: file.read_bytes() for name, file in _files(scenario_folder(), f"{DISTRIBUTION}/scenarios")}
    installed = metadata.distribution(DISTRIBUTION)
    for name in ("METADATA", "entry_points.txt"):
        files[f"{_INFO}/{name}"] = (installed.read_text(name) or "").encode()
    files[f"{_INFO}/WHEEL"] = _WHEEL.encode()
    rows = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in sorted(files.items())]
    record = f"{_INFO}/RECORD"
    files[record] = "".join(f"{row}\n" for row in [*rows, f"{record},,"]).encode()
    made = io.BytesIO()
    zipped(made, files)
    return made.getvalue()


def lock_text() -> str:
    """Return the exact versions of the package and of what it needs, as ``pip install -r`` reads them.

    Extras are left out: nothing in an archive needs them.
    """
    versions: dict[str, str] = {}
    waiting = [DISTRIBUTION]
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in versions:
            continue
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # a requirement of another platform
        versions[key] = found.version
        for requirement in found.requires or ():
            named = _NAME.match(requirement)
            if named is not None and "extra ==" not in requirement.replace("'", "").replace('"', ""):
                waiting.append(named[0])
    own = versions.pop(DISTRIBUTION)
    lines = [f"{name}=={version}\n" for name, version in sorted(versions.items())]
    return f"# What counterpoise {own} ran with. The wheel beside this file is counterpoise itself.\n{''.join(lines)}"


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{prefix}/{entry.name}")
        else:
            yield f"{prefix}/{entry.name}", entry


def _digest(data: bytes) -> str:
    return urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
