from __future__ import annotations

import pytest

from counterpoise.sim.types import ActorId
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.indices import indices


def chain(size: int, sign_near: int, sign_second: int, **changes: object) -> Structure:
    """States in a row: each borders the next."""
    borders = tuple((n, n + 1) for n in range(size - 1))
    signs = [(n, n + 1, sign_near) for n in range(size - 1) if sign_near]
    signs += [(n, n + 2, sign_second) for n in range(size - 2) if sign_second]
    fields: dict[str, object] = {
        "tick": 0,
        "date": "1955-01-01",
        "actors": tuple(ActorId(f"S{n}") for n in range(size)),
        "power": (1.0 / size,) * size,
        "borders": borders,
        "signs": tuple(signs),
        "hegemons": (),
        "reach": ((),) * size,
    }
    return Structure(**{**fields, **changes})  # type: ignore[arg-type]


def test_hostile_neighbours_and_allied_second_neighbours_make_a_perfect_checkerboard() -> None:
    found = indices(chain(9, -1, 1))
    assert found.cbi == 1.0
    assert found.cbi_p is not None
    assert found.cbi_p < 0.01
    assert found.cb3 == 1.0
    assert found.soi is None


def test_allied_neighbours_and_hostile_second_neighbours_make_the_opposite() -> None:
    found = indices(chain(9, 1, -1))
    assert found.cbi == -1.0
    assert found.cb3 is None


def test_without_neighbours_there_is_no_checkerboard() -> None:
    found = indices(chain(5, -1, 1, borders=()))
    assert (found.cbi, found.cbi_p, found.cb3, found.reading) == (None, None, None, None)


def test_alignment_with_the_near_power_makes_spheres() -> None:
    # Two hegemons at the ends of a row, each dominating its half.
    reach = ((0.4, 0.1), (0.35, 0.1), (0.3, 0.15), (0.15, 0.3), (0.1, 0.35), (0.1, 0.4))
    signs = ((0, 1, 1), (0, 2, 1), (3, 5, 1), (4, 5, 1), (0, 4, -1), (1, 5, -1))
    found = indices(chain(6, 0, 0, hegemons=(0, 5), reach=reach, signs=signs))
    assert found.soi == 1.0
    assert found.ex == 1.0
    assert found.soi_corrected is not None
    assert found.soi_corrected > 0.5
    against = tuple((i, j, -sign) for i, j, sign in signs)
    assert indices(chain(6, 0, 0, hegemons=(0, 5), reach=reach, signs=against)).soi == -1.0


def test_two_patrons_are_half_as_exclusive() -> None:
    reach = ((0.5, 0.1), (0.3, 0.2), (0.1, 0.5))
    both = chain(3, 0, 0, hegemons=(0, 2), reach=reach, signs=((0, 1, 1), (1, 2, 1)))
    assert indices(both).ex == pytest.approx(0.5)


def test_the_two_indices_together_give_the_reading() -> None:
    assert indices(chain(9, -1, 1, hegemons=(0,), reach=((0.5,),) * 9)).reading == "balancing"
