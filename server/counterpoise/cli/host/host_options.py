"""The options of ``counterpoise host``. Each is a setting, which may also stand in a file or in the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args
from urllib.parse import urlsplit

import typer

from counterpoise.cli.host.service_log import LEVELS, LOG_FORMATS
from counterpoise.cli.options.choices import choice_option
from counterpoise.cli.options.numbers import number_option
from counterpoise.session.commands import Mode as PaceMode
from counterpoise.sim.scenario import IndexSetting
from counterpoise.store.addresses import is_in_database

DEFAULT_SCENARIO = "middle-east-1955"
DEFAULT_CLASS = "checkerboard"
"""The scenario of a class that names none: half an hour and eight seats."""
DEFAULT_DATA = Path("counterpoise-data")
SESSIONS_MAX = 100
"""Most sessions that one command starts."""


def _public_url(text: str) -> str:
    """Return the option --public-url; raise ``typer.BadParameter`` if it is not an address."""
    parts = urlsplit(text)
    try:
        has_port = parts.port is None or parts.port > 0
    except ValueError:  # beyond 65535, or no number
        has_port = False
    is_address = parts.scheme in ("http", "https") and parts.hostname and has_port
    if text and (not is_address or parts.query or parts.fragment):
        raise typer.BadParameter(
            f"expected an address such as https://example.org, got {text!r}", param_hint="--public-url"
        )
    return text


def _database(text: str) -> str:
    """Return the option --database; raise ``typer.BadParameter`` if it is not the address of a database."""
    if text and not is_in_database(text):
        raise typer.BadParameter(
            f"expected an address such as postgresql://counterpoise@127.0.0.1/counterpoise, got {text!r}",
            param_hint="--database",
        )
    if urlsplit(text).password or "password=" in urlsplit(text).query:
        raise typer.BadParameter(
            "expected no password in the address, which errors and logs show. Put it into ~/.pgpass or PGPASSWORD.",
            param_hint="--database",
        )
    return text


Scenarios = Annotated[
    list[str] | None,
    typer.Argument(
        help="Bundled scenarios' names, scenario files, or with --at one journal. Each gets a session.",
        metavar="SCENARIO",
        show_default=DEFAULT_SCENARIO,
    ),
]
At = Annotated[
    str,
    typer.Option(
        help="Go on from this date of a journal, or from the start of a window by its number, in a new session with its own "
        "journal. What was ordered on the date itself is left out. The clock waits for the moderator.",
        metavar="DATE_OR_WINDOW",
    ),
]
Sessions = Annotated[
    int,
    number_option(
        "--sessions",
        "How many sessions of each scenario to serve; 0 to serve only those that exist and have not ended.",
        int,
        0,
        SESSIONS_MAX,
    ),
]
Database = Annotated[
    str,
    typer.Option(
        help="PostgreSQL database of the journals in place of the folder, which several servers may share: "
        "postgresql://USER@HOST/DATABASE. Its password stands in ~/.pgpass or in PGPASSWORD.",
        metavar="URL",
        callback=_database,
    ),
]
Data = Annotated[Path, typer.Option(help="Folder of the journals. Sessions in it are resumed.")]
Key = Annotated[
    Path | None,
    typer.Option(
        help="File of the server's key, which signs checkpoints; made if it is missing. Servers that share sessions share it.",
        show_default="server.key in the data folder",
        metavar="FILE",
    ),
]
Address = Annotated[str, typer.Option("--host", help="Address to listen on.")]
Port = Annotated[int, number_option("--port", "Port to listen on; 0 for any free port.", int, 0, 65535)]
OperatorsPort = Annotated[
    int | None,
    number_option(
        "--operators-port",
        "Port for metrics and the health of sessions, on 127.0.0.1 only; 0 for any free port. Without it there are none.",
        int,
        0,
        65535,
    ),
]
SessionName = Annotated[
    str,
    typer.Option(
        "--session",
        help="Name of the session. An unused name creates a new session. Further sessions are NAME-2, NAME-3 and so on.",
    ),
]
Seed = Annotated[
    str, typer.Option(help="Seed of all chance in the game, the same in every new session; drawn if not given.")
]
TrustBots = Annotated[
    bool, typer.Option("--trust-bots", help="Let bots of your own use the network, write files and start processes.")
]
Bots = Annotated[
    list[str] | None, typer.Option(help="NAME_OR_FILE for all empty seats or SEAT=NAME_OR_FILE; may be repeated.")
]
Mode = Annotated[
    str,
    choice_option(
        "--mode", "windows: wait for the players at each stop. continuous: let time run.", sorted(get_args(PaceMode))
    ),
]
WindowSeconds = Annotated[float, number_option("--window-seconds", "Longest wait when a window opens.", float)]
CallSeconds = Annotated[
    float, number_option("--call-seconds", "Longest wait for an answer in a crisis or a negotiation.", float)
]
TimeZone = Annotated[
    str,
    typer.Option(
        "--time-zone",
        help="For a class that does not meet: windows and calls end at --closes in this time zone, such as Europe/Berlin.",
    ),
]
Closes = Annotated[
    str, typer.Option("--closes", help="The hour at which windows close, with --time-zone.", metavar="HH:MM")
]
EveryDays = Annotated[int, number_option("--every-days", "How many days a window lasts, with --time-zone.", int, 1, 14)]
Weekdays = Annotated[
    str, typer.Option(help="The days on which windows may close, with --time-zone: such as mon-fri or mon,wed,fri.")
]
AnswerSeconds = Annotated[
    float,
    number_option(
        "--answer-seconds",
        "How long the clock stands on the day after each window if people play several states, so that its standing still tells "
        "nobody that others negotiate in secret. 0: it stands only while somebody is called.",
        float,
        0,
        86_400,
    ),
]
PauseSeconds = Annotated[
    float,
    number_option(
        "--pause-seconds",
        "How long a pause may last before the session goes on by itself; everyone sees the rest. 0: until the moderator resumes.",
        float,
        0,
        2_592_000,
    ),
]
DeciderSeconds = Annotated[
    float,
    number_option(
        "--decider-seconds",
        "Where several people share a seat: how long the one who decides may be away before the next one who is there decides.",
        float,
        0,
        86_400,
    ),
]
AbsentWindows = Annotated[
    int,
    number_option(
        "--absent-windows",
        "After how many missed windows a bot plays for a person who is away, until that person is back; 0 for never.",
        int,
        0,
        100,
    ),
]
DaysPerSecond = Annotated[float, number_option("--days-per-second", "Pace of continuous time.", float)]
ThreatIndex = Annotated[
    str | None,
    choice_option(
        "--threat-index",
        "Whether players are shown the theory's threat index; lot: half of the seats by lot. "
        "The scenario decides if not given; a session that goes on from a journal keeps its own.",
        get_args(IndexSetting),
    ),
]
Autostart = Annotated[bool, typer.Option(help="Start without waiting for the moderator.")]
InsecureLan = Annotated[bool, typer.Option(help="Listen on a network although the connection is not encrypted.")]
PublicUrl = Annotated[
    str, typer.Option(help="Start of the links, if a proxy is in front of the server.", callback=_public_url)
]
LogFormat = Annotated[
    str,
    choice_option(
        "--log-format",
        "Form of the log on standard error: lines of text, or one JSON object on each line, which log collectors read. With "
        "json the links go to DATA/SESSION.links and not to standard output, unless --json is given.",
        LOG_FORMATS,
    ),
]
LogLevel = Annotated[str, choice_option("--log-level", "The least important messages that are logged.", LEVELS)]
Qr = Annotated[bool, typer.Option(help="Print the links as QR codes too.")]
Json = Annotated[bool, typer.Option("--json", help="Print the links, or with --show-config the settings, as JSON.")]
