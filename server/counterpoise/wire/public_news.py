"""The message that shows observers the world."""

from __future__ import annotations

from msgspec import Struct

from counterpoise.sim.views.public_view import PublicView


class PublicNews(Struct, tag_field="t", tag="public", frozen=True):
    """What everyone may know of the world, to observers: after their ``welcome`` and after news.

    The newest replaces the others.
    """

    facts: PublicView
