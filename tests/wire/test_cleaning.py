import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoise.errors import ProtocolError
from counterpoise.wire.cleaning import check_nesting, clean_name

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
