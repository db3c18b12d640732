"""The end of a session: the result goes out, and programs are let go."""
