"""What a server signs: its key, and the checkpoints of its journals."""
