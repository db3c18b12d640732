"""What a page needs to show a session again: an overview for each viewer, and the moments in chunks.

A moment holds what has changed since the one before it; the first of each chunk holds everything. So a page can begin at any
chunk, and loads a game of 25 years by parts.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from counterpoise.session.proofs.receipts import Provenance

TRUTH = "truth"
"""The viewer that sees everything as it truly was. The other viewers are seats, by their codes."""
Thing = Literal["states", "pacts", "crises", "wars", "aid", "holds", "rivalries"]
THINGS: tuple[Thing, ...] = ("states", "pacts", "crises", "wars", "aid", "holds", "rivalries")
"""What stands in a scene beside the threats. ``holds`` says who has access to whose politics."""
Cell = tuple[str, str, float]
"""Who fears, who is feared, and the threat in [0, 1]; -1 where there is no estimate any more."""


class Changes(Struct, frozen=True, omit_defaults=True):
    """What has changed among the things of one kind. Each thing has a ``key``."""

    put: list[dict[str, Any]] = []
    """Things that are new or have changed, whole."""
    gone: list[str] = []
    """The keys of things that are no more."""


class Moment(Struct, frozen=True, omit_defaults=True):
    """A moment at which a viewer got news."""

    tick: int
    date: str
    window: int
    """The number of the window that is open."""
    opens: bool = False
    """Whether the window opens at this moment."""
    whole: bool = False
    """Whether everything is told, as in the first moment of a chunk, and not only what has changed."""
    things: dict[Thing, Changes] = {}
    perceived: list[Cell] = []
    """Threats as the states see them; for a seat only its own, and none where the index was hidden from it."""
    true: list[Cell] = []
    """Threats without misperception; for the viewer ``truth`` only."""
    news: list[dict[str, Any]] = []
    """What has happened since the moment before, as far as the viewer may know, oldest first."""


class Chunk(Struct, frozen=True):
    """The moments of some windows as one viewer saw them."""

    viewer: str
    number: int
    """From 0."""
    first: int
    """The number of its first moment."""
    moments: list[Moment]


class Span(Struct, frozen=True, omit_defaults=True):
    """A war, a crisis or a pact on the axis of time, as far as the viewer knew it."""

    kind: Literal["war", "crisis", "pact"]
    key: str
    states: list[str]
    begins: int
    """The moment at which the viewer first saw it."""
    ends: int | None = None
    """The moment at which it was over; ``None`` while it lasts."""
    opening: bool = False
    """Whether it was there from the first moment on."""
    detail: str = ""
    """Of a pact its commitment; of a crisis the highest level that it reached."""


class LaneMark(Struct, frozen=True):
    """What a state did in a window, and what balance of threat had forecast."""

    actor: str
    window: int
    did: str
    """A class of choices: ``BAL``, ``BW``, ``HIDE``, ``NEU`` or ``OTHER``."""
    forecast: str
    """The class that was forecast as the likeliest."""


class Mark(Struct, frozen=True):
    """A bookmark of the moderator."""

    moment: int
    date: str
    note: str


class Overview(Struct, frozen=True):
    """The whole time of a viewer at a glance."""

    viewer: str
    ticks: list[int]
    """The tick of each moment."""
    openings: list[int]
    """The numbers of the moments at which a window opens."""
    chunks: list[int]
    """The number of the first moment of each chunk."""
    spans: list[Span]
    lanes: list[LaneMark]
    """For the viewer ``truth`` only: no seat was told the classes of what others did."""
    marks: list[Mark]
    """For the viewer ``truth`` only."""


class Verified(Struct, frozen=True):
    """What was verified of the journal: each of its entries was replayed and compared, and its checkpoints were read."""

    entries: int
    head: str
    """The last value of the hash chain."""
    to: str
    """The date up to which the journal goes."""
    provenance: Provenance
    problems: list[str]
    """What speaks against the journal, as sentences: of the provenance, and of the play log beside it."""
    erased_texts: int


class Cast(Struct, frozen=True):
    """What does not change during a session."""

    session: str
    title: str
    scenario: str
    begins: str
    ends: str
    has_ended: bool
    """Whether the journal has the end of the game."""
    window_months: int
    actors: list[dict[str, Any]]
    """The states, in the scenario's order, as in a welcome: ``id``, ``name``, ``role``, ``latitude``, ``longitude``."""
