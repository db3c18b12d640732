"""The messages by which a client asks what its seat may order now, and why not the rest."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from counterpoise.sim.choosing.move_options import MoveOption

LEGAL_MAX = 1000
"""How many legal moves one answer has at most."""


class AskMoves(Struct, tag_field="t", tag="ask_moves", frozen=True, forbid_unknown_fields=True):
    """Ask what the seat may order now. A ``moves`` answers it."""

    id: Annotated[
        str, Meta(pattern="^[0-9a-f]{32}$", description="made by the client; the `moves` that answers has it too")
    ]
    move: Annotated[
        dict[str, Any],
        Meta(description="a draft to judge: `kind` and that kind's fields; empty to ask about every kind"),
    ] = {}
    legal: Annotated[
        bool,
        Meta(description="ask for legal moves with all their fields instead, in `moves.legal`; `move` is empty then"),
    ] = False
    kind: Annotated[str, Meta(max_length=40, description="with `legal`: of this kind alone; empty for every kind")] = ""


class Moves(Struct, tag_field="t", tag="moves", frozen=True):
    """What a seat may order now, and why not the rest: the answer to ``ask_moves``.

    An option is legal unless ``expected`` or ``got`` says why not. ``choices`` has, for each field with a list of values, those
    that are legal while the other fields stay as they are. ``seen_by`` has the other states that see the move when it acts, and
    is null if everyone does.
    """

    id: Annotated[str, Meta(description="the id of the `ask_moves` that this answers")]
    tick: Annotated[int, Meta(description="the day for which it holds, counted from the scenario's start")]
    options: Annotated[
        dict[str, MoveOption],
        Meta(description="by kind of move: the draft, or every kind that answers no call, each with an example"),
    ]
    answers: Annotated[
        list[MoveOption], Meta(description="every legal answer to the seat's calls; empty in an answer about a draft")
    ]
    legal: Annotated[
        list[dict[str, Any]],
        Meta(
            description="if `legal` was asked for: the moves that may be ordered now, each as in `order.move`; texts, efforts "
            "and lists of several states are examples. `options` and `answers` are empty then"
        ),
    ] = []
    more: Annotated[bool, Meta(description=f"whether there are more than the {LEGAL_MAX} in `legal`: ask by kind")] = (
        False
    )
