"""A class on a real server, and the pages that a test has open in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from counterpoise.gateway.classes.class_service import ClassLinks, NewClass
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.session.commands import Pace

if TYPE_CHECKING:
    from tests.browser.conftest import Game, House


@dataclass
class ClassVisit:
    """A class, and whoever has opened its pages.

    Args:
        game: opens pages and hears their faults.
        live: the class.
        links: its addresses.
    """

    game: Game
    live: LiveClass
    links: ClassLinks

    @property
    def root(self) -> str:
        return self.links.join.partition("/join")[0]

    def moderator(self, **how: Any) -> Any:
        page = self.game.visit(self.links.moderator, **how)
        page.wait_for_selector("#world-A")
        return page

    def student(self, name: str, *, number: str = "", waits: bool = True, **how: Any) -> Any:
        """Open the link of the QR code and type a name; return the page in the lobby, or with a seat's briefing."""
        page = self.game.visit(self.links.join, **how)
        page.fill("#join-name", name)
        if number:
            page.click(".number-field summary")
            page.fill("#join-number", number)
        page.click("#do-join")
        if waits:
            page.wait_for_selector("#place")
        return page


def take_seat(page: Any) -> None:
    """Take the seat from its briefing, and wait for its own data."""
    page.click("#take-seat")
    page.wait_for_selector("#now")


def make_class(house: House, game: Game, scenario: str, **how: Any) -> ClassVisit:
    """Make a class of the small scenario; ``game`` opens its pages."""
    pace = Pace(window_seconds=600.0, call_seconds=600.0)
    new = NewClass(
        "Alliance politics", scenario, "checkerboard.toml", **{"worlds": 2, "seed": "7", "pace": pace, **how}
    )
    live = house.do(house.server.classes.create(new))
    return ClassVisit(game, live, house.server.classes.links(live))
