import math
from collections.abc import Callable
from random import Random
from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoise.errors import ProtocolError
from counterpoise.wire.cleaning import _cleaned, check_nesting, clean, clean_name

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=300)
    | st.binary(max_size=300),
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(st.text(max_size=5), inner, max_size=20),
    max_leaves=40,
)


def depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth_of, value), default=0)
    return 0


@given(values, st.integers(2, 9))
@settings(max_examples=200)
def test_the_header_scan_refuses_only_frames_that_nest_too_deeply(value: object, depth: int) -> None:
    # Nine long lists beside it, so that the quick count does not pass the frame.
    frame = msgpack.packb([value, *([[0] * 16] * 9)])
    deep = depth_of(value) + 1
    if deep <= depth:
        check_nesting(frame, depth)
    elif deep > depth + 1:
        # The scan may pass one level too many if that level is empty; cleaning the values finds it.
        with pytest.raises(ProtocolError, match="too_deep"):
            check_nesting(frame, depth)


def test_a_frame_with_too_many_values_in_long_lists_is_refused() -> None:
    with pytest.raises(ProtocolError, match="4096 values"):
        check_nesting(msgpack.packb([[0] * 1000] * 20), 8)


@pytest.mark.parametrize(
    ("name", "clean"),
    [("  Amina\n Said ", "Amina Said"), ("\u202eevil\u2066", "evil"), ("Zoë 🙂", "Zoë 🙂"), ("\u200f", "")],
)
def test_names_lose_line_breaks_and_direction_marks(name: str, clean: str) -> None:
    assert clean_name(name) == clean


LIMITS: dict[str, Any] = {"text": 20, "array": 4, "map_": 4, "depth": 3}
TEXTS = ("", "word", "x" * 20, "x" * 21, "a\tb", "a\nb", "a\x00b", "e\u0301", "\u00e9", "\u2028", "\ud800", "\x7f")
NUMBERS = (0, -1, 2**53 - 1, 2**53, -(2**53), 0.5, -0.0, math.inf, math.nan, True, False, None)


def some_value(random: Random, depth: int) -> Any:
    kind = random.randrange(4) if depth else random.randrange(2)
    if kind == 0:
        return random.choice(TEXTS[:4]) if random.random() < 0.8 else random.choice((*TEXTS, b"x"))
    if kind == 1:
        return random.choice(NUMBERS[:3]) if random.random() < 0.8 else random.choice(NUMBERS)
    items = [some_value(random, depth - 1) for _ in range(random.choice((0, 1, 2, 2, 5)))]
    keys = ["a", "b", "k" * 200, "k" * 201, "\u00e9", "e\u0301", "a\x00", 7]
    return items if kind == 2 else dict(zip(random.sample(keys, len(keys)), items, strict=False))


def outcome(look: Callable[..., Any], value: Any, **further: Any) -> str:
    try:
        return repr(look(value, **LIMITS, **further))
    except ProtocolError as error:
        return str(error)


def test_values_that_need_no_cleaning_are_told_from_the_others_without_a_copy() -> None:
    random = Random("cleaning")
    untouched = 0
    for _ in range(6_000):
        value = some_value(random, 4)
        assert outcome(clean, value) == outcome(_cleaned, value, path="$"), repr(value)
        untouched += isinstance(value, dict) and outcome(lambda one, **_: clean(one, **LIMITS) is one, value) == "True"
    assert untouched > 100, "hardly a map was plain, so hardly anything was compared"
