"""The clock waits for humans until the deadline, and never for bots."""

from __future__ import annotations

from datetime import datetime

import pytest

from counterpoise.errors import OrderError
from counterpoise.gateway.pacing import WALL_SECONDS, Advance, AskBots, KeptStop, Pacer, Step
from counterpoise.gateway.seats import Seats
from counterpoise.session.commands import Command, Pace, Pause, Resume, Start, Timetable, local_id
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.set_posture import SetPosture
from counterpoise.sim.types import ActorId
from counterpoise.theory.evidence.choices.players import PROGRAM, UNKNOWN_CLIENT
from counterpoise_clients import roster


class Game:
    """A session with a clock that the test moves."""

    def __init__(
        self,
        text: str,
        *,
        humans: tuple[str, ...] = (),
        bots: bool = True,
        seed: str = "1",
        answer_seconds: float = 0.0,
    ) -> None:
        self.session = Session(scenario_text=text, seed=seed, session_id="s", secret="x", streaming=True)
        bench = {seat: roster.load_bot("status-quo")("1") for seat in self.session.seats} if bots else {}
        self.seats = Seats(self.session, bench, dict.fromkeys(humans, "someone"))
        self.now = 100.0
        self.pacer = Pacer(self.session, self.seats, self.now, answer_seconds=answer_seconds)
        self._commands = 0

    def command(self, command: Command) -> None:
        self._commands += 1
        self.session.command("moderator", local_id("s", "moderator", self._commands), command)
        self.pacer.follow_session(self.now)

    def step(self) -> Step | None:
        step = self.pacer.next_step(self.now)
        before = self.session.now
        if isinstance(step, AskBots):
            for seat in step.seats:
                self.seats.order(seat, self.seats.ask(seat))
        elif isinstance(step, Advance):
            self.session.advance(step.to)
        if step is not None:
            self.pacer.step_done(step, self.now, before)
        return step


@pytest.fixture
def bots_only(checkerboard: str) -> Game:
    return Game(checkerboard)


@pytest.fixture
def one_human(checkerboard: str) -> Game:
    return Game(checkerboard, humans=("ARD",))


def test_the_clock_does_not_move_in_the_lobby(bots_only: Game) -> None:
    assert bots_only.step() is None
    assert bots_only.pacer.wait_seconds(bots_only.now) is None


def test_a_session_of_bots_shows_no_time_left(bots_only: Game, one_human: Game) -> None:
    for game, left in ((bots_only, -1.0), (one_human, 180.0)):
        assert game.pacer.seconds_left(game.now) == left
        game.command(Start())
        game.step()
        assert game.pacer.seconds_left(game.now) == left
    bots_only.seats.take(bots_only.session.seats[0], "Ann")
    assert bots_only.pacer.seconds_left(bots_only.now) == 180.0


def test_bots_are_asked_once_at_each_stop_and_then_the_clock_runs(bots_only: Game) -> None:
    bots_only.command(Start())
    asked = bots_only.step()
    assert isinstance(asked, AskBots)
    assert asked.seats == bots_only.session.called
    assert isinstance(bots_only.step(), Advance)
    assert bots_only.session.now > 0
    assert isinstance(bots_only.step(), AskBots)


def test_a_session_of_bots_plays_to_its_end(bots_only: Game) -> None:
    bots_only.command(Start())
    for _ in range(2000):
        if bots_only.step() is None:
            break
    assert bots_only.session.phase == "ended"
    assert bots_only.pacer.seconds_left(bots_only.now) == -1.0


def test_the_clock_waits_for_a_human_until_the_human_is_ready(one_human: Game) -> None:
    one_human.command(Start())
    assert isinstance(one_human.step(), AskBots)
    assert one_human.step() is None
    assert one_human.pacer.waiting_for() == ("ARD",)
    one_human.pacer.ready.add(ActorId("ARD"))
    assert isinstance(one_human.step(), Advance)
    assert one_human.pacer.ready == set()


def test_the_clock_waits_no_longer_than_the_deadline(one_human: Game) -> None:
    one_human.command(Pace(window_seconds=60.0))
    one_human.command(Start())
    one_human.step()
    one_human.now += 59.0
    assert one_human.step() is None
    assert one_human.pacer.wait_seconds(one_human.now) == pytest.approx(1.0)
    one_human.now += 1.0
    assert isinstance(one_human.step(), Advance)


