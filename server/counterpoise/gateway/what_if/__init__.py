"""What-ifs of a session: games forked from it with a change and without, played in a process beside the server."""
