"""Numbers that reach a journal are the same on every machine.

``sim``, ``session``, ``wire`` and the part of ``theory`` that freezes and forecasts decisions use operations that are correctly
rounded and run in a fixed order: + - * / and square roots, ``math.fsum``, comparisons and rounding. The other functions of
``math`` that the first three use are listed here; their results are rounded before they decide anything. ``theory`` makes
exponentials and logarithms of its own (``theory/portable.py``). From numpy only functions that work on one element after
another, and are correctly rounded, are allowed: sums, products, powers and logarithms of numpy depend on the processor.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SERVER = REPOSITORY / "server" / "counterpoise"
SOURCES = sorted(path for room in ("sim", "session", "wire") for path in SERVER.glob(f"{room}/**/*.py"))
EXACT = sorted(
    path
    for places in ("theory/*.py", "theory/decisions/*.py", "theory/forecasting/*.py", "theory/hypotheses/*.py")
    for path in SERVER.glob(places)
)
"""Modules that may use no function of ``math`` but those that are exact."""
EXACT_MATH = ["ceil", "fsum", "inf", "isfinite", "ldexp", "sqrt"]
MATH = "asin cos exp expm1 fsum isfinite log log1p prod radians sin sqrt"
NUMPY_VALUES = (
    "array asarray zeros ones eye empty full arange concatenate stack ascontiguousarray fromiter inf errstate"
)
NUMPY_TYPES = "ndarray float64 int64 intp intc bool_"
NUMPY_ARITHMETIC = "add subtract multiply divide negative absolute abs sqrt rint frexp ldexp maximum minimum where"
NUMPY_COMPARISONS = (
    "equal not_equal less less_equal greater greater_equal logical_and logical_or logical_not isfinite isnan"
)
NUMPY_INDEXING = "argsort take flatnonzero nonzero count_nonzero"
ALLOWED = {
    "math": MATH.split(),
    "numpy": " ".join((NUMPY_VALUES, NUMPY_TYPES, NUMPY_ARITHMETIC, NUMPY_COMPARISONS, NUMPY_INDEXING)).split(),
    "numpy.typing": ["NDArray"],
    "statistics": ["NormalDist", "median"],
}
ARRAY_METHODS = ["sum", "mean", "prod", "dot", "std", "var", "cumsum", "cumprod", "trace", "round"]


def forbidden(text: str, library_names: Mapping[str, list[str]] = ALLOWED) -> Iterator[str]:
    """Yield what a module's text uses of the libraries without being allowed to."""
    tree = ast.parse(text)
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                library, _, inner = alias.name.partition(".")
                if library in library_names:
                    modules[alias.asname or library] = library
                    if inner:
                        yield f"line {node.lineno}: {alias.name}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in library_names:
            allowed = library_names.get(node.module or "", [])
            yield from (
                f"line {node.lineno}: {node.module}.{alias.name}" for alias in node.names if alias.name not in allowed
            )
            if node.module == "numpy":
                yield f"line {node.lineno}: write import numpy as np, so that its calls can be found"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            library = modules.get(node.value.id, "") if isinstance(node.value, ast.Name) else ""
            if library and node.attr not in library_names[library]:
                yield f"line {node.lineno}: {library}.{node.attr}"
            elif not library and "numpy" in modules.values() and node.attr in ARRAY_METHODS:
                yield f"line {node.lineno}: the method {node.attr} of an array"
        if "numpy" in modules.values() and isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult | ast.Pow):
            yield f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(REPOSITORY / "server").as_posix())
def test_a_module_uses_only_operations_that_are_the_same_on_every_machine(path: Path) -> None:
    assert not list(forbidden(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", EXACT, ids=lambda path: path.relative_to(REPOSITORY / "server").as_posix())
def test_forecasts_need_no_exponential_of_the_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not list(forbidden(text, {**ALLOWED, "math": EXACT_MATH}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from math import gamma", ["line 1: math.gamma"]),
        ("import math\nx = math.pow(2, 3)", ["line 2: math.pow"]),
        ("import numpy as np\nx = np.exp(1)", ["line 2: numpy.exp"]),
        ("import numpy as np\nx = np.zeros(2).sum()", ["line 2: the method sum of an array"]),
        ("import numpy as np\nx = np.ones(2) @ np.ones(2)", ["line 2: np.ones(2) @ np.ones(2)"]),
        ("import numpy as np\nx = np.ones(2) ** 0.5", ["line 2: np.ones(2) ** 0.5"]),
        ("import numpy.linalg", ["line 1: numpy.linalg"]),
        ("from numpy.linalg import norm", ["line 1: numpy.linalg.norm"]),
        ("import numpy\nx = numpy.linalg.norm([1.0])", ["line 2: numpy.linalg"]),
        ("from statistics import fmean", ["line 1: statistics.fmean"]),
        ("import numpy as np\nx = np.rint(np.sqrt(np.ones(2) * 3.0) / 7.0)", []),
        ("from math import fsum, sqrt\nx = 2.0 ** 0.5", []),
    ],
)
def test_an_operation_that_depends_on_the_machine_is_found(text: str, found: list[str]) -> None:
    assert list(forbidden(text)) == found


def test_numpy_must_be_imported_as_a_whole() -> None:
    assert [line.partition(":")[0] for line in forbidden("from numpy import rint")] == ["line 1"]
