"""theory/hypotheses."""
