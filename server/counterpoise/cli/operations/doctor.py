"""``counterpoise doctor``: check the machine, the settings and the data of a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from counterpoise.cli.host.host_command import resolved_settings
from counterpoise.cli.operations.data_checks import data_findings, database_finding
from counterpoise.cli.operations.findings import Finding
from counterpoise.cli.operations.machine_checks import machine_findings
from counterpoise.cli.operations.network_checks import network_findings
from counterpoise.cli.options.journals import Json
from counterpoise.cli.terminal import console, print_json
from counterpoise.errors import SettingsError
from counterpoise.gateway.config import ServerConfig


class Diagnosis(msgspec.Struct, frozen=True):
    """What ``doctor --json`` prints."""

    findings: list[Finding]
    warnings: int
    faults: int


def doctor(
    config: Annotated[
        Path | None, typer.Option("--config", help="The settings file of `counterpoise host`.", metavar="FILE")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="The data folder, if the settings do not name it.")
    ] = None,
    json: Json = False,
) -> None:
    """Check the machine and the data of a server.

    The settings are those that `counterpoise host` would have here, with the same file and environment. Nothing is changed, and a
    server may run. Each line is ok, a warning or a fault, with what to do. The exit code is 1 if there is a fault.
    """
    if config is not None and not config.is_file():
        raise SettingsError(str(config), "", "", "no such file. Give the settings file of `counterpoise host`.")
    found = list(_findings(config, data))
    faults, warnings = (sum(one.level == level for one in found) for level in ("fault", "warning"))
    if json:
        print_json(Diagnosis(found, warnings, faults))
    else:
        for one in found:
            console.print(f"{one.level:<8} {one.check}: {one.found}", markup=False)
            if one.advice:
                console.print(f"{'':<8} {one.advice}", markup=False)
        console.print(f"{len(found)} checks; faults: {faults}, warnings: {warnings}.")
    if faults:
        raise typer.Exit(1)


def _findings(config: Path | None, data: Path | None) -> Iterator[Finding]:
    yield from machine_findings()
    given = [("--config", config), ("--data", data)]
    try:
        settings = resolved_settings([word for option, path in given if path for word in (option, str(path))])
    except SettingsError as error:
        yield Finding("settings", "fault", str(error), "Mend the setting.")
        return
    yield Finding("settings", "ok", "every setting has a value that counterpoise host takes")
    yield from data_findings(settings["data"])
    if settings["database"]:
        yield database_finding(settings["database"])
    yield from network_findings(
        ServerConfig(
            data_dir=settings["data"],
            host=settings["host"],
            port=settings["port"],
            operators_port=settings["operators_port"],
            insecure_lan=settings["insecure_lan"],
            public_url=settings["public_url"],
        ),
        settings["database"],
    )
