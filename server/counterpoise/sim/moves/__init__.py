"""The moves that states can make, one in each file. ``sim/move.py`` shows how to add one."""
