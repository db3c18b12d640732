"""The debriefs of served sessions: computed beside the server, sent to whoever asks."""
