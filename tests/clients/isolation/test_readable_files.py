"""What a bot in a process of its own may read, and what it may not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.sim.views.view import View
from counterpoise_clients.isolation import landlock
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.isolation.isolated_bot import IsolatedBot
from counterpoise_clients.isolation.readable_files import BESIDE_MAX, ReadableFiles, readable_by_python
from counterpoise_clients.roster import SeatLoader
from counterpoise_clients.testing import check_named_bot, recorded_views

pytestmark = pytest.mark.skipif(bool(landlock.missing()), reason="this kernel has no Landlock")
SPY = """\
class Bot:
    def __init__(self, seed): ...
    def decide(self, view):
        found = []
        for place in {places!r}:
            try:
                with open(place) as file:
                    found.append(file.read())
            except OSError as error:
                found.append(type(error).__name__)
        print(*found, sep="|")
        return []
"""
REFUSED = "PermissionError"
Read = Callable[..., list[str]]


@pytest.fixture(scope="module")
def views(checkerboard: str) -> list[View]:
    return recorded_views(checkerboard, stops=1)


@pytest.fixture
def read(tmp_path: Path, views: list[View]) -> Read:
    """Lets a bot, by default a file in the test's folder, open files; returns what it reads, or the name of its error."""

    def reading(*places: object, private: tuple[Path, ...] = (), bot: str = "", file: Path | None = None) -> list[str]:
        file = file or tmp_path / "spy.py"
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(SPY.format(places=[str(place) for place in places]))
        limits = BotLimits(private=tuple(str(place) for place in private))
        spy = SeatLoader(limits, str(tmp_path))(bot or str(file))("seed")
        assert isinstance(spy, IsolatedBot)
        assert spy.decide(views[0]) == []
        spy.decide(views[0])  # after its first answer, what it printed is there
        spy.close()
        assert spy.conduct.isolation == "isolated"
        return spy.conduct.stderr.partition("\n")[0].split("|")

    return reading


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(text)
    return file


def test_a_bot_reads_what_stands_beside_it_and_in_folders_there(read: Read, tmp_path: Path) -> None:
    weights, deep = written(tmp_path / "weights.txt", "w"), written(tmp_path / "data/deep/more.txt", "m")
    assert read(weights, deep, tmp_path / "none.txt") == ["w", "m", "FileNotFoundError"]


def test_a_bot_reads_nothing_of_the_user_elsewhere(read: Read, tmp_path: Path) -> None:
    elsewhere = written(tmp_path / "elsewhere/a.txt", "a")
    hidden = written(tmp_path / "bots/.keys/secret", "s")
    above = written(tmp_path / "above.txt", "a")
    process = f"/proc/{os.getpid()}/cmdline"
    assert read(elsewhere, hidden, above, process, file=tmp_path / "bots/spy.py") == [REFUSED] * 4


@pytest.mark.parametrize("name", ["j.db", "j.db-wal", "j.db-shm", "j.db.models"])
def test_a_bot_reads_no_journal_beside_it(read: Read, tmp_path: Path, name: str) -> None:
    written(tmp_path / name, "seed")
    kept = written(tmp_path / "j.txt", "kept")
    assert read(tmp_path / name, kept, private=(tmp_path / "j.db",)) == [REFUSED, "kept"]


def test_a_file_that_comes_after_the_bot_has_started_stays_closed_to_it(tmp_path: Path, views: list[View]) -> None:
    later = tmp_path / "later.db"
    file = written(tmp_path / "spy.py", SPY.format(places=[str(later)]))
    spy = SeatLoader()(str(file))("seed")
    assert isinstance(spy, IsolatedBot)
    spy.wait_until_ready()
    later.write_text("seed")
    spy.decide(views[0])
    spy.decide(views[0])
    spy.close()
    assert spy.conduct.stderr.splitlines()[0] == REFUSED


def test_a_bot_reads_no_private_folder_but_what_stands_beside_that(read: Read, tmp_path: Path) -> None:
    data = tmp_path / "games/data"
    key, beside = written(data / "server.key", "key"), written(tmp_path / "games/map.txt", "map")
    assert read(key, beside, private=(data,)) == [REFUSED, "map"]