def test_a_call_has_its_own_shorter_deadline(checkerboard: str) -> None:
    for seed in "12345678":
        game = Game(checkerboard, humans=("ARD",), seed=seed)
        game.command(Pace(window_seconds=60.0, call_seconds=7.0))
        game.command(Start())
        while game.session.phase == "running":
            if game.step() is None and game.session.phase == "running":
                if game.session.occasion == "call":
                    assert game.pacer.seconds_left(game.now) == 7.0
                    return
                game.pacer.ready.add(ActorId("ARD"))
    raise AssertionError("in eight games nobody called the seat")


def test_a_pause_keeps_the_time_left(one_human: Game) -> None:
    one_human.command(Pace(window_seconds=60.0))
    one_human.command(Start())
    one_human.step()
    one_human.now += 50.0
    one_human.command(Pause())
    one_human.now += 1000.0
    assert one_human.step() is None
    assert one_human.pacer.seconds_left(one_human.now) == 10.0
    one_human.command(Resume())
    one_human.now += 9.0
    assert one_human.step() is None
    one_human.now += 1.0
    assert isinstance(one_human.step(), Advance)


def test_close_window_ends_the_wait_at_this_stop_only(one_human: Game) -> None:
    one_human.command(Start())
    one_human.step()
    one_human.pacer.close_stop()
    assert isinstance(one_human.step(), Advance)
    for _ in range(200):
        if one_human.step() is None:
            break
    assert one_human.pacer.waiting_for() == ("ARD",)


def test_the_clock_does_not_wait_for_an_empty_seat(checkerboard: str) -> None:
    game = Game(checkerboard, bots=False)
    game.command(Start())
    assert isinstance(game.step(), Advance)


def test_bots_asked_before_a_restart_are_not_asked_again(bots_only: Game) -> None:
    session, seats = bots_only.session, bots_only.seats
    pacer = Pacer(session, seats, 0.0, asked=session.called)
    session.command("moderator", local_id("s", "moderator", 1), Start())
    pacer.follow_session(0.0)
    assert isinstance(pacer.next_step(0.0), Advance)


def test_a_bot_that_gets_a_seat_is_asked_at_this_stop(one_human: Game) -> None:
    one_human.command(Start())
    one_human.step()
    one_human.seats.free(one_human.session.seats[0])
    one_human.pacer.ask_again(one_human.session.seats[0])
    step = one_human.step()
    assert isinstance(step, AskBots)
    assert step.seats == ("ARD",)


def test_continuous_time_waits_for_nobody(one_human: Game) -> None:
    one_human.command(Pace(mode="continuous", days_per_second=40.0))
    one_human.command(Start())
    assert isinstance(one_human.step(), AskBots)
    assert one_human.step() is None
    assert one_human.pacer.seconds_left(one_human.now) == -1.0
    one_human.now += 0.25
    step = one_human.step()
    assert isinstance(step, Advance)
    assert step.to == 10
    while one_human.step() is not None:
        pass  # a call may stop the clock on the way
    assert one_human.session.now == 10


def test_continuous_time_stops_in_a_pause(one_human: Game) -> None:
    one_human.command(Pace(mode="continuous", days_per_second=40.0))
    one_human.command(Start())
    one_human.step()
    one_human.step()
    one_human.command(Pause())
    one_human.now += 1000.0
    assert one_human.step() is None
    one_human.command(Resume())
    assert one_human.step() is None
    one_human.now += 0.25
    assert isinstance(one_human.step(), Advance)
    assert one_human.session.now <= 10


def after_the_first_window(game: Game) -> Game:
    game.command(Start())
    game.step()
    game.pacer.close_stop()
    while game.session.now == 0:
        game.step()
    while isinstance(game.pacer.next_step(game.now), AskBots):
        game.step()
    return game


