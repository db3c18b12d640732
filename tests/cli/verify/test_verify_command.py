"""``verify`` says what it compared, on one process or several, and what it took on trust."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from msgspec import structs

from counterpoise.cli.journals import read_journal, snapshot_places, write_journal
from counterpoise.cli.verify.verified_journal import verify_schema
from counterpoise.errors import ChainError, DivergenceError, JournalError
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Chain, Entry
from counterpoise.session.journal.header import secret_in
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import SessionState, encode_state
from counterpoise.session.stored_snapshots import Packed, SnapshotSeries
from counterpoise.store.journal_file import JournalFile
from counterpoise_clients import roster

Run = Callable[..., str]
ONE, TWO = ("--jobs", 1), ("--jobs", 2)


@pytest.fixture(scope="module")
def journal(checkerboard: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of a whole game, with many snapshots."""
    path = tmp_path_factory.mktemp("journal") / "g.db"
    session = Session(scenario_text=checkerboard, seed="7", session_id="g", secret="secret")
    bots = {seat: roster.load_bot(roster.default_bot(seat, "7"))(f"7/{seat}") for seat in session.seats}
    snapshots = SnapshotSeries(every=30)
    with JournalFile.create(path) as file:

        def keep(running: Session) -> None:
            written = running.take_entries()
            file.append(written, snapshots.due(running, written))

        play(session, bots, after_stop=keep)
    return path


@pytest.fixture
def copied(journal: Path, tmp_path: Path) -> Path:
    """A copy of the journal of a whole game, to be changed."""
    return Path(shutil.copy(journal, tmp_path / "g.db"))


def forge_snapshot(path: Path, place: int, change: Callable[[SessionState], SessionState]) -> None:
    """Change the snapshot after so many entries and give it a hash that fits."""
    with JournalFile.open(path) as journal, journal._connection as connection:
        row = journal.snapshots.get(place)
        connection.execute("DELETE FROM snapshots WHERE entries = ?", (place,))
        journal.snapshots.add(replace(row, state=Packed.of(encode_state(change(row.unpacked())))))


def renamed_players(state: SessionState) -> SessionState:
    return structs.replace(state, players={**state.players, "ARD": "nobody"})


def forge_digest(path: Path, other: Path, number: int) -> None:
    """Write the journal with another digest in one entry, and the chain and the snapshots after it made to fit."""
    entries = read_journal(path)
    chain, forged = Chain(secret_in(entries[0].content())), list[Entry]()
    for entry in entries:
        content = {"digest": "0" * 64} if entry.sequence == number else entry.content()
        forged.append(chain.entry(entry.tick, entry.kind, content))
    with JournalFile.read_only(path) as journal:
        rows = [journal.snapshots.get(place) for place in journal.snapshots.places()]
    with JournalFile.create(other) as journal:
        journal.append(forged)
        with journal._connection:
            for row in rows:
                head = forged[row.entries - 1].chain
                state = structs.replace(row.unpacked(), chain=head)
                journal.snapshots.add(replace(row, chain=head, state=Packed.of(encode_state(state))))


@pytest.mark.parametrize("jobs", [ONE, TWO])
def test_a_whole_game_verifies(run_here: Run, journal: Path, jobs: tuple[object, ...]) -> None:
    entries = read_journal(journal)
    found = json.loads(run_here("verify", journal, *jobs, "--json"))
    assert (found["verified"], found["entries"], found["head"]) == (True, len(entries), entries[-1].chain)
    assert found["phase"] == "ended"
    assert (found["trusted"], found["bad_snapshots"], found["lacks_log"], found["erased_texts"]) == (0, [], False, 0)
    assert jsonschema.validate(found, verify_schema()) is None


def test_verify_starts_two_processes_in_a_command_of_its_own(
    counterpoise_process: Callable[..., object], journal: Path
) -> None:
    done = counterpoise_process("verify", journal, "--jobs", 2)
    assert vars(done)["returncode"] == 0
    assert "g.db: verified." in vars(done)["stdout"]


