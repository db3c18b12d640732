"""Records: what states did in fact, as the play of a session and as a table from elsewhere."""
