"""The files of an archive that are made from its journals: tables, debrief and scenarios."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from counterpoise.cli.archive.manifest import JOURNALS, TABLES
from counterpoise.cli.debrief.debrief_page import debrief_page
from counterpoise.cli.debrief.debrief_story import with_story
from counterpoise.cli.export.export_command import write_session_files
from counterpoise.cli.export.session_reading import ReadJournals
from counterpoise.session.debrief.debrief_data import debrief_session, debrief_sessions
from counterpoise.session.debrief.debrief_document import Debrief
from counterpoise.session.export.tables import export_tables
from counterpoise.store.shipped_noise import shipped_noise


def made_files(read: ReadJournals, first: Path) -> tuple[dict[str, bytes], Debrief]:
    """Return the journals as they are passed on, their tables, debrief and scenarios, by name, and the debrief.

    Args:
        read: the journals.
        first: the file of the first, beside which the names of its people stand.
    """
    tables = export_tables(read.sessions, shipped_noise())
    found: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as away:
        write_session_files(Path(away), read, tables, parquet=False)
        for file in sorted(Path(away).iterdir()):
            folder = JOURNALS if file.name in read.lines else TABLES
            found[f"{folder}{file.name}"] = file.read_bytes()
    own = [one.contents for one in read.sessions]
    report: Debrief
    if len(own) == 1:
        (lines,) = read.lines.values()  # without the texts that are left out
        report = with_story(debrief_session(own[0], benchmarks=shipped_noise()), own[0], lines, first)
    else:
        report = debrief_sessions(own, benchmarks=shipped_noise())
    found["debrief.json"] = msgspec.json.encode(report) + b"\n"
    found["debrief.html"] = debrief_page(report, [one.scenario for one in own]).encode()
    for one in own:
        name = f"scenarios/{one.scenario.id}-{one.header['scenario_hash'][:12]}.toml"
        found[name] = one.header["scenario_text"].encode()
    return found, report
