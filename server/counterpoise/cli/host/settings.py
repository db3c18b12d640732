"""Settings of a command from three places: a file, the environment, and the command line. A later place wins.

A setting has the name of its option: ``--window-seconds`` is ``window_seconds`` in the table ``[host]`` of a TOML file, and
``COUNTERPOISE_HOST_WINDOW_SECONDS`` in the environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from typer.core import TyperCommand

from counterpoise.cli.terminal import console, print_json
from counterpoise.errors import SettingsError
from counterpoise.sim.reading.toml_lines import LineIndex
from counterpoise.sim.reading.toml_text import path_with_line, read_toml
from counterpoise.validation_errors import nearest_hint

TABLE = "host"
"""The table of a settings file that this command reads."""
PREFIX = f"COUNTERPOISE_{TABLE.upper()}_"
FLAGS_ONLY = ("show_config", "json", "help")
"""Options that say what to do once, not how to serve."""
CONFIG = "config"
_KEPT = f"counterpoise.{__name__}"
"""Where a context keeps the settings file that its command has read."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file that has been read.

    Args:
        source: its name, as the user gave it.
        lines: the lines of its keys.
    """

    source: str
    lines: LineIndex

    def place(self, key: str) -> str:
        """Return where a setting stands in the file, as errors show it."""
        return path_with_line(f"{TABLE}.{key}", self.lines)


class ShownSetting(msgspec.Struct, frozen=True):
    """A setting, its value, and where the value comes from."""

    setting: str
    value: Any
    origin: str
    """``flag --port``, ``environment COUNTERPOISE_HOST_PORT``, ``file counterpoise.toml: host.port (line 3)`` or ``default``."""


class SettingsCommand(TyperCommand):
    """A command whose options may stand in a settings file and in the environment.

    It needs an option ``--config`` of the type ``Config``.

    Raises:
        SettingsError: a setting in the file or in the environment is unknown or has a wrong value.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the settings from all three places."""
        known = _keys(self)
        for key, param in known.items():
            param.envvar = f"{PREFIX}{key.upper()}"
        _require_known_variables(known, os.environ)
        with _errors_located(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it finds wrong with a setting is told with the place of the setting."""
        with _errors_located(ctx):
            return super().invoke(ctx)


def _read_config(ctx: typer.Context, path: Path | None) -> Path | None:
    """Take what the settings file says for the defaults of the options."""
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(str(path), "", "", f"cannot read this settings file ({problem})") from error
    found = read_toml(text)
    if not isinstance(found, dict):
        raise SettingsError(str(path), *found)
    file = SettingsFile(str(path), LineIndex(text))
    for name in found:
        if name != TABLE:
            place = path_with_line(name, file.lines)
            raise SettingsError(str(path), place, f"the table [{TABLE}]", f"{name}{nearest_hint([TABLE], name)}")
    values = found.get(TABLE, {})
    if not isinstance(values, dict):
        raise SettingsError(
            str(path), path_with_line(TABLE, file.lines), f"the table [{TABLE}]", f"{TABLE} = {values!r}"
        )
    known = _keys(ctx.command)
    names = [name for name in known if name != CONFIG]
    defaults: dict[str, Any] = {}
    for key, value in values.items():
        if key not in names:
            expected = "a setting, which has the name of an option of counterpoise host"
            raise SettingsError(str(path), file.place(key), expected, f"{key}{nearest_hint(names, key)}")
        defaults[known[key].name] = _plain(value, known[key], file, key)
    ctx.default_map = defaults
    ctx.meta[_KEPT] = file
    return path


Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help=f"TOML file with the settings in a table [{TABLE}]: window_seconds = 90 for --window-seconds 90.",
        callback=_read_config,
        is_eager=True,
        metavar="FILE",
    ),
]
ShowConfig = Annotated[
    bool, typer.Option("--show-config", help="Print every setting, its value and where it comes from, and stop.")
]