def test_with_people_the_clock_stands_on_the_day_after_a_window_whether_or_not_anybody_is_called(
    checkerboard: str,
) -> None:
    quiet = checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0")
    game = after_the_first_window(Game(quiet, humans=("ARD", "BEL"), answer_seconds=30.0))
    assert game.session.now == 1
    assert game.session.called == ()
    assert game.pacer.seconds_left(game.now) == 30.0
    game.pacer.ready.update({ActorId("ARD"), ActorId("BEL")})
    game.now += 29.9
    assert game.step() is None
    assert game.pacer.wait_seconds(game.now) == pytest.approx(0.1)
    game.now += 0.1
    assert isinstance(game.step(), Advance)
    assert game.session.now > 1


def test_a_moderator_ends_the_time_for_answers(checkerboard: str) -> None:
    game = after_the_first_window(Game(checkerboard, humans=("ARD", "BEL"), answer_seconds=30.0))
    assert game.step() is None
    game.pacer.close_stop()
    assert isinstance(game.step(), Advance)


def test_bots_one_person_among_bots_and_continuous_time_get_no_time_for_answers(checkerboard: str) -> None:
    quiet = checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0")
    assert after_the_first_window(Game(quiet, humans=("ARD",), answer_seconds=30.0)).session.now != 1
    assert after_the_first_window(Game(checkerboard, answer_seconds=30.0)).session.now != 1
    game = Game(checkerboard, humans=("ARD", "BEL"), answer_seconds=30.0)
    game.command(Pace("continuous", days_per_second=7.0))
    game.command(Start())
    game.step()
    game.step()
    for _ in range(4):
        game.now += 0.25
        game.step()
    assert game.session.now > 1


class HomeGame(Game):
    """A session by a timetable, with a wall clock that the test sets."""

    def __init__(self, text: str, opened: str) -> None:
        super().__init__(text, humans=("ARD", "BEL"))
        self.wall = datetime.fromisoformat(opened).timestamp()
        self.pacer = self.resumed(None)
        self.command(Start())
        self.command(Pace(timetable=Timetable(time_zone="Europe/Berlin")))

    def resumed(self, kept: KeptStop | None) -> Pacer:
        """Return the pacer of a server that goes on with the session."""
        return Pacer(self.session, self.seats, self.now, kept=kept, wall=lambda: self.wall)

    def pass_hours(self, hours: float) -> None:
        self.now += hours * 3600
        self.wall += hours * 3600


@pytest.fixture
def home(checkerboard: str) -> HomeGame:
    return HomeGame(checkerboard, "2026-10-23T18:00+02:00")


def test_a_window_at_home_closes_at_its_hour_and_the_next_one_a_day_later(home: HomeGame) -> None:
    home.step()  # the bots decide
    home.pass_hours(23.9)
    assert home.step() is None
    home.pass_hours(0.1)
    assert isinstance(home.step(), Advance)
    # The next day is 25 hours long: summer time ends in the night.
    assert home.pacer.due == datetime.fromisoformat("2026-10-25T18:00+01:00").timestamp()


def test_a_window_at_home_closes_early_when_all_are_ready(home: HomeGame) -> None:
    home.step()
    home.pacer.ready.update(map(ActorId, ("ARD", "BEL")))

    assert isinstance(home.step(), Advance)


def test_a_pace_by_a_timetable_looks_at_the_wall_clock_twice_a_minute(home: HomeGame) -> None:
    home.step()

    assert home.pacer.wait_seconds(home.now) == WALL_SECONDS


def test_after_a_hold_a_window_at_home_leaves_what_was_left(home: HomeGame) -> None:
    home.step()
    home.pass_hours(20)
    home.command(Pause(reason="half-term"))
    assert home.pacer.due is None
    home.pass_hours(24 * 9 + 3)  # on the day of the resumption 18:00 is one hour away, and four were left
    home.command(Resume())

    assert home.pacer.due == datetime.fromisoformat("2026-11-03T18:00+01:00").timestamp()


def test_a_restart_does_not_move_the_closing_time(home: HomeGame) -> None:
    home.step()
    home.pass_hours(10)
    kept = home.pacer.kept(home.now)
    home.pass_hours(5)  # while the server is down

    assert home.resumed(kept).seconds_left(home.now) == 9 * 3600


def test_a_closing_time_that_passed_while_the_server_was_down_has_come(home: HomeGame) -> None:
    home.step()
    kept = home.pacer.kept(home.now)
    home.pass_hours(30)
    home.pacer = home.resumed(kept)
    home.step()

    assert isinstance(home.step(), Advance)


