"""The protocol page in clients/README.md is what the messages say, and is enough."""

import re
from pathlib import Path
from typing import get_args

import msgpack

import counterpoise.wire
from call_answers import call_answers
from counterpoise.gateway.seating.administration import ADMINISTRATION
from counterpoise.session.commands import Command
from counterpoise.sim.types import CallReason
from counterpoise.wire import messages
from counterpoise.wire.messages import ClientMessage, ServerMessage
from protocol_codes import CLOSE_CODES, ERROR_CODES
from protocol_page import protocol_page
from protocol_prose import COMMANDS

WIRE = Path(counterpoise.wire.__file__).parent


def test_every_message_has_a_heading_and_an_example() -> None:
    page = protocol_page()
    for kind in (*get_args(ClientMessage), *get_args(ServerMessage)):
        name = kind.__struct_config__.tag
        assert f"#### `{name}`" in page
        assert re.search(rf"^`{name}`, (client|server) to", page, re.MULTILINE)


def test_the_bytes_shown_one_by_one_form_a_frame() -> None:
    rows = re.findall(r"^\| `((?:[0-9a-f]{2} ?)+)` \|", protocol_page(), re.MULTILINE)
    assert msgpack.unpackb(bytes.fromhex("".join(rows)))["t"] == "hello"


def test_every_command_of_a_moderator_is_listed_with_its_fields() -> None:
    listed = {kind.strip("`"): fields for kind, fields, _ in COMMANDS}
    for kind in get_args(Command):
        for field in kind.__struct_fields__:
            assert f"`{field}`" in listed[kind.__struct_config__.tag]
    assert set(listed) == {kind.__struct_config__.tag for kind in get_args(Command)} | set(ADMINISTRATION)


def test_every_error_code_in_the_code_is_explained() -> None:
    explained = {code for code, _ in ERROR_CODES}
    used = set()
    for source in WIRE.parent.rglob("*.py"):
        used |= set(re.findall(r'(?:OrderError|ProtocolError)\(\s*"(\w+)"', source.read_text()))
        used |= set(re.findall(r'\.refuse\(\s*"(\w+)"', source.read_text()))
    assert len(used) > 15
    assert used <= explained


def test_every_reason_for_which_the_rules_call_has_a_row_with_its_move() -> None:
    asked = set()
    for source in (WIRE.parent / "sim").rglob("*.py"):
        asked |= set(re.findall(r'stage\.call\(\w+(?:\.\w+)*, "(\w+)"', source.read_text()))
    answers = call_answers()
    assert len(asked) == 6
    for reason in get_args(CallReason):
        assert (answers[reason] is not None) is (reason in asked)
    page = protocol_page()
    assert '| `ally` | `{"kind": "answer_call", "war": call.subject, "honour": …}` | `true`, `false` |' in page


def test_every_close_code_is_explained() -> None:
    explained = {code for code, _, _ in CLOSE_CODES}
    assert {value for name, value in vars(messages).items() if name.startswith("CLOSE_")} <= explained
