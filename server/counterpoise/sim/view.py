"""The view under the module name of version 0.1, so that bots written for it still run; new ones use ``sim.views.view``."""

from counterpoise.sim.views.view import View

__all__ = ["View"]
