"""The published description of the HTTP API, OpenAPI 3.1, made from the routes and their types; and a page to read it on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any, get_args

import msgspec

from counterpoise import __version__
from counterpoise.gateway.classes.api.documents import Problem
from counterpoise.gateway.classes.api.routes import OPERATIONS, Operation

_REF = "#/components/schemas/{name}"
_DESCRIPTION = (
    "Makes and reads the classes of one server: worlds, people, seats and results. It listens on 127.0.0.1 only. The token "
    "stands in the file api.token of the data folder. A class is named by its join code; case and hyphens do not matter."
)


def openapi_document() -> dict[str, Any]:
    """Return the description."""
    kinds = {kind for each in OPERATIONS for body in (each.takes, each.gives) for kind in _members(body)}
    ordered = sorted(kinds | {Problem}, key=lambda kind: str(kind.__name__))
    _, schemas = msgspec.json.schema_components(ordered, ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(f"/api{each.path}", {})[each.method.lower()] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {"title": "counterpoise classes", "version": __version__, "description": _DESCRIPTION},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(sorted(schemas.items())),
        },
    }


def api_page() -> str:
    """Return the description as a page without scripts."""
    document = openapi_document()
    schemas = document["components"]["schemas"]
    rows = "".join(
        f"<tr><td><code>{each.method}</code></td><td><code>/api{escape(each.path)}</code></td>"
        f"<td>{escape(each.summary)}</td><td>{_linked(each.takes)}</td><td>{each.status} {_linked(each.gives)}</td></tr>"
        for each in OPERATIONS
    )
    records = "".join(_record(name, schema) for name, schema in schemas.items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>counterpoise: API of classes</title>'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head><body>'
        f"<h1>API of classes</h1><p>{escape(_DESCRIPTION)}</p>"
        '<p>The same for programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>'
        '<pre>curl -H "Authorization: Bearer $(cat counterpoise-data/api.token)" http://127.0.0.1:PORT/api/classes</pre>'
        "<h2>Operations</h2><table><thead><tr><th>Method</th><th>Address</th><th>Does</th><th>Takes</th><th>Gives</th></tr>"
        f"</thead><tbody>{rows}</tbody></table><p>A refusal has a status from 400 on and a "
        f'<a href="#Problem">Problem</a>.</p><h2>Records</h2>{records}</body></html>'
    )


def _members(kind: Any) -> list[Any]:
    if kind is None:
        return []
    return list(get_args(kind)) or [kind]


def _schema_of(kind: Any) -> dict[str, Any]:
    branches = [{"$ref": _REF.format(name=each.__name__)} for each in _members(kind)]
    return branches[0] if len(branches) == 1 else {"oneOf": branches}


def _content(kind: Any) -> dict[str, Any]:
    return {"application/json": {"schema": _schema_of(kind)}}


def _operation(each: Operation) -> dict[str, Any]:
    made: dict[str, Any] = {"operationId": each.name, "summary": each.summary}
    if names := re.findall(r"{(\w+)}", each.path):
        made["parameters"] = [
            {"name": name, "in": "path", "required": True, "description": "the join code", "schema": {"type": "string"}}
            for name in names
        ]
    if each.takes is not None:
        made["requestBody"] = {"required": True, "content": _content(each.takes)}
    done: dict[str, Any] = {"description": "done"}
    if each.gives is not None:
        done["content"] = _content(each.gives)
    made["responses"] = {str(each.status): done, "default": {"description": "refused", "content": _content(Problem)}}
    return made


def _linked(kind: Any) -> str:
    return ", ".join(f'<a href="#{each.__name__}">{each.__name__}</a>' for each in _members(kind))


def _record(name: str, schema: dict[str, Any]) -> str:
    described = escape(" ".join(str(schema.get("description", "")).split()))
    rows = "".join(
        _field(field, form, schema.get("required", [])) for field, form in schema.get("properties", {}).items()
    )
    table = f"<table><tbody>{rows}</tbody></table>" if rows else ""
    return f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{described}</p>{table}'


def _field(name: str, form: dict[str, Any], required: list[str]) -> str:
    kind = " or ".join(_names_of(form)) or "any"
    needed = "required" if name in required else "optional"
    said = escape(str(form.get("description", "")))
    return f"<tr><td><code>{escape(name)}</code></td><td>{kind}</td><td>{needed}</td><td>{said}</td></tr>"


def _names_of(form: dict[str, Any]) -> Iterator[str]:
    if "$ref" in form:
        name = escape(str(form["$ref"]).rpartition("/")[2])
        yield f'<a href="#{name}">{name}</a>'
    elif "enum" in form:
        yield ", ".join(f"<code>{escape(str(each))}</code>" for each in form["enum"])
    elif "anyOf" in form or "oneOf" in form:
        for branch in form.get("anyOf", form.get("oneOf", [])):
            yield from _names_of(branch)
    elif form.get("type") == "array":
        yield f"list of {' or '.join(_names_of(form.get('items') or {})) or 'any'}"
    elif "type" in form:
        yield escape(str(form["type"]))
