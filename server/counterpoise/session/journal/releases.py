"""The releases by rules version and journal format, for errors about journals that this release cannot replay.

Every change of the rules, of the theory's frozen decisions or of the journal format raises the version of the package.
"""

from __future__ import annotations

from counterpoise import __version__
from counterpoise.session.journal.entries import FORMAT_VERSION
from counterpoise.sim import RULES_VERSION
from counterpoise.theory import THEORY_VERSION

READABLE_FORMATS = (2, FORMAT_VERSION)
"""The journal formats that this release replays."""
RELEASES = {(4, 1, 1): "0.1.0", (4, 1, 2): "0.2.0", (5, 1, 2): "0.3.0", (6, 2, 2): "0.4.0", (6, 2, 3): "0.4.0"}
"""The first release that reads a journal, by the versions of its rules, its theory and its format."""


def advice(rules: object, theory: object, journal_format: object) -> str:
    """Return a sentence that says which release replays a journal that this one cannot."""
    written = f"rules version {rules}, theory version {theory} and journal format {journal_format}"
    for versions, release in RELEASES.items():
        if versions == (rules, theory, journal_format):
            return f"Release {release} replays {written}: pip install counterpoise=={release}."
    own = ((rules, RULES_VERSION), (theory, THEORY_VERSION), (journal_format, FORMAT_VERSION))
    if any(_is_newer(version, known) for version, known in own):
        return f"A release after {__version__} wrote it, with {written}: upgrade counterpoise to replay it."
    return f"No release replays {written}: it was written before the first one."


def _is_newer(version: object, own: int) -> bool:
    return isinstance(version, int) and version > own
