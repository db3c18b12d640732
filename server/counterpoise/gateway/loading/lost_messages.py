"""What a room answers when its journal has lost messages: to the client that proves it, to moderators, and to all others."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from counterpoise.errors import ProtocolError
from counterpoise.gateway.admission import Refused
from counterpoise.gateway.audience import Audience, Outgoing
from counterpoise.gateway.failure_texts import LOG_REGRESSED
from counterpoise.gateway.loading.found_loss import FoundLoss
from counterpoise.gateway.seating.administration import is_administration
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.wire.messages import CLOSE_POLICY, ClientMessage, Command, Error, Order, Read, ToModerator, Withdraw
from counterpoise.wire.seat_messages import Drop, PassOn, Propose

_GOING_ON = (Order, Withdraw, Read, ToModerator, Propose, Drop, PassOn, Command)
_log = logging.getLogger("counterpoise.gateway")


def refuse_while_frozen(loss: FoundLoss, message: ClientMessage | Error) -> None:
    """Raise ``ProtocolError`` for a message that would go on with a session that has lost messages."""
    if loss.is_found and isinstance(message, _GOING_ON) and not is_administration(message):
        raise ProtocolError("log_regressed", "$", "", LOG_REGRESSED)


async def refuse_receipts(refused: Iterable[Refused], session: Session, loss: FoundLoss, audience: Audience) -> None:
    """Close clients whose receipts do not fit; one with a receipt of a lost message stops the session.

    Raises:
        StorageError: the loss cannot be noted in the journal.
    """
    for arrival, error, address in refused:
        connection = arrival.connection
        connection.send_error(error.code, error.path, error.expected, error.got)
        if error.code != "log_regressed":
            connection.close(CLOSE_POLICY, "bad_receipt: this session never issued that receipt")
            continue
        _log.error("log_regressed session=%s address=%s: %s", session.id, address, error)
        if session.phase != "ended":
            await loss.find()
        connection.close(CLOSE_POLICY, "log_regressed: the server has lost messages that it sent to you")
        told = Error(error.code, error.path, error.expected, f"{address}: {error.got}")
        audience.deliver([Outgoing(MODERATOR, told)])
