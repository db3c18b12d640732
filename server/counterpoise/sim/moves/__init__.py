"""sim/moves."""