def print_settings(ctx: typer.Context, *, json: bool) -> None:
    """Print the settings of a command as it would run: as a table, or as a document with a list ``settings``."""
    rows = _shown(ctx)
    if json:
        print_json({"settings": rows})
        return
    names, values = [row.setting for row in rows], [_text(row.value) for row in rows]
    name_width, value_width = max(map(len, names)), max(map(len, values))
    for row, value in zip(rows, values, strict=True):
        console.print(f"{row.setting:<{name_width}}  {value:<{value_width}}  {row.origin}", markup=False)


def settings_in(ctx: Any) -> dict[str, Any]:
    """Return the settings of a command that has read its options, by key."""
    return {key: ctx.params[param.name] for key, param in _keys(ctx.command).items()}


def _shown(ctx: typer.Context) -> list[ShownSetting]:
    """Return the settings of a command, in the order of its help."""
    rows = []
    for key, param in _keys(ctx.command).items():
        value = ctx.params[param.name]
        rows.append(ShownSetting(key, str(value) if isinstance(value, Path) else value, _origin(ctx, key, param)))
    return rows


def _keys(command: Any) -> dict[str, Any]:
    """Return the parameters of a command that are settings, by key: its longest option without dashes, or its argument's name."""
    found = {}
    for param in command.params:
        flag = max((name for name in param.opts), key=len)
        key = flag.lstrip("-").replace("-", "_")
        if key not in FLAGS_ONLY:
            found[key] = param
    return found


def _plain(value: object, param: Any, file: SettingsFile, key: str) -> Any:
    """Return a value of a file as the option takes it: true or false for a flag, a list where the option may be repeated."""
    is_flag, is_list = (
        bool(getattr(param, "is_flag", False)),
        bool(getattr(param, "multiple", False)) or param.nargs == -1,
    )
    if is_flag:
        expected, is_right = "true or false", isinstance(value, bool)
    elif is_list:
        values = value if isinstance(value, list) else [value]
        expected, is_right = "a text or a list of texts", all(isinstance(one, str) for one in values)
        value = values
    else:
        expected = "a text or a number"
        is_right = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not is_right:
        raise SettingsError(file.source, file.place(key), expected, _text(value))
    return value if is_flag or is_list else str(value)


def _text(value: object) -> str:
    """Return a value as a file would have it; a dash for a setting without a value."""
    if value is None or value in ("", [], ()):
        return "-"
    return str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, list) else str(value)


def _require_known_variables(known: Mapping[str, Any], environment: Mapping[str, str]) -> None:
    names = [f"{PREFIX}{key.upper()}" for key in known]
    for name in environment:
        if name.startswith(PREFIX) and name not in names:
            raise SettingsError(
                "environment",
                name,
                "a variable for a setting of counterpoise host",
                f"{name}{nearest_hint(names, name)}",
            )


def _origin(ctx: typer.Context, key: str, param: Any) -> str:
    source = ctx.get_parameter_source(param.name)
    kind = "DEFAULT" if source is None else source.name
    if kind == "COMMANDLINE":
        flag = max(param.opts, key=len)
        return f"flag {flag}" if flag.startswith("-") else "command line"
    if kind == "ENVIRONMENT":
        return f"environment {PREFIX}{key.upper()}"
    if kind == "DEFAULT_MAP":
        file: SettingsFile = ctx.meta[_KEPT]
        return f"file {file.source}: {file.place(key)}"
    return "default"


@contextmanager
def _errors_located(ctx: typer.Context) -> Iterator[None]:
    """Name the place of a setting that is wrong, if it does not stand on the command line."""
    try:
        yield
    except typer.BadParameter as error:
        for key, param in _keys(ctx.command).items():
            if error.param is param or (error.param_hint is not None and error.param_hint in param.opts):
                source = ctx.get_parameter_source(param.name)
                if source is not None and source.name == "ENVIRONMENT":
                    raise SettingsError("environment", f"{PREFIX}{key.upper()}", "", error.message) from error
                if source is not None and source.name == "DEFAULT_MAP":
                    file: SettingsFile = ctx.meta[_KEPT]
                    raise SettingsError(file.source, file.place(key), "", error.message) from error
        raise
