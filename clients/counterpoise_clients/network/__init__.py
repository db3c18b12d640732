"""A client's connection: join links, reconnecting, resuming, and running a bot over it."""
