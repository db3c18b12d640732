"""A fork is its journal up to a date, except for the changes, and a game of its own from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from counterpoise.errors import ConfigurationError, DivergenceError, InputError, OrderError
from counterpoise.session.commands import Branch, Read, Start, Withdraw
from counterpoise.session.forking import (
    AddedInput,
    ForkScript,
    changed_script,
    past_at_fork,
    play_on,
    script_of,
    session_at_fork,
)
from counterpoise.session.forks.game_summary import summarize_game
from counterpoise.session.forks.shared_past import past_at_snapshot
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry, link
from counterpoise.session.journal.inputs import inputs_of
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.session.session_snapshot import GrowthCounts, SessionState, decode_state, encode_state
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.types import ActorId

RECORD = """
treaties = [
  { on = 1901-02-01, members = ["ARD", "BEL"], commitment = "defence", against = "COR", source = "Annals 1" },
  { on = 1901-03-01, members = ["COR", "DUN"], commitment = "defence", source = "Annals 1" },
]
orders = [
  { on = 1901-06-01, by = "ARD", kind = "leave_alliance", alignment = { with = ["BEL"] }, source = "Annals 2" },
  { on = 1901-11-01, by = "DUN", kind = "leave_alliance", alignment = { with = ["COR"] }, source = "Annals 2" },
]
injects = [
  { on = 1901-03-10, kind = "start_crisis", by = "COR", to = "ARD", aim = "territory", level = 3, source = "Annals 3" },
  { on = 1901-09-01, kind = "end_crisis", between = ["COR", "ARD"], outcome = "stalemate", source = "Annals 3" },
  { on = 1902-01-10, kind = "start_war", attackers = ["COR"], defenders = ["ARD"], aim = "territory", source = "Annals 4" },
  { on = 1903-01-10, kind = "end_war", between = ["COR", "ARD"], outcome = "stalemate", source = "Annals 4" },
]
[history]
scenario = "checkerboard"
"""
ABOUT = {"session": "original"}
Bots = Callable[[Session, str], Any]


@pytest.fixture
def record(checkerboard: str) -> list[Entry]:
    """The journal of a record, in a scenario that makes nothing happen itself."""
    session = Session(
        scenario_text=checkerboard.partition("[[injects]]")[0],
        seed="1",
        session_id="original",
        secret="s" * 32,
        setup=ScenarioSetup(recorded=True),
    )
    play_record(session, parse_history(RECORD, "record", session.scenario))
    return session.take_entries()


@pytest.fixture
def game(new_session: Callable[..., Session], line_up: Bots) -> list[Entry]:
    """The journal of a game of bots."""
    session = new_session("7")
    play(session, line_up(session, "7"))
    return session.take_entries()


def tick(entries: Sequence[Entry], day: str) -> int:
    calendar = replay(entries[:1], "j").simulation.world.calendar
    return next(t for t in range(2000) if calendar.iso(t) == day)


def number_of(entries: Sequence[Entry], **fields: object) -> int:
    return next(g.sequence for g in inputs_of(entries) if g.act and fields.items() <= g.act.items())


def digests(entries: Sequence[Entry]) -> list[tuple[int, bytes]]:
    return [(entry.tick, entry.body) for entry in entries if entry.kind == "digest"]


def told(session: Session) -> list[tuple[str, str, tuple[str, ...]]]:
    world = session.simulation.world
    return [(world.calendar.iso(i.tick), i.kind, i.actors) for i in world.incidents]


@pytest.mark.parametrize("day", ["1901-01-01", "1901-05-20", "1902-07-01", "1904-06-30"])
@pytest.mark.parametrize("kind", ["game", "record"])
def test_a_fork_without_changes_is_the_journal_up_to_its_date(
    kind: str, day: str, line_up: Bots, request: pytest.FixtureRequest
) -> None:
    entries = request.getfixturevalue(kind)
    on = tick(entries, day)
    fork = session_at_fork(script_of(entries, "j", on), "fork", "9", ABOUT)
    assert fork.now == on
    assert not fork.simulation.recorded
    world = replay(entries, "j", until=on).simulation.world
    assert fork.simulation.world.incidents == [i for i in world.incidents if i.tick <= on]
    play_on(fork, line_up(fork, "9"), fork.end)
    written = digests(fork.take_entries())
    until_then = [pair for pair in digests(entries) if pair[0] <= on]
    assert written[: len(until_then)] == until_then
    assert fork.phase == "ended"


TWINS = """
orders = [
  { on = 1901-05-01, by = "ARD", kind = "leave_alliance", alignment = { with = ["BEL"] }, source = "Annals 2" },
]
injects = [
  { on = 1901-02-01, kind = "form_alignment", members = ["ARD", "BEL"], commitment = "defence", source = "Annals 3" },
  { on = 1901-02-05, kind = "form_alignment", members = ["ARD", "BEL"], commitment = "defence", lead = "ARD", source = "A" },
]
[history]
scenario = "checkerboard"
"""
"""Two states with two treaties alike but for their dates and who leads."""


@pytest.fixture
def twins(checkerboard: str) -> list[Entry]:
    """The journal of a record in which both of two like treaties are left."""
    text = checkerboard.partition("[[injects]]")[0]
    session = Session(
        scenario_text=text, seed="1", session_id="original", secret="s" * 32, setup=ScenarioSetup(recorded=True)
    )
    play_record(session, parse_history(TWINS, "record", session.scenario), until=400)
    return session.take_entries()


@pytest.mark.parametrize("day", ["1901-04-20", "1901-07-20", "1901-11-20"])
@pytest.mark.parametrize("kind", ["game", "record", "twins"])
def test_a_change_on_one_day_changes_nothing_before_it(kind: str, day: str, request: pytest.FixtureRequest) -> None:
    entries = request.getfixturevalue(kind)
    last = min(tick(entries, "1902-01-10"), max(entry.tick for entry in entries))
    when = tick(entries, day)
    script = script_of(entries, "j", last)
    at_the_fork = changed_script(
        replace(script, on=when, steps=tuple(g for g in script.steps if g.tick <= when)), [], [_said(when)]
    )
    assert at_the_fork.steps == tuple(g for g in script.steps if g.tick <= when)
    assert (at_the_fork.impossible, at_the_fork.void) == ((), 0)
    made = changed_script(script, [], [_said(when)])
    assert (made.impossible, made.void) == ((), 0), "words change nothing that was done after them either"
    assert [g for g in made.steps if g.tick < when] == [g for g in script.steps if g.tick < when]
    was, fork = (session_at_fork(one, "fork", "9", ABOUT) for one in (script, made))
    assert [i for i in fork.simulation.world.incidents if i.tick < when] == [
        i for i in was.simulation.world.incidents if i.tick < when
    ]
    until_then = [pair for pair in digests(entries) if pair[0] <= when]
    assert digests(fork.take_entries())[: len(until_then)] == until_then


def _said(when: int) -> AddedInput:
    return AddedInput(when, None, {"kind": "announce", "text": "Nothing happens."}, "words")


def test_a_fork_leaves_the_same_one_of_two_like_treaties(twins: list[Entry]) -> None:
    on = tick(twins, "1901-11-20")
    first, second = (g.act["alignment"] for g in inputs_of(twins) if g.act and g.act["kind"] == "leave_alliance")
    made = changed_script(script_of(twins, "j", on), [], [_said(on - 200)])
    left = [g.act["alignment"] for g in made.steps if g.act and g.act["kind"] == "leave_alliance"]
    assert len(dict.fromkeys(left)) == 2
    world = session_at_fork(made, "fork", "9", ABOUT).simulation.world
    was = replay(twins, "j").simulation.world
    assert [world.alignments[n].since for n in left] == [was.alignments[n].since for n in (first, second)]
    assert all(a.ended for a in world.alignments.values() if sorted(a.members) == ["ARD", "BEL"])


def test_the_journal_of_a_fork_replays(game: list[Entry], record: list[Entry], line_up: Bots) -> None:
    for entries in (game, record):
        fork = session_at_fork(script_of(entries, "j", tick(entries, "1902-03-01")), "fork", "9", ABOUT)
        play_on(fork, line_up(fork, "9"), fork.end)
        written = fork.take_entries()
        assert written[0].content()["forked"] == ABOUT
        again = replay(written, "fork")
        assert again.take_entries() == []
        assert again.simulation.world.incidents == fork.simulation.world.incidents
        branch = next(entry for entry in written if b'"branch"' in entry.body)
        with pytest.raises(DivergenceError):
            replay([*written[: branch.sequence], *_without(written, branch.sequence)], "fork")


def _without(entries: Sequence[Entry], sequence: int) -> list[Entry]:
    """The rest of a journal as if one entry had never been, with the chain mended."""
    head, rest = entries[sequence - 1].chain, []
    for entry in entries[sequence + 1 :]:
        head = link(head, entry.sequence - 1, entry.tick, entry.kind, entry.commitment)
        fields = (entry.sequence - 1, entry.tick, entry.kind, entry.body, entry.salt, entry.commitment, head)
        rest.append(Entry(*fields))
    return rest


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_game(record: list[Entry], line_up: Bots) -> None:
    script = script_of(record, "j", tick(record, "1902-03-01"))

    def chains(seed: str) -> list[str]:
        fork = session_at_fork(script, "fork", seed, ABOUT)
        play_on(fork, line_up(fork, seed), fork.end)
        return [entry.chain for entry in fork.take_entries()]

    assert chains("1") == chains("1")
    assert chains("1") != chains("2")


def test_removed_inputs_and_their_consequences_do_not_happen(record: list[Entry]) -> None:
    script = script_of(record, "j", tick(record, "1902-03-01"))
    crisis = number_of(record, kind="start_crisis")
    made = changed_script(script, [crisis], [])
    assert [g.act and g.act["kind"] for g in made.impossible] == ["end_crisis"]
    fork = session_at_fork(made, "fork", "1", ABOUT)
    kinds = [kind for _, kind, _ in told(fork)]
    assert "crisis_opened" not in kinds
    assert "war_began" in kinds, "what does not hang on it happens all the same"


def test_an_input_gets_the_numbers_of_the_changed_game(record: list[Entry]) -> None:
    script = script_of(record, "j", tick(record, "1902-03-01"))
    offer = number_of(record, kind="propose_alliance", to="BEL")
    made = changed_script(script, [offer], [])
    assert [g.act and g.act["kind"] for g in made.impossible] == ["answer_proposal", "leave_alliance"]
    before = [g.act for g in script.steps if g.act and g.act["kind"] == "leave_alliance"]
    after = [g.act for g in made.steps if g.act and g.act["kind"] == "leave_alliance"]
    assert len(before) == 2
    assert len(after) == 1
    assert after[0] != before[1], "it has another number there"
    events = told(session_at_fork(made, "fork", "1", ABOUT))
    assert [(day, set(who)) for day, kind, who in events if kind == "alliance_left"] == [("1901-11-01", {"COR", "DUN"})]


def test_added_inputs_happen_on_their_day(record: list[Entry]) -> None:
    on = tick(record, "1902-03-01")
    early = AddedInput(
        tick(record, "1901-05-01"), None, {"kind": "set_rivalry", "a": "ARD", "b": "ESK", "rivals": False}, "a"
    )
    order = AddedInput(on, ActorId("BEL"), {"kind": "state_intent", "about": "DUN", "intent": "hostile"}, "b")
    late = AddedInput(on, None, {"kind": "start_war", "attackers": ["BEL"], "defenders": ["DUN"], "aim": "policy"}, "c")
    fork = session_at_fork(changed_script(script_of(record, "j", on), [], [early, order, late]), "fork", "1", ABOUT)
    fork.advance(on + 1)
    events = told(fork)
    assert ("1901-05-01", "rivalry_ended", ("ARD", "ESK")) in events
    assert ("1902-03-01", "war_began", ("BEL", "DUN")) in events
    assert [day for day, kind, who in events if kind == "statement" and who[0] == "BEL"] == ["1902-03-01"]
    replay(fork.take_entries(), "fork")


@pytest.mark.parametrize(
    "act",
    [
        {"kind": "end_war", "between": ["BEL", "DUN"], "outcome": "stalemate"},
        {"kind": "start_war", "attackers": ["NOX"], "defenders": ["DUN"], "aim": "policy"},
        {"kind": "nothing"},
    ],
)
def test_an_impossible_addition_is_refused_with_its_source(record: list[Entry], act: dict[str, Any]) -> None:
    script = script_of(record, "j", tick(record, "1902-03-01"))
    for when in (script.on, script.on - 100):
        with pytest.raises(InputError) as caught:
            changed_script(script, [], [AddedInput(when, None, act, "--with")])
        assert caught.value.source == "--with"
        assert caught.value.expected


def test_a_war_and_a_crisis_of_the_record_are_left_to_chance(record: list[Entry], line_up: Bots) -> None:
    war = session_at_fork(script_of(record, "j", tick(record, "1902-03-01")), "fork", "1", ABOUT)
    play_on(war, line_up(war, "1"), war.now + 300)
    reviews = [day for day, kind, _ in told(war) if kind == "war_review"]
    assert reviews, "a recorded war is not fought out; one that is left by the record is"
    crisis = session_at_fork(script_of(record, "j", tick(record, "1901-04-10")), "fork", "1", ABOUT)
    on = crisis.now
    crisis.advance(crisis.end)
    assert crisis.now == on + 1
    assert {"COR", "ARD"} <= set(crisis.called), "both sides are asked anew"
    play_on(crisis, line_up(crisis, "1"), crisis.end)
    kinds = [kind for _, kind, _ in told(crisis)]
    assert "crisis_ended" in kinds


def test_only_the_server_may_branch(new_session: Callable[..., Session]) -> None:
    session = new_session()
    with pytest.raises(OrderError, match="forbidden"):
        session.command("moderator", "a" * 32, Branch("2"))


def test_a_journal_that_ended_before_the_date_is_not_forked(game: list[Entry]) -> None:
    end = max(entry.tick for entry in game)
    with pytest.raises(ConfigurationError):
        session_at_fork(script_of(game, "j", end), "fork", "1", ABOUT)


def test_a_summary_counts_from_the_fork_on(record: list[Entry], line_up: Bots) -> None:
    on = tick(record, "1902-03-01")
    whole = summarize_game(replay(record, "j"), on)
    assert whole.fought == (("ARD", "COR"),), "a war that was on at the fork is fought after it"
    assert whole.counts["wars"] == 0, "but it began before"
    assert summarize_game(replay(record, "j"), tick(record, "1903-06-01")).fought == ()
    assert summarize_game(replay(record, "j"), 0).counts["wars"] == 1


def test_a_fork_can_be_forked(record: list[Entry], line_up: Bots) -> None:
    fork = session_at_fork(script_of(record, "j", tick(record, "1901-07-01")), "fork", "1", ABOUT)
    play_on(fork, line_up(fork, "1"), fork.end)
    entries = fork.take_entries()
    script: ForkScript = script_of(entries, "fork", tick(record, "1902-07-01"))
    again = session_at_fork(script, "again", "2", {"session": "fork"})
    world = fork.simulation.world
    assert again.simulation.world.incidents == [i for i in world.incidents if i.tick < script.on]


STORE = """
[[injects]]
on = 1901-06-10
kind = "announce"
text = "First."

