from __future__ import annotations

import pytest

from counterpoise.sim.reading.toml_lines import LineIndex

TEXT = """\
title = "x"  # a comment with [brackets]
[actors.EGY]
goals = [
  "a ] bracket in a text",
  "two",
]
point = { x = 1, y = 2 }
[[rows]]
a.b = 1
[[rows]]
a = '''
two lines'''
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("title", 1),
        ("actors.EGY", 2),
        ("actors.EGY.goals", 3),
        ("actors.EGY.goals[1]", 5),
        ("actors.EGY.point.y", 7),
        ("rows[0].a.b", 9),
        ("rows[1].a", 11),
    ],
)
def test_every_value_has_its_line(path: str, line: int) -> None:
    assert LineIndex(TEXT).line_of(path) == line


def test_a_missing_key_has_the_line_of_its_nearest_parent() -> None:
    assert LineIndex(TEXT).line_of("actors.EGY.name") == 2
    assert LineIndex(TEXT).line_of("rows[1].c.d") == 10
    assert LineIndex(TEXT).line_of("nothing.here") == 0


def test_a_repeated_key_is_noted_with_both_lines() -> None:
    [repeat] = LineIndex("a = 1\nb = 2\na = 3\n").repeats
    assert (repeat.path, repeat.first, repeat.again) == ("a", 1, 3)
