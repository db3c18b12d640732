"""What a new session may be called and how its clock may run."""

from __future__ import annotations

import re

from counterpoise.errors import ConfigurationError, OrderError, comparison
from counterpoise.gateway.timetable import require_zone
from counterpoise.session.commands import Pace, decode_command, encode_command

SESSION_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")


def check_name(session_id: str) -> None:
    """Raise ``ConfigurationError`` if no session may have this name."""
    if not SESSION_ID.match(session_id):
        raise ConfigurationError(
            f"session name {session_id!r}: expected 1 to 40 letters, digits and hyphens, no hyphen first"
        )


def check_pace(pace: Pace) -> None:
    """Raise ``ConfigurationError`` for a pace that a replay would refuse: such a journal could never be resumed."""
    try:
        require_zone(decode_command(encode_command(pace)))
    except OrderError as error:
        raise ConfigurationError(f"pace: {error.path}: {comparison(error.expected, error.got)}") from error
