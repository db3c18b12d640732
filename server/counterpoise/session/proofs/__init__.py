"""What shows that a journal is the one that was played: signed checkpoints, receipts that clients keep, and timestamps."""
