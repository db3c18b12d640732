"""Print how well each hypothesis forecast the decisions in a journal.

``counterpoise run checkerboard --journal game.db`` writes a journal. Then ``python clients/examples/read_debrief.py game.db``
prints one line for each hypothesis, the best first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from counterpoise.session.debrief.debrief_data import debrief_journal
from counterpoise.store.journal_file import JournalFile


def hypothesis_lines(path: str) -> Iterator[str]:
    """Yield each hypothesis of a journal's debrief with its log score and its number of decisions."""
    with JournalFile.read_only(path) as journal:
        document = debrief_journal(journal.entries(), path)
    for hypothesis in document.hypotheses:
        score = "no score" if hypothesis.log_score is None else f"log score {hypothesis.log_score:.3f}"
        yield f"{hypothesis.name}: {score} over {hypothesis.n} decisions"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python clients/examples/read_debrief.py JOURNAL", file=sys.stderr)
        raise SystemExit(2)
    for line in hypothesis_lines(sys.argv[1]):
        print(line)
