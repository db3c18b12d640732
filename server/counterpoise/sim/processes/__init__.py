"""sim/processes."""
