"""theory/propositions."""
