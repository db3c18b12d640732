"""The theory and its checker: pure code that reads worlds and decisions. The simulation never imports it."""

THEORY_VERSION = 2
"""Raised whenever a forecast changes, because the forecasts in older journals can then not be made again to check them."""
