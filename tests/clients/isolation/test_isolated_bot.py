"""Bots in processes of their own: what they may do, what they may not, and what is said about it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import counterpoise_clients.bots as shipped
from counterpoise.errors import BotError, InputError
from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.session.in_process_play import BotPlayers, play
from counterpoise.session.running_session import Session
from counterpoise.sim.views.view import View
from counterpoise_clients.isolation.bot_limits import FAILURES_MAX, BotLimits
from counterpoise_clients.isolation.isolated_bot import IsolatedBot
from counterpoise_clients.roster import SeatLoader, load_bot
from counterpoise_clients.testing import recorded_views

LIMITS = BotLimits(seconds=0.3, bank=0.2, memory=512)
Make = Callable[..., IsolatedBot]
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has namespaces and the clock of another process")


@pytest.fixture(scope="module")
def views(checkerboard: str) -> list[View]:
    return recorded_views(checkerboard, stops=2)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a bot whose ``decide`` has this body, after these lines at the top of its file."""

    def made(body: str, top: str = "", made: str = "...", limits: BotLimits = LIMITS) -> IsolatedBot:
        file = tmp_path / "wild.py"
        file.write_text(
            f"{top}\nclass Bot:\n    def __init__(self, seed): {made}\n    def decide(self, view): {body}\n"
        )
        bot = SeatLoader(limits)(str(file))("seed")
        assert isinstance(bot, IsolatedBot)
        return bot

    return made


