"""What a user names as a bot: a file, a folder or a command, found and hashed without running anything of it."""

from __future__ import annotations

import ast
import hashlib
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from counterpoise.errors import InputError
from counterpoise.sim.bot import NAME_MAX
from counterpoise_clients.python_files import line_of

COMMAND = "cmd:"
"""What a command begins with: ``cmd:node bot.mjs``."""


@dataclass(frozen=True, slots=True)
class BotSource:
    """A bot that plays in a process of its own.

    ``fingerprint`` is a SHA-256 of the files of the bot: its own and those beside it that it imports.
    """

    name: str
    """Its name for journals: ``name`` of its class if that is written out, else the name of its file or program."""
    path: str
    """The file or folder of a Python bot; empty for a command."""
    command: tuple[str, ...]
    """The program and its arguments; empty for a Python bot."""
    folder: str
    """Where a command runs."""
    fingerprint: str


def is_own(name_or_path: str) -> bool:
    """Tell whether a name means a bot of the user's own: a command, a ``.py`` file, or a folder written with a slash."""
    return name_or_path.startswith(COMMAND) or name_or_path.endswith(".py") or "/" in name_or_path


def bot_source(name_or_path: str, folder: str = "") -> BotSource:
    """Find a bot.

    Args:
        name_or_path: a ``.py`` file, a folder with an ``__init__.py``, or ``cmd:`` and a command.
        folder: where a command runs and its files are looked for; empty for the working folder.

    Raises:
        InputError: there is no such file, it is not Python, or the command is empty or malformed.
    """
    if name_or_path.startswith(COMMAND):
        return _command_source(name_or_path, Path(folder or ".").absolute())
    given = Path(name_or_path)
    main = given / "__init__.py" if given.is_dir() else given
    if given.is_dir() and not main.is_file():
        raise InputError(name_or_path, "", "a folder with a file __init__.py that defines class Bot", "none")
    if main.suffix != ".py" and not main.exists():
        raise InputError(name_or_path, "", "", "no such file or folder")
    if main.suffix != ".py":
        raise InputError(name_or_path, "", "a Python file", f"a file named {main.name!r}")
    contents = {file: _read(file, name_or_path) for file in files_of_python(given)}
    try:
        written = _facts_of(contents[main]).name
    except SyntaxError as error:
        raise InputError(name_or_path, line_of(error), "Python", f"{error.msg}") from error
    except ValueError as error:
        raise InputError(name_or_path, "", "Python", str(error)) from error
    digest = _hash_of(given if given.is_dir() else given.parent, contents)
    return BotSource(written or given.stem, str(given.absolute()), (), "", digest)


def _command_source(given: str, folder: Path) -> BotSource:
    try:
        command = tuple(shlex.split(given.removeprefix(COMMAND)))
    except ValueError as error:
        raise InputError(given, "", "a command as a shell reads it", str(error).lower()) from error
    if not command:
        raise InputError(given, "", "a command after cmd:, such as cmd:node bot.mjs", "none")
    named = [file for argument in command if (file := folder / argument).is_file()]
    beside = {file: _read(file, given) for file in files_of_command(command, folder)}
    digest = hashlib.sha256("\0".join((*command, _hash_of(folder, beside))).encode()).hexdigest()
    scripts = [file for file in named if file.suffix] or named  # a program may be named by its path before its script
    name = (scripts[0] if scripts else Path(command[0])).stem
    return BotSource(name[:NAME_MAX], "", command, str(folder), digest)


def files_of_python(given: Path) -> Iterator[Path]:
    """Yield the files of a Python bot: all of its folder, or its file and those beside it that it imports."""
    if given.is_dir():
        yield from _package_files(given)
    else:
        yield given
        yield from _imported_beside(given)


def files_of_command(command: Iterable[str], folder: Path) -> Iterator[Path]:
    """Yield the files that a command's arguments name, and those beside them with the same ending, if they have one."""
    for argument in command:
        if (file := folder / argument).is_file():
            alike = sorted(file.parent.glob(f"*{file.suffix}")) if file.suffix else [file]
            yield from (other for other in alike if other.is_file())


def _read(file: Path, source: str) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise InputError(source, "", "", "no such file") from error
    except OSError as error:
        raise InputError(source, "", "a readable file", error.strerror or type(error).__name__) from error


class _Facts(NamedTuple):
    """What the text of a file says about it."""

    name: str
    """The name that its class ``Bot`` gives itself; empty without one."""
    imports: tuple[str, ...]
    """The modules that it imports, without their submodules."""


@lru_cache(
    maxsize=256
)  # a tournament asks for the same files for each seat of each game, and parsing takes longer than reading
def _facts_of(contents: bytes) -> _Facts:
    """Return what a file says; raise ``SyntaxError`` or ``ValueError`` if it is not Python."""
    tree = ast.parse(contents)
    return _Facts(_written_name(tree), tuple(dict.fromkeys(_imported_names(tree))))


def _written_name(tree: ast.Module) -> str:
    """Return the ``name`` that a file's class ``Bot`` gives itself as a text; empty if it gives none."""
    for found in tree.body:
        if isinstance(found, ast.ClassDef) and found.name == "Bot":
            for row in found.body:
                targets = row.targets if isinstance(row, ast.Assign) else [getattr(row, "target", None)]
                value = getattr(row, "value", None)
                if any(isinstance(target, ast.Name) and target.id == "name" for target in targets) and (
                    isinstance(value, ast.Constant) and isinstance(value.value, str)
                ):
                    return value.value.encode(errors="replace").decode()[:NAME_MAX]
    return ""


def _imported_beside(file: Path) -> Iterator[Path]:
    """Yield the files beside a file that it imports, and what those import."""
    folder, waiting, found = file.parent, [file], [file]
    while waiting:
        try:
            names = _facts_of(waiting.pop().read_bytes()).imports
        except (OSError, SyntaxError, ValueError):  # the file itself is read again and told then; others fail on import
            continue
        for name in names:
            package = folder / name
            beside = [*_package_files(package)] if package.is_dir() else [folder / f"{name}.py"]
            for other in beside:
                if other.is_file() and other not in found:
                    found.append(other)
                    waiting.append(other)
                    yield other


def _imported_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _package_files(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.py"))


def _hash_of(folder: Path, contents: dict[Path, bytes]) -> str:
    digest = hashlib.sha256()
    for file in sorted(contents):
        name = file.relative_to(folder) if file.is_relative_to(folder) else Path(file.name)
        digest.update(f"{name.as_posix()}\0{hashlib.sha256(contents[file]).hexdigest()}\0".encode())
    return digest.hexdigest()
