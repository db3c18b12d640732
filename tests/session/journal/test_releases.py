"""The table of releases covers what this release writes and reads."""

from __future__ import annotations

from counterpoise.session.journal.entries import FORMAT_VERSION
from counterpoise.session.journal.releases import READABLE_FORMATS, RELEASES, advice
from counterpoise.sim import RULES_VERSION
from counterpoise.theory import THEORY_VERSION


def test_the_table_names_a_release_for_everything_this_one_reads() -> None:
    assert (RULES_VERSION, THEORY_VERSION, FORMAT_VERSION) in RELEASES
    assert all((RULES_VERSION, THEORY_VERSION, readable) in RELEASES for readable in READABLE_FORMATS)


def test_the_advice_for_an_older_journal_names_its_release() -> None:
    assert "pip install counterpoise==0.1.0" in advice(4, 1, 1)
    assert advice("x", 1, None).startswith("No release")
