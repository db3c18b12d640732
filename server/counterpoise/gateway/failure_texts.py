"""What a room tells its clients when something fails, or when the server restarts."""

from __future__ import annotations

RESTARTING = "the server restarts: reconnect and resume"
MOVED = "another server process takes over this session: reconnect and resume"
NOT_SERVED = "this session is not served now"
STORAGE_FAILED = (
    "cannot write the journal ({reason}). The server stops. Check the disk and start the server again; no acknowledged order "
    "is lost."
)
SESSION_FAILED = (
    "unexpected error in this session, see the server log. The session is closed; start the server again to resume it."
)
CHECK_FAILED = (
    "unexpected error in the check of this message, see the server log. It changed nothing and does not count; the session "
    "continues."
)
LOG_REGRESSED = (
    "a client has a receipt that this server does not know, so the end of the journal may be lost. The session waits until a "
    "moderator gives carry_on."
)
