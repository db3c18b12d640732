"""Classes: the door with its code, the lobby, the board and the worlds, beside the rooms of the sessions."""
