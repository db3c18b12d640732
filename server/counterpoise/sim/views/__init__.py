"""What a seat sees, and the positions from which moves are judged."""
