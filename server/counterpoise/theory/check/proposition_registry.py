"""The registry of propositions: every proposition of the files in ``propositions/``, by its id, in the order of families."""

from __future__ import annotations

import re

from counterpoise.registry import subclasses_in
from counterpoise.theory import propositions
from counterpoise.theory.evidence.proposition import Proposition


def _order(kind: type[Proposition]) -> tuple[str, int, str]:
    """Sort W1.10 after W1.9 and W1.3b after W1.3."""
    family, _, rest = kind.id.partition(".")
    digits = re.match(r"\d*", rest)
    number = digits.group() if digits else ""
    return family, int(number or 0), rest[len(number) :]


PROPOSITIONS: dict[str, Proposition] = {
    kind.id: kind() for kind in sorted(subclasses_in(propositions, Proposition), key=_order)
}
