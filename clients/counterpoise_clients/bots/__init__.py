"""Bots: one file, one bot.

Each public module here defines ``class Bot`` with a ``name`` and ``decide(view) -> list[Move]``, and cites its strategy. A
bot decides from its seed and the view alone, so that one that was restarted goes on as if nothing had happened.
"""
