"""The routes of the HTTP API of one server, with the token from its data folder."""

from __future__ import annotations

from pathlib import Path

import msgspec
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from counterpoise.errors import StorageError
from counterpoise.gateway.classes.api.openapi import api_page, openapi_document
from counterpoise.gateway.classes.api.routes import api_routes
from counterpoise.gateway.classes.class_service import ClassService
from counterpoise.gateway.loading.running_note import API_TOKEN_FILE, api_token

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def class_api(service: ClassService, folder: Path) -> list[Route]:
    """Return the routes.

    Args:
        service: the classes.
        folder: the data folder.

    Raises:
        StorageError: the token cannot be read or made.
    """
    try:
        token = api_token(folder)
    except (OSError, UnicodeError) as error:
        raise StorageError(
            str(folder / API_TOKEN_FILE), f"cannot read or make the token of the API ({error})"
        ) from error

    def description() -> Response:
        return Response(msgspec.json.encode(openapi_document()), media_type="application/json")

    def page() -> Response:
        return HTMLResponse(api_page(), headers={"Content-Security-Policy": _POLICY})

    return api_routes(service, token, {"/openapi.json": description, "/docs": page})
