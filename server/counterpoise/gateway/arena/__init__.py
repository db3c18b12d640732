"""A standing arena: bots that wait for games get seats in sessions of the server, and are rated."""
