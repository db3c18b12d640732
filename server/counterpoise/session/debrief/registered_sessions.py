"""Sessions against a registration: whether they are the ones that were registered, and what they say of its predictions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from counterpoise.errors import InputError, JournalError
from counterpoise.session.debrief.debrief_data import pooled_evidence, sessions_by_label
from counterpoise.session.journal.journal_contents import JournalContents
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.registration.registration import Registration, registered_decisions, theory_fingerprint
from counterpoise.theory.registration.registration_document import JudgedRegistration, judged_registration


def require_registered(
    registration: Registration, journals: Sequence[JournalContents], source: str, hypotheses: Mapping[str, Hypothesis]
) -> None:
    """Check that sessions are those that a registration is about, and that its hypotheses are there.

    Args:
        registration: what was predicted.
        journals: what the journals of the sessions hold.
        source: the name of the registration's file, for errors.
        hypotheses: those that forecast the decisions, a user's own among them.

    Raises:
        JournalError: a session plays another scenario or by other rules, is a fork, or plays a record.
        InputError: a hypothesis of the user's own is missing or has other code.
    """
    for contents in journals:
        digest = hashlib.sha256(contents.header["scenario_text"].encode()).hexdigest()
        if digest != registration.scenario_hash:
            raise JournalError(
                contents.source,
                f"this session plays the scenario {contents.header['scenario']} with the hash {digest}, but {source} is about "
                f"{registration.scenario} with the hash {registration.scenario_hash}. Give sessions of that very file.",
            )
        rules = contents.header["rules_version"]
        if rules != registration.rules_version:
            raise JournalError(
                contents.source,
                f"this session was played by rules version {rules}, but {source} is about rules version "
                f"{registration.rules_version}. Give sessions that were played by those.",
            )
        if contents.header.get("forked") or contents.header.get("recorded"):
            what = "is a fork of another one" if contents.header.get("forked") else "plays a record of history"
            raise JournalError(
                contents.source, f"this session {what}. Give sessions that players began, as {source} registers them."
            )
    for own in registration.hypotheses:
        known = hypotheses.get(own.name)
        code = "no such hypothesis" if known is None else f"code with the hash {known.code or '(none)'}"
        if known is None or known.code != own.code:
            expected = f"--hypothesis with the file of {own.name} whose hash is {own.code}"
            raise InputError(source, f"hypothesis {own.name}", expected, code)


def judged_sessions(
    registration: Registration, digest: str, journals: Sequence[JournalContents], counterpoise: str
) -> JudgedRegistration:
    """Return what sessions say of a registration. The order of the journals does not matter.

    As many sessions as were planned have to have ended. With fewer, or with more, every prediction is undecided: whoever may stop
    when the result pleases finds what was predicted too often.

    Args:
        registration: what was predicted.
        digest: its hash.
        journals: what the journals of the sessions hold.
        counterpoise: the version of this program.
    """
    labelled = sessions_by_label(journals)
    obstacles = []
    if len(journals) != registration.sessions:
        obstacles.append(
            f"The registration plans {registration.sessions} sessions, and these are {len(journals)}: give as many as planned."
        )
    if running := [label for label, contents in labelled.items() if not contents.scores]:
        obstacles.append(f"These sessions have not ended: {', '.join(running)}.")
    remarks = []
    if registration.counterpoise != counterpoise:
        remarks.append(
            f"The registration was made with counterpoise {registration.counterpoise}; this is counterpoise {counterpoise}."
        )
    if registration.theory != theory_fingerprint():
        remarks.append(
            "The numbers, the hypotheses or the claims of the theory have changed since the registration was made."
        )
    records, structures, incidents = pooled_evidence(labelled)
    sample = Sample(registered_decisions(registration, records), structures, incidents)
    return judged_registration(registration, digest, sample, len(journals), obstacles, remarks)
