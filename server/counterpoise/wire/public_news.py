"""The message that shows observers the world."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from counterpoise.sim.types import ActorId
from counterpoise.sim.views.public_view import PublicView


class PublicFear(Struct, frozen=True, gc=False):
    """One state seems to fear another more than any other."""

    of: Annotated[ActorId, Meta(description="the state that is feared")]
    by: Annotated[ActorId, Meta(description="the state that fears it")]
    threat: Annotated[float, Meta(description="in [0, 1]")]


class PublicNews(Struct, tag_field="t", tag="public", frozen=True):
    """What everyone may know of the world, to observers: after their ``welcome`` and after news.

    The newest replaces the others.
    """

    facts: PublicView
    fears: Annotated[
        list[PublicFear],
        Meta(
            description="who fears whom by public signals alone (nearness, disputes, statements, claims and rivalry), at most "
            "eight; empty where a seat is not shown the threat index"
        ),
    ]
