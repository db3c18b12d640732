"""The kinds of act that take a side, with their menus. They stand here before any game, so that none is picked afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["friendly", "hostile", "side", "answer", "call"]
"""How a hypothesis's shares become a forecast of an act; ``direction`` has the formulas."""


GIVES: dict[Form, str] = {
    "friendly": "in proportion to q",
    "hostile": "in proportion to 1 / q",
    "side": "in proportion to the root of q of the side over q of the other side",
    "answer": "yes at the odds of chance times q n",
    "call": "yes at the odds of chance times q of the ally over q of the enemy",
}
"""What a hypothesis gives the entries of a menu; q is its share of aligning with a state, among n alignments."""
SAME, RATE = "the same for each", "as often as in earlier windows, whoever asks"
"""What chance gives the entries of a menu of states, and those of a menu of no and yes."""


@dataclass(frozen=True, slots=True)
class ActKind:
    """A kind of act that takes a side."""

    name: str
    """Its name in documents."""
    words: str
    """Its name for readers, in the plural."""
    form: Form
    """How the entry that was chosen relates to the actor."""
    menu: str
    """The menu, for readers."""

    @property
    def null(self) -> str:
        """What chance gives each entry of the menu, for readers."""
        return RATE if self.form in ("answer", "call") else SAME


ANY = "every state that it could align with"
SIDES = "the sides of all {} under way, but none against a partner"
ACT_KINDS: dict[str, ActKind] = {
    kind.name: kind
    for kind in (
        ActKind("pact", "pacts signed without an offer", "friendly", ANY),
        ActKind("offer", "offers of a pact", "friendly", ANY),
        ActKind("offer_answer", "answers to an offer", "answer", "accept or refuse"),
        ActKind("pact_left", "pacts left", "hostile", "every partner that it had"),
        ActKind("support", "support in a crisis", "side", SIDES.format("crises")),
        ActKind("war_joined", "wars joined", "side", SIDES.format("wars")),
        ActKind("call_answer", "answers to an ally's call", "call", "fight beside the ally or not"),
        ActKind("crisis_answer", "answers in a crisis of its own", "answer", "give in or resist"),
        ActKind("peace_offer", "terms offered for peace", "answer", "yield or as things stand"),
        ActKind("peace_answer", "answers to an offer of peace", "answer", "accept or refuse"),
        ActKind("accommodation", "accommodations", "friendly", ANY),
        ActKind("aid_begun", "aid begun", "friendly", "every state that it could align with and gave no aid"),
        ActKind("aid_cut", "aid cut", "hostile", "every state that it gave aid"),
        ActKind("friendly_statement", "friendly statements", "friendly", ANY),
        ActKind("hostile_statement", "hostile statements", "hostile", ANY),
        ActKind("sanctions", "sanctions", "hostile", ANY),
    )
}
"""The kinds by name. A state that the actor fights has no forecast and is on no menu, unless it is the actor's top threat."""