def test_symbolic_links_lead_to_no_private_file_and_to_all_others(read: Read, tmp_path: Path) -> None:
    key = written(tmp_path / "elsewhere/data/server.key", "key")
    weights = written(tmp_path / "elsewhere/weights.txt", "w")
    bots = tmp_path / "bots"
    bots.mkdir()
    for name, target in {"key": key, "data": key.parent, "above": key.parents[1], "weights": weights}.items():
        (bots / name).symlink_to(target)
    (tmp_path / "linked").symlink_to(key.parent)
    places = [bots / "key", bots / "data/server.key", bots / "above/data/server.key", bots / "weights"]
    answers = read(*places, bots / "above/weights.txt", private=(tmp_path / "linked",), file=bots / "spy.py")
    assert answers == [REFUSED, REFUSED, REFUSED, "w", "w"]


def test_a_bot_that_is_a_link_to_a_file_elsewhere_plays(tmp_path: Path, views: list[View]) -> None:
    top = "import tactics\nclass Bot:\n    def __init__(self, seed): ...\n"
    real = written(tmp_path / "elsewhere/real.py", f"{top}    def decide(self, view): return tactics.x")
    written(tmp_path / "bots/tactics.py", "x = []")
    (tmp_path / "bots/mine.py").symlink_to(real)
    assert SeatLoader()(str(tmp_path / "bots/mine.py"))("seed").decide(views[0]) == []


