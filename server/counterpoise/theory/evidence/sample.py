"""The decisions under test, with what happened around them, laid out so that neither order nor names can matter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import fsum

from counterpoise.sim.types import ActorId, AlignmentClass
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint, option_of
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import Decision
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.chronicle import Chronicle
from counterpoise.theory.evidence.forecast_scores import usable
from counterpoise.theory.evidence.ties.offers import diplomacy
from counterpoise.theory.evidence.ties.roles import Role, class_of_answer, parts
from counterpoise.theory.statistics import ChoiceSet, Cluster


@dataclass(frozen=True, slots=True)
class Case:
    """One decision that is over."""

    record: Decision
    outcome: Outcome
    did: AlignmentClass
    """The class of what was done; that of an answer to an offer is read by the threat of the pact."""
    role: Role

    @property
    def point(self) -> DecisionPoint:
        """The decision as it was frozen, under the coding of the sample."""
        return self.record.point

    @property
    def frozen(self) -> DecisionPoint:
        """The decision as the journal has it. No coding changes whose it is, when it was open, powers, aid and distances."""
        return self.record.frozen

    @property
    def cluster(self) -> Cluster:
        """Whose decision it is."""
        return (self.record.session, self.outcome.actor)


AID_WINDOWS = 3
"""Aid counts as earlier aid if it flowed in the window of a decision or in one of the two before it."""
Covariates = Callable[[Case, Candidate], tuple[float, ...]]


class Sample:
    """The decisions under test. Those whose choice was not on the menu are left out of all but ``made`` and the trails.

    Decisions stand in an order that their content gives, so that shuffled rows and renamed states draw the same resamples.

    Args:
        records: decisions with their forecasts; those without an outcome are passed over.
        structures: snapshots of the alignment structure, oldest first; of several sessions one after the other, in the
            order of ``incidents_by_session``.
        incidents_by_session: what happened in each session, oldest first; without it the propositions about alliances'
            lives, aid conditions and exposures have no data.
        bystanders: decisions in the same sessions that are not tested, such as those of bots beside people. They are known
            only as the other side of offers.
    """

    def __init__(
        self,
        records: Sequence[Decision],
        structures: Sequence[Structure] = (),
        incidents_by_session: Mapping[str, Sequence[Incident]] | None = None,
        bystanders: Sequence[Decision] = (),
    ) -> None:
        self.chronicles = {name: Chronicle(found) for name, found in sorted((incidents_by_session or {}).items())}
        self.diplomacies = {name: diplomacy(found.incidents) for name, found in self.chronicles.items()}
        """The offers and new ties of each session."""
        self.structures = _by_session(structures)
        named = len(self.structures) == len(incidents_by_session or ())
        self.structures_by_session = (
            dict(zip(incidents_by_session or (), self.structures, strict=True)) if named else {}
        )
        """Snapshots by session; nothing if some session has none, since snapshots do not name theirs."""
        self._lay_out(records, bystanders)

    def of_other_decisions(self, records: Sequence[Decision], bystanders: Sequence[Decision] = ()) -> Sample:
        """Return a sample of other decisions in the same sessions, such as these decisions under another coding."""
        other = Sample(())
        other.chronicles, other.diplomacies = self.chronicles, self.diplomacies
        other.structures, other.structures_by_session = self.structures, self.structures_by_session
        other._lay_out(records, bystanders)
        return other

    def _lay_out(self, records: Sequence[Decision], bystanders: Sequence[Decision]) -> None:
        self._decisions: dict[Cluster, list[Decision]] = {}
        ordered = _in_order([record for record in records if record.outcome is not None])
        known = ordered if not bystanders else sorted([*ordered, *bystanders], key=lambda record: record.frozen.opened)
        for record in known:
            self._decisions.setdefault((record.session, record.frozen.actor), []).append(record)
        self._parts = parts(self.diplomacies, self._decision_at)
        self.made = [self._case(record) for record in ordered]
        """Every decision that is over, those off the menu too."""
        self.cases = [case for case in self.made if usable(case.record)]
        self.threatened = [case for case in self.cases if case.record.is_threatened]
        self.sided = [case for case in self.threatened if case.did in ("BAL", "BW")]
        """Threatened decisions that took a side."""
        self.joined = [case for case in self.cases if self.partner(case) is not None]
        """Decisions, threatened or not, that chose a partner."""
        self.trails: dict[Cluster, list[Case]] = {}
        """The decisions of ``made`` by chooser, in time."""
        for case in self.made:
            self.trails.setdefault(case.cluster, []).append(case)
        self._cases_by_window = {(*case.cluster, case.outcome.window): case for case in self.made}

    def _case(self, record: Decision) -> Case:
        outcome = record.outcome
        assert outcome is not None
        part = self._parts.get((record.session, outcome.actor, outcome.window))
        role: Role = "member" if outcome.partners else ""
        did = outcome.alignment_class
        if part is not None:
            role = part.role(outcome)
            if role == "acceptor":
                did = class_of_answer(record.point, outcome, part)
        return Case(record, outcome, did, role)

    @cached_property
    def ends(self) -> dict[str, int]:
        """The tick after the last of which each session's record tells."""
        ends: dict[str, int] = {}
        for (session, _), trail in self.trails.items():
            ends[session] = max(ends.get(session, 0), trail[-1].outcome.closed)
        return ends

    def partner(self, case: Case) -> Candidate | None:
        """Return the partner chosen, the top threat included; ``None`` if nothing was signed."""
        if case.outcome.choice == "BW":
            return case.point.source
        name = option_of(case.outcome.choice)[1]
        if not name:
            return None  # without reading the point, which a recoded decision makes when it is read
        return next((k for k in case.point.candidates if k.id == name), None)

    def menu(self, case: Case) -> list[Candidate]:
        """Return everyone a decision could have joined."""
        return [*case.point.candidates, case.point.source] if case.point.threatened else list(case.point.candidates)

    def choice_sets(
        self,
        covariates: Covariates,
        cases: Sequence[Case] | None = None,
        acceptable: Callable[[Case, Candidate], bool] | None = None,
    ) -> list[ChoiceSet]:
        """Return, for each decision that chose a partner, the covariates of everyone it could have chosen.

        Alternatives stand in the order of their covariates, which does not depend on the scenario's.

        Args:
            covariates: of a decision and a candidate.
            cases: decisions; by default all that chose a partner.
            acceptable: whether a candidate belongs on the menu; decisions whose partner does not are left out.
        """
        sets = []
        for case in self.joined if cases is None else cases:
            chosen = self.partner(case)
            if chosen is None:
                continue
            menu = [k for k in self.menu(case) if acceptable is None or acceptable(case, k)]
            rows = sorted((covariates(case, k), k.id == chosen.id) for k in menu)
            place = next((place for place, (_, picked) in enumerate(rows) if picked), None)
            if place is not None:
                sets.append(ChoiceSet(tuple(row for row, _ in rows), place, case.cluster, case.frozen.window))
        return sets

    def point_at(self, session: str, actor: str, tick: int) -> Case | None:
        """Return the decision of an actor that was open at a tick."""
        found = self._decision_at(session, actor, tick)
        return None if found is None else self._cases_by_window.get((session, actor, found.frozen.window))

    def is_of_bystander(self, session: str, actor: str, tick: int) -> bool:
        """Tell whether the decision of an actor that was open at a tick is known, and is not tested."""
        return self._decision_at(session, actor, tick) is not None and self.point_at(session, actor, tick) is None

    def _decision_at(self, session: str, actor: str, tick: int) -> Decision | None:
        known = self._decisions.get((session, actor), [])
        place = bisect_right(known, tick, key=lambda record: record.frozen.opened) - 1
        return known[place] if place >= 0 and tick < known[place].frozen.closes else None

    @cached_property
    def aid(self) -> dict[tuple[str, ActorId, int], dict[ActorId, float]]:
        """The aid each state received, by session, recipient and window, then donor; nothing stands for none."""
        flows: dict[tuple[str, ActorId, int], dict[ActorId, float]] = {}
        for (session, actor), trail in self.trails.items():
            for case in trail:
                given = {k.id: k.aid for k in case.frozen.others if k.aid > 0.0}
                if given:
                    flows[session, ActorId(actor), case.frozen.window] = given
        return flows

    @cached_property
    def aid_before(self) -> dict[tuple[str, ActorId, int], dict[ActorId, float]]:
        """The mean yearly aid that each state received at the freeze of a window and of the two windows before it.

        By session, recipient and window, then donor; nothing stands for none.
        """
        found: dict[tuple[str, ActorId, int], dict[ActorId, float]] = {}
        for (session, actor), trail in self.trails.items():
            recipient = ActorId(actor)
            for case in trail:
                now = case.frozen.window
                flows = [
                    given
                    for window in range(now - AID_WINDOWS + 1, now + 1)
                    if (given := self.aid.get((session, recipient, window)))
                ]
                if flows:
                    donors = dict.fromkeys(donor for given in flows for donor in given)
                    found[session, recipient, now] = {
                        donor: fsum(given.get(donor, 0.0) for given in flows) / AID_WINDOWS for donor in donors
                    }
        return found

    def earlier_aid(self, case: Case, donor: ActorId) -> float:
        """Return the mean yearly aid of a donor at the freezes of a decision and of the two windows before it."""
        return self.aid_before.get((case.record.session, case.frozen.actor, case.frozen.window), {}).get(donor, 0.0)