[[injects]]
when = { incident = "announcement" }
kind = "set_rivalry"
a = "ARD"
b = "ESK"
rivals = false

[[injects]]
on = 1903-03-05
kind = "shift_power"
actor = "COR"
factor = 1.5
"""


@pytest.mark.parametrize(
    ("withheld", "kinds"),
    [
        ((), ["announcement", "rivalry_ended", "power_shifted"]),
        ((0,), ["power_shifted"]),
        ((1,), ["announcement", "power_shifted"]),
        ((2,), ["announcement", "rivalry_ended"]),
        ((0, 1, 2), []),
    ],
)
def test_injects_of_the_scenario_can_be_withheld_before_and_after_the_fork(
    withheld: tuple[int, ...], kinds: list[str], checkerboard: str, new_session: Callable[..., Session]
) -> None:
    session = new_session("7", text=checkerboard.partition("[[injects]]")[0] + STORE)
    play(session, {}, until=600)
    entries = session.take_entries()
    script = script_of(entries, "j", tick(entries, "1902-03-01"))
    made = changed_script(script, [], [], withheld)
    fork = session_at_fork(made, "fork", "9", ABOUT)
    play_on(fork, {}, fork.end)
    stored = ("announcement", "rivalry_ended", "power_shifted")
    assert [kind for _, kind, _ in told(fork) if kind in stored] == kinds
    written = fork.take_entries()
    assert written[0].content().get("withheld", []) == list(withheld)
    again = replay(written, "fork")
    assert again.simulation.world.incidents == fork.simulation.world.incidents
    twice = changed_script(script_of(written, "fork", tick(entries, "1902-06-01")), [], [], [2])
    assert list(twice.header["withheld"]) == sorted({*withheld, 2}), "a fork of a fork goes without both"


def test_a_fork_can_be_forked_and_changed_on_its_own_day(game: list[Entry]) -> None:
    on = tick(game, "1902-03-01")
    words = [AddedInput(on, None, {"kind": "announce", "text": text}, "--with") for text in ("One.", "Two.")]
    fork = session_at_fork(changed_script(script_of(game, "j", on), [], words[:1]), "fork", "9", ABOUT)
    fork.advance(on + 10)
    again = session_at_fork(
        changed_script(script_of(fork.take_entries(), "fork", on), [], words[1:]), "again", "9", ABOUT
    )
    said = [
        again.texts.text(i.detail["text"])
        for i in again.simulation.world.incidents
        if i.kind == "announcement" and i.tick == on
    ]
    assert said == ["One.", "Two."]


@pytest.mark.parametrize(("factor", "limits"), [(1.5, 0), (3.0, 1), (0.2, 1)])
def test_a_force_change_up_to_a_limit_is_reported(game: list[Entry], factor: float, limits: int) -> None:
    on = tick(game, "1902-03-01")
    act = {"kind": "shift_power", "actor": "ARD", "factor": factor}
    made = changed_script(script_of(game, "j", on), [], [AddedInput(on, None, act, "--set", None)])
    assert len(made.limits) == limits
    fork = session_at_fork(made, "fork", "9", ABOUT)
    was = session_at_fork(script_of(game, "j", on), "fork", "9", ABOUT)
    ard = ActorId("ARD")
    assert (summarize_game(fork, on).power[ard] > summarize_game(was, on).power[ard]) is (factor > 1)


@pytest.mark.parametrize("factor", [4.0, 0.1])
def test_a_force_change_beyond_the_limits_is_refused(game: list[Entry], factor: float) -> None:
    on = tick(game, "1902-03-01")
    act = {"kind": "shift_power", "actor": "ARD", "factor": factor}
    with pytest.raises(InputError) as refused:
        changed_script(script_of(game, "j", on), [], [AddedInput(on, None, act, "--set ARD.power=x4", None)])
    assert str(refused.value) == (
        "--set ARD.power=x4: expected a factor from 0.2 to 3, because the forces of ARD are 1 times what the scenario gives "
        f"them on 1902-03-01 and play keeps them between 0.2 and 3 times, got {factor:g}"
    )


def states_of(session: Session, bots: Any) -> tuple[list[Entry], list[SessionState]]:
    """Play a session; return its journal, and its state at each window."""
    entries: list[Entry] = []
    states: list[SessionState] = []

    def keep(running: Session) -> None:
        entries.extend(running.take_entries())
        if running.occasion == "window" and running.phase == "running":
            states.append(decode_state(encode_state(running.state(GrowthCounts()))))

    play(session, bots, after_stop=keep)
    return entries, states


@pytest.mark.parametrize("streaming", [False, True], ids=["run", "room"])
def test_games_from_a_snapshot_equal_those_played_from_the_beginning(
    new_session: Callable[..., Session], line_up: Bots, streaming: bool
) -> None:
    session = new_session("7", streaming=streaming)
    entries, states = states_of(session, line_up(session, "7"))
    on = tick(entries, "1903-02-01")
    state = next(state for state in states if state.entries > 30)
    past = past_at_snapshot(entries, "j", state, session.scenario)
    assert past is not None
    before = script_of(entries, "j", on)
    out = next(step for step in before.steps if step.act and step.sequence >= state.entries)
    words = AddedInput(on - 40, ActorId("BEL"), {"kind": "message", "to": ["ARD"], "text": "Beware."}, "--with")
    scripts = {
        "the same": (before, before),
        "changed": (
            changed_script(before, [out.sequence], [words]),
            changed_script(before, [out.sequence], [words], past=past),
        ),
    }
    for name, (slow, quick) in scripts.items():
        assert quick == slow, name
        shared = past_at_fork(quick, past)
        for seed in ("8", "9"):
            journals = []
            for given in (None, shared):
                game = session_at_fork(slow, f"fork-{seed}", seed, ABOUT, past=given)
                play_on(game, line_up(game, seed), on + 200)
                journals.append(game.take_entries())
            assert journals[0] == journals[1], f"{name}, seed {seed}"


def test_a_fork_stops_the_clock_where_the_journal_noted_it(new_session: Callable[..., Session]) -> None:
    session = new_session("7")
    session.command("server", "a" * 32, Start())
    for day in range(10, 400, 10):
        session.advance(day)
    entries = session.take_entries()
    clocks = [entry.tick for entry in entries if entry.kind == "clock"]
    fork = session_at_fork(script_of(entries, "j", 390), "fork", "9", ABOUT).take_entries()
    assert clocks
    assert [entry.tick for entry in fork if entry.kind == "clock"] == clocks


def test_a_past_with_an_erased_text_is_played_from_the_beginning(new_session: Callable[..., Session]) -> None:
    session = new_session("7")
    entries = session.take_entries()
    state = session.state(GrowthCounts())
    assert past_at_snapshot(entries, "j", state, session.scenario) is not None
    erased = [entries[0], replace(entries[1], body=b"", salt=b""), *entries[2:]]
    assert past_at_snapshot(erased, "j", state, session.scenario) is None


@pytest.fixture
def second_thoughts(new_session: Callable[..., Session]) -> list[Entry]:
    """The journal of a game in which a seat writes, orders, replaces and takes back."""
    session = new_session("7")
    session.command("moderator", "start", Start())
    a, b, c, *_ = session.seats
    session.submit(a, "letter", 0, Message((b,), "Wait."))
    session.note_heard(*session.talk.unheard()[0])
    session.command(b, "read", Read("+".join(sorted((a, b))), 1))
    for name, about, replaces in (("1", b, ""), ("2", c, ""), ("3", b, "1")):
        session.submit(a, name, 0, StateIntent(about, "friendly" if replaces else "hostile"), replaces)
    session.command(a, "4", Withdraw("2"))
    play(session, {}, until=400)
    return session.take_entries()


def stated(script: ForkScript) -> list[tuple[str, ...]]:
    fork = session_at_fork(script, "fork", "9", ABOUT)
    incidents = fork.simulation.world.incidents
    return [(*i.actors, i.detail["intent"]) for i in incidents if i.kind == "statement"]


def test_a_fork_repeats_what_was_replaced_and_taken_back(second_thoughts: list[Entry]) -> None:
    entries, on = second_thoughts, 300
    whole = script_of(entries, "j", on)
    assert stated(whole) == [("ARD", "BEL", "friendly")]
    assert changed_script(whole, [], []).impossible == ()


def test_without_a_replacement_the_order_that_it_replaced_does_not_act_either(
    new_session: Callable[..., Session],
) -> None:
    session = new_session("7")
    session.command("moderator", "start", Start())
    a, b, c, *_ = session.seats
    for name, about, intent, replaces in (
        ("1", b, "hostile", ""),
        ("2", b, "neutral", "1"),
        ("3", b, "friendly", "2"),
        ("4", c, "hostile", ""),
    ):
        session.submit(a, name, 0, StateIntent(about, intent), replaces)  # type: ignore[arg-type]  # they are intents
    play(session, {}, until=400)
    entries = session.take_entries()
    whole = script_of(entries, "j", 300)
    assert stated(whole) == [("ARD", "BEL", "friendly"), ("ARD", "COR", "hostile")]
    without_last = changed_script(whole, [number_of(entries, intent="friendly")], [])
    assert stated(without_last) == [("ARD", "COR", "hostile")]
    assert without_last.impossible == ()
    without_middle = changed_script(whole, [number_of(entries, intent="neutral")], [])
    assert sorted(stated(without_middle)) == [("ARD", "BEL", "friendly"), ("ARD", "COR", "hostile")]


def test_without_an_order_that_was_replaced_or_taken_back_nothing_else_is_lost(second_thoughts: list[Entry]) -> None:
    entries, on = second_thoughts, 300
    whole = script_of(entries, "j", on)
    for act in ({"about": "BEL", "intent": "hostile"}, {"about": "COR", "intent": "hostile"}, {"kind": "message"}):
        changed = changed_script(whole, [number_of(entries, **act)], [])
        assert changed.impossible == ()
        assert stated(changed) == [("ARD", "BEL", "friendly")]
