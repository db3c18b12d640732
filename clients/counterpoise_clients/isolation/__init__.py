"""Bots in processes of their own: started from a preloaded process, under limits, cut off from the game and the machine.

``bot_source`` reads what a user names as a bot, ``frames`` is the format in which a game and a bot's process talk,
``fork_client``, ``fork_server`` and ``sandbox`` start that process, ``python_bot`` runs in it, ``seat_process`` talks to it and
keeps its time, and ``isolated_bot`` is the bot that a game sees.
"""
