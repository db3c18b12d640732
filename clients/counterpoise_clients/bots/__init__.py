"""The bundled bots, one file for each bot.

Each public module defines ``class Bot`` with a ``name`` and ``decide(view) -> list[Move]``, and cites the source of its
strategy. A bot decides from its seed and the view only, so that a restarted bot decides like one that never stopped.
"""
