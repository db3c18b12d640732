"""Import the Python files and folders that users name: bots and hypotheses."""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import re
import sys
import traceback
from collections.abc import Callable
from importlib.abc import ExecutionLoader
from pathlib import Path
from types import CodeType, ModuleType

from msgspec import Struct

from counterpoise.errors import InputError
from counterpoise.sim.bot import Bot, exception_text


class CompiledFile(Struct, frozen=True):
    """What a file compiles to."""

    path: str
    """Its absolute path."""
    sha256: str
    """The hash of its source text."""
    code: bytes
    """As ``marshal`` writes it."""


compiled_files: dict[str, CompiledFile] = {}
"""Files that are compiled already, by absolute path. A process that others are forked from fills it, and they compile less."""


class _FileRead(ExecutionLoader):
    """Makes a module of source text that was read before, so that the hash is that of what runs."""

    def __init__(self, path: str, source: bytes) -> None:
        self.sha256 = hashlib.sha256(source).hexdigest()
        self._path, self._source = str(Path(path).absolute()), source

    def get_filename(self, fullname: str) -> str:
        """Return the path of the file, for tracebacks."""
        return self._path

    def get_source(self, fullname: str) -> str:
        """Return the text that was read."""
        return importlib.util.decode_source(self._source)

    def get_code(self, fullname: str) -> CodeType:
        """Compile the bytes that were read, unless that is done already."""
        known = compiled_files.get(self._path)
        if known is not None and known.sha256 == self.sha256:
            code: CodeType = marshal.loads(known.code)  # noqa: S302 - this project wrote it
            return code
        return self.source_to_code(self._source, self._path)


def line_of(error: SyntaxError) -> str:
    """Return the line of a mistake, as ``line 3``; empty where it has none, as with a NUL byte."""
    return "" if error.lineno is None else f"line {error.lineno}"


def hash_of_source(module: ModuleType) -> str:
    """Return the SHA-256 of the file that ``imported_file`` made a module from."""
    assert module.__spec__ is not None, "imported_file gives every module a spec"
    assert isinstance(module.__spec__.loader, _FileRead)
    return module.__spec__.loader.sha256


def compiled_bot(path: str) -> CompiledFile:
    """Compile the file of a bot, or the ``__init__.py`` of its folder, and run nothing of it.

    Raises:
        Exception: it cannot be read or compiled.
    """
    main = Path(path) / "__init__.py" if Path(path).is_dir() else Path(path)
    loader = _FileRead(str(main), main.read_bytes())
    place = loader.get_filename("")
    compiled = CompiledFile(place, loader.sha256, marshal.dumps(loader.get_code("")))
    compiled_files[place] = compiled
    return compiled


def bot_class(path: str) -> Callable[[str], Bot]:
    """Return the class ``Bot`` of a file, or of a folder's ``__init__.py``.

    What stands beside it can be imported by its name, as if Python ran the file: a bot may have modules of its own. A folder is a
    package too, so that ``from . import tactics`` works.

    Raises:
        InputError: the file does not exist, cannot be imported, or defines no bot.
    """
    folder = Path(path) if Path(path).is_dir() else None
    beside = str((folder or Path(path).parent).absolute())
    if beside not in sys.path:
        sys.path.insert(0, beside)
    return checked_bot_class(imported_file(path if folder is None else str(folder / "__init__.py"), "bot"), path)


def checked_bot_class(module: ModuleType, source: str) -> Callable[[str], Bot]:
    """Return the class ``Bot`` of a module; raise ``InputError``, which names ``source``, if there is none."""
    found = getattr(module, "Bot", None)
    if found is None:
        raise InputError(source, "", "", "no class Bot in this file")
    if not isinstance(found, type):
        raise InputError(source, "Bot", "class Bot", type(found).__name__)
    if not callable(getattr(found, "decide", None)):
        raise InputError(source, "Bot.decide", "a method decide(self, view)", "none")
    return found


def imported_file(path: str, what: str) -> ModuleType:
    """Import a file as a module of its own; a file with the same contents is imported once.

    Args:
        path: the file; an ``__init__.py`` is imported as the package that its folder is.
        what: what it holds, in one word, such as ``bot``; the name of the module begins with it.

    Raises:
        InputError: the file cannot be read or imported; the error names the line.
    """
    file = Path(path)
    try:
        source = file.read_bytes()
    except FileNotFoundError as error:
        raise InputError(path, "", "", "no such file") from error
    except OSError as error:
        raise InputError(path, "", "a readable file", error.strerror or type(error).__name__) from error
    loader = _FileRead(path, source)
    name = (
        f"counterpoise_{what}_"
        + re.sub(r"\W", "_", file.parent.name if file.name == "__init__.py" else file.stem)
        + f"_{loader.sha256[:16]}"
    )
    if name in sys.modules:
        return sys.modules[name]
    places = [str(file.parent.absolute())] if file.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, file, loader=loader, submodule_search_locations=places)
    if file.suffix != ".py" or spec is None or spec.loader is None:
        raise InputError(path, "", "a Python file", f"a file named {file.name!r}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look up their module during the import
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        del sys.modules[name]
        raise
    except BaseException as error:
        del sys.modules[name]
        if isinstance(error, SyntaxError) and error.filename == spec.origin:
            raise InputError(path, line_of(error), "Python", f"{error.msg}") from error
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == spec.origin]
        where = f"line {lines[-1]}" if lines else ""
        raise InputError(path, where, "a file that can be imported", exception_text(error)) from error
    return module
