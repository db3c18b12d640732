"""Films of sessions over HTTP: made in processes of their own, kept in memory, and sent by parts to those who may see them."""