def _in_order(records: Sequence[Decision]) -> list[Decision]:
    """Return decisions in the order of their content. Few have the same first numbers, so that the others are seldom read."""
    found: list[Decision] = []
    for _, twins in groupby(sorted(records, key=_first_content), key=_first_content):
        alike = list(twins)
        found.extend(alike if len(alike) == 1 else sorted(alike, key=_content))
    return found


def _first_content(record: Decision) -> tuple[str, int, float]:
    """Return the first parts of a decision's content, which every coding leaves as they are."""
    return record.session, record.frozen.opened, record.frozen.power


def _content(record: Decision) -> tuple[object, ...]:
    """Return what a decision's place in the order rests on: its numbers first, names only between twins."""
    point, outcome = record.point, record.outcome
    assert outcome is not None
    others = (*point.candidates, *point.barred)
    return (
        *_first_content(record),
        point.threat,
        point.weight,
        point.relative_power,
        point.legitimacy,
        point.openness,
        point.source.km,
        point.source.intentions,
        fsum(k.threat * k.km for k in others),
        fsum(k.will * k.power + k.aid + k.penetration for k in others),
        outcome.alignment_class,
        point.actor,
    )


def _by_session(structures: Sequence[Structure]) -> list[list[Structure]]:
    """Part snapshots into sessions: time that does not go on belongs to another one."""
    sessions: list[list[Structure]] = []
    for structure in structures:
        if not sessions or structure.tick <= sessions[-1][-1].tick:
            sessions.append([])
        sessions[-1].append(structure)
    return sessions
