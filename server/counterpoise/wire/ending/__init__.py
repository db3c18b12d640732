"""How a client leaves, and how a session ends: the messages."""
