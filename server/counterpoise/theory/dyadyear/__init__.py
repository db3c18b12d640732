"""Balance of threat read off dyad-year data: worlds, a threat ranking, choices of partner, and propositions."""
