"""``counterpoise torture``: attacks on servers that the trials start themselves, and proofs of what a server promises."""
