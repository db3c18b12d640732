"""Join codes: eight letters that nobody mistakes for others, the last of which checks the rest.

There are no vowels, so no code is a word, and no letter that looks like another or like a digit. The letters are 19, a prime: the
sum of the letters' places times 1 to 8 is a multiple of 19, which shows every single wrong letter and every two that changed
places. Seven free letters make 894 million codes.
"""

from __future__ import annotations

from random import Random

LETTERS = "BCDFGHJKLMNPRTVWXYZ"
LENGTH = 8
_HALF = LENGTH // 2
_IGNORED = str.maketrans("", "", " -–—_.\t\n")


def make_code(random: Random) -> str:
    """Return a new code."""
    free = [random.randrange(len(LETTERS)) for _ in range(LENGTH - 1)]
    rest = sum(weight * place for weight, place in enumerate(free, 1)) % len(LETTERS)
    last = next(place for place in range(len(LETTERS)) if (rest + LENGTH * place) % len(LETTERS) == 0)
    return "".join(LETTERS[place] for place in (*free, last))


def read_code(text: str) -> str:
    """Return a code as it is stored, from what a person typed: case, spaces and hyphens do not matter."""
    return text.translate(_IGNORED).upper()[:40]


def shown(code: str) -> str:
    """Return a code as people read it: ``KTRM-BXCH``."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def problem_of(code: str) -> str:
    """Return why nobody can have been given this code; empty if somebody can."""
    if len(code) != LENGTH:
        return f"a code has {LENGTH} letters, this one has {len(code)}"
    if strange := [letter for letter in code if letter not in LETTERS]:
        return f"no code has the character {strange[0]}: codes have the letters {' '.join(LETTERS)}"
    if sum(weight * LETTERS.index(letter) for weight, letter in enumerate(code, 1)) % len(LETTERS):
        return "a letter is wrong, or two have changed places"
    return ""
