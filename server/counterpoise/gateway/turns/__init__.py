"""What waits for a room, and what it does in one turn."""