def test_quick_says_how_many_entries_it_took_on_trust(run_here: Run, journal: Path) -> None:
    last = snapshot_places(journal)[-1]
    assert json.loads(run_here("verify", journal, "--quick", "--json"))["trusted"] == last
    first, second, *origin = run_here("verify", journal, "--quick").splitlines()
    assert origin == ["Complete: the journal has the end of the game.", "Not signed."]
    assert first == f"g.db: The first {last} entries were not replayed, because --quick trusts the snapshot after them."
    assert second.startswith(f"The hash chain is whole: {len(read_journal(journal))} entries up to 1905-01-01, head ")
    assert second.endswith("Replayed and compared: none.")


@pytest.mark.parametrize("options", [ONE, TWO, ("--quick",)])
def test_a_changed_entry_breaks_the_chain(run_here: Run, copied: Path, options: tuple[object, ...]) -> None:
    with closing(JournalFile.open(copied)) as journal, journal._connection as connection:
        connection.execute("DROP TRIGGER entries_keep")
        connection.execute("UPDATE entries SET body = x'7b7d' WHERE sequence = 17")
    with pytest.raises(ChainError) as broken:
        run_here("verify", copied, *options)
    assert "entry 17: the body does not match its commitment: this entry was changed" in str(broken.value)


@pytest.mark.parametrize("jobs", [ONE, TWO])
def test_a_forged_snapshot_is_named_and_the_entries_verify(
    run_here: Run, copied: Path, jobs: tuple[object, ...]
) -> None:
    first = snapshot_places(copied)[0]
    forge_snapshot(copied, first, renamed_players)
    assert json.loads(run_here("verify", copied, *jobs, "--json"))["bad_snapshots"] == [first]
    assert f"The snapshot after {first} entries is not the state there. The entries are sound." in run_here(
        "verify", copied, *jobs
    )


def test_quick_does_not_use_a_snapshot_of_another_world(run_here: Run, copied: Path) -> None:
    *_, before, last = snapshot_places(copied)
    with JournalFile.read_only(copied) as journal:
        earlier = journal.snapshots.get(before).unpacked().simulation
    forge_snapshot(copied, last, lambda state: structs.replace(state, simulation=earlier))
    assert json.loads(run_here("verify", copied, "--quick", "--json"))["trusted"] == before


@pytest.mark.parametrize("jobs", [ONE, TWO])
def test_a_forged_entry_inside_a_segment_is_named(
    run_here: Run, journal: Path, tmp_path: Path, jobs: tuple[object, ...]
) -> None:
    entries, first = read_journal(journal), snapshot_places(journal)[0]
    number = next(entry.sequence for entry in entries if entry.sequence > first and entry.kind == "digest")
    other = tmp_path / "forged.db"
    forge_digest(journal, other, number)
    with pytest.raises(DivergenceError) as diverged:
        run_here("verify", other, *jobs)
    assert diverged.value.tick == entries[number].tick
    assert f"digest at tick {entries[number].tick}" in str(diverged.value)


def test_quick_cannot_see_a_forged_entry_before_the_snapshot_and_says_what_it_left_out(
    run_here: Run, journal: Path, tmp_path: Path
) -> None:
    entries, last = read_journal(journal), snapshot_places(journal)[-1]
    number = next(entry.sequence for entry in entries if entry.kind == "digest" and entry.sequence > 1)
    other = tmp_path / "forged.db"
    forge_digest(journal, other, number)
    assert json.loads(run_here("verify", other, "--quick", "--json"))["trusted"] == last


def test_a_well_linked_body_of_another_form_is_no_tampering_but_no_journal(
    journal: Path, run_here: Run, tmp_path: Path, with_bodies: Callable[..., list[Entry]]
) -> None:
    entries = read_journal(journal)
    order = next(entry for entry in entries if entry.kind == "order").sequence
    linked = with_bodies(entries, {order: b'{"id":"1","move":[],"seat":"ARD","window":0}'})
    path = tmp_path / "odd.jsonl"
    write_journal(path, linked)
    with pytest.raises(JournalError, match=rf"entry {order}: \$\.move") as refused:
        run_here("verify", path)
    assert refused.value.exit_code == 65
