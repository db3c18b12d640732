from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counterpoise.errors import JournalError
from counterpoise.session.debrief_data import Book, book_of, document_of, pool
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Seats = Callable[[Session, str], dict[ActorId, Bot]]


@pytest.fixture(scope="module")
def shelf() -> list[Book]:
    return []


@pytest.fixture
def books(shelf: list[Book], new_session: Callable[..., Session], line_up: Seats) -> list[Book]:
    """Three games; the seed of the bots differs where that of the world does not."""
    for world, bots in (("1", "1"), ("1", "2"), ("2", "1"))[len(shelf) :]:
        session = new_session(world)
        play(session, line_up(session, bots))
        shelf.append(book_of(session.take_entries(), f"{world}-{bots}.db"))
    return shelf


def test_pooled_sessions_are_checked_together_in_whatever_order_they_come(books: list[Book]) -> None:
    pooled = pool(books)
    assert pooled == pool(books[::-1])
    single = [document_of(book) for book in books]
    for key, count in pooled["classes"].items():
        assert count == sum(document["classes"][key] for document in single)
    assert [row["id"] for row in pooled["propositions"]] == [row["id"] for row in single[0]["propositions"]]
    assert pooled["hypotheses"][0]["n"] > single[0]["hypotheses"][0]["n"]
    assert "3 session" in pooled["threats_to_validity"][0]


def test_sessions_of_one_name_stay_apart(books: list[Book]) -> None:
    rows = pool(books)["sessions"]
    assert [row["session"] for row in rows] == ["s", "s#2", "s#3"]
    assert all(row["ended"] and row["decisions"] for row in rows)


def test_a_journal_given_twice_is_refused(books: list[Book]) -> None:
    with pytest.raises(JournalError, match=r"1-1\.db: the same journal as 1-1\.db"):
        pool([books[0], books[1], books[0]])


def test_an_inject_that_came_to_nothing_is_told_with_its_date_and_its_reason(books: list[Book]) -> None:
    detail = {"inject": "start_war", "expected": "the code of a state that exists now", "got": "ARD"}
    void = Incident(9, 31, "inject_void", (), (), detail)
    missed = replace(books[0], incidents=(*books[0].incidents, void))
    row = {"date": "1901-02-01", **detail}
    document = document_of(missed)
    assert document["void_injects"] == [row]
    told = "What the scenario had in store came to nothing: start_war on 1901-02-01."
    assert document["threats_to_validity"][-1] == told
    pooled = pool([missed, books[1]])
    assert [session["void_injects"] for session in pooled["sessions"]] in ([[row], []], [[], [row]])
    assert "came to nothing in s" in pooled["threats_to_validity"][-1]
    assert document_of(books[0])["void_injects"] == []
