"""Degenerate policies: opponents that do one thing to everybody. A score is worth following only if none of them wins by it.

One file per policy, each with a class ``Bot`` and a ``name``. ``load_bot`` finds them by name, as it finds the bundled bots; they
fill no empty seat and stand in no list of bots.
"""
