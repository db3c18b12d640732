"""Orders and injects are found by the words of their titles and records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from counterpoise.cli.fork.input_matcher import InputMatcher, record_remarks
from counterpoise.errors import ConfigurationError
from counterpoise.session.commands import Inject, Start, Withdraw
from counterpoise.session.forking import script_of
from counterpoise.session.journal.inputs import JournalInput, inputs_of
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import parse_scenario

PREPARED = {"kind": "misperceive", "observer": "BEL", "other": "COR", "amount": 0.3}


def matcher(checkerboard: str, injects: Sequence[dict[str, Any]]) -> InputMatcher:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    session.command(MODERATOR, "0" * 32, Start())
    session.advance(10)
    for number, inject in enumerate(injects, start=1):
        session.command(MODERATOR, f"{number:032x}", Inject(inject))
    script = script_of(session.take_entries(), "j", 10)
    return InputMatcher(script, [], parse_scenario(checkerboard, "c"), session.simulation.world.calendar, None)


def test_a_prepared_inject_is_found_by_its_title_after_a_moderator_used_it(checkerboard: str) -> None:
    used = matcher(checkerboard, [{"kind": "announce", "text": "Nothing."}, PREPARED])
    given = used.the_match("Belmar hears strike")
    assert given == used.the_match("misperceive")
    assert used.describe(given).endswith("(Belmar hears that Corvane will strike within the month)")
    with pytest.raises(ConfigurationError, match="unless a moderator uses it"):
        matcher(checkerboard, []).the_match("Belmar hears strike")


def test_an_order_that_its_seat_took_back_is_refused_with_the_reason(checkerboard: str) -> None:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    session.command(MODERATOR, "0" * 32, Start())
    seat, about = session.seats[:2]
    session.submit(seat, "1", 0, StateIntent(about, "hostile"))
    session.submit(seat, "2", 0, StateIntent(about, "friendly"), "1")
    session.submit(seat, "3", 0, StateIntent(about, "neutral"))
    session.command(seat, "4", Withdraw("3"))
    session.advance(10)
    entries = session.take_entries()
    number_of = {given.content["id"]: str(given.sequence) for given in inputs_of(entries)}
    scenario, calendar = parse_scenario(checkerboard, "c"), session.simulation.world.calendar
    found = InputMatcher(script_of(entries, "j", 10), [], scenario, calendar, None)
    for gone in ("1", "3"):
        with pytest.raises(ConfigurationError, match=r"an order that acted.*got 1 taken back"):
            found.the_match(number_of[gone])
    stood = found.the_match(number_of["2"])
    assert isinstance(stood, JournalInput)
    assert stood.content["id"] == "2"


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


def test_acts_of_one_state_on_one_day_each_have_the_source_of_their_row(checkerboard: str) -> None:
    text = checkerboard.partition("[[injects]]")[0]
    session = Session(scenario_text=text, seed="1", session_id="s", secret="secret", setup=ScenarioSetup(recorded=True))
    past = parse_history(RECORD, "record", session.scenario)
    play_record(session, past, until=200)
    given = [given for given in inputs_of(session.take_entries()) if given.act is not None]
    said = record_remarks(given, past)
    assert [said[one.sequence] for one in given] == ["Annals 3", "Annals 4", "Annals 1", "Annals 2"]
