"""Join codes: nobody mistakes one letter for another, and a slip of the finger is noticed."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from counterpoise.classes.join_codes import LENGTH, LETTERS, make_code, problem_of, read_code, shown

CODES = st.integers(0, 2**32).map(lambda seed: make_code(Random(seed)))


def test_the_letters_make_no_word_and_none_looks_like_another() -> None:
    assert not set(LETTERS) & set("AEIOUQS0123456789")
    assert len(LETTERS) == len(set(LETTERS)) == 19


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    assert problem_of(code) == ""
    assert read_code(f" {shown(code).lower()} ") == read_code(code.replace("", " ")) == code


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(LETTERS))
def test_every_single_wrong_letter_is_noticed(code: str, place: int, letter: str) -> None:
    typed = code[:place] + letter + code[place + 1 :]
    assert (problem_of(typed) == "") == (typed == code)


@given(CODES, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_letters_that_changed_places_are_noticed(code: str, first: int, second: int) -> None:
    letters = list(code)
    letters[first], letters[second] = letters[second], letters[first]
    typed = "".join(letters)
    assert (problem_of(typed) == "") == (typed == code)


def test_what_is_no_code_says_why() -> None:
    assert problem_of("BCDF") == "a code has 8 letters, this one has 4"
    assert problem_of("BCDFGHJ0").startswith("no code has the character 0")
