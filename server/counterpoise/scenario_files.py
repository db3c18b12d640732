"""Read scenarios and other texts: the bundled files and the files that users name."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Collection
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from counterpoise.errors import InputError, StorageError
from counterpoise.validation_errors import one_of

TEXT_BYTES_MAX = 1_048_576


def scenario_folder() -> Traversable:
    """Return the folder of the bundled scenarios, in an installed wheel or beside the sources of an editable install."""
    inside = resources.files("counterpoise") / "scenarios"
    if inside.is_dir():
        return inside
    return Path(__file__).resolve().parents[2] / "scenarios"


def bundled_scenarios() -> tuple[str, ...]:
    """Return the names of the bundled scenarios, sorted."""
    names = (entry.name for entry in scenario_folder().iterdir())
    return tuple(sorted(name[: -len(".toml")] for name in names if name.endswith(".toml") and name.count(".") == 1))


def scenario_text(name_or_file: str) -> tuple[str, str]:
    """Return a scenario's text and the name to use for it in errors.

    Args:
        name_or_file: a bundled scenario's name, or the path of a TOML file.

    Raises:
        InputError: the scenario does not exist, or the file is too large or not UTF-8.
        StorageError: the file cannot be read.
    """
    if name_or_file in bundled_scenarios():
        name = f"{name_or_file}.toml"
        return (scenario_folder() / name).read_text(encoding="utf-8"), name
    path = Path(name_or_file)
    if not path.exists() and "/" not in name_or_file and path.suffix != ".toml":
        known = one_of(bundled_scenarios(), name_or_file)
        raise InputError(
            name_or_file, "", "", f"no bundled scenario and no file has this name. Give {known}, or a TOML file."
        )
    return text_of(path, "a scenario file"), str(path)


def map_folder() -> Traversable:
    """Return the folder of the maps of the bundled scenarios."""
    return scenario_folder() / "maps"


def scenario_map(scenario_id: str, states: Collection[str]) -> bytes | None:
    """Return the map of a bundled scenario as JSON, or ``None`` if there is none or it leaves out a state.

    Args:
        scenario_id: the id of the scenario; a file of a user may have the id of a bundled one and other states.
        states: the codes of the scenario's states.
    """
    if scenario_id not in bundled_scenarios():
        return None
    found = _map_and_states(scenario_id)
    return found[0] if found is not None and found[1].issuperset(states) else None


@cache
def _map_and_states(scenario_id: str) -> tuple[bytes, frozenset[str]] | None:
    """Return a map with the codes of the states that it shows."""
    file = map_folder() / f"{scenario_id}.json"
    if not file.is_file():
        return None
    raw = file.read_bytes()
    known = json.loads(raw)
    return raw, frozenset([*known["anchors"], *known["badges"]])


def history_text(name_or_file: str) -> tuple[str, str]:
    """Return the text of a scenario's historical record, and the name to use for it in errors.

    Args:
        name_or_file: a bundled scenario's name, or the path of a scenario file with the record beside it.

    Raises:
        InputError: the scenario has no record.
        StorageError: the file cannot be read.
    """
    if name_or_file in bundled_scenarios():
        name = f"{name_or_file}.history.toml"
        if not (scenario_folder() / name).is_file():
            known = [one for one in bundled_scenarios() if (scenario_folder() / f"{one}.history.toml").is_file()]
            raise InputError(name, "", "", f"this scenario has no record. Scenarios with a record: {', '.join(known)}.")
        return (scenario_folder() / name).read_text(encoding="utf-8"), name
    path = Path(name_or_file).with_suffix(".history.toml")
    return text_of(path, "a record"), str(path)


def text_of(path: Path, kind: str) -> str:
    """Return the text of a file that a user wrote.

    Args:
        path: the file.
        kind: what the file should be, for errors.

    Raises:
        InputError: the file does not exist, is too large or is not UTF-8.
        StorageError: the file cannot be read.
    """
    if not path.is_file():
        raise InputError(str(path), "", "", _why_no_file(path))
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error
    if len(raw) > TEXT_BYTES_MAX:
        problem = f"too large for {kind}: {len(raw)} bytes, at most {TEXT_BYTES_MAX}"
        raise InputError(str(path), "", "", problem)
    raw = raw.removeprefix(BOM_UTF8)  # some editors start a file with a byte order mark
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        where = f"line {line}, byte {error.start}"
        raise InputError(str(path), where, "UTF-8 text", f"0x{raw[error.start]:02x}") from error


def _why_no_file(path: Path) -> str:
    if path.is_dir():
        return "this is a folder, give a file"
    return "this is a pipe or a device, give a file" if path.exists() else "no such file"
