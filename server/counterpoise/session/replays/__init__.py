"""A session as a film: what each viewer could see at each moment, made by replaying its journal."""
