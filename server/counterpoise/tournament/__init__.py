"""Tournaments: games dealt before play, played on any executor, rated afterwards.

``plan`` reads the tournament file, ``schedule`` deals seeds and seats, ``played_game`` plays one game, ``runner`` plays all of
them, ``standings`` rates the entrants, and ``result_document`` is the result. This package does not know which bots exist: the
caller passes a loader.
"""