def ended(process: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("name", ["balancer", "random"])
def test_a_bot_in_a_process_of_its_own_plays_like_one_in_the_games_process(
    name: str, checkerboard: str, tmp_path: Path
) -> None:
    copy = tmp_path / "mine.py"
    copy.write_bytes(
        (Path(shipped.__path__[0]) / {"random": "random_legal"}.get(name, name)).with_suffix(".py").read_bytes()
    )
    games = []
    for load, named in ((load_bot, name), (SeatLoader(), str(copy))):
        session = Session(scenario_text=checkerboard, seed="5", session_id="s", secret="s")
        play(session, {seat: load(named)(f"5/{seat}") for seat in session.seats}, until=365)
        games.append([entry.body for entry in session.take_entries()])
    assert games[0] == games[1]


@linux
@pytest.mark.parametrize(
    ("body", "top", "made", "status", "reason"),
    [
        ("return []", "while True: pass", "...", "TIMEOUT", "import: no answer within 0.3 s and the game's bank of 0.2 s"),
        ("return []", "import time; time.sleep(999)", "...", "TIMEOUT", "import: no answer within 0.3 s and the game"),
        ("return []", "import time", "time.sleep(999)", "TIMEOUT", "constructor: no answer within"),
        ("return []", "", "exec('while True: pass')", "TIMEOUT", "constructor: no answer within"),
        ("time.sleep(999)", "import time", "...", "TIMEOUT", "decision: no answer within"),
        ("exec('while True: pass')", "", "...", "TIMEOUT", "decision: no answer within"),
        ("os._exit(3)", "import os", "...", "ERROR", "ended its process with exit code 3"),
        ("return []", "import os; os._exit(0)", "...", "ERROR", "ended its process with exit code 0"),
        ("raise SystemExit", "", "...", "ERROR", "SystemExit"),
        ("return []", "1 / 0", "...", "ERROR", "cannot be made: line 1: ZeroDivisionError"),
        ("return []", "", "raise ValueError('no')", "ERROR", "cannot be made: ValueError: no (line 3)"),
        ("exec('while True: os.fork()')", "import os", "...", "ERROR", "PermissionError"),
        ("subprocess.run(['true'])", "import subprocess", "...", "ERROR", "PermissionError"),
        ("return [bytearray(4 * 10**9)]", "", "...", "ERROR", "a bot may take 512 MiB of memory, which --bot-memory sets"),
        ("exec('while True: print(\"x\" * 10**6)')", "", "...", "INVALID", "wrote more than 1048576 bytes of output"),
        ("return 'attack'", "", "...", "INVALID", "decide returned a str"),
        ("return [7]", "", "...", "INVALID", "decide returned an int among its moves"),
        ("return [Demand(7, 'x')]", "from counterpoise.sim.moves.demand import Demand", "...", "INVALID", "a move that is none"),
        ("return [Arm(float('nan'))]", "from counterpoise.sim.moves.arm import Arm", "...", "INVALID", "a number, got NaN"),
        ("return [Message((view.others[0].id,), 'x')] * 201", "from counterpoise.sim.moves.message import Message", "...",
         "INVALID", "decide returned 201 moves, expected at most 200"),
        ("socket.create_connection(('127.0.0.1', 1))", "import socket", "...", "ERROR", "Network is unreachable"),
        ("open(__file__, 'w')", "", "...", "ERROR", "Read-only file system"),
    ],
)  # fmt: skip
def test_a_bad_bot_gets_its_status_and_its_reason(
    make: Make, views: list[View], body: str, top: str, made: str, status: str, reason: str
) -> None:
    bot = make(body, top, made)
    began = time.monotonic()
    with pytest.raises(BotError, match=status):
        bot.decide(views[0])
    assert time.monotonic() - began < 60
    assert bot.conduct.status == status
    assert bot.conduct.reason.startswith(reason) or reason in bot.conduct.reason
    bot.close()


@linux
def test_a_bot_finds_no_world_to_tamper_with(make: Make, views: list[View]) -> None:
    body = "raise ValueError(sorted({type(o).__name__ for o in gc.get_objects()} & {'World', 'Session', 'Simulation'}))"
    bot = make(body, "import gc")
    with pytest.raises(BotError, match=r"ValueError: \[\]"):
        bot.decide(views[0])


@linux
def test_nothing_of_a_bot_outlives_it(make: Make, views: list[View], tmp_path: Path) -> None:
    trusting = BotLimits(seconds=5.0, trusted=True)
    top = "import os, subprocess\n"
    bot = make("raise ValueError(subprocess.Popen(['setsid', 'sleep', '600']).pid)", top, limits=trusting)
    with pytest.raises(BotError, match=r"ValueError: \d+") as told:
        bot.decide(views[0])
    child = int(str(told.value).partition("ValueError: ")[2].split()[0])
    assert not ended_now(child)
    assert bot.conduct.isolation == "not isolated: its user trusts it (--trust-bots)"
    bot.close()
    assert ended(child)


def ended_now(process: int) -> bool:
    return not Path(f"/proc/{process}").exists()


def test_globals_are_not_shared_between_seats(make: Make, views: list[View]) -> None:
    top = "seen = []"
    first = make("return seen.append(1) or ([] if len(seen) == 1 else 1 / 0)", top)
    second = SeatLoader(LIMITS)(first.source.path)("other")
    assert first.decide(views[0]) == second.decide(views[1]) == []


def test_bots_of_one_stop_decide_side_by_side(make: Make, checkerboard: str) -> None:
    source = make("return time.sleep(1) or []", "import time").source.path
    session = Session(scenario_text=checkerboard, seed="5", session_id="s", secret="s")
    session.command(SERVER, local_id("s", SERVER, 0), Start())
    bots = {seat: SeatLoader()(source)(seat) for seat in session.seats}
    players = BotPlayers(session, bots)
    for bot in bots.values():
        assert isinstance(bot, IsolatedBot)
        bot.wait_until_ready()
    began = time.monotonic()
    players.decide(session.seats)
    assert 1 < time.monotonic() - began < len(bots) - 2
    assert players.statistics.answers == dict.fromkeys(session.seats, 1)
    assert not players.statistics.failures


def test_a_bot_that_ends_after_it_has_begun_is_told_when_it_is_asked(make: Make, views: list[View]) -> None:
    bot = make("return [] if view.tick == 0 else os._exit(3)", "import os")
    bot.begin_decision(views[0])  # it is not made yet, so it does not begin
    assert bot.decide(views[0]) == []
    later = replace(views[0], tick=1)
    bot.begin_decision(later)
    with pytest.raises(BotError, match="ended its process with exit code 3"):
        bot.decide(later)
    bot.begin_decision(later)
    with pytest.raises(BotError, match="ended its process with exit code 3"):
        bot.decide(later)


CUT_OFF_TOP = """
import os, socket
def readable(process):
    try:
        open(f"/proc/{process}/mem", "rb").close()
        return True
    except OSError:
        return False
def alive(process):
    try:
        os.kill(process, 0)
        return True
    except ProcessLookupError:
        return False
"""


@linux
@pytest.mark.parametrize(
    ("body", "top"),
    [
        ("raise ValueError([p for p in range(2, 4096) if alive(p)])", CUT_OFF_TOP),
        ("raise ValueError([p for p in processes if p != os.readlink('/proc/self') and readable(p)])", CUT_OFF_TOP),
        ("os.killpg(0, 0) or 1; raise ValueError([p for p in [os.getppid(), os.getpgid(0) - os.getpid()] if p])",
         CUT_OFF_TOP),
    ],
)  # fmt: skip
def test_a_bot_reaches_no_other_process(make: Make, views: list[View], body: str, top: str) -> None:
    other = make("return []")
    assert other.decide(views[0]) == []
    processes = [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    bot = make(f"exec({body!r})", f"{top}\nprocesses = {processes}")
    with pytest.raises(BotError, match=r"ValueError: \[\]"):
        bot.decide(views[0])
    assert other.decide(views[0]) == []


@linux
def test_two_seats_of_a_bot_share_no_network(make: Make, views: list[View]) -> None:
    top = "import socket\nheld = socket.socket()\nheld.bind(('', 47811))\nheld.listen()"
    first = make("return []", top)
    second = SeatLoader(LIMITS)(first.source.path)("other")
    assert first.decide(views[0]) == second.decide(views[1]) == []


def test_a_file_that_has_changed_between_two_seats_is_read_anew(make: Make, views: list[View]) -> None:
    for _ in range(3):
        assert make("return []").decide(views[0]) == []
        with pytest.raises(BotError, match=r"ZeroDivisionError: division by zero \(line 4\)"):
            make("return 1 / 0").decide(views[0])


def test_a_bot_that_fails_again_and_again_is_not_asked_any_more(make: Make, views: list[View]) -> None:
    bot = make("1 / 0")
    for _ in range(FAILURES_MAX + 1):
        with pytest.raises(BotError):
            bot.decide(views[0])
    assert bot.conduct.status == "FORFEIT"
    assert "10 failed decisions in a row, the last: ERROR: ZeroDivisionError" in bot.conduct.reason


@linux
def test_a_slow_decision_draws_on_the_bank_until_it_is_empty(make: Make, views: list[View]) -> None:
    bot = make("return time.sleep(0.4) or []", "import time", limits=BotLimits(seconds=0.2, bank=0.6))
    assert bot.decide(views[0]) == []

    def decide_on() -> None:
        for _ in range(5):
            bot.decide(views[0])

    with pytest.raises(BotError, match="TIMEOUT"):
        decide_on()


def test_what_a_bot_prints_is_kept_for_its_author_and_breaks_nothing(make: Make, views: list[View]) -> None:
    bot = make("return print('I pass') or []")
    assert bot.decide(views[0]) == []
    bot.decide(views[0])
    bot.close()
    assert bot.conduct.status == "OK"
    assert "I pass" in bot.conduct.stderr


def test_a_bot_that_prints_much_does_not_fill_the_terminal(
    make: Make, views: list[View], capsys: pytest.CaptureFixture[str]
) -> None:
    bot = make("return print('x' * 99_999) or []")
    assert bot.decide(views[0]) == []
    bot.decide(views[0])
    bot.close()
    shown = capsys.readouterr().err
    assert shown.count("x") == 4096
    assert shown.count("more than 4096 bytes of output") == 1
    assert bot.conduct.stderr == "x" * 4096


def test_a_command_that_cannot_be_started_is_named(views: list[View]) -> None:
    bot = SeatLoader(LIMITS)("cmd:no-such-program")("seed")
    assert isinstance(bot, IsolatedBot)
    with pytest.raises(BotError, match="ERROR"):
        bot.decide(views[0])
    bot.close()
    assert bot.conduct.stderr == "cannot start no-such-program: No such file or directory\n"


NODE_BOT = """\
import { createInterface } from "node:readline";
const say = (message) => console.log(JSON.stringify(message));
let games = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.t === "start") { games += 1; say({ t: "ready", new_game: true }); continue; }
  console.error(`game ${games}, ${message.view.own.id}, bank ${message.bank}, threats ${Object.keys(message.threats).length}`);
  say({ t: "moves", moves: [{ kind: "message", to: [message.view.others[0].id], text: "Peace"  }] });
}
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_a_command_in_another_language_plays_and_takes_a_new_game(tmp_path: Path, views: list[View]) -> None:
    (tmp_path / "bot.mjs").write_text(NODE_BOT)
    factory = SeatLoader(BotLimits(), str(tmp_path))("cmd:node bot.mjs")
    for game in (1, 2):
        bot = factory("seed")
        assert isinstance(bot, IsolatedBot)
        assert bot.name == "bot"
        (move,) = bot.decide(views[0])
        assert move.kind == "message"
        bot.decide(views[0])
        bot.close()
        assert bot.conduct.status == "OK"
        assert f"game {game}, {views[0].own.id}, bank 30, threats {len(views[0].others)}" in bot.conduct.stderr


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("echo hello; sleep 9", "INVALID: a line of standard output that is no message"),
        ('echo \'{"t":"moves","moves":[]}\'; sleep 9', "INVALID: expected ready as its first message"),
        ("head -c 3000000 /dev/zero; sleep 9", "INVALID: a line of more than 1048576 bytes"),
        ("exec 1>&-; sleep 9", "ERROR: closed its standard output"),
        ("exit 4", "ERROR: ended its process with exit code 4"),
        ("sleep 9", "TIMEOUT: start: no answer within 0.3 s"),
    ],
)
def test_a_command_that_does_not_keep_the_format_is_stopped(script: str, problem: str, views: list[View]) -> None:
    bot = SeatLoader(LIMITS)(f'cmd:sh -c "{script.replace(chr(34), chr(92) + chr(34))}"')("seed")
    with pytest.raises(BotError, match=problem):
        bot.decide(views[0])


@pytest.mark.parametrize(("count", "status"), [(200, "OK"), (201, "INVALID")])
def test_a_command_answers_with_200_moves_at_most(count: int, status: str, tmp_path: Path, views: list[View]) -> None:
    move = f'{{"kind":"message","to":["{views[0].others[0].id}"],"text":"x"}}'
    (tmp_path / "bot.sh").write_text(
        f"""read -r start; echo '{{"t":"ready"}}'\n"""
        f"""while read -r line; do echo '{{"t":"moves","moves":[{",".join([move] * count)}]}}'; done\n"""
    )
    bot = SeatLoader(BotLimits(), str(tmp_path))("cmd:sh bot.sh")("seed")
    assert isinstance(bot, IsolatedBot)
    for _ in range(2):  # too many moves do not end it
        if status == "OK":
            assert len(bot.decide(views[0])) == count
        else:
            with pytest.raises(BotError, match="INVALID: decide returned 201 moves, expected at most 200"):
                bot.decide(views[0])
    assert bot.conduct.status == status


def test_the_fingerprint_covers_the_modules_that_a_bot_imports(tmp_path: Path) -> None:
    file, helper = tmp_path / "mine.py", tmp_path / "tactics.py"
    file.write_text("import tactics\nclass Bot:\n    name = 'Bold'\n")
    helper.write_text("x = 1\n")
    (tmp_path / "other.py").write_text("x = 1\n")
    before = SeatLoader()(str(file)).fingerprint
    (tmp_path / "other.py").write_text("x = 2\n")
    assert SeatLoader()(str(file)).fingerprint == before
    helper.write_text("x = 2\n")
    assert SeatLoader()(str(file)).fingerprint != before


def test_a_bot_that_does_not_exist_is_refused_before_it_is_started(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.py").write_text("class Bot\n")
    for name, problem in {
        "cmd:": "expected a command after cmd:",
        "cmd:node 'bot": "no closing quotation",
        f"{tmp_path}/empty": "expected a folder with a file __init__.py",
        f"{tmp_path}/gone.py": "no such file",
        f"{tmp_path}/gone/": "no such file or folder",
        f"{tmp_path}/broken.py": "line 1: expected Python",
    }.items():
        with pytest.raises(InputError, match=problem):
            SeatLoader()(name)


def test_secrets_in_the_environment_stay_with_the_user(
    make: Make, views: list[View], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "hush")
    bot = make("raise ValueError(os.environ.get('API_TOKEN', 'none'))", "import os")
    assert os.environ["API_TOKEN"] == "hush"
    with pytest.raises(BotError, match="ValueError: none"):
        bot.decide(views[0])
