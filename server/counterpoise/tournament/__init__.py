"""Tournaments: games dealt before play, played on any executor, rated afterwards.

``plan`` reads the tournament file, ``schedule`` deals seeds and seats, ``game`` plays one game, ``runner`` plays them all,
``standings`` rates the entrants. Nothing in here knows which bots exist: whoever starts a tournament passes a loader.
"""
