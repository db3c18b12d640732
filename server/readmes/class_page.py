"""The page on the socket of a class for authors of clients, generated from the message types."""

from __future__ import annotations

from typing import get_args

from counterpoise.wire.class_messages import CLASS_SUBPROTOCOL, ClassClientMessage, ClassServerMessage
from counterpoise.wire.peer import HELLO_WITHIN_MS
from counterpoise.wire.schema import class_schema, record_names
from protocol_page import message_section, record_section, table

OPENING = """## The protocol of a class

A class is a list of people, a door with a join code, and worlds: sessions of one scenario, with the letters A, B, C. A student
needs the code only. The socket of the class brings each person to a seat; from there on the protocol above is spoken with the
session.

1. Open a websocket at `ws://HOST/c/ws` (`wss:` behind TLS) and offer the subprotocol `{subprotocol}`: text frames of JSON,
   one map each, whose field `t` names the message. Text, numbers and nesting have the limits of the protocol above; a roster may
   have {roster} characters.
2. Send the first frame within {seconds} seconds: a student `enter`, with the code and a name; a moderator or a projector
   `open_class` with the token of a link `http://HOST/class#TOKEN`.
3. **Store `entered.token`.** It is the only way back into the class: after a reload, on another day, after a restart of the
   server. It may be used as often as needed and on any device. A session's tokens are another thing.
4. `lobby` comes at once and on each change. When `place` is `seated`, send `take_seat`; `your_seat` answers with a token for
   `hello` in the session, as from a join link. Stay connected or not: the seat does not depend on this socket.
5. A moderator's requests have an `id`, 32 hexadecimal digits. `taken` or `refused` answers each of them; what is `taken` is on
   disk. The `board` that shows it follows. A request that is sent again with the same id on the same connection is answered
   again and done once.

The addresses of the pages: `/join#CODE` for students, `/class#TOKEN` for the moderator and the projector. What stands after `#`
is never sent in a URL, so a page preview or a HEAD request uses nothing up.
"""
ERROR_CODES = (
    ("wrong_code", "no class of this server has the code; `expected` says if a letter must be mistyped"),
    ("wrong_device_code", "the code of another device is wrong, was used already or is older than five minutes"),
    ("door_closed", "the code is right, but the door is closed"),
    ("bad_token", "the token is not valid: turned away, left, or mistyped. The connection ends with 4001"),
    ("too_often", "too many wrong codes, or requests too fast: `got` says how long to wait"),
    ("name_missing", "a person who enters for the first time says a name"),
    ("full", "the class, the server or the seat takes no more"),
    ("not_allowed", "this role may not ask for that"),
    ("unknown_person", "the class has no such person"),
    ("unknown_world", "the class has no such world"),
    ("unknown_seat", "the scenario has no such seat"),
    ("not_seated", "the person has no seat"),
    ("seat_elsewhere", "the seat is played on another device now, which has to let go or the moderator to consent"),
    ("roster", "the roster has a mistake; `path` has the line and the column. Nothing of it is taken"),
    (
        "nobody_seated",
        "several worlds were to start, and nobody has a seat in this one: it starts if it is named alone",
    ),
    ("world_failed", "a world is not there: it has failed, or its journal cannot be opened"),
    ("unknown_message, invalid, malformed, ...", "as in the protocol above"),
)


def class_page() -> str:
    """Return the page in Markdown."""
    schema = class_schema()
    roster = next(kind for kind in get_args(ClassClientMessage) if kind.__name__ == "ImportRoster")
    parts = [
        OPENING.format(
            subprotocol=CLASS_SUBPROTOCOL,
            seconds=HELLO_WITHIN_MS // 1000,
            roster=schema["$defs"][roster.__name__]["properties"]["csv"]["maxLength"],
        ),
        "### What a client of a class sends",
        *(message_section(kind, schema) for kind in get_args(ClassClientMessage)),
        "### What a class sends",
        *(message_section(kind, schema) for kind in get_args(ClassServerMessage)),
        "### Records of a class",
        *(record_section(name, schema["$defs"][name]) for name in record_names(schema)),
        "### Error codes of a class",
        table(("code", "means"), ((f"`{code}`", text) for code, text in ERROR_CODES)),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"
