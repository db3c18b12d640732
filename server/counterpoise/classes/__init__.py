"""A class: people, the door with its join code, worlds and who sits where. Pure values and functions."""
