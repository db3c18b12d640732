"""What stands between states: pacts, conflicts, and influence of one on another."""
