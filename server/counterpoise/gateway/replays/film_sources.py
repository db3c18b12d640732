"""What a film is made from: a journal, or a game that is played for it, which is the record of a scenario or one of a what-if.

Such a game is kept nowhere: equal addresses give equal games.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from counterpoise.gateway.what_if.process_messages import Question
from counterpoise.scenario_files import history_text, scenario_text
from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import PlayRow
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.store.addresses import file_name_of, read_journal

_RECORD, _GAME = "record:", "what-if:"


class Game(Struct, frozen=True):
    """A game of a what-if."""

    journal: str
    """The address of the journal that it is forked from."""
    question: Question
    side: str
    """``CHANGED`` or ``BASELINE``."""


class FilmSource(Struct, frozen=True):
    """What a film is made from."""

    entries: Sequence[Entry]
    rows: Sequence[PlayRow]
    """The play log beside the entries; a game that is played for its film has none."""
    name: str
    """For errors."""


def address_of_record(scenario: str) -> str:
    """Return the address of the record of a bundled scenario."""
    return f"{_RECORD}{scenario}"


def address_of_game(journal: str, question: Question, side: str) -> str:
    """Return the address of the first game of a side of a what-if.

    Args:
        journal: the address of the journal that it is forked from.
        question: what was asked.
        side: ``CHANGED`` or ``BASELINE``.
    """
    return f"{_GAME}{msgspec.json.encode(Game(journal, question, side)).decode()}"


def is_played(address: str) -> bool:
    """Return whether what an address names is played for its film."""
    return address.startswith((_RECORD, _GAME))


def film_source(address: str) -> FilmSource:
    """Return what an address names.

    Raises:
        CounterpoiseError: the journal cannot be read, or the game cannot be played.
    """
    if address.startswith(_RECORD):
        return _record(address.removeprefix(_RECORD))
    if address.startswith(_GAME):
        return _game(msgspec.json.decode(address.removeprefix(_GAME), type=Game))
    with read_journal(address) as journal:
        return FilmSource(list(journal.entries()), list(journal.play_log.rows()), file_name_of(address))


def _record(scenario: str) -> FilmSource:
    text, source = scenario_text(scenario)
    setup = ScenarioSetup(source=source, recorded=True)
    session = Session(scenario_text=text, seed="1", session_id="record", secret=source, setup=setup)
    past, name = history_text(scenario)
    play_record(session, parse_history(past, name, session.scenario))
    return FilmSource(session.take_entries(), [], name)


def _game(game: Game) -> FilmSource:
    from counterpoise.gateway.what_if.games import game_of  # it imports numpy; a server must not start slower for it

    with read_journal(game.journal) as journal:
        entries = list(journal.entries())
    session = game_of(entries, file_name_of(game.journal), game.question, game.side)
    return FilmSource(session.take_entries(), [], game.side)