def test_a_bot_named_by_a_relative_path_reads_its_helper_and_no_journal(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    journal, weights = written(tmp_path / "j.db", "seed"), written(tmp_path / "weights.txt", "w")
    assert read(journal, weights, private=(journal,), file=Path("spy.py")) == [REFUSED, "w"]


def test_a_package_reads_its_data_and_no_journal_in_it(read: Read, tmp_path: Path) -> None:
    package = tmp_path / "mine"
    weights, journal = written(package / "data/weights.txt", "w"), written(package / "j.db", "seed")
    beside = written(tmp_path / "notes.txt", "n")
    answers = read(weights, journal, beside, private=(journal,), bot=f"{package}/", file=package / "__init__.py")
    assert answers == ["w", REFUSED, REFUSED]


def test_a_bot_in_the_folder_of_the_journals_reads_only_itself_and_what_it_imports(
    read: Read, tmp_path: Path, views: list[View]
) -> None:
    assert read(written(tmp_path / "1.db", "seed"), private=(tmp_path,)) == [REFUSED]
    written(tmp_path / "tactics.py", "x = []")
    top = "import tactics\nclass Bot:\n    def __init__(self, seed): ...\n"
    file = written(tmp_path / "mine.py", f"{top}    def decide(self, view): return tactics.x")
    assert SeatLoader(BotLimits(private=(str(tmp_path),)))(str(file))("seed").decide(views[0]) == []


def test_of_a_folder_with_too_many_entries_a_bot_reads_itself_and_what_it_imports(read: Read, tmp_path: Path) -> None:
    for number in range(BESIDE_MAX):
        (tmp_path / f"{number}.txt").touch()
    weights = written(tmp_path / "weights.txt", "w")
    assert read(weights, tmp_path / "spy.py")[0] == REFUSED
    readable = readable_by_python(str(tmp_path / "spy.py"), ())
    assert [path for path in readable.whole if path.startswith(f"{tmp_path}/")] == [f"{tmp_path}/spy.py"]


def test_a_folder_of_the_system_that_holds_a_private_file_is_read_but_for_that_file(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    key = written(tmp_path / "share/key", "k")
    written(tmp_path / "share/other", "o")
    (tmp_path / "share/loop").symlink_to(tmp_path)
    readable = ReadableFiles([str(key)])
    readable.add(str(tmp_path))
    assert sorted(readable.whole) == [f"{tmp_path}/bin", f"{tmp_path}/share/other"]


NODE_SPY = """\
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { PEACE } from "./words.mjs";
const seen = (place) => { try { return readFileSync(place, "utf8"); } catch (error) { return error.code; } };
for await (const line of createInterface({ input: process.stdin })) {
  const start = JSON.parse(line).t === "start";
  if (!start) console.error(`${PEACE} ${seen("weights.txt")} ${seen("j.db")}`);
  console.log(JSON.stringify(start ? { t: "ready" } : { t: "moves", moves: [] }));
}
"""


@pytest.mark.parametrize("folder", [".", "bots"])
@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_a_command_reads_what_stands_beside_its_script_and_no_journal(
    tmp_path: Path, views: list[View], folder: str
) -> None:
    written(tmp_path / folder / "spy.mjs", NODE_SPY)
    written(tmp_path / folder / "words.mjs", 'export const PEACE = "peace";')
    for place in (tmp_path / "weights.txt", tmp_path / folder / "weights.txt"):
        place.write_text("w")
    journal = written(tmp_path / "j.db", "seed")
    limits = BotLimits(private=(str(journal),))
    for command in (f"node {folder}/spy.mjs", f"sh -c 'node {folder}/spy.mjs; true'"):
        bot = SeatLoader(limits, str(tmp_path))(f"cmd:{command}")("seed")
        assert isinstance(bot, IsolatedBot)
        assert bot.decide(views[0]) == []
        bot.decide(views[0])
        bot.close()
        assert bot.conduct.isolation == "isolated"
        assert bot.conduct.stderr.splitlines()[0] == "peace w EACCES"


@pytest.mark.parametrize("program", ["python3", "bash", "perl"])
def test_programs_of_the_machine_start_and_answer(tmp_path: Path, views: list[View], program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    scripts = {
        "python3": "import json, random, sys\nfor line in sys.stdin:\n    "
        "print('{\"t\":\"ready\"}' if json.loads(line)['t'] == 'start' else '{\"t\":\"moves\",\"moves\":[]}', flush=True)\n",
        "bash": "while read -r line; do case \"$line\" in *'\"t\":\"start\"'*) echo '{\"t\":\"ready\"}';; "
        "*) echo '{\"t\":\"moves\",\"moves\":[]}';; esac; done\n",
        "perl": 'use JSON::PP; $| = 1; while (<STDIN>) '
        '{ print decode_json($_)->{t} eq "start" ? "{\\"t\\":\\"ready\\"}\\n" : "{\\"t\\":\\"moves\\",\\"moves\\":[]}\\n" }\n',
    }  # fmt: skip
    written(tmp_path / "bot.txt", scripts[program])
    bot = SeatLoader(BotLimits(), str(tmp_path))(f"cmd:{program} bot.txt")("seed")
    assert bot.decide(views[0]) == []


def test_a_kernel_without_landlock_is_said_to_leave_files_readable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(landlock, "_CREATE", 9999)  # a call that no kernel has
    landlock.missing.cache_clear()
    try:
        assert landlock.missing() == ("files can be read (the kernel has no Landlock: Function not implemented)",)
    finally:
        landlock.missing.cache_clear()


def test_the_conformance_kit_takes_a_bot_with_a_helper_and_a_data_file(checkerboard: str, tmp_path: Path) -> None:
    written(
        tmp_path / "tactics.py",
        "from pathlib import Path\nPATIENCE = int((Path(__file__).parent / 'p.txt').read_text())",
    )
    written(tmp_path / "p.txt", "3")
    top = "import tactics\nclass Bot:\n    def __init__(self, seed): self.left = tactics.PATIENCE\n"
    file = written(tmp_path / "mine.py", f"{top}    def decide(self, view): return []")
    report = check_named_bot(str(file), checkerboard, stops=2)
    assert report.ok, report.problems


def test_a_bot_that_is_trusted_reads_everything(tmp_path: Path, views: list[View]) -> None:
    journal = written(tmp_path / "elsewhere/j.db", "seed")
    file = written(tmp_path / "spy.py", SPY.format(places=[str(journal)]))
    spy = SeatLoader(BotLimits(trusted=True, private=(str(journal),)))(str(file))("seed")
    assert isinstance(spy, IsolatedBot)
    spy.decide(views[0])
    spy.decide(views[0])
    spy.close()
    assert spy.conduct.stderr.splitlines()[0] == "seed"
