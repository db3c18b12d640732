"""What a state did in a window beside the forecast of balance of threat, as classes of choices."""

from __future__ import annotations

import msgspec

from counterpoise.session.replays.document import LaneMark
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.hypotheses.balance_of_threat import BalanceOfThreat

_DECODER = msgspec.msgpack.Decoder(DecisionRecord)


def lane_mark(packed: bytes) -> LaneMark:
    """Return the mark of a decision that a ledger has packed, with its outcome."""
    record = _DECODER.decode(packed)
    shares: dict[str, float] = {}
    for option, share in zip(record.point.options, record.forecasts[BalanceOfThreat.name], strict=True):
        name = option.partition(":")[0]
        shares[name] = shares.get(name, 0.0) + share
    forecast = max(shares, key=lambda name: shares[name]) if shares else ""
    did = "" if record.outcome is None else record.outcome.alignment_class
    return LaneMark(record.point.actor, record.point.window, did, forecast)
