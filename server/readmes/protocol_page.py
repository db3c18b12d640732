"""The protocol page for authors of clients in any language, generated from the message types."""

from __future__ import annotations

import json
from typing import Any, get_args

import msgpack
import msgspec

from call_answers import CallAnswer, call_answers
from counterpoise.sim.catalogue import move_catalogue
from counterpoise.store.tokens import VALID_SECONDS
from counterpoise.wire.cleaning import INT_MAX, ITEMS_MAX
from counterpoise.wire.codec import HELLO_BYTES_MAX, INBOUND
from counterpoise.wire.messages import PROTOCOL_VERSION, SUBPROTOCOLS, ClientMessage, ServerMessage
from counterpoise.wire.peer import HELLO_WITHIN_MS, MALFORMED_MAX
from counterpoise.wire.rates import BYTES_PER_TOKEN, Bucket
from counterpoise.wire.roles import ALLOWED, PHASES, ROLES, VERBS
from counterpoise.wire.schema import message_schema, record_names, tag_of
from exchange import exchange_text
from message_examples import Example, examples
from protocol_codes import CLOSE_CODES, ERROR_CODES
from protocol_prose import CALLS, COMMANDS, OPENING, RULES, VIEW_NOTES

_HEX_MAX = 160


def protocol_page() -> str:
    """Return the page in Markdown."""
    schema = message_schema()
    parts = [
        OPENING.format(
            version=PROTOCOL_VERSION,
            msgpack=SUBPROTOCOLS[0],
            json=SUBPROTOCOLS[1],
            hello_seconds=HELLO_WITHIN_MS // 1000,
            exchange=exchange_text(),
        ),
        "### What a client sends",
        "A field without a value under *if absent* is required.",
        *(message_section(kind, schema) for kind in get_args(ClientMessage)),
        "### What a server sends",
        *(message_section(kind, schema) for kind in get_args(ServerMessage)),
        "### Records inside messages",
        *(record_section(name, schema["$defs"][name]) for name in record_names(schema)),
        "### Moves",
        "`welcome.catalogue` has the JSON Schema of each move.",
        _moves(),
        CALLS,
        _calls(),
        "### Commands",
        "The values of `command.command`. Only moderators and admins send it.",
        table(("kind", "fields", "does"), COMMANDS),
        "### Permissions",
        "A cell lists the phases in which the role has the permission; an empty cell means never. Everything else is refused.",
        _roles(),
        RULES.format(valid_days=round(VALID_SECONDS / 86_400)),
        "### Limits",
        _limits(),
        "### Error codes",
        table(("code", "means"), ((f"`{code}`", text) for code, text in ERROR_CODES)),
        "### Close codes",
        table(("code", "means", "then"), ((str(code), text, then) for code, text, then in CLOSE_CODES)),
        "### Frames, byte by byte",
        "A `hello` on a msgpack connection:",
        _bytes_of(examples()[0]),
        "An example of every message, first as the JSON text frame, then as the msgpack binary frame:",
        *(_example(each) for each in examples()),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def message_section(kind: type[Any], schema: dict[str, Any]) -> str:
    """Return the section of a message: what it says, and a table of its fields."""
    definition = schema["$defs"][kind.__name__]
    return f"#### `{tag_of(kind)}`\n\n{_prose(definition)}\n\n{_fields(definition)}".rstrip()


def record_section(name: str, definition: dict[str, Any]) -> str:
    """Return the section of a record inside messages."""
    return f"#### {name}\n\n{_prose(definition)}\n\n{_fields(definition, VIEW_NOTES)}"


def _prose(definition: dict[str, Any]) -> str:
    paragraphs = str(definition.get("description", "")).replace("``", "`").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _fields(definition: dict[str, Any], notes: dict[str, str] | None = None) -> str:
    required = definition.get("required", [])
    rows = []
    for name, form in definition["properties"].items():
        if name != "t":
            default = "" if name in required else f"`{json.dumps(form.get('default'))}`"
            meaning = str(form.get("description") or (notes or {}).get(name, "")).replace("``", "`")
            rows.append((f"`{name}`", _type(form), default, meaning))
    return table(("field", "type", "if absent", "meaning"), rows) if rows else "No fields."


def _type(form: dict[str, Any]) -> str:
    """Return a short name of a schema's type."""
    if "$ref" in form:
        return str(form["$ref"]).rpartition("/")[2]
    if "anyOf" in form:
        return " or ".join(_type(each) for each in form["anyOf"])
    if "enum" in form:
        return " ".join(f"`{each}`" for each in form["enum"])
    kind = form.get("type", "any")
    if kind == "array":
        return f"list of {_type(form.get('items') or {})}"
    if kind == "object":
        inner = form.get("additionalProperties")
        return f"map to {_type(inner)}" if isinstance(inner, dict) and inner else "map"
    bounds = [f"≥ {form['minimum']}"] if "minimum" in form else []
    bounds += [f"≤ {form['maximum']}"] if "maximum" in form else []
    bounds += [f"at least {form['minLength']} characters"] if "minLength" in form else []
    bounds += [f"at most {form['maxLength']} characters"] if "maxLength" in form else []
    bounds += [f"`{form['pattern']}`"] if "pattern" in form else []
    return ", ".join([{"string": "text", "integer": "whole number"}.get(kind, kind), *bounds])


def _moves() -> str:
    rows = []
    for kind, entry in move_catalogue().items():
        form = entry["schema"]
        fields = [
            f"`{name}`{'' if name in form['required'] else '?'} {_type(each)}"
            for name, each in form["properties"].items()
            if name != "kind"
        ]
        rows.append((f"`{kind}`", entry["description"].replace("``", "`"), "; ".join(fields)))
    return table(("kind", "does", "fields (? is optional)"), rows)


def _calls() -> str:
    def row(reason: str, answer: CallAnswer | None) -> tuple[str, ...]:
        if answer is None:
            return f"`{reason}`", "nothing: no rule asks it any more", "", ""
        form = f'{{"kind": "{answer.kind}", "{answer.subject}": call.subject, "{answer.field}": …}}'
        values = ", ".join(f"`{json.dumps(value)}`" for value in answer.values)
        return f"`{reason}`", f"`{form}`", values, " or ".join(answer.default)

    head = ("`call.reason`", "`order.move` that answers it", "instead of …", "answered by default")
    return table(head, (row(reason, answer) for reason, answer in call_answers().items()))


def _roles() -> str:
    def cell(verb: Any, role: Any) -> str:
        phases = ALLOWED[verb].get(role, ())
        return "always" if phases == PHASES else ", ".join(phases)

    names = {"look_elsewhere": "`look` at another seat"}
    rows = [(names.get(verb, f"`{verb}`"), *(cell(verb, role) for role in ROLES)) for verb in VERBS]
    return table(("", *ROLES), rows)


def _limits() -> str:
    bucket = Bucket(0)
    rows = (
        ("bytes in a frame", f"{INBOUND.frame}; {HELLO_BYTES_MAX} for the first"),
        ("bytes in one text", str(INBOUND.text)),
        ("items in a list, keys in a map", f"{INBOUND.array}, {INBOUND.map}"),
        ("values in a frame with long lists or maps", str(ITEMS_MAX)),
        ("nesting of lists and maps", f"{INBOUND.depth}, including the frame's own map"),
        ("whole numbers", f"between -{INT_MAX} and {INT_MAX}"),
        ("other numbers", "finite; -0.0 is read as 0.0"),
        ("text", "UTF-8 without control characters other than line feed and tab; converted to Unicode form NFC"),
        ("map keys", "text, no key twice"),
        ("msgpack binary and extension types", "none"),
        (
            "messages",
            (
                f"{bucket.per_second} a second, {bucket.burst} at once; observers a fifth and a quarter of that; "
                f"every {BYTES_PER_TOKEN} bytes count as one"
            ),
        ),
        ("malformed frames in a row", f"{MALFORMED_MAX - 1}; the next closes the connection"),
    )
    return table(("client input", "limit"), rows)


def _example(example: Example) -> str:
    frame = example.msgpack
    shown = frame[:_HEX_MAX].hex(" ")
    rest = f"\n... {len(frame)} bytes in all" if len(frame) > _HEX_MAX else ""
    sender = {"client": "client to server", "server": "server to client"}[example.direction]
    return f"`{example.name}`, {sender}\n\n```json\n{example.json}\n```\n\n```text\n{_wrapped(shown)}{rest}\n```"


def _bytes_of(example: Example) -> str:
    plain = msgspec.to_builtins(example.message)
    rows = [(f"{0x80 + len(plain):02x}", f"a map of {len(plain)} keys")]
    for key, value in plain.items():
        rows.append((msgpack.packb(key).hex(" "), f"the key {key}"))
        rows.append((msgpack.packb(value).hex(" "), f"its value {json.dumps(value)}"))
    return table(("bytes", "meaning"), ((f"`{shown}`", text) for shown, text in rows))


def _wrapped(hexadecimal: str) -> str:
    return "\n".join(hexadecimal[at : at + 96].rstrip() for at in range(0, len(hexadecimal), 96))


def table(head: tuple[str, ...], rows: Any) -> str:
    """Return a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
