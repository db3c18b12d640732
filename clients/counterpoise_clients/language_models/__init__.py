"""Language models as players: a harness that shows a model the game in few words and turns its answers into moves.

``situation`` writes what a seat sees, ``menu`` what it may order, and ``rules`` what does not change in a game. ``answers`` reads
what a model says, ``endpoint`` calls it over HTTP, ``recording`` keeps every call in a file and plays from it, ``model_bot`` is
the bot that a game sees, and ``settings`` reads the environment.
"""
