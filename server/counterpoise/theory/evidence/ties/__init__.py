"""The offers and the new ties of a session, and who had which part in them."""
