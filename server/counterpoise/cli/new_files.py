"""``counterpoise new``: write a scenario file, a record or a bot file that works and can be changed."""

from __future__ import annotations

import keyword
import re
import sys
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.output_files import replace_text
from counterpoise.cli.templates.record_template import record_text
from counterpoise.cli.terminal import console
from counterpoise.errors import ConfigurationError, StorageError
from counterpoise.scenario_files import bundled_scenarios, scenario_text
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise_clients import roster

SCENARIO_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PACKAGES = ("counterpoise", "counterpoise_clients", "msgspec", "numpy")
"""Packages that a bot imports, which a file of the same name beside it would hide."""
BOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")

new = typer.Typer(
    help="Write a scenario file, a record or a bot file to start from.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@new.command("scenario")
def scenario(
    name: Annotated[
        str,
        typer.Argument(help="Lower case letters, digits, hyphens; or a path that ends in such a name, in any folder."),
    ],
) -> None:
    """Write NAME.toml, a small scenario with a comment on every key."""
    path = _file(name, ".toml", SCENARIO_NAME, "lower case letters, digits and hyphens", bundled_scenarios())
    title = path.stem.replace("-", " ").capitalize()
    text = _template("scenario.toml").replace("my-scenario.toml", str(path)).replace("my-scenario", path.stem)
    _write(path, text.replace('title = "My scenario"', f'title = "{title}"'))
    console.print(
        f"wrote {_shown_path(path)}; next: counterpoise validate {path}, counterpoise run {path}", markup=False
    )


@new.command("record")
def record(
    name: Annotated[
        str,
        typer.Argument(help="The scenario of the record: a TOML file, with or without its ending, or a bundled one."),
    ],
) -> None:
    """Write NAME.history.toml, a short record of a scenario with a row of each form, to be replaced by what happened."""
    file = Path(name.removesuffix(".toml") + ".toml")
    text, source = scenario_text(str(file) if file.exists() else name)
    is_bundled = not file.exists()
    path = Path(f"{name}.history.toml") if is_bundled else file.with_suffix(".history.toml")
    runs = f"{name} --record {path}" if is_bundled else f"{file} --history"
    stem = str(path).removesuffix(".history.toml")
    _write(path, record_text(_template("record.toml"), parse_scenario(text, source), stem, runs))
    console.print(
        f"wrote {_shown_path(path)}; next: counterpoise validate {path}, counterpoise run {runs}", markup=False
    )


@new.command("bot")
def bot(
    name: Annotated[
        str,
        typer.Argument(
            help="Letters, digits, hyphens, underscores; or a path that ends in such a name, in any folder."
        ),
    ],
) -> None:
    """Write NAME.py, a small bot that answers calls and seeks allies against its main threat."""
    path = _file(name, ".py", BOT_NAME, "letters, digits, hyphens and underscores, a letter first", roster.bot_names())
    if keyword.iskeyword(path.stem) or path.stem in sys.stdlib_module_names or path.stem in _PACKAGES:
        got = (
            "a word of Python's own"
            if keyword.iskeyword(path.stem)
            else "the name of a module that Python programs import"
        )
        raise typer.BadParameter(
            f"expected a name that a bot's file can have, got {path.stem!r}, {got}", param_hint="NAME"
        )
    text = _template("bot.py").replace("my_bot.py", str(path)).replace('"my-bot"', f'"{path.stem}"')
    _write(path, text)
    console.print(
        f"wrote {_shown_path(path)}; next: python {path}, counterpoise run checkerboard --bots {path}", markup=False
    )


def _file(name: str, ending: str, form: re.Pattern[str], expected: str, taken: tuple[str, ...]) -> Path:
    """Return the path for a name.

    Args:
        name: what the user typed: a name or a path, with or without the ending.
        ending: file name extension.
        form: pattern of valid names.
        expected: the pattern in words.
        taken: names of bundled files.

    Raises:
        typer.BadParameter: the name is malformed.
        ConfigurationError: the name is taken.
    """
    path = Path(name.removesuffix(ending) + ending)
    if not form.fullmatch(path.name.removesuffix(ending)):
        raise typer.BadParameter(f"expected {expected}, got {path.name.removesuffix(ending)!r}", param_hint="NAME")
    if path.stem in taken:
        raise ConfigurationError(f"{path.stem!r} is bundled with counterpoise. Choose another name.")
    return path


def _shown_path(path: Path) -> Path:
    """Return a path for messages: absolute if it leads out of the current folder."""
    whole = path.resolve()
    return path if whole.is_relative_to(Path.cwd()) else whole


def _template(name: str) -> str:
    return (resources.files("counterpoise") / "cli" / "templates" / name).read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    """Write a new file.

    Raises:
        ConfigurationError: the file exists.
        StorageError: the file cannot be written.
    """
    try:
        path.touch(exist_ok=False)
        try:
            replace_text(path, text)
        except StorageError:
            path.unlink(missing_ok=True)
            raise
    except FileExistsError as error:
        raise ConfigurationError(f"{path} exists already. Choose another name.") from error
    except FileNotFoundError as error:
        raise StorageError(str(path), f"the folder {path.parent} does not exist. Create it first.") from error
    except OSError as error:
        raise StorageError(str(path), f"cannot write this file ({error.strerror or error})") from error
