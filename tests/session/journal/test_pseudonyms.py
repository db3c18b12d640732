"""Pseudonyms replace names in texts, whole or in part, and nothing else."""

from __future__ import annotations

import pytest

from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.session.journal.entries import check_chain
from counterpoise.session.journal.pseudonyms import Pseudonyms, with_pseudonyms, without_named_texts
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId

NAMES = ("Ada Lovelace", "Grace Hopper", "Grace Jones", "the Baker", "J.P.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ask ada lovelace, or ADA LOVELACE.", "Ask P1, or P1."),
        ("Ada said it; Lovelace did not", "P1 said it; P1 did not"),
        ("ada and lovelace are words here", "ada and lovelace are words here"),
        ("Adamant Lovelaces", "Adamant Lovelaces"),
        ("Grace is here, Hopper too", "[person] is here, P2 too"),
        ("grace hopper", "P2"),
        ("The Baker bakes; the Baker does; Baker", "P4 bakes; P4 does; P4"),
        ("J.P. spoke", "P5 spoke"),
        ("nobody", "nobody"),
    ],
)
def test_names_are_replaced_in_a_text(text: str, shown: str) -> None:
    assert Pseudonyms(NAMES).replaced(text) == shown


def test_equal_names_have_one_pseudonym_and_no_names_change_nothing() -> None:
    people = Pseudonyms(["Ada", "Bo", "Ada"])
    assert (people.of("Ada"), people.of("Bo")) == ("P1", "P2")
    assert Pseudonyms([]).replaced("Ada") == "Ada"


def test_a_text_with_a_name_is_erased_where_the_chain_must_hold_and_changed_where_it_need_not(
    checkerboard: str,
) -> None:
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret")
    session.command(SERVER, local_id("s", SERVER, 0), Start())
    session.submit(ActorId("ARD"), "a" * 32, 0, Message(to=(ActorId("BEL"),), text="Ask Ada"))
    session.submit(ActorId("BEL"), "b" * 32, 0, Message(to=(ActorId("ARD"),), text="Whom?"))
    entries, people = session.take_entries(), Pseudonyms(["Ada"])
    kept = list(check_chain(without_named_texts(entries, people), "journal"))
    assert [entry.is_redacted for entry in kept if entry.kind == "text"] == [True, False]
    shown = [entry.content()["text"] for entry in with_pseudonyms(entries, people) if entry.kind == "text"]
    assert shown == ["Ask P1", "Whom?"]