def test_a_game_goes_over_to_a_timetable_and_back_in_mid_window(one_human: Game) -> None:
    one_human.command(Start())
    one_human.step()
    one_human.command(Pace(timetable=Timetable(time_zone="UTC")))
    assert one_human.pacer.seconds_left(one_human.now) > 12 * 3600 - 1

    one_human.command(Pace(window_seconds=300.0))
    assert one_human.pacer.seconds_left(one_human.now) == 300.0


def test_a_restart_neither_refills_nor_loses_the_time_of_a_stop(one_human: Game) -> None:
    one_human.command(Start())
    one_human.step()
    one_human.now += 50
    one_human.command(Pause())
    one_human.now += 1000
    kept = one_human.pacer.kept(one_human.now)

    resumed = Pacer(one_human.session, one_human.seats, 0.0, kept=kept)

    assert resumed.seconds_left(0.0) == 130.0


def test_what_was_kept_of_another_stop_does_not_count(one_human: Game) -> None:
    one_human.command(Start())
    one_human.step()

    assert Pacer(one_human.session, one_human.seats, 0.0, kept=KeptStop(77, 3.0)).seconds_left(0.0) == 180.0


@pytest.mark.parametrize(
    ("clients", "waits"),
    [(("mine", "other"), False), (("", "mine"), False), (("", ""), True), ((PROGRAM, UNKNOWN_CLIENT), True)],
)
def test_clients_that_named_their_bot_get_no_time_for_answers(
    checkerboard: str, clients: tuple[str, str], waits: bool
) -> None:
    quiet = checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0")
    game = Game(quiet, answer_seconds=30.0)
    for seat, client in zip(("ARD", "BEL"), clients, strict=True):
        game.seats.take(ActorId(seat), "someone", client)
    assert (after_the_first_window(game).session.now == 1) is waits


def test_offers_that_call_in_private_wait_for_a_window_only_where_people_play_several_states(
    checkerboard: str,
) -> None:
    offer, public = ProposeAlliance("FEN", "defence"), SetPosture("defensive")
    for humans, answer_seconds, refused in (
        (("ARD", "FEN"), 5.0, True),
        (("ARD",), 5.0, False),
        (("ARD", "FEN"), 0.0, False),
    ):
        game = Game(checkerboard, humans=humans, answer_seconds=answer_seconds)
        game.command(Pace("windows", 60.0, 60.0))
        game.command(Start())
        game.pacer.require_time_for_offers(offer)
        game.session.advance(1)
        game.pacer.require_time_for_offers(public)
        if not refused:
            game.pacer.require_time_for_offers(offer)
            continue
        with pytest.raises(OrderError, match="only while a window is open") as caught:
            game.pacer.require_time_for_offers(offer)
        assert (caught.value.code, caught.value.path) == ("late", "$.move")


def test_bots_among_themselves_keep_their_pace_whatever_the_timetable(checkerboard: str) -> None:
    game = Game(checkerboard)
    game.pacer = Pacer(game.session, game.seats, game.now, bots_window_seconds=1.0)
    game.command(Start())
    game.command(Pace(timetable=Timetable(time_zone="UTC")))
    game.step()  # the bots decide

    assert game.step() is None
    game.now += 1.0
    assert isinstance(game.step(), Advance)


def test_the_moderator_gives_more_time_at_a_stop(one_human: Game) -> None:
    one_human.command(Start())
    one_human.step()
    one_human.now += 170
    one_human.pacer.extend(one_human.now, 120.0)

    assert one_human.pacer.seconds_left(one_human.now) == 130.0


def test_a_window_at_home_gets_another_day_also_while_it_is_held(home: HomeGame) -> None:
    home.step()
    home.pacer.extend(home.now, 86_400.0)
    assert home.pacer.due == datetime.fromisoformat("2026-10-25T17:00+01:00").timestamp()

    home.command(Pause())
    home.pacer.extend(home.now, 3_600.0)
    assert home.pacer.seconds_left(home.now) == 49 * 3600


def test_more_time_where_nobody_is_waited_for_is_refused(bots_only: Game) -> None:
    bots_only.command(Start())

    with pytest.raises(OrderError, match="somebody is waited for"):
        bots_only.pacer.extend(bots_only.now, 120.0)
