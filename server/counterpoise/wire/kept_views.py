"""Tell what has changed between two views of a seat, and put a change into a view that a client keeps."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import Any, get_type_hints

import msgspec

from counterpoise.sim.views.view import View
from counterpoise.wire.messages import Observe
from counterpoise.wire.view_change import ViewChange

_NAMES = tuple(field.name for field in fields(View) if field.name not in ("others", "incidents"))


def view_change(before: Observe, after: Observe) -> ViewChange | None:
    """Return what turns one view of a seat into a later one.

    Returns:
        The change; ``None`` if only a whole view can show it: another seat, other states or threats, or more incidents than a
        view remembers.
    """
    old, new = before.view, after.view
    if old.own.id != new.own.id or before.threats.keys() != after.threats.keys():
        return None
    if [state.id for state in old.others] != [state.id for state in new.others]:
        return None
    dropped = _dropped(old.incidents, new.incidents)
    if dropped is None:
        return None
    return ViewChange(
        vseq=after.vseq,
        seat=new.own.id,
        called=after.called,
        fields={name: value for name in _NAMES if (value := getattr(new, name)) != getattr(old, name)},
        others=[state for known, state in zip(old.others, new.others, strict=True) if known != state],
        incidents=list(new.incidents[len(old.incidents) - dropped :]),
        dropped=dropped,
        threats={state: threat for state, threat in after.threats.items() if before.threats[state] != threat},
        kinds=after.kinds,
    )


def changed_view(before: Observe, change: ViewChange) -> Observe:
    """Return the view after a change; ``before`` is the newest view of the same seat.

    Raises:
        msgspec.ValidationError: a field has another type than in a view.
    """
    view = before.view
    news = {state.id: state for state in change.others}
    hints = _hints()
    replaced = {name: msgspec.convert(value, hints[name]) for name, value in change.fields.items() if name in hints}
    changed = replace(
        view,
        **replaced,
        others=tuple(news.get(state.id, state) for state in view.others),
        incidents=(*view.incidents[change.dropped :], *change.incidents),
    )
    return Observe(change.vseq, change.called, changed, {**before.threats, **change.threats}, kinds=change.kinds)


def _dropped(old: tuple[dict[str, Any], ...], new: tuple[dict[str, Any], ...]) -> int | None:
    """Return how many of the old incidents are gone if the others begin the new ones; ``None`` if they do not."""
    if not old:
        return 0
    dropped = next((place for place, incident in enumerate(old) if new and incident["id"] == new[0]["id"]), None)
    return dropped if dropped is not None and old[dropped:] == new[: len(old) - dropped] else None


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(View)
