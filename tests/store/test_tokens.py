"""A link can be claimed once; its token is replaced at each use and can be revoked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counterpoise.store.journal_file import JournalFile
from counterpoise.store.tokens import GRACE_SECONDS, VALID_SECONDS, HolderName, Tokens


@pytest.fixture
def journal(path: Path) -> Iterator[JournalFile]:
    with JournalFile.create(path) as opened:
        yield opened


@pytest.fixture
def tokens(journal: JournalFile) -> Tokens:
    return journal.tokens


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


def test_the_previous_token_works_for_a_minute(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(tokens, "_clock", lambda: now)
    first = tokens.issue("player", "EGY")
    lost = tokens.claim(first)
    assert lost is not None
    now += 59
    found = tokens.claim(first)
    assert found is not None
    assert tokens.find(lost.next_token) is None  # its welcome was lost; the one who holds it now is another
    now += 2
    assert tokens.claim(first) is None
    assert tokens.claim(found.next_token) is not None


def test_the_previous_token_is_void_once_its_holder_has_the_new_one(tokens: Tokens) -> None:
    link = tokens.issue("player", "EGY")
    lost = tokens.claim(link)
    assert lost is not None
    held = tokens.claim(link)
    assert held is not None
    tokens.end_grace([lost])  # an older connection of the same link proves nothing
    assert tokens.find(link) is not None
    tokens.end_grace([held])
    assert tokens.find(link) is None
    assert tokens.find(held.next_token) is not None


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
    now += VALID_SECONDS + GRACE_SECONDS
    assert tokens.find(grant.next_token) is None
    assert tokens.find(shared) is None


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
