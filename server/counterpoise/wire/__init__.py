"""Messages, codecs and the per-connection state machine: pure, no socket."""
