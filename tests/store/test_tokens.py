"""A link can be claimed once; its token is replaced at each use and can be revoked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterpoise.store.journal_file import JournalFile
from counterpoise.store.tokens import VALID_SECONDS, HolderName, Tokens, digest_of


@pytest.fixture
def journal(path: Path) -> Iterator[JournalFile]:
    with JournalFile.create(path) as opened:
        yield opened


@pytest.fixture(params=["file", "database"])
def tokens(request: pytest.FixtureRequest) -> Iterator[Tokens]:
    """The tokens of a journal in a file, and of one in PostgreSQL: the same rules hold for both."""
    if request.param == "file":
        yield request.getfixturevalue("journal").tokens
        return
    url = request.getfixturevalue("database")
    from counterpoise.store.postgres.postgres_shelf import PostgresShelf  # the extra may be missing

    shelf = PostgresShelf(url)
    shelf.open("http://here")
    with shelf.create("s") as made:
        yield made.tokens
    shelf.close()


def test_a_token_has_192_bits_and_no_trace_of_it_is_stored(journal: JournalFile, path: Path) -> None:
    issued = journal.tokens.issue("player", "EGY")
    grant = journal.tokens.claim(issued, "Nasser")
    assert grant is not None
    journal.tidy()
    stored = path.read_bytes()
    assert len(issued) == 32
    assert issued.encode() not in stored
    assert grant.next_token.encode() not in stored
    assert b"Nasser" in stored


def test_a_claim_renews_the_token(tokens: Tokens) -> None:
    first = tokens.issue("player", "EGY")
    grant = tokens.claim(first, "Nasser")
    assert grant is not None
    assert (grant.role, grant.seat, grant.name) == ("player", "EGY", "Nasser")
    assert grant.next_token != first
    again = tokens.claim(grant.next_token)
    assert again is not None
    assert again.name == "Nasser"
    assert tokens.find(first) is None  # two renewals ago


def test_a_token_stays_valid_until_its_holder_has_the_next_one_however_long_the_server_is_away(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr(tokens, "_clock", lambda: now)
    link = tokens.issue("player", "EGY")
    lost = tokens.claim(link)
    assert lost is not None
    now += VALID_SECONDS - 1
    held = tokens.claim(link)
    assert held is not None, "the server died before it answered"
    tokens.confirm([held])
    assert tokens.find(link) is None
    assert tokens.find(held.next_token) is not None


def test_everybody_who_comes_with_one_token_gets_the_same_next_one_until_it_is_used(tokens: Tokens) -> None:
    link = tokens.issue("player", "EGY")
    one, two = tokens.claim_all([(link, "Nasser"), (link, "")])
    assert one is not None
    assert two is not None
    assert one.next_token == two.next_token, "whichever of two answers is lost, the other is valid"
    tokens.confirm([two])
    first, second = tokens.claim(one.next_token), tokens.claim(two.next_token)
    assert first is not None
    assert second is not None
    assert first.next_token == second.next_token != one.next_token


def test_an_older_confirmation_voids_nothing_newer(tokens: Tokens) -> None:
    first = tokens.claim(tokens.issue("player", "EGY"))
    assert first is not None
    second = tokens.claim(first.next_token)
    assert second is not None
    tokens.confirm([first])
    assert tokens.find(first.next_token) is not None, "nobody has shown the second token yet"
    assert tokens.find(second.next_token) is not None


def test_to_come_with_the_next_token_voids_the_one_before(tokens: Tokens) -> None:
    link = tokens.issue("player", "EGY")
    grant = tokens.claim(link)
    assert grant is not None
    assert tokens.claim(grant.next_token) is not None
    assert tokens.find(link) is None


def test_nothing_that_is_stored_tells_the_next_token_to_whoever_has_an_old_one(journal: JournalFile) -> None:
    link = journal.tokens.issue("player", "EGY")
    grant = journal.tokens.claim(link)
    assert grant is not None
    salts = "SELECT salt FROM tokens WHERE salt <> ''"
    assert journal._connection.execute(salts).fetchall(), "it must outlive the server, until the holder has the token"
    journal.tokens.confirm([grant])
    assert journal._connection.execute(salts).fetchall() == []


def test_a_device_loses_the_seat_only_to_one_that_has_shown_its_token(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr(tokens, "_clock", lambda: now)
    old = tokens.claim(tokens.issue("player", "EGY"), "Nasser")
    assert old is not None
    tokens.confirm([old])
    tokens.issue_for_device("device-K7QM-2XWD", old.id, 300.0)
    lost = tokens.claim("device-K7QM-2XWD")
    again = tokens.claim("device-K7QM-2XWD", "Gamal")
    assert lost is not None
    assert again is not None
    assert (again.id, again.seat, again.name) == (old.id, "EGY", "Gamal")
    assert again.next_token == lost.next_token
    now += 301
    assert tokens.find("device-K7QM-2XWD") is None, "a code is valid for five minutes, used or not"
    back = tokens.claim(old.next_token)
    assert back is not None, "the device before keeps the seat until the new one shows its token"
    tokens.confirm([back])
    taken = tokens.claim(again.next_token)
    assert taken is not None, "the new device had the answer: it may come back with what it got"
    assert (taken.id, taken.is_other_device) == (old.id, True)
    assert tokens.find(back.next_token) is None
    assert tokens.find(again.next_token) is not None
    tokens.confirm([taken])
    assert tokens.find(again.next_token) is None
    assert tokens.claim(taken.next_token) is not None


def test_a_code_is_spent_by_the_first_frame_of_the_new_device(tokens: Tokens) -> None:
    old = tokens.claim(tokens.issue("team", "EGY", shared=True), "Nasser")
    assert old is not None
    tokens.issue_for_device("device-K7QM-2XWD", old.id, 300.0)
    new = tokens.claim("device-K7QM-2XWD")
    assert new is not None
    tokens.confirm([new])
    assert tokens.find("device-K7QM-2XWD") is None
    assert tokens.find(old.next_token) is None
    found = tokens.find(new.next_token)
    assert found is not None
    assert (found.member, found.is_other_device) == (old.member, False)


def test_a_newer_code_voids_what_an_older_one_gave_and_nobody_has_used(tokens: Tokens) -> None:
    old = tokens.claim(tokens.issue("player", "EGY"))
    assert old is not None
    tokens.issue_for_device("device-K7QM-2XWD", old.id, 300.0)
    unused = tokens.claim("device-K7QM-2XWD")
    assert unused is not None
    tokens.issue_for_device("device-AAAA-BBBB", old.id, 300.0)
    assert tokens.find(unused.next_token) is None
    assert tokens.find("device-K7QM-2XWD") is None
    assert tokens.find("device-AAAA-BBBB") is not None


def test_a_device_may_be_let_in_again_with_the_token_of_its_own_making(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr(tokens, "_clock", lambda: now)
    holder, other = tokens.claim(tokens.issue("player", "EGY")), tokens.claim(tokens.issue("player", "ISR"))
    assert holder is not None
    assert other is not None
    made_up = "a" * 32
    tokens.issue_for_device(made_up, holder.id, 120.0)
    now += 121
    assert tokens.find(made_up) is None
    tokens.issue_for_device(made_up, other.id, 120.0)
    found = tokens.find(made_up)
    assert found is not None
    assert found.seat == "ISR"


def test_a_token_that_nobody_uses_expires_and_one_in_use_does_not(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr(tokens, "_clock", lambda: now)
    unused, shared = tokens.issue("player", "ISR"), tokens.issue("observer", shared=True)
    grant = tokens.claim(tokens.issue("player", "EGY"))
    for _ in range(4):
        assert grant is not None
        assert tokens.claim(shared) is not None
        now += VALID_SECONDS / 2
        grant = tokens.claim(grant.next_token)
    assert grant is not None
    assert tokens.find(unused) is None
    now += VALID_SECONDS
    assert tokens.find(grant.next_token) is None
    assert tokens.find(shared) is None


def test_tokens_of_an_older_release_are_valid_for_as_long_as_they_were(path: Path) -> None:
    now = time.time()
    with JournalFile.create(path) as journal:
        used, unused = journal.tokens.issue("player", "EGY"), journal.tokens.issue("player", "ISR")
        lost, graced = journal.tokens.issue("player", "SYR"), journal.tokens.issue("player", "JOR")
        for token, seconds in ((used, -10 * 86_400), (lost, -30 * 86_400), (graced, 30.0)):
            values = (digest_of(f"next of {token}"), now + seconds, digest_of(token))
            journal._connection.execute(
                "UPDATE tokens SET previous_hash = hash, hash = ?, claimed = 1, previous_until = ? WHERE hash = ?",
                values,
            )
        journal._connection.execute("UPDATE tokens SET created_at = created_at - 40 * 86400")
        journal._connection.execute("ALTER TABLE tokens DROP COLUMN salt")
        journal._connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'salts_of_tokens'")
        journal._connection.execute("PRAGMA user_version = 3")
        journal._connection.commit()
    with JournalFile.read_only(path) as seen:
        assert seen.tokens.holders() == {"EGY": "", "SYR": "", "JOR": ""}
        assert len(seen.tokens.all_rows()) == 4
    with JournalFile.open(path) as journal:
        found = {token: journal.tokens.find(token) is not None for token in (used, unused, lost, graced)}
        assert found == {used: False, unused: True, lost: False, graced: True}
        for token in (used, lost, graced):
            assert journal.tokens.claim(f"next of {token}") is not None


def test_tokens_used_together_are_granted_one_by_one(tokens: Tokens) -> None:
    link, other = tokens.issue("player", "EGY"), tokens.issue("player", "ISR")
    first, unknown, second = tokens.claim_all([(link, "Nasser"), ("x" * 32, ""), (other, "Meir")])
    assert unknown is None
    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("Nasser", "Meir")


def test_a_new_link_of_a_role_voids_the_old_link_and_keeps_those_who_used_it(tokens: Tokens) -> None:
    old = tokens.issue("moderator", shared=True)
    joined = tokens.claim(old)
    assert joined is not None
    new = tokens.replace_link("moderator")
    assert tokens.find(old) is None
    assert tokens.find(new) is not None
    assert tokens.claim(joined.next_token) is not None


def test_unknown_tokens_are_refused(tokens: Tokens) -> None:
    assert tokens.find("x" * 32) is None
    assert tokens.claim("' OR 1=1 --") is None


def test_a_seat_goes_to_the_first_of_its_links(tokens: Tokens) -> None:
    printed, printed_again = tokens.issue("player", "EGY"), tokens.issue("player", "EGY")
    other_seat = tokens.issue("player", "ISR")
    grant = tokens.claim(printed)
    assert grant is not None
    assert tokens.find(printed_again) is None
    assert tokens.find(other_seat) is not None
    assert tokens.claim(grant.next_token) is not None


def test_a_shared_link_serves_many_and_each_gets_a_token_of_their_own(tokens: Tokens) -> None:
    link = tokens.issue("observer", shared=True)
    one, two = tokens.claim(link), tokens.claim(link)
    assert one is not None
    assert two is not None
    assert one.id != two.id
    assert one.next_token != two.next_token
    assert tokens.claim(one.next_token) is not None
    assert tokens.find(link) is not None


def test_a_revoked_seat_needs_a_new_link(tokens: Tokens) -> None:
    grant = tokens.claim(tokens.issue("player", "EGY"), "Nasser")
    assert grant is not None
    assert tokens.holders() == {"EGY": "Nasser"}
    fresh = tokens.reissue("player", "EGY")
    assert tokens.find(grant.next_token) is None
    assert tokens.holders() == {"EGY": ""}, "the seat is kept for whoever brings the new link"
    assert tokens.claim(fresh) is not None
    tokens.revoke("player", "EGY")
    assert tokens.find(fresh) is None


def test_tokens_and_names_survive_a_restart(path: Path) -> None:
    with JournalFile.create(path) as journal:
        unclaimed = journal.tokens.issue("player", "ISR")
        grant = journal.tokens.claim(journal.tokens.issue("player", "EGY"), "Nasser")
        assert grant is not None
    with JournalFile.open(path) as journal:
        assert journal.tokens.holders() == {"EGY": "Nasser"}
        assert journal.tokens.find(unclaimed) is not None
        assert journal.tokens.claim(grant.next_token) is not None
        journal.tokens.reissue("player", "ISR")
        journal.tokens.reissue("player", "EGY")
        fresh = journal.tokens.reissue("player", "EGY")
    with JournalFile.open(path) as journal:
        assert journal.tokens.holders() == {"EGY": ""}, (
            "kept while the new link is on its way, however often it was made"
        )
        assert journal.tokens.claim(fresh, "Sadat") is not None
        assert journal.tokens.holders() == {"EGY": "Sadat"}


def test_a_shared_link_of_a_team_survives_its_uses_and_leaves_the_players_alone(tokens: Tokens) -> None:
    player, team = tokens.issue("player", "EGY"), tokens.issue("team", "EGY", shared=True)
    assert tokens.claim(team) is not None
    assert tokens.claim(team) is not None
    assert tokens.find(player) is not None


def test_a_name_is_erased_in_one_seat_and_kept_in_others(tokens: Tokens) -> None:
    for seat in ("EGY", "ISR"):
        tokens.claim(tokens.issue("player", seat), "Nasser")
    tokens.claim(tokens.issue("moderator"), "Hammarskjöld")
    first = HolderName("moderator", "", "Hammarskjöld")
    names = [first, HolderName("player", "EGY", "Nasser"), HolderName("player", "ISR", "Nasser")]
    assert tokens.names() == names
    tokens.erase_names([names[1]])
    assert tokens.names() == [names[0], names[2]]
