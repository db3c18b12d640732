"""Import the Python files that users name: bots and hypotheses."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
import traceback
from importlib.abc import ExecutionLoader
from pathlib import Path
from types import CodeType, ModuleType

from counterpoise.errors import InputError
from counterpoise.sim.bot import exception_text


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
        """Compile the bytes that were read."""
        return self.source_to_code(self._source, self._path)


def hash_of_source(module: ModuleType) -> str:
    """Return the SHA-256 of the file that ``imported_file`` made a module from."""
    assert module.__spec__ is not None, "imported_file gives every module a spec"
    assert isinstance(module.__spec__.loader, _FileRead)
    return module.__spec__.loader.sha256


def imported_file(path: str, what: str) -> ModuleType:
    """Import a file as a module of its own; a file with the same contents is imported once.

    Args:
        path: the file.
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
    name = f"counterpoise_{what}_" + re.sub(r"\W", "_", file.stem) + f"_{loader.sha256[:16]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, file, loader=loader)
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
            raise InputError(path, f"line {error.lineno}", "Python", f"{error.msg}") from error
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == spec.origin]
        where = f"line {lines[-1]}" if lines else ""
        raise InputError(path, where, "a file that can be imported", exception_text(error)) from error
    return module
