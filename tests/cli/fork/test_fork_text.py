"""The words of a fork's report, and how what was prepared and used is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from counterpoise.cli.fork.changes import Lookout, remarks
from counterpoise.cli.fork.fork_text import void_sentence
from counterpoise.errors import InputError
from counterpoise.session.commands import Inject, Start
from counterpoise.session.forking import script_of
from counterpoise.session.journal_inputs import inputs_of
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import parse_scenario

PREPARED = {"kind": "misperceive", "observer": "BEL", "other": "COR", "amount": 0.3}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (1, "One more order had no effect on its day than without the change."),
        (2, "2 more orders had no effect on their day than without the change."),
    ],
)
def test_void_orders_are_counted_in_a_sentence(more: int, words: str) -> None:
    assert void_sentence(more) == words


def lookout(checkerboard: str, injects: Sequence[dict[str, Any]]) -> Lookout:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    session.command(MODERATOR, "0" * 32, Start())
    session.advance(10)
    for number, inject in enumerate(injects, start=1):
        session.command(MODERATOR, f"{number:032x}", Inject(inject))
    script = script_of(session.take_entries(), "j", 10)
    return Lookout(script, [], parse_scenario(checkerboard, "c"), session.simulation.world.calendar, None)


def test_what_was_prepared_is_found_by_its_title_once_a_moderator_has_used_it(checkerboard: str) -> None:
    used = lookout(checkerboard, [{"kind": "announce", "text": "Nothing."}, PREPARED])
    given = used.one("Belmar hears strike")
    assert given == used.one("misperceive")
    assert used.told(given).endswith("(Belmar hears that Corvane will strike within the month)")
    with pytest.raises(InputError, match="unless a moderator has made it happen"):
        lookout(checkerboard, []).one("Belmar hears strike")


RECORD = """
orders = [
  { on = 1901-05-01, by = "ARD", kind = "leave_alliance", alignment = { with = ["BEL"] }, source = "Annals 1" },
  { on = 1901-05-01, by = "ARD", kind = "leave_alliance", alignment = { with = ["DUN"] }, source = "Annals 2" },
]
injects = [
  { on = 1901-02-01, kind = "form_alignment", members = ["ARD", "BEL"], commitment = "defence", source = "Annals 3" },
  { on = 1901-02-01, kind = "form_alignment", members = ["ARD", "DUN"], commitment = "defence", source = "Annals 4" },
]
[history]
scenario = "checkerboard"
"""


def test_deeds_of_one_state_on_one_day_have_each_the_source_of_its_own_row(checkerboard: str) -> None:
    text = checkerboard.partition("[[injects]]")[0]
    session = Session(scenario_text=text, seed="1", session_id="s", secret="secret", recorded=True)
    past = parse_history(RECORD, "record", session.scenario)
    play_record(session, past, until=200)
    given = [act for act in inputs_of(session.take_entries()) if act.act is not None]
    said = remarks(given, past)
    assert [said[act.sequence] for act in given] == ["Annals 3", "Annals 4", "Annals 1", "Annals 2"]
