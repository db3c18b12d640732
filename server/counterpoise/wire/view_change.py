"""What has changed in the view of a seat: a message that takes the place of a whole view."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from counterpoise.sim.views.view import OtherState
from counterpoise.wire.fields import LegalKinds


class ViewChange(Struct, tag_field="t", tag="view_change", frozen=True):
    """What has changed in the seat's view since its last ``observe`` or ``view_change``.

    Put each part into the view that you keep. The result is the whole view as of ``vseq``. A connection gets a whole ``observe``
    before its first ``view_change``, when a window opens, when the seat is called, and after a ``look``.
    """

    vseq: Annotated[int, Meta(description="as in `observe`")]
    seat: Annotated[str, Meta(description="whose view it is: `view.own.id`")]
    called: Annotated[bool, Meta(description="as in `observe`")]
    fields: Annotated[dict[str, Any], Meta(description="replace these fields of the view, other than the next two")]
    others: Annotated[list[OtherState], Meta(description="replace the entries of `view.others` with the same `id`")]
    incidents: Annotated[
        list[dict[str, Any]],
        Meta(description="append these to `view.incidents`, and drop as many as `dropped` in front"),
    ]
    dropped: Annotated[int, Meta(ge=0, description="how many of the oldest incidents to drop")]
    threats: Annotated[dict[str, dict[str, float]], Meta(description="replace these entries of `observe.threats`")]
    kinds: LegalKinds = []
