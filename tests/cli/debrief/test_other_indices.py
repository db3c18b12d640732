"""The draws of other threat indices give the same numbers in one process and in several."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counterpoise.cli.debrief import other_indices
from counterpoise.session.debrief.debrief_data import debrief_session
from counterpoise.session.debrief.debrief_document import SessionDebrief
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.running_session import Session
from counterpoise_clients import roster


@pytest.mark.timeout(300)
def test_verdicts_agree_as_often_in_several_processes_as_in_one(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (repository / "scenarios" / "middle-east-1955.toml").read_text(encoding="utf-8")
    session = Session(scenario_text=text, seed="7", session_id="s", secret="x", streaming=False)
    bots = {seat: roster.load_bot("balancer")(f"7/bot/{seat}") for seat in session.seats}
    play(session, bots, until=365 * 6)
    contents = journal_contents(session.take_entries(), "s")

    def debriefed(processors: int) -> SessionDebrief:
        monkeypatch.setattr(os, "cpu_count", lambda: processors)
        with other_indices.other_indices(5, 10**6) as draws:
            return debrief_session(contents, draws=draws)

    alone, together = debriefed(1), debriefed(3)
    assert any(row.agreement is not None for row in alone.propositions)
    assert alone == together
