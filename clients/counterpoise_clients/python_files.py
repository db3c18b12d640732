"""Import the Python files that users name: bots and hypotheses."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
import traceback
from pathlib import Path
from types import ModuleType

from counterpoise.errors import InputError
from counterpoise.sim.bot import exception_text


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
    name = f"counterpoise_{what}_" + re.sub(r"\W", "_", file.stem) + "_" + hashlib.sha256(source).hexdigest()[:16]
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise InputError(path, "", "a Python file", f"a file named {file.name!r}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look up their module during the import
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        if isinstance(error, SyntaxError) and error.filename == spec.origin:
            raise InputError(path, f"line {error.lineno}", "Python", f"{error.msg}") from error
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == spec.origin]
        where = f"line {lines[-1]}" if lines else ""
        raise InputError(path, where, "a file that can be imported", exception_text(error)) from error
    return module
