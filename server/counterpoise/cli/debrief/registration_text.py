"""The judgement of registered predictions as text."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from counterpoise.cli.terminal import console
from counterpoise.theory.registration.registration_document import JudgedRegistration


def print_registration(judged: JudgedRegistration | UnsetType) -> None:
    """Print the outcome of each registered prediction; print nothing without a registration."""
    if judged is UNSET:
        return
    about = "" if judged.whose == "all" else f", about decisions of {judged.whose}"
    console.print(f"Registered predictions by {judged.by}, of {judged.date}{about}", style="bold", markup=False)
    for prediction in judged.predictions:
        console.print(f"  {prediction.outcome.upper()}: {prediction.title}. {prediction.reason}", markup=False)
    for remark in judged.remarks:
        console.print(f"  Note: {remark}", markup=False)
    console.print(f"  The hash of the registration is {judged.hash}", style="dim", markup=False)
    console.print()
