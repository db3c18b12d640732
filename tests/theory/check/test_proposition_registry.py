from __future__ import annotations

import re
from inspect import getdoc
from pathlib import Path

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS

FAMILIES = {"W1": 10, "W2": 9, "W3": 9, "W4": 8, "W5": 8, "W6": 5, "WX": 5}


def test_every_family_is_complete_and_in_order() -> None:
    families = [proposition.family for proposition in PROPOSITIONS.values()]
    assert {family: families.count(family) for family in FAMILIES} == FAMILIES
    assert families == sorted(families)
    assert len(PROPOSITIONS) == 54


@pytest.mark.parametrize("name", list(PROPOSITIONS))
def test_a_proposition_names_its_literature_with_a_year(name: str) -> None:
    described = getdoc(type(PROPOSITIONS[name])) or ""
    years = re.findall(r"[A-Z][\w'-]+[ ,]+\(?(1[89]\d\d|20\d\d)\)?|Walt \((1987)\)", described)
    assert years, described
    assert "Walt (1987), " in described


def test_the_specification_lists_every_proposition_in_its_family(repository: Path) -> None:
    text = (repository / "server/counterpoise/theory/README.md").read_text(encoding="utf-8")
    listed = [(family, name) for name, family in re.findall(r"^\| ((W\w)\.\w+) \|", text, re.MULTILINE)]
    assert listed == [(proposition.family, name) for name, proposition in PROPOSITIONS.items()]
