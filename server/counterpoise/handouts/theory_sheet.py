"""The theory on one sheet of paper, with its references."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from counterpoise.handouts.page import element, listing

SOURCES = (
    ("Aggregate power", "the people, industry and forces of a state: what it could bring to bear in the end."),
    ("Nearness", "power weakens with distance, so the state next door frightens more than an equal one overseas."),
    ("Offence", "forces fit to take and hold land frighten more than the same number behind walls."),
    ("Intentions", "a state that has attacked, demanded or subverted is expected to do so again."),
)
CONDITIONS = (
    "The state is weak, so that its weight decides nothing and its danger is great.",
    "No ally is to be had, or allies would come too late.",
    "The war is nearly won, and there is a share to be had on the winner's side.",
    "The threatening state seems ready to be satisfied.",
)
RIVALS = (
    ("Balance of power", "states side against the strongest, whatever it intends (Waltz 1979)."),
    ("Bandwagoning for profit", "states side with the rising one for a share of what it takes (Schweller 1994)."),
    ("Ideology", "like sides with like, unless a movement asks all its members to obey one leader (Walt 1987, ch. 6)."),
    ("Aid", "gifts bind the one who receives them (Walt 1987, ch. 7)."),
    ("Penetration", "influence inside another state turns its policy (Walt 1987, ch. 7)."),
    ("Chain gangs and waiting", "states follow their allies into war, or let others pay (Christensen & Snyder 1990)."),
)
REFERENCES = (
    "Walt, Stephen M. (1987). The Origins of Alliances. Cornell University Press. Chapters 2, 5, 6 and 7.",
    "Waltz, Kenneth N. (1979). Theory of International Politics. Addison-Wesley. Chapter 6.",
    "Schweller, Randall L. (1994). Bandwagoning for profit. International Security 19 (1), 72-107.",
    "Christensen, Thomas J. & Snyder, Jack (1990). Chain gangs and passed bucks. International Organization 44 (2), 137-168.",
    "Snyder, Glenn H. (1997). Alliance Politics. Cornell University Press.",
    "Leeds, Ritter, Mitchell & Long (2002). Alliance Treaty Obligations and Provisions. International Interactions 28, 237-260.",
)


def theory_sheet() -> Element:
    """Return the sheet."""
    return element(
        "div",
        element("h1", "The theory on one page"),
        element(
            "p",
            "With whom do states ally? Stephen Walt's answer, drawn from the Middle East of 1955 to 1979: against the state "
            "that threatens them most, which need not be the strongest one. To side against it is ",
            element("strong", "balancing"),
            "; to side with it is ",
            element("strong", "bandwagoning"),
            ".",
        ),
        element("h2", "What makes a state threatening"),
        _terms(SOURCES),
        element("h2", "When states bandwagon instead"),
        listing(CONDITIONS),
        element("h2", "What other explanations say"),
        _terms(RIVALS),
        element("h2", "What the server does with it"),
        element(
            "p",
            "Before each decision it writes down what each explanation expects of each state, from what was known then. It later "
            "compares the expectations with the choices. One game of a class seldom tells two explanations apart, and the "
            "debrief says when it does not.",
        ),
        element("h2", "To read"),
        listing(REFERENCES),
        css="dense",
    )


def _terms(entries: tuple[tuple[str, str], ...]) -> Element:
    return element(
        "dl",
        *(part for term, words in entries for part in (element("dt", f"{term}: "), element("dd", words))),
        css="run-in",
    )
