"""Tournaments: games dealt before play, played on any executor, ranked afterwards.

``plan`` reads the tournament file, ``schedule`` deals seeds and seats, ``played_game`` plays one game, ``runner`` plays all of
them, ``strength`` estimates how strong the entrants are, ``standings`` ranks them, and
``result_document`` is the result. This package does not know which bots exist: the
caller passes a loader.
"""
