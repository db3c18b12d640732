"""The messages of a standing arena, between a server and the bots that wait there for games."""
