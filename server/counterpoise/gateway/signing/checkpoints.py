"""Checkpoints of a served session: journalled together with the entries that they cover, and sent to every client."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.gateway.audience import Audience, Outgoing
from counterpoise.gateway.connection import Request
from counterpoise.gateway.play.recorder import PlayRecorder
from counterpoise.gateway.signing.server_key import ServerKey
from counterpoise.session.journal.entries import Entry
from counterpoise.session.proofs.checkpoints import is_due, write_checkpoint
from counterpoise.session.running_session import Session


class CheckpointSigner:
    """Signs how the journal of one session stands.

    Args:
        session: the session.
        key: the key of the server.
        play: writes the play log, to which the journal commits before it is signed.
    """

    def __init__(self, session: Session, key: ServerKey, play: PlayRecorder) -> None:
        self._session, self._key, self.play = session, key, play
        self._sent = session.checkpoint

    def take_entries(self, answered: Iterable[Request] = (), outgoing: Iterable[Outgoing] = ()) -> list[Entry]:
        """Return what the session has written since the last time, with a checkpoint at the end where one is due.

        Args:
            answered: the requests of this turn, for the play log.
            outgoing: the answers to them.
        """
        self.play.follow(answered, outgoing)
        written = self._session.take_entries()
        self.play.write(written)
        written += self._session.take_entries()
        if is_due(written):
            write_checkpoint(self._session, self._key, self._key.salt())
            written += self._session.take_entries()
        return written

    def send_news(self, audience: Audience) -> None:
        """Send everyone the last checkpoint, unless they have it. Call it when the entries are on the disk."""
        checkpoint = self._session.checkpoint
        if checkpoint is not None and checkpoint is not self._sent:
            self._sent = checkpoint
            audience.send_to_all(checkpoint)
