"""``counterpoise debrief``: compare forecasts with what players did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from msgspec import structs

from counterpoise import __version__
from counterpoise.cli.debrief.debrief_page import debrief_page
from counterpoise.cli.debrief.debrief_story import with_story
from counterpoise.cli.debrief.debrief_text import print_debrief
from counterpoise.cli.debrief.other_indices import other_indices
from counterpoise.cli.journals import journals_in, read_journal
from counterpoise.cli.options.journals import Json
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import replace_text, require_page
from counterpoise.cli.register.hypothesis_files import HypothesisFiles, own_hypotheses
from counterpoise.cli.terminal import console, print_json, progress_bar
from counterpoise.errors import ConfigurationError
from counterpoise.scenario_files import text_of
from counterpoise.session.debrief.debrief_data import (
    debrief_session,
    debrief_sessions,
    with_new_forecasts,
    with_own_hypotheses,
)
from counterpoise.session.debrief.debrief_document import Debrief, debrief_schema
from counterpoise.session.debrief.matching_noise import require_fitting
from counterpoise.session.debrief.registered_sessions import judged_sessions, require_registered
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.store.shipped_noise import shipped_noise
from counterpoise.theory.check.noise_benchmark import read_benchmark
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.parameters_text import parse as parse_parameters
from counterpoise.theory.registration.registration import read_registration

DRAWS, DRAWS_UP_TO = 20, 20_000
NOISE_FILE = "a noise benchmark, which `counterpoise noise` writes"


def debrief(
    journals: Annotated[
        list[Path], typer.Argument(help="Journals or folders of journals. Several are pooled.", metavar="JOURNAL")
    ],
    json: Json = False,
    parameters: Annotated[
        Path | None, typer.Option(help="Make the forecasts again with the numbers in this TOML file.", metavar="FILE")
    ] = None,
    draws: Annotated[
        int | None,
        number_option(
            "--draws",
            "Try the verdicts with so many other threat indices (other weights, forms and floors). "
            f"The default is {DRAWS}, or none with over {DRAWS_UP_TO} decisions.",
            int,
            0,
            10_000,
        ),
    ] = None,
    hypothesis: HypothesisFiles = None,
    against: Annotated[
        Path | None, typer.Option(help="Judge the predictions of this registration.", metavar="REGISTRATION")
    ] = None,
    noise: Annotated[
        list[Path] | None,
        typer.Option(
            help="A benchmark that `counterpoise noise` made of the scenario; may be repeated.", metavar="FILE"
        ),
    ] = None,
    schema: Annotated[bool, schema_option(debrief_schema)] = False,
    html: Annotated[Path | None, typer.Option(help="Write a self-contained page to this file.")] = None,
) -> None:
    """Compare forecasts with what players did."""
    files = [file for path in journals for file in journals_in(path)]
    if html is not None:
        require_page(html)
    if against is not None and parameters is not None:
        raise ConfigurationError("--against judges the forecasts of the registration. Leave out --parameters.")
    registered = None if against is None else read_registration(text_of(against, "a registration"), str(against))
    numbers = (
        None if parameters is None else parse_parameters(text_of(parameters, "a file of parameters"), str(parameters))
    )
    own = own_hypotheses(hypothesis)
    given = {str(file): read_benchmark(text_of(file, NOISE_FILE), str(file)) for file in noise or ()}
    benchmarks = [*given.values(), *shipped_noise()]
    read, entries = _read_all(files, numbers, own)
    for source, benchmark in given.items():
        require_fitting(benchmark, source, {contents.source: contents.header for contents in read})
    known: dict[str, Hypothesis] = {**HYPOTHESES, **own}
    if registered is not None:
        require_registered(registered[0], read, str(against), known)
    if draws is None:
        draws = DRAWS if sum(len(contents.records) for contents in read) <= DRAWS_UP_TO else 0
    report: Debrief
    with other_indices(draws, sum(len(contents.records) for contents in read)) as tried:
        if len(read) == 1:
            report = debrief_session(read[0], draws=tried, hypotheses=known, benchmarks=benchmarks)
        else:
            report = debrief_sessions(read, draws=tried, hypotheses=known, benchmarks=benchmarks)
    if registered is not None:
        report = structs.replace(report, registration=judged_sessions(*registered, read, __version__))
    report = with_story(report, read[0], entries, files[0]) if json or html is not None else report
    if html is not None:
        replace_text(html, debrief_page(report, [contents.scenario for contents in read]))
    if json:
        print_json(report)
    elif html is None:
        print_debrief(report)
    else:
        console.print(f"wrote {html}")


def _read_all(
    files: Sequence[Path], numbers: Parameters | None, own: Mapping[str, Hypothesis]
) -> tuple[list[JournalContents], list[Entry]]:
    """Return what journals hold, with forecasts by other numbers if they are given, and with those of a user's hypotheses.

    The entries of the last journal are returned too: a debrief of one session tells its story from them.
    """
    read: list[JournalContents] = []
    entries: list[Entry] = []
    with progress_bar("Reading journals", len(files)) as show:
        for number, file in enumerate(files, start=1):
            entries = read_journal(file)
            contents = journal_contents(entries, str(file))
            contents = contents if numbers is None else with_new_forecasts(contents, numbers)
            read.append(with_own_hypotheses(contents, own, numbers or DEFAULT) if own else contents)
            show(number)
    return read, entries
